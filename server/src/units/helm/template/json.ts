import { compareText } from "./bytes.ts";
import { formatFloat } from "./floats.ts";
import { base64 } from "./functions/encoding.ts";
import { printScalar, STAND_IN } from "./print.ts";
import { CallError, type Context } from "./signature.ts";
import { type Text, TextBuilder, text } from "./text.ts";
import type { Dict, Value } from "./values.ts";

/** How JSON is written: `indent` per level, and whether `<`, `>` and `&` are escaped. */
export interface JsonStyle {
	readonly indent: string;
	readonly html: boolean;
}

export const COMPACT: JsonStyle = { indent: "", html: true };

/** Go's json.Marshal. Fails for what JSON has no number for. Source: encode.go of Go's encoding/json. */
export function writeJson(context: Context, value: Value, style: JsonStyle): Text {
	const builder = new TextBuilder();
	write(context, builder, value, style, "\n");
	return builder.text();
}

function write(context: Context, builder: TextBuilder, value: Value, style: JsonStyle, line: string): void {
	context.spend(1);
	// A value that is deeper than this contains itself.
	if (line.length > 1001 + style.indent.length * 1000) throw new RangeError("too deep");
	const before = builder.length;
	switch (value.kind) {
		case "nil":
			builder.add("null", value.origin);
			break;
		case "string":
			quoteJson(builder, value, style.html);
			break;
		case "float":
			builder.add(jsonNumber(value.value), value.origin);
			break;
		case "bytes":
			builder.add(`"${base64(value.value)}"`);
			break;
		case "list":
			if (value.nil) builder.add("null");
			else
				writeAll(context, builder, "[]", style, line, value.items, (item, inner) => {
					write(context, builder, item, style, inner);
				});
			break;
		case "map":
			writeMap(context, builder, value, style, line);
			break;
		case "struct":
			writeStruct(context, builder, value, style, line);
			break;
		case "unknown":
			builder.addText(text(`"${STAND_IN}"`, { at: NO_PLACE, from: "action", unknown: value.why }));
			break;
		default:
			builder.add(printScalar(value), value.origin);
	}
	if (value.kind !== "list" && value.kind !== "map") context.reserve(builder.length - before);
}

const NO_PLACE = { source: { uri: "", text: "" }, start: 0, end: 0 };

function writeStruct(
	context: Context,
	builder: TextBuilder,
	value: Extract<Value, { kind: "struct" }>,
	style: JsonStyle,
	line: string,
): void {
	// Go writes the fields of a struct as they are declared.
	if (value.plain?.kind === "map" && !value.map) writeEntries(context, builder, value.plain, [...value.plain.entries], style, line);
	else if (value.plain) write(context, builder, value.plain, style, line);
	else if (value.map) writeMap(context, builder, value.map, style, line);
	else {
		writeAll(context, builder, "{}", style, line, [...value.fields], ([name, field], inner) => {
			builder.add(`"${name}":${style.indent === "" ? "" : " "}`);
			write(context, builder, field, style, inner);
		});
	}
}

function writeMap(context: Context, builder: TextBuilder, value: Dict, style: JsonStyle, line: string): void {
	if (value.nil) {
		builder.add("null");
		return;
	}
	const entries = [...value.entries].sort(([a], [b]) => compareText(a, b));
	writeEntries(context, builder, value, entries, style, line);
}

function writeEntries(
	context: Context,
	builder: TextBuilder,
	value: Dict,
	entries: readonly (readonly [string, Value])[],
	style: JsonStyle,
	line: string,
): void {
	writeAll(context, builder, "{}", style, line, entries, ([key, entry], inner) => {
		quoteJson(builder, text(key, value.keys.get(key)), style.html);
		builder.add(style.indent === "" ? ":" : ": ");
		context.reserve(key.length);
		write(context, builder, entry, style, inner);
	});
}

function writeAll<T>(
	context: Context,
	builder: TextBuilder,
	brackets: string,
	{ indent }: JsonStyle,
	line: string,
	items: readonly T[],
	one: (item: T, inner: string) => void,
): void {
	const inner = line + (indent || " ");
	const separator = indent === "" ? "" : inner;
	builder.add(brackets.charAt(0));
	for (const [index, item] of items.entries()) {
		context.reserve(separator.length + 1);
		builder.add((index > 0 ? "," : "") + separator);
		one(item, inner);
	}
	if (items.length > 0 && indent !== "") builder.add(line);
	builder.add(brackets.charAt(1));
}

/** Go's encoding of a float in JSON. */
export function jsonNumber(value: number): string {
	if (!Number.isFinite(value)) {
		const shown = Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
		throw new CallError(`json: unsupported value: ${shown}`);
	}
	const size = Math.abs(value);
	if (size !== 0 && (size < 1e-6 || size >= 1e21)) return formatFloat(value, "e", -1).replace(/e-0([0-9])$/, "e-$1");
	return formatFloat(value, "f", -1);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const SPECIAL = /[\0-\x1f"\\<>&\u2028\u2029\udc80-\udcff]/g;

const SHORT: Readonly<Record<string, string>> = {
	'"': '\\"',
	"\\": "\\\\",
	"\n": "\\n",
	"\r": "\\r",
	"\t": "\\t",
	"\b": "\\b",
	"\f": "\\f",
};

function quoteJson(builder: TextBuilder, value: Text, html: boolean): void {
	builder.add('"');
	let at = 0;
	for (const { 0: char, index } of value.value.matchAll(SPECIAL)) {
		if (!html && "<>&".includes(char)) continue;
		// Half of a pair of surrogates that stand for one character.
		if (char >= "\udc80" && char <= "\udcff" && /[\ud800-\udbff]/.test(value.value.charAt(index - 1))) continue;
		builder.addText(value, at, index).add(escapeJson(char));
		at = index + 1;
	}
	builder.addText(value, at).add('"');
}

function escapeJson(char: string): string {
	if (char >= "\udc80" && char <= "\udcff") return "\\ufffd";
	return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
