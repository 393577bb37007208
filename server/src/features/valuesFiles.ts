import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { type Place, samePlace } from "../text/source.ts";
import { folderOf } from "../units/folder.ts";
import { firstDocument } from "../units/helm/chart/chartFile.ts";
import type { Template } from "../units/helm/chart/context.ts";
import type { GivenValues } from "../units/helm/chart/given.ts";
import type { ChartNode } from "../units/helm/chart/tree.ts";
import { EACH, type Path } from "../units/helm/template/mentions.ts";
import { effectiveEntries, entryOf, type Node } from "../yaml/nodes.ts";
import type { ChartLook } from "./chartLook.ts";

/** Where the values files of a unit write what a path of `.Values` leads to, by the keys: the chart's own file first. */
export function writtenAt(snapshot: Snapshot, { options }: ChartLook, { node }: Pick<Template, "node">, path: Path): readonly Place[] {
	const found: Place[] = [];
	let below = path.slice(1);
	const isGlobal = below[0] === "global";
	for (let at: ChartNode | undefined = node; at; at = at.parent) {
		const roots = [rootOf(snapshot, `${folderOf(at.chart.uri)}/values.yaml`)];
		if (!at.parent) roots.push(...givenTo(snapshot, options.values ?? []));
		for (const root of roots) found.push(...keysAt(root, below));
		if (!isGlobal) below = [at.name.value, ...below];
	}
	return found.filter((place, index) => found.findIndex((other) => samePlace(other, place)) === index);
}

function givenTo(snapshot: Snapshot, given: readonly GivenValues[]): readonly (Node | undefined)[] {
	return given.map((each) => ("file" in each ? rootOf(snapshot, each.file) : "node" in each ? each.node : undefined));
}

function rootOf(snapshot: Snapshot, uri: string): Node | undefined {
	const file = fileOf(snapshot, uri);
	return file && firstDocument(file).root;
}

/** The keys that a path leads to, or the elements of a list. */
function keysAt(root: Node | undefined, path: Path): readonly Place[] {
	if (!root || path.length === 0) return [];
	const [name, ...rest] = path;
	if (name === EACH || name === undefined) {
		const items = root.kind === "seq" ? root.items : root.kind === "map" ? effectiveEntries(root).map(({ value }) => value) : [];
		return items.flatMap((item) => (rest.length === 0 ? [item] : keysAt(item, rest)));
	}
	const entry = entryOf(root, name);
	if (!entry) return [];
	return rest.length === 0 ? [entry.key] : keysAt(entry.value, rest);
}
