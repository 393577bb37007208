import { decode, encode } from "./bytes.ts";
import { formatFloat } from "./floats.ts";
import { kindOf, originOf, printed, printScalar, sortedKeys, typeOf } from "./print.ts";
import { escapeGo, isPrintable, quoteGo } from "./quoting.ts";
import type { Context } from "./signature.ts";
import { slice, type Text, TextBuilder, text } from "./text.ts";
import type { Dict, Value } from "./values.ts";

type Meter = Pick<Context, "reserve">;

/** What stands between the percent sign and the verb. */
export interface Flags {
	readonly sharp: boolean;
	readonly zero: boolean;
	readonly plus: boolean;
	readonly minus: boolean;
	readonly space: boolean;
	readonly width: number | undefined;
	readonly precision: number | undefined;
}

/** Prints a value by a verb of Go's fmt. `top`: it is an argument itself, not part of one. */
export function formatValue(context: Meter, builder: TextBuilder, value: Value, verb: string, flags: Flags, top: boolean): TextBuilder {
	if (verb === "T" && top) return pad(builder, truncate(text(typeOf(value)), flags.precision), flags);
	if (verb === "v" && flags.sharp) return pad(builder, text(goSyntax(context, value, top)), { ...flags, width: undefined });
	switch (value.kind) {
		case "nil":
			if (!top) return builder.add("<nil>");
			return verb === "v" ? pad(builder, text("<nil>"), flags) : builder.add(`%!${verb}(<nil>)`);
		case "unknown":
			return pad(builder, printed(context, value), flags);
		case "bool":
			return verb === "t" || verb === "v" ? pad(builder, printed(context, value), flags) : badVerb(context, builder, value, verb, flags);
		case "int":
			return formatInt(context, builder, value, verb, flags);
		case "float":
			return formatFloatValue(context, builder, value, verb, flags);
		case "string":
			return formatText(context, builder, value, value, verb, flags);
		case "bytes":
			if (verb !== "v" && verb !== "d") return formatText(context, builder, value, text(decode(value.value)), verb, flags);
			return pad(builder, printed(context, value), { ...flags, width: undefined });
		case "list":
			builder.add("[");
			for (const [index, item] of value.items.entries()) {
				if (index > 0) builder.add(" ");
				formatValue(context, builder, item, verb, flags, false);
			}
			return builder.add("]");
		case "map":
			return formatMap(context, builder, value, verb, flags);
		case "struct":
			if (value.text !== undefined && "svxXq".includes(verb)) return formatText(context, builder, value, text(value.text), verb, flags);
			return value.map ? formatMap(context, builder, value.map, verb, flags) : builder.addText(printed(context, value));
	}
}

function formatMap(context: Meter, builder: TextBuilder, map: Dict, verb: string, flags: Flags): TextBuilder {
	builder.add("map[");
	for (const [index, key] of sortedKeys(map).entries()) {
		if (index > 0) builder.add(" ");
		formatValue(context, builder, text(key, map.keys.get(key)), verb, flags, false);
		builder.add(":");
		const value = map.entries.get(key);
		if (value) formatValue(context, builder, value, verb, flags, false);
	}
	return builder.add("]");
}

function badVerb(context: Meter, builder: TextBuilder, value: Value, verb: string, flags: Flags): TextBuilder {
	builder.add(`%!${verb}(${typeOf(value)}=`);
	return formatValue(context, builder, value, "v", { ...flags, sharp: false }, true).add(")");
}

/** Pads to the width, in characters. */
function pad(builder: TextBuilder, content: Text, { width, minus, zero }: Flags): TextBuilder {
	const missing = width === undefined ? 0 : width - [...content.value].length;
	if (missing > 0 && !minus) builder.add((zero ? "0" : " ").repeat(missing));
	return builder.addText(content).add(minus && missing > 0 ? " ".repeat(missing) : "");
}

function formatText(context: Meter, builder: TextBuilder, value: Value, content: Text, verb: string, flags: Flags): TextBuilder {
	const { precision } = flags;
	switch (verb) {
		case "v":
		case "s":
			return pad(builder, truncate(content, precision), flags);
		case "q":
			return pad(builder, quoted(truncate(content, precision), flags), flags);
		case "x":
		case "X":
			return pad(builder, text(hex(content.value, verb, flags)), flags);
		default:
			return badVerb(context, builder, value, verb, flags);
	}
}

function truncate(content: Text, precision: number | undefined): Text {
	if (precision === undefined) return content;
	return slice(content, 0, [...content.value].slice(0, precision).join("").length);
}

function quoted(content: Text, { sharp, plus }: Flags): Text {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these have no raw form
	if (sharp && !/[`\0-\x08\x0a-\x1f\x7f\ufeff]/.test(content.value)) return new TextBuilder().add("`").addText(content).add("`").text();
	return quote(content, plus);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const TO_ESCAPE = /[\0-\x1f"\\\x7f-\uffff]/;

/** Go's strconv.Quote of a text, whose characters keep their places. */
export function quote(content: Text, ascii = false): Text {
	const builder = new TextBuilder().add('"');
	const { value } = content;
	if (!TO_ESCAPE.test(value)) return builder.addText(content).add('"').text();
	let from = 0;
	let at = 0;
	for (const char of value) {
		const escaped = escapeGo(char, '"', ascii);
		if (escaped !== char) {
			builder.addText(content, from, at).add(escaped);
			from = at + char.length;
		}
		at += char.length;
	}
	return builder.addText(content, from).add('"').text();
}

function hex(value: string, verb: string, { sharp, space, precision }: Flags): string {
	const bytes = encode(value).slice(0, precision);
	const prefix = sharp && bytes.length > 0 ? "0x" : "";
	const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
	const joined = prefix + digits.join(space ? ` ${prefix}` : "");
	return verb === "X" ? joined.toUpperCase() : joined;
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInt(context: Meter, builder: TextBuilder, value: Extract<Value, { kind: "int" }>, verb: string, flags: Flags): TextBuilder {
	const base = BASES[verb];
	if (base === undefined) {
		const code = Number(BigInt.asUintN(64, value.value));
		const char = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "\ufffd";
		if (verb === "c") return pad(builder, text(char), flags);
		if (verb === "q") return pad(builder, text(`'${escapeGo(char, "'", flags.plus)}'`), flags);
		if (verb === "U") return pad(builder, text(unicode(code, char, flags)), { ...flags, zero: false });
		return badVerb(context, builder, value, verb, flags);
	}
	const negative = value.value < 0n;
	const sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
	const size = negative ? -value.value : value.value;
	if (flags.precision === 0 && size === 0n) return pad(builder, text(""), { ...flags, zero: false });
	let digits = size.toString(base);
	const filled = flags.zero && !flags.minus && flags.width !== undefined ? flags.width - sign.length : 0;
	digits = digits.padStart(flags.precision ?? filled, "0");
	const prefix = verb === "O" ? "0o" : flags.sharp ? prefixOf(base, digits) : "";
	const joined = sign + prefix + digits;
	const origin = joined === printScalar(value) ? value.origin : undefined;
	return pad(builder, text(verb === "X" ? joined.toUpperCase() : joined, origin), { ...flags, zero: false });
}

function prefixOf(base: number, digits: string): string {
	if (base === 8) return digits.startsWith("0") ? "" : "0";
	return base === 2 ? "0b" : base === 16 ? "0x" : "";
}

function unicode(code: number, char: string, { sharp, precision }: Flags): string {
	const name = `U+${code
		.toString(16)
		.toUpperCase()
		.padStart(Math.max(precision ?? 0, 4), "0")}`;
	return sharp && isPrintable(char) ? `${name} '${char}'` : name;
}

function formatFloatValue(
	context: Meter,
	builder: TextBuilder,
	value: Extract<Value, { kind: "float" }>,
	verb: string,
	flags: Flags,
): TextBuilder {
	const format = verb === "v" ? "g" : verb.toLowerCase();
	if (!"efg".includes(format) || !"vefgEFG".includes(verb)) return badVerb(context, builder, value, verb, flags);
	const precision = flags.precision ?? (format === "g" ? -1 : 6);
	const number = formatFloat(value.value, format as "e" | "f" | "g", precision);
	const written = verb === "E" || verb === "G" ? number.toUpperCase() : number;
	const finite = Number.isFinite(value.value);
	const digits = written.replace(/^[-+]/, "");
	const sign = written.startsWith("-") ? "-" : flags.plus ? "+" : flags.space ? " " : "";
	const shown = written.startsWith("+") && !flags.plus && !flags.space ? "+" : sign;
	const missing = (flags.width ?? 0) - shown.length - digits.length;
	const zeros = finite && flags.zero && !flags.minus && missing > 0 ? "0".repeat(missing) : "";
	const joined = shown + zeros + digits;
	return pad(builder, text(joined, joined === printScalar(value) ? originOf(value) : undefined), { ...flags, zero: false });
}

/** Go's %#v. */
function goSyntax(context: Meter, value: Value, top: boolean): string {
	switch (value.kind) {
		case "nil":
			return top ? "<nil>" : "interface {}(nil)";
		case "string":
			return quoteGo(value.value);
		case "list":
			return `${value.type}{${value.items.map((item) => goSyntax(context, item, false)).join(", ")}}`;
		case "map":
			return `${value.type}{${sortedKeys(value)
				.map((key) => `${quoteGo(key)}:${goSyntax(context, value.entries.get(key) ?? { kind: "nil" }, false)}`)
				.join(", ")}}`;
		case "int":
			return kindOf(value).startsWith("u") ? `0x${value.value.toString(16)}` : String(value.value);
		default:
			return printed(context, value).value;
	}
}
