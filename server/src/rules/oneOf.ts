import { editDistance } from "../links/nearness.ts";
import type { Field } from "../model/field.ts";
import { isOwn, setField, spelled } from "../model/fieldEdits.ts";
import { placeOf } from "../model/places.ts";
import { replace } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import type { Fix, Report } from "./rule.ts";

/**
 * A field whose value must be one of a few words, with their case. `undefined` where it is one, or cannot be told; an empty text
 * counts as a value. A fix writes one of those that may be `meant`.
 */
export function noneOf(map: MapNode, field: Field<string> | undefined, known: readonly string[], meant = known): Report | undefined {
	if (field?.value === undefined || known.includes(field.value)) return undefined;
	return {
		at: placeOf(field),
		message: `${field.key.text} "${field.value}" is none of ${known.join(", ")}`,
		kubernetes: "refuses",
		fixes: nearest(field.value, meant).flatMap((right) => write(map, field, right, isSameWord(field.value, right))),
	};
}

/** The same for an item of a list. */
export function noneOfItem(map: MapNode, item: Field<string>, known: readonly string[], meant = known): Report | undefined {
	const value = item.state === "unset" ? "" : item.value;
	if (value === undefined || known.includes(value)) return undefined;
	const [right] = nearest(value, meant);
	const { node } = item;
	const fixable = right !== undefined && node.kind === "scalar" && isOwn(node, map);
	return {
		at: placeOf(item),
		message: `"${value}" in ${item.key.text} is none of ${known.join(", ")}`,
		kubernetes: "refuses",
		fixes: fixable ? [{ title: `Write ${right}`, safe: isSameWord(value, right), edits: [replace(node, spelled(node, right))] }] : [],
	};
}

/** The word that differs only by case or blanks, else the nearest one. */
function nearest(value: string, known: readonly string[]): readonly string[] {
	const same = known.find((word) => isSameWord(value, word));
	if (same) return [same];
	const most = Math.floor(value.length / 3);
	const near = known
		.map((word) => ({ word, distance: editDistance(value.toLowerCase(), word.toLowerCase()) }))
		.filter(({ distance }) => distance <= most)
		.sort((a, b) => a.distance - b.distance);
	return near.slice(0, 1).map(({ word }) => word);
}

function isSameWord(a: string | undefined, b: string): boolean {
	return a?.trim().toLowerCase() === b.toLowerCase();
}

function write(map: MapNode, field: Field<string>, right: string, safe: boolean): readonly Fix[] {
	const edit = setField(map, field.key.text, field, right);
	return edit ? [{ title: `Write ${right}`, safe, edits: [edit] }] : [];
}
