import { compareText } from "../bytes.ts";
import { deepEquals } from "../equality.ts";
import { kindOf, strval, typeOf } from "../print.ts";
import { CallError, type Context, fixed, keeping, type Signature, variadic } from "../signature.ts";
import { mysteryOf, mysteryWithin, truthOf } from "../truth.ts";
import { ANY_LIST, bool, list, NIL, unknown, type Value } from "../values.ts";
import { elementsOf, sliceOf } from "./builtin.ts";
import { toInt } from "./cast.ts";
import { textsOf } from "./pieces.ts";

const ANY = "interface {}";

/** Lists, as sprig treats them. Source: list.go of sprig. */
export const LISTS: Readonly<Record<string, Signature>> = {
	list: keeping(variadic([], "any", ANY_LIST, (_, ...values) => list(values))),
	tuple: keeping(variadic([], "any", ANY_LIST, (_, ...values) => list(values))),
	...both(
		"append",
		fixed(["any", "any"], ANY_LIST, (_, value, item) => list([...elements(value, "push on"), item])),
	),
	...both(
		"push",
		fixed(["any", "any"], ANY_LIST, (_, value, item) => list([...elements(value, "push on"), item])),
	),
	...both(
		"prepend",
		fixed(["any", "any"], ANY_LIST, (_, value, item) => list([item, ...elements(value, "prepend on")])),
	),
	...both(
		"first",
		fixed(["any"], ANY, (_, value) => elements(value, "find first on")[0] ?? NIL),
	),
	...both(
		"last",
		fixed(["any"], ANY, (_, value) => elements(value, "find last on").at(-1) ?? NIL),
	),
	...both(
		"rest",
		fixed(["any"], ANY_LIST, (_, value) => part(elements(value, "find rest on"), 1)),
	),
	...both(
		"initial",
		fixed(["any"], ANY_LIST, (_, value) => part(elements(value, "find initial on"), 0)),
	),
	...both(
		"reverse",
		fixed(["any"], ANY_LIST, (_, value) => list([...elements(value, "find reverse on")].reverse())),
	),
	...both(
		"uniq",
		fixed(["any"], ANY_LIST, (context, value) => uniq(context, elements(value, "find uniq on"))),
	),
	...both(
		"compact",
		fixed(["any"], ANY_LIST, (_, value) => list(elements(value, "compact on").filter((item) => truthOf(item) !== false))),
	),
	...both(
		"without",
		variadic(["any"], "any", ANY_LIST, (context, value, ...omitted) =>
			list(elements(value, "find without on").filter((item) => !omitted.some((other) => deepEquals(context, other, item)))),
		),
	),
	...both(
		"has",
		fixed(["any", "any"], "bool", (context, item, value) => has(context, item, value)),
	),
	...both(
		"slice",
		variadic(["any"], "any", ANY, (_, value, ...indexes) => cut(value, indexes)),
	),
	...both(
		"chunk",
		fixed(["int", "any"], "[][]interface {}", (context, size, value) => chunk(context, Number(size.value), value)),
	),
	concat: keeping(variadic([], "any", ANY, (_, ...values) => concat(values))),
	sortAlpha: fixed(["any"], "[]string", (context, value) => sortAlpha(context, value)),
};

/** A function and its twin that begins with "must"; they fail in the same words. */
function both(name: string, signature: Signature): Readonly<Record<string, Signature>> {
	const kept = keeping(signature);
	return { [name]: kept, [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`]: kept };
}

/** What a nil does to Go's reflection. */
const NIL_POINTER = "runtime error: invalid memory address or nil pointer dereference";

function elements(value: Value, doing: string): readonly Value[] {
	if (value.kind === "unknown") return [unknown(ANY, value.why)];
	if (value.kind === "nil") throw new CallError(NIL_POINTER);
	const found = elementsOf(value);
	if (!found) throw new CallError(`Cannot ${doing} type ${kindOf(value)}`);
	return found;
}

/** All but the first, or all but the last element; nil where there is none. */
function part(items: readonly Value[], from: 0 | 1): Value {
	if (items.length === 0) return { kind: "list", type: ANY_LIST, items: [], nil: true };
	return list(from === 1 ? items.slice(1) : items.slice(0, -1));
}

function uniq(context: Context, items: readonly Value[]): Value {
	const kept: Value[] = [];
	for (const item of items) if (!kept.some((other) => deepEquals(context, item, other))) kept.push(item);
	return list(kept);
}

function has(context: Context, item: Value, value: Value): Value {
	if (value.kind === "nil") return bool(false);
	const items = elements(value, "find has on");
	if (items.some((other) => deepEquals(context, item, other) && !mysteryWithin(other))) return bool(true);
	const why = mysteryWithin(item) ?? items.map((other) => mysteryWithin(other)).find((mystery) => mystery !== undefined);
	return why ? unknown("bool", why) : bool(false);
}

function cut(value: Value, indexes: readonly Value[]): Value {
	if (value.kind === "nil") throw new CallError(NIL_POINTER);
	const why = [value, ...indexes].map(mysteryOf).find((mystery) => mystery !== undefined);
	if (why) return unknown(ANY, why);
	const items = elementsOf(value);
	if (!items) throw new CallError(`list should be type of slice or array but ${kindOf(value)}`);
	if (items.length === 0) return NIL;
	const [first, second] = indexes;
	const start = first ? Number(toInt(first)) : 0;
	const end = second ? Number(toInt(second)) : items.length;
	if (start < 0 || end < start || end > items.length) throw new CallError("reflect.Value.Slice: slice index out of bounds");
	return sliceOf(value, start, end);
}

function chunk(context: Context, size: number, value: Value): Value {
	if (value.kind === "nil") throw new CallError(NIL_POINTER);
	const items = elementsOf(value);
	if (!items) throw new CallError(`Cannot chunk type ${kindOf(value)}`);
	if (size <= 0) throw new CallError("runtime error: makeslice: len out of range");
	const chunks: Value[] = [];
	for (let at = 0; at < items.length; at += size) {
		context.spend(1);
		chunks.push(list(items.slice(at, at + size)));
	}
	return list(chunks, "[][]interface {}");
}

function concat(values: readonly Value[]): Value {
	const all: Value[] = [];
	for (const value of values) {
		if (value.kind === "nil") throw new CallError(NIL_POINTER);
		const found = value.kind === "unknown" ? [value] : elementsOf(value);
		if (!found) throw new CallError(`Cannot concat type ${kindOf(value)} as list`);
		for (const item of found) all.push(item);
	}
	return all.length === 0 ? { kind: "list", type: ANY_LIST, items: [], nil: true } : list(all);
}

function sortAlpha(context: Context, value: Value): Value {
	if (!elementsOf(value)) return list([strval(context, value)], "[]string");
	const sorted = textsOf(context, value).sort((a, b) => compareText(a.value, b.value));
	const why = sorted.find((item) => item.unknown)?.unknown;
	return why ? unknown(typeOf(list([], "[]string")), why) : list(sorted, "[]string");
}
