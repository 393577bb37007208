import { byteLength, decode, encode, offsetOfByte } from "../bytes.ts";
import { quote } from "../format.ts";
import { printed, strval } from "../print.ts";
import { sprintf } from "../printf.ts";
import { CallError, type Context, fixed, keeping, type Signature, variadic } from "../signature.ts";
import { isWhollyUnknown, join, slice, splice, type Text, TextBuilder, text } from "../text.ts";
import { byBytes, GO_SPACE, toLower, toUpper } from "../unicode.ts";
import { bool, dict, type Int, list, unknown, type Value } from "../values.ts";
import { camelCase, connectedCase, swapCase, titleCase } from "./cases.ts";
import { splitText, textsOf } from "./pieces.ts";
import { abbreviate, abbreviateBoth, wrapLines } from "./wrapping.ts";

/** The type of a map of numbered pieces. */
const NUMBERED = "map[string]string";

/** Texts, as sprig treats them. Source: strings.go and functions.go of sprig, goutils and xstrings. */
export const STRINGS: Readonly<Record<string, Signature>> = {
	hello: fixed([], "string", () => text("Hello!")),
	abbrev: fixed(["int", "string"], "string", (_, width, value) => text(abbreviate(value.value, 0, number(width)))),
	abbrevboth: fixed(["int", "int", "string"], "string", (_, left, right, value) =>
		text(abbreviateBoth(number(left), number(right), value.value)),
	),
	trunc: keeping(fixed(["int", "string"], "string", (_, count, value) => truncate(number(count), value))),
	trim: keeping(fixed(["string"], "string", (_, value) => trimmed(value, SPACES, SPACES_BEHIND))),
	upper: keeping(fixed(["string"], "string", (_, value) => mapped(value, toUpper))),
	lower: keeping(fixed(["string"], "string", (_, value) => mapped(value, toLower))),
	title: keeping(fixed(["string"], "string", (_, value) => respelled(value, titleCase(value.value)))),
	untitle: keeping(fixed(["string"], "string", (_, value) => respelled(value, untitle(value.value)))),
	substr: keeping(fixed(["int", "int", "string"], "string", (_, start, end, value) => substring(number(start), number(end), value))),
	repeat: keeping(fixed(["int", "string"], "string", (context, count, value) => repeat(context, number(count), value))),
	trimall: keeping(fixed(["string", "string"], "string", (_, cut, value) => trimCharacters(cut.value, value))),
	trimAll: keeping(fixed(["string", "string"], "string", (_, cut, value) => trimCharacters(cut.value, value))),
	trimSuffix: keeping(fixed(["string", "string"], "string", (_, end, value) => trimSuffix(end.value, value))),
	trimPrefix: keeping(fixed(["string", "string"], "string", (_, start, value) => trimPrefix(start.value, value))),
	nospace: keeping(fixed(["string"], "string", (_, value) => withoutSpace(value))),
	initials: fixed(["string"], "string", (_, value) => text(initials(value.value))),
	swapcase: keeping(fixed(["string"], "string", (_, value) => respelled(value, swapCase(value.value)))),
	snakecase: fixed(["string"], "string", (_, value) => text(connectedCase(value.value, "_"))),
	camelcase: fixed(["string"], "string", (_, value) => text(camelCase(value.value))),
	kebabcase: fixed(["string"], "string", (_, value) => text(connectedCase(value.value, "-"))),
	wrap: fixed(["int", "string"], "string", (context, width, value) => text(wrapLines(context, value.value, number(width), "\n", false))),
	wrapWith: fixed(["int", "string", "string"], "string", (context, width, separator, value) =>
		text(wrapLines(context, value.value, number(width), separator.value === "" ? "\n" : separator.value, true)),
	),
	contains: fixed(["string", "string"], "bool", (_, part, value) => bool(value.value.includes(part.value))),
	hasPrefix: fixed(["string", "string"], "bool", (_, start, value) => bool(value.value.startsWith(start.value))),
	hasSuffix: fixed(["string", "string"], "bool", (_, end, value) => bool(value.value.endsWith(end.value))),
	quote: keeping(variadic([], "any", "string", (context, ...values) => quoteAll(context, values))),
	squote: keeping(variadic([], "any", "string", (context, ...values) => singleQuoteAll(context, values))),
	cat: keeping(variadic([], "any", "string", (context, ...values) => concatenate(context, values))),
	indent: keeping(fixed(["int", "string"], "string", (context, count, value) => indent(context, number(count), value, ""))),
	nindent: keeping(fixed(["int", "string"], "string", (context, count, value) => indent(context, number(count), value, "\n"))),
	replace: keeping(fixed(["string", "string", "string"], "string", (context, old, by, value) => replaceAll(context, old.value, by, value))),
	plural: keeping(fixed(["string", "string", "int"], "string", (_, one, many, count) => (count.value === 1n ? one : many))),
	toString: keeping(fixed(["any"], "string", (context, value) => strval(context, value))),
	join: keeping(fixed(["string", "any"], "string", (context, separator, value) => joinAll(context, separator, value))),
	split: keeping(
		fixed(
			["string", "string"],
			NUMBERED,
			(_, separator, value) => hidden(value, NUMBERED) ?? numbered(splitText(value, separator.value, -1)),
		),
	),
	splitn: keeping(
		fixed(["string", "int", "string"], NUMBERED, (_, separator, count, value) => {
			return hidden(value, NUMBERED) ?? numbered(splitText(value, separator.value, number(count)));
		}),
	),
	splitList: keeping(
		fixed(["string", "string"], "[]string", (_, separator, value) => {
			return hidden(value, "[]string") ?? list(splitText(value, separator.value, -1), "[]string");
		}),
	),
	toStrings: keeping(fixed(["any"], "[]string", (context, value) => list(textsOf(context, value), "[]string"))),
};

export function number({ value }: Int): number {
	return Number(value);
}

/** Cuts off bytes; half a character is kept as its bytes. */
function truncate(count: number, value: Text): Text {
	const length = byteLength(value.value);
	if (count < 0 && length + count > 0) return byteSlice(value, length + count, length);
	return count >= 0 && length > count ? byteSlice(value, 0, count) : value;
}

function byteSlice(value: Text, from: number, to: number): Text {
	const start = offsetOfByte(value.value, from);
	const end = offsetOfByte(value.value, to);
	if (start >= 0 && end >= 0) return slice(value, start, end);
	return text(decode(encode(value.value).slice(from, to)));
}

function substring(start: number, end: number, value: Text): Text {
	const length = byteLength(value.value);
	const from = start < 0 ? 0 : start;
	const to = start >= 0 && (end < 0 || end > length) ? length : end;
	if (to < 0 || to > length)
		throw new CallError(`runtime error: slice bounds out of range [:${to}]${to < 0 ? "" : ` with length ${length}`}`);
	if (from > to) throw new CallError(`runtime error: slice bounds out of range [${from}:${to}]`);
	return byteSlice(value, from, to);
}

const SPACES = new RegExp(`^[${GO_SPACE}]*`);
const SPACES_BEHIND = new RegExp(`[${GO_SPACE}]$`);

function trimmed(value: Text, before: RegExp, behind: RegExp): Text {
	const from = before.exec(value.value)?.[0].length ?? 0;
	let to = value.value.length;
	while (to > from && behind.test(value.value.charAt(to - 1))) to--;
	return slice(value, from, to);
}

function trimCharacters(cut: string, value: Text): Text {
	const characters = new Set(cut);
	const all = [...value.value];
	let first = 0;
	let last = all.length;
	while (first < last && characters.has(all[first] ?? "")) first++;
	while (last > first && characters.has(all[last - 1] ?? "")) last--;
	const from = all.slice(0, first).join("").length;
	return slice(value, from, from + all.slice(first, last).join("").length);
}

function trimSuffix(end: string, value: Text): Text {
	return end !== "" && value.value.endsWith(end) ? slice(value, 0, value.value.length - end.length) : value;
}

function trimPrefix(start: string, value: Text): Text {
	return start !== "" && value.value.startsWith(start) ? slice(value, start.length) : value;
}

function mapped(value: Text, map: (char: string) => string): Text {
	return respelled(value, Array.from(value.value, map).join(""));
}

/** Other characters in the same places, if there are as many. */
function respelled(value: Text, spelling: string): Text {
	if (spelling === value.value) return value;
	return spelling.length === value.value.length ? { ...value, value: spelling } : text(spelling);
}

function untitle(value: string): string {
	let begins = true;
	return Array.from(value, (char) => {
		const space = SPACES_BEHIND.test(char);
		const result = begins && !space ? toLower(char) : char;
		begins = space;
		return result;
	}).join("");
}

function repeat(context: Context, count: number, value: Text): Text {
	if (count < 0) throw new CallError("strings: negative Repeat count");
	context.reserve(count * Math.max(value.value.length, 1));
	if (!value.runs) return text(value.value.repeat(count));
	const builder = new TextBuilder();
	for (let round = 0; round < count; round++) builder.addText(value);
	return builder.text();
}

function withoutSpace(value: Text): Text {
	const bytes = byBytes(value.value);
	const kept = bytes.replace(new RegExp(`[${GO_SPACE}]`, "g"), "");
	if (kept.length === bytes.length) return value;
	// Beyond ASCII each byte becomes a character of its own.
	if (bytes !== value.value) return text(kept);
	return splice(
		value,
		[...value.value.matchAll(new RegExp(`[${GO_SPACE}]`, "g"))].map(({ index }) => ({ start: index, end: index + 1, by: "" })),
	);
}

function initials(value: string): string {
	let gap = true;
	let result = "";
	for (const char of byBytes(value)) {
		const space = SPACES_BEHIND.test(char);
		if (!space && gap) result += char;
		gap = space;
	}
	return result;
}

function quoteAll(context: Context, values: readonly Value[]): Text {
	const [only] = values;
	if (values.length === 1 && only?.kind === "string") return quote(only);
	return join(
		values.filter(({ kind }) => kind !== "nil").map((value) => quote(strval(context, value))),
		" ",
	);
}

function singleQuoteAll(context: Context, values: readonly Value[]): Text {
	return join(
		values.filter(({ kind }) => kind !== "nil").map((value) => new TextBuilder().add("'").addText(printed(context, value)).add("'").text()),
		" ",
	);
}

function concatenate(context: Context, values: readonly Value[]): Text {
	const present = values.filter(({ kind }) => kind !== "nil");
	return sprintf(context, text(present.map(() => "%v").join(" ")), present);
}

function indent(context: Context, count: number, value: Text, before: string): Text {
	if (count < 0) throw new CallError("strings: negative Repeat count");
	context.reserve(count);
	const pad = " ".repeat(count);
	const builder = new TextBuilder().add(before + pad);
	let at = 0;
	for (let next = value.value.indexOf("\n"); next >= 0; next = value.value.indexOf("\n", at)) {
		context.reserve(count);
		builder.addText(value, at, next + 1).add(pad);
		at = next + 1;
	}
	return builder.addText(value, at).text();
}

function replaceAll(context: Context, old: string, by: Text, value: Text): Text {
	const pieces: { start: number; end: number; by: Text }[] = [];
	if (old === "") {
		let at = 0;
		for (const char of value.value) {
			pieces.push({ start: at, end: at, by });
			at += char.length;
		}
		pieces.push({ start: at, end: at, by });
	} else {
		for (let at = value.value.indexOf(old); at >= 0; at = value.value.indexOf(old, at + old.length)) {
			pieces.push({ start: at, end: at + old.length, by });
		}
	}
	if (pieces.length === 0) return value;
	context.reserve(pieces.length * by.value.length);
	return splice(value, pieces);
}

/** Of a text of which nothing is known, nobody knows the pieces. */
function hidden(value: Text, type: string): Value | undefined {
	return value.unknown && isWhollyUnknown(value) ? unknown(type, value.unknown) : undefined;
}

function numbered(pieces: readonly Text[]): Value {
	return dict(
		pieces.map((piece, index) => [`_${index}`, piece] as const),
		NUMBERED,
	);
}

function joinAll(context: Context, separator: Text, value: Value): Text {
	const builder = new TextBuilder();
	for (const [index, part] of textsOf(context, value).entries()) {
		if (index > 0) builder.addText(separator);
		builder.addText(part);
	}
	return builder.text();
}
