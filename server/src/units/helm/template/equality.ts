import { compareText } from "./bytes.ts";
import { printed, typeOf } from "./print.ts";
import { sprintf } from "./printf.ts";
import { CallError, type Context } from "./signature.ts";
import { text } from "./text.ts";
import type { Value } from "./values.ts";

type Basic = "bool" | "int" | "uint" | "float" | "string";

function basicKind(value: Value): Basic | undefined {
	if (value.kind === "int") return value.type.startsWith("uint") ? "uint" : "int";
	return value.kind === "bool" || value.kind === "float" || value.kind === "string" ? value.kind : undefined;
}

const NUMBERS: ReadonlySet<Basic | undefined> = new Set<Basic | undefined>(["int", "uint"]);

/** Go templates' `eq` of two values. Source: eq of Go's text/template/funcs.go. */
export function equals(context: Context, a: Value, b: Value): boolean {
	const left = basicKind(a);
	const right = basicKind(b);
	if (left !== right) {
		if (NUMBERS.has(left) && NUMBERS.has(right)) return (a as { value: bigint }).value === (b as { value: bigint }).value;
		if (a.kind === "nil" || b.kind === "nil") return false;
		throw new CallError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
	}
	if (left !== undefined) return (a as { value: unknown }).value === (b as { value: unknown }).value;
	if (a.kind === "nil" || b.kind === "nil") return isNil(a) === isNil(b);
	if (a.kind !== b.kind) {
		throw new CallError(`non-comparable types ${asText(context, a)}: ${typeOf(a)}, ${typeOf(b)}: ${printed(context, b).value}`);
	}
	if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
	if (a.kind === "struct" && !a.map) return a === b;
	throw new CallError(`non-comparable type ${asText(context, b)}: ${typeOf(b)}`);
}

/** Go prints the value with %s here, whatever it is. */
function asText(context: Context, value: Value): string {
	return sprintf(context, text("%s"), [value]).value;
}

function isNil(value: Value): boolean {
	return value.kind === "nil" || ((value.kind === "list" || value.kind === "map") && value.nil === true);
}

/** Go templates' `lt`. */
export function isLess(a: Value, b: Value): boolean {
	const left = basicKind(a);
	const right = basicKind(b);
	if (left === undefined || right === undefined) throw new CallError("invalid type for comparison");
	if (left !== right && !(NUMBERS.has(left) && NUMBERS.has(right))) {
		throw new CallError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
	}
	if (a.kind === "int" && b.kind === "int") return a.value < b.value;
	if (a.kind === "float" && b.kind === "float") return a.value < b.value;
	if (a.kind === "string" && b.kind === "string") return compareText(a.value, b.value) < 0;
	throw new CallError("invalid type for comparison");
}

/** Go's reflect.DeepEqual, which minds types. */
export function deepEquals(context: Context, a: Value, b: Value): boolean {
	context.spend(1);
	if (a === b) return !(a.kind === "float" && Number.isNaN(a.value));
	if (a.kind !== b.kind || typeOf(a) !== typeOf(b)) return false;
	switch (a.kind) {
		case "list": {
			const { items, nil } = b as typeof a;
			return (
				(a.nil ?? false) === (nil ?? false) &&
				a.items.length === items.length &&
				a.items.every((item, index) => deepEquals(context, item, items[index] ?? item))
			);
		}
		case "map": {
			const { entries, nil } = b as typeof a;
			if ((a.nil ?? false) !== (nil ?? false) || a.entries.size !== entries.size) return false;
			if (a.entries === entries) return true;
			return [...a.entries].every(([key, value]) => {
				const other = entries.get(key);
				return other !== undefined && deepEquals(context, value, other);
			});
		}
		case "bytes":
			return a.value.join() === (b as typeof a).value.join();
		case "nil":
			return true;
		case "struct":
			return a.text === (b as typeof a).text && a.fields === (b as typeof a).fields;
		case "unknown":
			return false;
		default:
			return a.value === (b as typeof a).value;
	}
}
