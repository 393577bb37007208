import { byteLength, encode } from "../bytes.ts";
import { equals, isLess } from "../equality.ts";
import { printed, sprint, sprintln, typeOf } from "../print.ts";
import { sprintf } from "../printf.ts";
import { isPrintable } from "../quoting.ts";
import { CallError, type Context, fixed, keeping, type Signature, variadic } from "../signature.ts";
import { slice, splice, type Text, text } from "../text.ts";
import { mysteryOf, truthOf } from "../truth.ts";
import { ANY_LIST, bool, int, NIL, unknown, type Value } from "../values.ts";

const ANY = "interface {}";

/** What Go's text/template itself defines. `slice` is sprig's; `and`, `or` are evaluated where they are called. Source: funcs.go there. */
export const BUILTINS: Readonly<Record<string, Signature>> = {
	and: keeping(variadic(["reflect"], "reflect", ANY, (_, first) => first ?? NIL)),
	or: keeping(variadic(["reflect"], "reflect", ANY, (_, first) => first ?? NIL)),
	not: keeping(fixed(["reflect"], "bool", (_, value) => negated(value))),
	eq: variadic(["reflect"], "reflect", "bool", (context, first, ...others) => {
		if (others.length === 0) throw new CallError("missing argument for comparison");
		return bool(others.some((other) => equals(context, first ?? NIL, other ?? NIL)));
	}),
	ne: fixed(["reflect", "reflect"], "bool", (context, a, b) => bool(!equals(context, a ?? NIL, b ?? NIL))),
	lt: fixed(["reflect", "reflect"], "bool", (_, a, b) => bool(isLess(a ?? NIL, b ?? NIL))),
	le: fixed(["reflect", "reflect"], "bool", (context, a, b) => bool(isAtMost(context, a ?? NIL, b ?? NIL))),
	gt: fixed(["reflect", "reflect"], "bool", (context, a, b) => bool(!isAtMost(context, a ?? NIL, b ?? NIL))),
	ge: fixed(["reflect", "reflect"], "bool", (_, a, b) => bool(!isLess(a ?? NIL, b ?? NIL))),
	call: variadic(["reflect"], "reflect", ANY, (_, value) => {
		if (!value || value.kind === "nil") throw new CallError("call of nil");
		throw new CallError(`non-function ${printed(_, value).value} of type ${typeOf(value)}`);
	}),
	html: keeping(variadic([], "any", "string", (context, ...values) => escaped(escapeArguments(context, values), /[\0"'&<>]/g, HTML))),
	js: keeping(variadic([], "any", "string", (context, ...values) => escaped(escapeArguments(context, values), JS_SPECIAL, escapeJs))),
	urlquery: variadic([], "any", "string", (context, ...values) => text(queryEscape(escapeArguments(context, values).value))),
	index: variadic(["reflect"], "reflect", ANY, (_, item, ...indexes) => indexOf(item ?? NIL, indexes)),
	len: fixed(["reflect"], "int", (_, value) => int(lengthOf(value))),
	print: keeping(variadic([], "any", "string", (context, ...values) => sprint(context, values))),
	printf: keeping(variadic(["string"], "any", "string", (context, format, ...values) => sprintf(context, format, values))),
	println: keeping(variadic([], "any", "string", (context, ...values) => sprintln(context, values))),
};

function negated(value: Value | undefined): Value {
	const truth = truthOf(value);
	return truth === "unknown" ? unknown("bool", mysteryOf(value) ?? "random") : bool(!truth);
}

function isAtMost(context: Context, a: Value, b: Value): boolean {
	return isLess(a, b) || equals(context, a, b);
}

function lengthOf(value: Value | undefined): number {
	switch (value?.kind) {
		case undefined:
			throw new CallError("reflect: call of reflect.Value.Type on zero Value");
		case "nil":
			throw new CallError("len of nil pointer");
		case "string":
			return byteLength(value.value);
		case "bytes":
			return value.value.length;
		case "list":
			return value.items.length;
		case "map":
			return value.entries.size;
		case "struct":
			if (value.map) return value.map.entries.size;
	}
	// Go looks at what a pointer points to.
	throw new CallError(`len of type ${typeOf(value ?? NIL).replace(/^\*/, "")}`);
}

/** Source: index of funcs.go. */
function indexOf(start: Value, indexes: readonly (Value | undefined)[]): Value {
	if (start.kind === "nil") throw new CallError("index of untyped nil");
	let item: Value = start;
	for (const index of indexes) {
		if (item.kind === "nil") throw new CallError("index of nil pointer");
		item = indexOnce(item, index ?? NIL);
	}
	return item;
}

function indexOnce(item: Value, index: Value): Value {
	const map = item.kind === "map" ? item : item.kind === "struct" ? item.map : undefined;
	if (map) {
		if (index.kind === "nil") throw new CallError("value is nil; should be of type string");
		if (index.kind !== "string") throw new CallError(`value has type ${typeOf(index)}; should be string`);
		return map.entries.get(index.value) ?? zeroOf(map.type);
	}
	switch (item.kind) {
		case "list":
			return item.items[position(index, item.items.length)] ?? outOfRange(index);
		case "bytes":
			return int(item.value[position(index, item.value.length)] ?? outOfRange(index), "uint8");
		case "string": {
			const bytes = encode(item.value);
			return int(bytes[position(index, bytes.length)] ?? outOfRange(index), "uint8");
		}
	}
	throw new CallError(`can't index item of type ${typeOf(item)}`);
}

/** What Go gives for a key that a map of a type does not have. */
export function zeroOf(type: string): Value {
	return type.endsWith("]string") ? text("") : type === "engine.files" ? { kind: "bytes", value: new Uint8Array() } : NIL;
}

function position(index: Value, length: number): number {
	if (index.kind === "nil") throw new CallError("cannot index slice/array with nil");
	if (index.kind !== "int") throw new CallError(`cannot index slice/array with type ${typeOf(index)}`);
	if (index.value < 0n || index.value > BigInt(length)) throw new CallError(`index out of range: ${index.value}`);
	return Number(index.value);
}

function outOfRange(index: Value): never {
	throw new CallError(index.kind === "int" ? "reflect: slice index out of range" : "index out of range");
}

function escapeArguments(context: Context, values: readonly Value[]): Text {
	return sprint(
		context,
		values.map((value) => (value.kind === "nil" ? text("<no value>") : value)),
	);
}

const HTML: Readonly<Record<string, string>> = { "\0": "\ufffd", '"': "&#34;", "'": "&#39;", "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(content: Text, special: RegExp, by: Readonly<Record<string, string>> | ((char: string) => string)): Text {
	const found = [...content.value.matchAll(special)];
	return splice(
		content,
		found.map(({ 0: char, index }) => ({
			start: index,
			end: index + char.length,
			by: typeof by === "function" ? by(char) : (by[char] ?? char),
		})),
	);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const JS_SPECIAL = /[\0-\x1f\\'"<>&=]|[\x80-\u{10ffff}]/gu;

const JS: Readonly<Record<string, string>> = {
	"\\": "\\\\",
	"'": "\\'",
	'"': '\\"',
	"<": "\\u003C",
	">": "\\u003E",
	"&": "\\u0026",
	"=": "\\u003D",
};

function escapeJs(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	if (code >= 0x80 && isPrintable(char)) return char;
	return JS[char] ?? `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Go's url.QueryEscape. */
export function queryEscape(value: string): string {
	let result = "";
	for (const byte of encode(value)) {
		const char = String.fromCharCode(byte);
		if (/[A-Za-z0-9\-_.~]/.test(char)) result += char;
		else result += char === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
	}
	return result;
}

/** Elements of any slice; `undefined` for what is none. */
export function elementsOf(value: Value): readonly Value[] | undefined {
	if (value.kind === "list") return value.items;
	return value.kind === "bytes" ? [...value.value].map((byte) => int(byte, "uint8")) : undefined;
}

/** The part of a slice from `from` to `to`, of the same type. */
export function sliceOf(value: Value, from: number, to: number): Value {
	if (value.kind === "list") return { kind: "list", type: value.type, items: value.items.slice(from, to) };
	if (value.kind === "bytes") return { kind: "bytes", value: value.value.slice(from, to) };
	return value.kind === "string" ? slice(value, from, to) : { kind: "list", type: ANY_LIST, items: [] };
}
