import { nearness } from "../links/nearness.ts";
import type { Entry, Node } from "../yaml/nodes.ts";
import { garbled } from "./garbledKey.ts";

/** Names that are written for a field again and again and are no misspelling of it. */
const MISTAKEN: Readonly<Record<string, readonly string[]>> = { containerPort: ["port", "targetPort"] };

/** Whether a map has a key in the place of a field: its name misspelt, so that the field is meant to be there. */
export function isMisspelt(map: Node | undefined, field: string): boolean {
	return map?.kind === "map" && map.entries.some((entry) => isMeant(entry.name, field) || isRunTogether(entry, field));
}

/**
 * The field that a name which is none is meant to be: the nearest, where one is nearer than all others. Where that is there already,
 * the name may be the beginning of another: `prot` beside `port` means protocol.
 */
export function meantField(
	name: string,
	fields: readonly string[],
	isThere: (field: string) => boolean = () => false,
): { readonly field: string; readonly sameWord: boolean } | undefined {
	const [shortened, ...others] = fields.filter((field) => name.length >= 3 && field.startsWith(name) && !isThere(field));
	const [best, second] = fields
		.filter((field) => isMeant(name, field))
		.map((field) => ({ field, distance: nearness(name, field) ?? 0 }))
		.sort((a, b) => a.distance - b.distance);
	if (!best || best.distance === second?.distance) return undefined;
	const sameWord = name.toLowerCase() === best.field.toLowerCase();
	return shortened && others.length === 0 && !sameWord && isThere(best.field)
		? { field: shortened, sameWord: false }
		: { field: best.field, sameWord };
}

/** `port:80` is its field and the value in one; `-port` hides the list that it should be an item of. */
function isRunTogether(entry: Entry, field: string): boolean {
	const found = garbled(entry);
	return found !== undefined && (found.isItem ? field === "ports" : found.name === field);
}

function isMeant(name: string, field: string): boolean {
	return nearness(name, field) !== undefined || (MISTAKEN[field]?.includes(name) ?? false);
}
