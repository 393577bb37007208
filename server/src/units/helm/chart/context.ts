import { capabilitiesObject, filesObject, valuesObject } from "../template/objects.ts";
import { type Text, text } from "../template/text.ts";
import { bool, type Dict, dict, int, type Struct, type Value } from "../template/values.ts";
import { type ChartFile, wholeOf } from "./chartFile.ts";
import { chartObject } from "./chartObject.ts";
import { type Cluster, HELM_VERSION } from "./cluster.ts";
import { type ChartNode, isLibrary, pathOf } from "./tree.ts";

/** A template of a chart, with what it is executed with. */
export interface Template {
	/** As Helm names it: `parent/charts/child/templates/service.yaml`. */
	readonly name: string;
	readonly file: ChartFile;
	/** The chart that it is a part of. */
	readonly node: ChartNode;
	/** The map that is `.` in it, which all templates of one chart share and may change. */
	readonly dot: Dict;
	readonly basePath: string;
}

export interface Release {
	readonly name: string;
	readonly namespace: string;
}

/** Go's type of a chart's values. */
const VALUES = "chartutil.Values";

/**
 * All templates of a chart and of its subcharts by their names; of two with one name the later holds, as in Helm. A library chart
 * has no templates but those whose names begin with `_`. Source: recAllTpls() of pkg/engine/engine.go.
 */
export function templatesOf(root: ChartNode, values: Dict, release: Release, cluster: Cluster): readonly Template[] {
	const found = new Map<string, Template>();
	const capabilities = capabilitiesObject({ ...cluster, helmVersion: HELM_VERSION });
	const shared: readonly (readonly [string, Value])[] = [
		["Release", releaseObject(release)],
		["Capabilities", capabilities],
	];
	const visit = (node: ChartNode, own: Dict): Dict => {
		const subcharts = dict();
		const entries: readonly (readonly [string, Value])[] = [
			["Chart", chartObject(node)],
			["Files", filesOf(node)],
			...shared,
			["Values", own],
			["Subcharts", subcharts],
		];
		const dot = dict(entries, VALUES);
		for (const child of node.dependencies) {
			const below = own.entries.get(child.name.value);
			subcharts.entries.set(child.name.value, visit(child, valuesObject(below?.kind === "map" ? below : dict())));
		}
		const path = pathOf(node);
		for (const file of node.chart.templates) {
			if (isLibrary(node) && !isPartial(file.name)) continue;
			const name = `${path}/${file.name}`;
			found.set(name, { name, file, node, dot, basePath: `${path}/templates` });
		}
		return dot;
	};
	visit(root, valuesObject(values));
	return [...found.values()].sort((a, b) => compareNames(b.name, a.name));
}

/** Whether only its definitions count, not what it prints. A folder that begins with `_` does not make its files so. */
export function isPartial(name: string): boolean {
	return name.slice(name.lastIndexOf("/") + 1).startsWith("_");
}

/** Fewer folders first, then by the bytes of the names. */
function compareNames(a: string, b: string): number {
	return a.split("/").length - b.split("/").length || (a < b ? -1 : a > b ? 1 : 0);
}

function releaseObject({ name, namespace }: Release): Dict {
	return dict([
		["Name", text(name)],
		["Namespace", text(namespace)],
		["IsUpgrade", bool(false)],
		["IsInstall", bool(true)],
		["Revision", int(1)],
		["Service", text("Helm")],
	]);
}

const objects = new WeakMap<readonly ChartFile[], Struct>();

function filesOf({ chart }: ChartNode): Struct {
	let object = objects.get(chart.files);
	if (!object) {
		object = filesObject(chart.files.flatMap((file) => contentOf(file)));
		objects.set(chart.files, object);
	}
	return object;
}

function contentOf({ name, file, bytes }: ChartFile): readonly (readonly [string, Text | Uint8Array])[] {
	if (!file) {
		const content = bytes();
		return content ? [[name, content]] : [];
	}
	const at = { source: wholeOf(file), start: 0, end: file.text.length };
	const content: Text = text(file.text, { at, from: "text" }, 0);
	return [[name, content]];
}
