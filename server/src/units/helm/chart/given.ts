import { type Place, place } from "../../../text/source.ts";
import type { Node } from "../../../yaml/nodes.ts";
import type { Files } from "../../rendered.ts";
import { valueOfNode } from "../template/nodes.ts";
import { type Dict, dict } from "../template/values.ts";
import { firstDocument } from "./chartFile.ts";
import { type SetValue, setValue } from "./set.ts";
import { copyDeep, mergeMaps } from "./tables.ts";

/** Values that are given to a chart: a values file, by its URI, which need not be there; values that stand in another file; one value. */
export type GivenValues = { readonly file: string; readonly optional?: boolean } | { readonly node: Node } | { readonly set: SetValue };

export interface GivenProblem {
	readonly reason: string;
	readonly uri: string;
	readonly at: Place | undefined;
}

/** Lays values over each other, the last winning. Source: MergeValues() of pkg/cli/values/options.go. */
export function readGiven(files: Files, given: readonly GivenValues[]): Dict | GivenProblem {
	let merged = dict();
	for (const each of given) {
		if ("set" in each) {
			merged = copyDeep(merged);
			const { value } = each.set;
			if (!setValue(merged, each.set))
				return { reason: `failed parsing --set data: unable to parse key: ${each.set.name}`, uri: value.source.uri, at: value };
			continue;
		}
		if ("file" in each && each.optional && !files.file(each.file)) continue;
		const values = "node" in each ? valuesOf(each.node, each.node.source.uri) : valuesOfFile(files, each.file);
		if ("reason" in values) return values;
		merged = mergeMaps(merged, values);
	}
	return copyDeep(merged);
}

function valuesOfFile(files: Files, uri: string): Dict | GivenProblem {
	const file = files.file(uri);
	if (!file) return { reason: `The values file ${uri.slice(uri.lastIndexOf("/") + 1)} is not there or cannot be read`, uri, at: undefined };
	const { root, problem } = firstDocument(file);
	if (problem) return { reason: `failed to parse ${uri.slice(uri.lastIndexOf("/") + 1)}: ${problem.message}`, uri, at: problem.at };
	return valuesOf(root, uri);
}

function valuesOf(node: Node | undefined, uri: string): Dict | GivenProblem {
	const value = valueOfNode(node);
	if (value.kind === "map") return value;
	if (value.kind === "nil") return dict();
	return { reason: "Values are a map, and this is none", uri, at: node && place(node.source, node.start, node.end) };
}
