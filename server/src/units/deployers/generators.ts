import picomatch from "picomatch/posix.js";
import { type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { baseName, folderOf } from "../folder.ts";
import { textNode } from "../kustomize/tree.ts";
import type { Files } from "../rendered.ts";
import { filled } from "./fill.ts";
import { isTrue, listAt, literalAt } from "./literal.ts";
import type { Parameters } from "./parameters.ts";
import type { FindFolder } from "./repository.ts";

interface Around {
	readonly files: Files;
	/** The file of the ApplicationSet. */
	readonly uri: string;
	readonly find: FindFolder;
	readonly isGo: boolean;
}

/** More Applications are not made of one set. */
const MOST = 1000;

/** The sets of parameters that a generator makes; `undefined` where only a cluster or another server can tell. */
export function parametersOf(around: Around, generator: Node, outer: readonly Parameters[]): readonly Parameters[] | undefined {
	if (valueAt(generator, "selector")) return undefined;
	if (valueAt(generator, "list")) return ofList(around, valueAt(generator, "list"), outer);
	if (valueAt(generator, "git")) return ofGit(around, valueAt(generator, "git"), outer);
	if (valueAt(generator, "matrix")) return ofMatrix(around, listAt(generator, "matrix", "generators"), outer);
	return valueAt(generator, "merge") ? ofMerge(around, valueAt(generator, "merge")) : undefined;
}

function ofList({ isGo }: Around, list: Node | undefined, outer: readonly Parameters[]): readonly Parameters[] | undefined {
	if (valueAt(list, "elementsYaml") || valueAt(list, "template")) return undefined;
	return listAt(list, "elements").map((element) => {
		const texts = new Map<string, ScalarNode>();
		collect(outer[0] ? filled(element, outer[0], isGo) : element, "", texts);
		return { texts, reads: [] };
	});
}

/** Every scalar below a node, by its path. */
function collect(node: Node, path: string, into: Map<string, ScalarNode>): void {
	if (node.kind === "scalar") into.set(path, node);
	else if (node.kind === "seq") for (const [at, item] of node.items.entries()) collect(item, `${path}[${at}]`, into);
	else for (const { name, value } of node.entries) collect(value, path === "" ? name : `${path}.${name}`, into);
}

/** The second generator may name parameters of the first. */
function ofMatrix(around: Around, generators: readonly Node[], outer: readonly Parameters[]): readonly Parameters[] | undefined {
	const [first, second, third] = generators;
	const some = first && !third ? parametersOf(around, first, outer) : undefined;
	if (!some || !second) return undefined;
	const found: Parameters[] = [];
	for (const one of some) {
		const others = parametersOf(around, filled(second, one, around.isGo), [one]);
		if (!others || found.length > MOST) return undefined;
		found.push(...others.map((other) => joined(one, other)));
	}
	return found;
}

function joined(a: Parameters, b: Parameters): Parameters {
	return { texts: new Map([...a.texts, ...b.texts]), reads: [...a.reads, ...b.reads] };
}

/** Later generators have a say in the sets of the first that agree with theirs in the keys. */
function ofMerge(around: Around, merge: Node | undefined): readonly Parameters[] | undefined {
	const keys = listAt(merge, "mergeKeys").flatMap((key) => literalAt(key) ?? []);
	const lists = listAt(merge, "generators").map((generator) => parametersOf(around, generator, []));
	const [base, ...others] = lists;
	if (!base || others.some((list) => !list) || keys.length === 0) return undefined;
	const keyOf = ({ texts }: Parameters) => keys.map((key) => texts.get(key)?.text).join("\n");
	return base.map((one) => {
		const same = others.flatMap((list) => list?.filter((other) => keyOf(other) === keyOf(one)) ?? []);
		return same.reduce(joined, one);
	});
}

/** Folders or files of the repository, if that is this one. */
function ofGit(around: Around, git: Node | undefined, outer: readonly Parameters[]): readonly Parameters[] | undefined {
	const { files, uri, find, isGo } = around;
	const url = literalAt(git, "repoURL");
	if (url === undefined || valueAt(git, "template") || valueAt(git, "pathParamPrefix")) return undefined;
	const directories = listAt(git, "directories");
	const patterns = directories.length > 0 ? directories : listAt(git, "files");
	const globs = patterns.map((item) => ({ item, path: literalAt(item, "path"), isOut: isTrue(item, "exclude") }));
	const first = globs.find(({ isOut }) => !isOut);
	const fixed = first?.path?.replace(/(^|\/)[^/]*([*?[{].*|\.(ya?ml|json))$/, "");
	const found = fixed === undefined ? undefined : find({ from: uri, url, path: fixed || "." });
	if (!found || !first || globs.some(({ path }) => path === undefined)) return undefined;
	const { root } = found;
	const isMeant = (path: string, wanted: boolean) =>
		globs.some(({ path: glob = "", isOut }) => isOut === wanted && picomatch.isMatch(path, glob));
	const all =
		directories.length > 0
			? foldersBelow(files, root)
			: foldersBelow(files, root).flatMap((at) => [...(files.folder(at)?.files.keys() ?? [])]);
	const matches = all.filter((at) => isMeant(at.slice(root.length + 1), false) && !isMeant(at.slice(root.length + 1), true)).sort();
	const made = matches.flatMap((at) =>
		directories.length > 0 ? [ofPath(first.item, at.slice(root.length + 1), isGo)] : ofFile(files, first.item, at, root, isGo),
	);
	return made.map((each) => withValues(each, valueAt(git, "values"), outer, isGo)).slice(0, MOST);
}

function foldersBelow(files: Files, top: string): readonly string[] {
	const found = [top];
	for (let at = 0; at < found.length; at++) found.push(...files.folders(found[at] ?? ""));
	return found.slice(1);
}

function ofPath(at: Node, path: string, isGo: boolean, filename?: string): Parameters {
	const name = baseName(path);
	const texts: Record<string, string> = {
		[isGo ? "path.path" : "path"]: path,
		"path.basename": name,
		"path.basenameNormalized": normalized(name),
	};
	for (const [index, segment] of path.split("/").entries()) texts[isGo ? `path.segments[${index}]` : `path[${index}]`] = segment;
	if (filename !== undefined) Object.assign(texts, { "path.filename": filename, "path.filenameNormalized": normalized(filename) });
	return { texts: new Map(Object.entries(texts).map(([key, text]) => [key, textNode(at, text)])), reads: [] };
}

/** Source: SanitizeName() of Argo CD's application set controller. */
function normalized(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^-a-z0-9.]/g, "-")
		.slice(0, 253)
		.replace(/^[-_.]+|[-_.]+$/g, "");
}

/** What stands in a file: a map, or a list of maps that make one Application each. */
function ofFile(files: Files, at: Node, uri: string, top: string, isGo: boolean): readonly Parameters[] {
	const [part] = files.file(uri)?.parts ?? [];
	const root = part && parseSource(part.source).root;
	const path = ofPath(at, folderOf(uri).slice(top.length + 1), isGo, baseName(uri));
	return (root?.kind === "seq" ? root.items : root ? [root] : []).map((each) => {
		const texts = new Map<string, ScalarNode>();
		collect(each, "", texts);
		return { texts: new Map([...texts, ...path.texts]), reads: [uri] };
	});
}

function withValues(parameters: Parameters, values: Node | undefined, outer: readonly Parameters[], isGo: boolean): Parameters {
	if (values?.kind !== "map") return parameters;
	const texts = new Map<string, ScalarNode>();
	collect(filled(values, outer[0] ? joined(outer[0], parameters) : parameters, isGo), "values", texts);
	return joined(parameters, { texts, reads: [] });
}
