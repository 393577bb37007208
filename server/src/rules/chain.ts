import type { Place } from "../text/source.ts";
import { samePlace } from "../text/source.ts";
import type { Node, Via } from "../yaml/nodes.ts";
import type { Related } from "./rule.ts";

const WORDS: Readonly<Record<Via["how"], string>> = {
	base: "This is what it replaces",
	patch: "Set by this patch",
	kustomization: "Set by this kustomization",
	value: "The value comes from here",
	include: "Included here",
	template: "Written by this template",
};

/** What the value at a place came through before it was deployed, where it is rendered. */
export function chainOf(root: Node, at: Place): readonly Related[] {
	const via = nodeAt(root, at)?.via ?? [];
	return via.filter((place) => !samePlace(place, at)).map((place) => ({ at: place, message: WORDS[place.how] }));
}

/** The node that stands at a place, and came through something. */
function nodeAt(node: Node, at: Place): Node | undefined {
	if (node.via && samePlace(node, at)) return node;
	const below = node.kind === "seq" ? node.items : node.kind === "map" ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
	for (const each of below) {
		const found = nodeAt(each, at);
		if (found) return found;
	}
	return undefined;
}
