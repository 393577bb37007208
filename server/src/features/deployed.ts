import { isRendered } from "../model/object.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries, entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";

/** An object as it is deployed, of whatever kind. */
export interface Deployed {
	readonly root: MapNode;
	/** The file that it comes from. */
	readonly uri: string;
}

/** Everything that a unit deploys: what is rendered in the order of the tool, else in the order of the text. */
export function deployedIn(unit: Unit): readonly Deployed[] {
	return unit.manifests.flatMap(({ owner, source, onlyText }): readonly Deployed[] => {
		if (onlyText) return [];
		const root = isRendered(owner) ? owner.root : parseSource(source).root;
		return objectsOf(root).map((each) => ({ root: each, uri: source.uri }));
	});
}

/** What is an object of Kubernetes, items of Lists one by one. */
function objectsOf(root: Node | undefined): readonly MapNode[] {
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
		if (node.kind === "scalar") places.set(pointer, [node, ...(node.via ?? [])]);
		else if (node.kind === "seq") for (const [at, item] of node.items.entries()) walk(item, `${pointer}/${at}`);
		else for (const { name, value } of effectiveEntries(node)) walk(value, `${pointer}/${escaped(name)}`);
	};
	walk(root, "");
	return places;
}

function escaped(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
