import { type Place, textAt } from "../text/source.ts";
import type { Node, ScalarNode } from "../yaml/nodes.ts";
import { isWithin } from "./fieldEdits.ts";

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
