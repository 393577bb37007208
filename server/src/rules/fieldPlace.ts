import { isWithin } from "../model/fieldEdits.ts";
import type { Place } from "../text/source.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";

/**
 * Where a finding about a field stands: on the value where that is a scalar, else on the key; for a field that is not written
 * on the key of the nearest one around it that is.
 */
export function fieldPlace(root: MapNode, ...path: readonly string[]): Place {
	let at: Place | undefined;
	let parent: MapNode | undefined = root;
	for (const [index, name] of path.entries()) {
		const entry = entryOf(parent, name);
		if (!parent || !entry) break;
		const { key, value } = entry;
		const last = index === path.length - 1;
		// A value behind an alias stands elsewhere.
		at = last && value.kind === "scalar" && value.end > value.start && isWithin(value, parent) ? value : key;
		parent = value.kind === "map" ? value : undefined;
	}
	return at ?? root.entries[0]?.key ?? root;
}
