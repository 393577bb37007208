import type { Edit, Place } from "../text/source.ts";
import { addEntry, asScalar, isJsonMap, setValue } from "../yaml/edit.ts";
import type { MapNode, Node, ScalarNode } from "../yaml/nodes.ts";
import type { Field } from "./field.ts";

/**
 * Gives a field of a map another value, in the style that the value or the map has; a field that is absent is added behind the
 * last one. `undefined` where the value stands elsewhere, behind an anchor.
 */
export function setField(map: MapNode, name: string, field: Field<unknown> | undefined, value: number | string): Edit | undefined {
	if (field && (!isOwn(field.key, map) || !isOwn(field.node, map))) return undefined;
	const old = field?.node;
	const quoted = typeof value === "string" && old?.kind === "scalar" && old.style !== "plain";
	const text = quoted ? spelled(old, value) : isJson(map) ? JSON.stringify(value) : asScalar(value);
	return field ? setValue(field, text) : addEntry(map, name, text);
}

/** Whether a place lies in another: not when what stands there comes from an anchor elsewhere. */
export function isWithin(inner: Place, outer: Place): boolean {
	return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

/**
 * Whether what stands at a place is written there for one thing alone: in the text of what it is a part of, and no anchor elsewhere,
 * or, of what is rendered, in another text, as a patch.
 */
export function isOwn(inner: Place, outer: Place): boolean {
	return inner.source !== outer.source || isWithin(inner, outer);
}

/** A text with the quotes that the scalar in its place has. */
export function spelled(node: ScalarNode, text: string): string {
	if (node.style === "double") return JSON.stringify(text);
	return node.style === "single" ? `'${text.replaceAll("'", "''")}'` : asScalar(text);
}

/** Whether a map is written as in JSON, so that names and texts in it need quotes. */
export function isJson(node: Node | undefined): boolean {
	return node?.kind === "map" && isJsonMap(node);
}
