import type { Place } from "../text/source.ts";
import type { Node, ScalarNode } from "./nodes.ts";

/**
 * What can be seen of a place in `root`: for a value without characters, as the one of a key with nothing behind it or an item of its list,
 * the key.
 */
export function seenPlace(root: Node, at: Place): Place {
	return at.end > at.start ? at : (keyOf(root, at, new Set()) ?? at);
}

/** Aliases let many entries share one value, so each is looked into once. */
function keyOf(node: Node, value: Place, seen: Set<Node>): ScalarNode | undefined {
	if (node.kind === "scalar" || seen.has(node)) return undefined;
	seen.add(node);
	if (node.kind === "map") {
		const entry = node.entries.find(
			(each) => each.value === value || (each.value.kind === "seq" && each.value.items.some((item) => item === value)),
		);
		if (entry) return entry.key;
	}
	for (const child of node.kind === "map" ? node.entries.map((entry) => entry.value) : node.items) {
		const key = keyOf(child, value, seen);
		if (key) return key;
	}
	return undefined;
}
