import { withTexts } from "../model/manifest.ts";
import { isRendered } from "../model/object.ts";
import { type Place, samePlace } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries, entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";

/** An object as it is deployed, of whatever kind. */
export interface Deployed {
	/** What is not known before it is deployed is marked as that: `<random>`. */
	readonly root: MapNode;
	/** What is not known: JSON pointers (RFC 6901). */
	readonly unknown: readonly string[];
	/** The file that it comes from. */
	readonly uri: string;
}

/** Everything that a unit deploys: what is rendered in the order of the tool, else in the order of the text. */
export function deployedIn(unit: Unit): readonly Deployed[] {
	return unit.manifests.flatMap(({ owner, source, onlyText }): readonly Deployed[] => {
		if (onlyText) return [];
		if (!isRendered(owner)) return objectsOf(parseSource(source).root).map((root) => ({ root, unknown: [], uri: source.uri }));
		const root = withTexts(owner.root, owner.marked ?? new Map());
		return objectsOf(root).map((each) => ({ root: each, unknown: owner.unknown ?? [], uri: source.uri }));
	});
}

/** What is an object of Kubernetes, items of Lists one by one. */
export function objectsOf(root: Node | undefined): readonly MapNode[] {
	if (root?.kind !== "map") return [];
	const kind = valueAt(root, "kind");
	const items = entryOf(root, "items")?.value;
	if (kind?.kind !== "scalar") return [];
	return kind.text.endsWith("List") && items?.kind === "seq" ? items.items.flatMap(objectsOf) : [root];
}

/** Where each scalar of an object comes from, by JSON pointers (RFC 6901): the place of its value, then what that came through. */
export function placesIn(root: Node): ReadonlyMap<string, readonly Place[]> {
	const places = new Map<string, readonly Place[]>();
	const walk = (node: Node, pointer: string): void => {
		if (node.kind === "scalar") places.set(pointer, distinct([node, ...(node.via ?? [])]));
		else if (node.kind === "seq") for (const [at, item] of node.items.entries()) walk(item, `${pointer}/${at}`);
		else for (const { name, value } of effectiveEntries(node)) walk(value, `${pointer}/${escaped(name)}`);
	};
	walk(root, "");
	return places;
}

function distinct(places: readonly Place[]): readonly Place[] {
	return places.filter((at, index) => places.findIndex((other) => samePlace(at, other)) === index);
}

function escaped(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
