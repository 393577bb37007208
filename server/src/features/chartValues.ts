import type { Text as Words } from "../reach/card.ts";
import type { Place } from "../text/source.ts";
import { markedText } from "../units/helm/chart/marked.ts";
import { EACH, type Path } from "../units/helm/template/mentions.ts";
import type { Origin } from "../units/helm/template/origin.ts";
import type { Dict, Value } from "../units/helm/template/values.ts";

/** A value of a chart. */
export interface ChartValue {
	/** `undefined` where there is none. */
	readonly value: Value | undefined;
	/** Where it is written, or its key. */
	readonly at: Place | undefined;
}

/** So many elements of a list are looked at. */
const MOST_ELEMENTS = 20;

/** What a path leads to from the root context: several values where it passes through every element of something. */
export function valuesAt(context: Dict, path: Path): readonly ChartValue[] {
	return path.reduce<readonly ChartValue[]>(
		(found, name) => found.flatMap(({ value }) => (name === EACH ? elementsOf(value) : [memberOf(value, name)])).slice(0, MOST_ELEMENTS),
		[{ value: context, at: undefined }],
	);
}

function memberOf(value: Value | undefined, name: string): ChartValue {
	const map = value?.kind === "map" ? value : value?.kind === "struct" ? value.map : undefined;
	if (value?.kind === "struct" && value.fields.has(name)) return written(value.fields.get(name), undefined);
	return map ? written(map.entries.get(name), map.keys.get(name)) : written(undefined, undefined);
}

function elementsOf(value: Value | undefined): readonly ChartValue[] {
	if (value?.kind === "list") return value.items.map((item) => written(item, undefined));
	return value?.kind === "map" ? [...value.entries].map(([key, item]) => written(item, value.keys.get(key))) : [];
}

function written(value: Value | undefined, key: Origin | undefined): ChartValue {
	return { value, at: placeOfOrigin(key) ?? placeOfValue(value) };
}

/** Where a value is written in a file; `undefined` for what a template or Helm makes. */
export function placeOfValue(value: Value | undefined): Place | undefined {
	if (!value || !("kind" in value)) return undefined;
	if (value.kind === "string") return placeOfOrigin(value.runs?.[0]?.origin);
	return "origin" in value ? placeOfOrigin(value.origin) : undefined;
}

function placeOfOrigin(origin: Origin | undefined): Place | undefined {
	return origin?.from === "value" && origin.at.source.uri !== "" ? origin.at : undefined;
}

/** Names of a map that are shown. */
const MOST_NAMES = 6;

/** A value in a few words, `not set` where there is none. */
export function shown(value: Value | undefined): Words {
	if (!value) return ["not set"];
	switch (value.kind) {
		case "nil":
			return [{ code: "null" }];
		case "string":
			return [{ code: markedText(value) || '""' }];
		case "map":
			return namesOf([...value.entries.keys()]);
		case "struct":
			return namesOf([...value.fields.keys()]);
		case "list":
			return listed(value.items);
		case "bytes":
			return ["bytes"];
		case "unknown":
			return [{ code: `<${value.why}>` }];
		default:
			return [{ code: String(value.value) }];
	}
}

function namesOf(names: readonly string[]): Words {
	if (names.length === 0) return [{ code: "{}" }];
	const more = names.length > MOST_NAMES ? `, … (${names.length})` : "";
	return ["a map of ", ...names.slice(0, MOST_NAMES).flatMap((name, at) => (at > 0 ? [", ", { code: name }] : [{ code: name }])), more];
}

function listed(items: readonly Value[]): Words {
	const simple = items.every(({ kind }) => kind === "string" || kind === "float" || kind === "int" || kind === "bool");
	if (!simple || items.length > MOST_NAMES) return [`a list of ${items.length}`];
	const texts = items.map((item) => (item.kind === "string" ? markedText(item) : "value" in item ? String(item.value) : ""));
	return [{ code: `[${texts.join(", ")}]` }];
}
