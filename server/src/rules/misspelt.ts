import { nearness } from "../links/nearness.ts";
import type { Node } from "../yaml/nodes.ts";

/** Names that are written for a field again and again and are no misspelling of it. */
const MISTAKEN: Readonly<Record<string, readonly string[]>> = { containerPort: ["port", "targetPort"] };

/** Whether a map has a key in the place of a field: its name misspelt, so that the field is meant to be there. */
export function isMisspelt(map: Node | undefined, field: string): boolean {
	return map?.kind === "map" && map.entries.some(({ name }) => isMeant(name, field));
}

/** The field that a name which is none is meant to be: the nearest, where one is nearer than all others. */
export function meantField(name: string, fields: readonly string[]): { readonly field: string; readonly sameWord: boolean } | undefined {
	const [best, second] = fields
		.filter((field) => isMeant(name, field))
		.map((field) => ({ field, distance: nearness(name, field) ?? 0 }))
		.sort((a, b) => a.distance - b.distance);
	if (!best || best.distance === second?.distance) return undefined;
	return { field: best.field, sameWord: name.toLowerCase() === best.field.toLowerCase() };
}

function isMeant(name: string, field: string): boolean {
	return nearness(name, field) !== undefined || (MISTAKEN[field]?.includes(name) ?? false);
}
