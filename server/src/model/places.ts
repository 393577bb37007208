import { type Place, textAt } from "../text/source.ts";
import { entryOf, type MapNode, type Node, type ScalarNode } from "../yaml/nodes.ts";
import { isOwn, isWithin } from "./fieldEdits.ts";

/** Where a value can be pointed at: its characters where they stand on one line, else its key; an absent value has only a key. */
export function placeOf(field: { readonly key: ScalarNode | undefined; readonly node: Node }): Place {
	const { key, node } = field;
	const seen = node.end > node.start && !(node.kind !== "scalar" && textAt(node).includes("\n"));
	return seen || !key ? node : key;
}

/** Where a field is reported that an entry of a list lacks: on the entry's first key. */
export function placeOfItem(item: Node, list: { readonly key: Place }): Place {
	const first = item.kind === "map" ? item.entries.find(({ key }) => isWithin(key, item)) : undefined;
	if (first) return first.key;
	return item.end > item.start ? item : list.key;
}

/**
 * Where a finding about a field stands: on the value where that is a scalar, else on the key; for a field that is not written
 * on the key of the nearest one around it that is.
 */
export function placeOfPath(root: MapNode, ...path: readonly string[]): Place {
	let at: Place | undefined;
	let parent: MapNode | undefined = root;
	for (const [index, name] of path.entries()) {
		const entry = entryOf(parent, name);
		if (!parent || !entry) break;
		const { key, value } = entry;
		const last = index === path.length - 1;
		// A value behind an alias stands elsewhere.
		at = last && value.kind === "scalar" && value.end > value.start && isOwn(value, parent) ? value : key;
		parent = value.kind === "map" ? value : undefined;
	}
	return at ?? root.entries[0]?.key ?? root;
}
