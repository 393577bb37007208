import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { describedRules } from "../rules/described.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import { configurationSchema } from "../settings/schema.ts";
import type { JsonSchema } from "../settings/shape.ts";
import type { Span } from "../text/source.ts";
import { baseName } from "../units/folder.ts";

/** A word that may stand at a place. */
export interface Completion {
	readonly label: string;
	readonly kind: "key" | "value";
	/** What takes the place of the characters in `span`, which are offsets into the file. */
	readonly text: string;
	readonly span: Span;
	/** In Markdown. */
	readonly documentation: string | undefined;
}

/** What may be written at an offset of a configuration file, by its schema: keys, names of rules, severities. */
export function completeConfiguration(snapshot: Snapshot, uri: string, offset: number): readonly Completion[] {
	const file = baseName(uri) === CONFIGURATION_FILE ? fileOf(snapshot, uri) : undefined;
	if (!file) return [];
	const lines = file.text.slice(0, offset).split(/\r?\n/);
	const written = lines.pop() ?? "";
	const behind = /^[^\r\n]*/.exec(file.text.slice(offset))?.[0] ?? "";
	const [line, lead = "", key, word = ""] = LINE.exec(written) ?? [];
	if (line === undefined || !/^[\w.-]*(?:\s*#.*|:.*|\s*)$/.test(behind)) return [];
	const span = { start: offset - word.length, end: offset + (/^[\w.-]*/.exec(behind)?.[0].length ?? 0) };
	const path = pathAbove(lines, lead.length);
	if (key !== undefined) return valuesOf(schemaAt([...path, key])).map((value) => completion(value, span));
	const siblings = new Set(siblingsOf(lines, file.text.slice(span.end).split(/\r?\n/).slice(1), lead));
	const properties = Object.entries(objectOf(schemaAt(path))?.properties ?? {});
	return properties
		.filter(([name]) => !siblings.has(name))
		.map(([name, schema]) => ({
			label: name,
			kind: "key",
			text: behind.slice(span.end - offset).startsWith(":") ? name : `${name}:${isScalar(schema) ? " " : ""}`,
			span,
			documentation: schema.markdownDescription,
		}));
}

const LINE = /^( *(?:- +)*)(?:([\w-]+): +)?([\w.-]*)$/;
const KEY = /^( *(?:- +)*)([\w-]+):(?=\s|$)/;

function completion(value: string, span: Span): Completion {
	return { label: value, kind: "value", text: value, span, documentation: undefined };
}

/** The keys that lead to a column, by the lines above: each one further to the left than the one below it. */
function pathAbove(lines: readonly string[], column: number): readonly string[] {
	const path: string[] = [];
	let left = column;
	for (let index = lines.length - 1; index >= 0 && left > 0; index--) {
		const [, lead, key] = KEY.exec(lines[index] ?? "") ?? [];
		if (lead === undefined || key === undefined || lead.length >= left) continue;
		path.unshift(key);
		left = lead.length;
	}
	return path;
}

/** Keys of the same map, above and below. A dash begins another one. */
function siblingsOf(above: readonly string[], below: readonly string[], lead: string): readonly string[] {
	const column = lead.length;
	const found: string[] = [];
	const isOther = (line: string) => line.trim() !== "" && !line.trim().startsWith("#") && line.length - line.trimStart().length < column;
	if (!lead.includes("-")) {
		for (const line of [...above].reverse()) {
			const [, own, key] = KEY.exec(line) ?? [];
			if (own?.length === column && key) found.push(key);
			if (own?.length === column ? own.includes("-") : isOther(line)) break;
		}
	}
	for (const line of below) {
		if (isOther(line)) break;
		const [, own, key] = KEY.exec(line) ?? [];
		if (own?.length === column && key) found.push(key);
	}
	return found;
}

function schemaAt(path: readonly string[]): JsonSchema | undefined {
	return path.reduce<JsonSchema | undefined>((schema, key) => {
		const object = objectOf(schema);
		const more = object?.additionalProperties;
		return object?.properties?.[key] ?? (typeof more === "object" ? more : undefined);
	}, configurationSchema(describedRules()));
}

/** The schema of a map: itself, one of the items of a list, or one of several choices. */
function objectOf(schema: JsonSchema | undefined): JsonSchema | undefined {
	if (schema?.items) return objectOf(schema.items);
	return schema?.anyOf ? schema.anyOf.map(objectOf).find((choice) => choice !== undefined) : schema?.type === "object" ? schema : undefined;
}

function valuesOf(schema: JsonSchema | undefined): readonly string[] {
	if (!schema || schema.doNotSuggest) return [];
	if (schema.type === "boolean") return ["true", "false"];
	return [...(schema.enum ?? []).map(String), ...(schema.anyOf ?? []).flatMap(valuesOf)];
}

function isScalar(schema: JsonSchema): boolean {
	return schema.type !== "object" && schema.type !== "array";
}
