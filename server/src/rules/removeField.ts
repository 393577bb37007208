import type { Field } from "../model/field.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { removeEntry } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** The fix that takes a field out of its map; none where that would hurt what stands around it. */
export function removeField(map: MapNode, { key }: Pick<Field<unknown>, "key">): readonly Fix[] {
	const entry = isWithin(key, map) ? map.entries.find((each) => each.key === key) : undefined;
	const edit = entry && removeEntry(map, entry);
	return edit ? [{ title: `Remove ${key.text}`, safe: false, edits: [edit] }] : [];
}
