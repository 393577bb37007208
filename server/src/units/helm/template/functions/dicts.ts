import { sortedKeys, strval, typeOf } from "../print.ts";
import { CallError, type Context, fixed, keeping, type Signature, variadic } from "../signature.ts";
import { EMPTY, text } from "../text.ts";
import { mysteryOf, truthOf } from "../truth.ts";
import { ANY_LIST, ANY_MAP, bool, type Dict, dict, list, NIL, unknown, type Value } from "../values.ts";
import { merge } from "./merge.ts";

const ANY = "interface {}";

/** Maps, as sprig treats them. Where Go has no order, keys are sorted. Source: dict.go and defaults.go of sprig. */
export const DICTS: Readonly<Record<string, Signature>> = {
	dict: keeping(variadic([], "any", ANY_MAP, (context, ...values) => dictOf(context, values))),
	get: keeping(fixed(["map", "string"], ANY, (_, map, key) => map.entries.get(key.value) ?? EMPTY)),
	set: keeping(fixed(["map", "string", "any"], ANY_MAP, (context, map, key, value) => set(map, key.value, context.kept(value)))),
	unset: keeping(
		fixed(["map", "string"], ANY_MAP, (context, map, key) => {
			const left = context.kept(NIL);
			if (left.kind === "nil") map.entries.delete(key.value);
			else map.entries.set(key.value, left);
			return map;
		}),
	),
	hasKey: fixed(["map", "string"], "bool", (_, map, key) => bool(map.entries.has(key.value))),
	pluck: keeping(
		variadic(["string"], "map", ANY_LIST, (_, key, ...maps) =>
			list(maps.map(({ entries }) => entries.get(key.value)).filter((value) => value !== undefined)),
		),
	),
	keys: keeping(
		variadic([], "map", "[]string", (_, ...maps) =>
			list(
				maps.flatMap((map) => sortedKeys(map).map((key) => text(key, map.keys.get(key)))),
				"[]string",
			),
		),
	),
	values: keeping(fixed(["map"], ANY_LIST, (_, map) => list(sortedKeys(map).map((key) => map.entries.get(key) ?? NIL)))),
	pick: keeping(
		variadic(["map"], "string", ANY_MAP, (_, map, ...keys) => {
			const wanted = new Set(keys.map(({ value }) => value));
			return filtered(map, (key) => wanted.has(key));
		}),
	),
	omit: keeping(
		variadic(["map"], "string", ANY_MAP, (_, map, ...keys) => {
			const omitted = new Set(keys.map(({ value }) => value));
			return filtered(map, (key) => !omitted.has(key));
		}),
	),
	merge: merging(false),
	mustMerge: merging(false),
	mergeOverwrite: merging(true),
	mustMergeOverwrite: merging(true),
	deepCopy: keeping(fixed(["any"], ANY, (context, value) => deepCopy(context, value))),
	mustDeepCopy: keeping(fixed(["any"], ANY, (context, value) => deepCopy(context, value))),
	dig: keeping(variadic([], "any", ANY, (_, ...values) => dig(values))),
	default: keeping(variadic(["any"], "any", ANY, (_, fallback, ...given) => defaulted(fallback, given))),
	empty: keeping(fixed(["any"], "bool", (_, value) => emptiness(value))),
	coalesce: keeping(variadic([], "any", ANY, (_, ...values) => firstFilled(values))),
	all: keeping(variadic([], "any", "bool", (_, ...values) => every(values, true))),
	any: keeping(variadic([], "any", "bool", (_, ...values) => every(values, false))),
};

function merging(overwrite: boolean): Signature {
	return keeping(
		variadic(["map"], "map", ANY, (context, target, ...sources) => {
			let merged = target;
			for (const source of sources) merged = merge(context, merged, source, overwrite);
			return merged;
		}),
	);
}

function dictOf(context: Context, values: readonly Value[]): Dict {
	const result = dict();
	for (let index = 0; index < values.length; index += 2) {
		const key = strval(context, values[index] ?? NIL);
		result.entries.set(key.value, values[index + 1] ?? EMPTY);
		const origin = key.runs?.length === 1 ? key.runs[0]?.origin : undefined;
		if (origin) result.keys.set(key.value, origin);
	}
	return result;
}

function set(map: Dict, key: string, value: Value): Dict {
	if (map.nil) throw new CallError("assignment to entry in nil map");
	map.entries.set(key, value);
	map.keys.delete(key);
	return map;
}

function filtered({ entries, keys }: Dict, keeps: (key: string) => boolean): Dict {
	const result = dict([...entries].filter(([key]) => keeps(key)));
	for (const [key, origin] of keys) if (keeps(key)) result.keys.set(key, origin);
	return result;
}

/** Copies maps and lists all the way down. Source: mitchellh/copystructure. */
function deepCopy(context: Context, value: Value): Value {
	if (value.kind === "nil") throw new CallError("reflect: call of reflect.Value.Type on zero Value");
	return copied(context, value, 0);
}

/** A value that is deeper than this contains itself. */
const MAX_DEPTH = 1000;

function copied(context: Context, value: Value, depth: number): Value {
	context.spend(1);
	if (depth > MAX_DEPTH) throw new RangeError("too deep");
	if (value.kind === "list") return { ...value, items: value.items.map((item) => copied(context, item, depth + 1)) };
	if (value.kind !== "map") return value;
	const entries = new Map<string, Value>();
	for (const [key, entry] of value.entries) entries.set(key, copied(context, entry, depth + 1));
	return { ...value, entries, keys: new Map(value.keys) };
}

function dig(values: readonly Value[]): Value {
	if (values.length < 3) throw new CallError("dig needs at least three arguments");
	const fallback = values.at(-2) ?? NIL;
	let current = values.at(-1) ?? NIL;
	if (current.kind !== "unknown" && (current.kind !== "map" || current.type !== ANY_MAP)) throw conversion(current, ANY_MAP);
	const keys = values.slice(0, -2).map((key) => {
		if (key.kind !== "string") throw conversion(key, "string");
		return key.value;
	});
	for (const key of keys) {
		if (current.kind === "unknown") return current;
		if (current.kind !== "map" || current.type !== ANY_MAP) throw conversion(current, ANY_MAP);
		const next = current.entries.get(key);
		if (!next) return fallback;
		current = next;
	}
	return current;
}

/** Go's panic where a value is taken for what it is not. */
function conversion(value: Value, wanted: string): CallError {
	return new CallError(`interface conversion: interface {} is ${value.kind === "nil" ? "nil" : typeOf(value)}, not ${wanted}`);
}

function defaulted(fallback: Value, [given]: readonly Value[]): Value {
	if (!given) return fallback;
	const truth = truthOf(given);
	if (truth === "unknown") return unknown(ANY, mysteryOf(given) ?? "random");
	return truth ? given : fallback;
}

function firstFilled(values: readonly Value[]): Value {
	const found = values.find((value) => truthOf(value) !== false) ?? NIL;
	return truthOf(found) === "unknown" ? unknown(ANY, mysteryOf(found) ?? "random") : found;
}

function emptiness(value: Value): Value {
	const truth = truthOf(value);
	return truth === "unknown" ? unknown("bool", mysteryOf(value) ?? "random") : bool(!truth);
}

/** Whether all values are filled (`wanted`), or any is. */
function every(values: readonly Value[], wanted: boolean): Value {
	let why: Value | undefined;
	for (const value of values) {
		const truth = truthOf(value);
		if (truth === "unknown") why = value;
		else if (truth !== wanted) return bool(!wanted);
	}
	return why ? unknown("bool", mysteryOf(why) ?? "random") : bool(wanted);
}
