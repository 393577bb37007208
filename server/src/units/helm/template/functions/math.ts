import { parseInteger, wrap } from "../number.ts";
import { sprint } from "../print.ts";
import { CallError, type Context, fixed, keeping, type Signature, variadic } from "../signature.ts";
import { text } from "../text.ts";
import { mysteryOf } from "../truth.ts";
import { float, int, list, unknown, type Value } from "../values.ts";
import { floatOf, toFloat, toInt } from "./cast.ts";
import { calculate, type Operation } from "./decimal.ts";
import { number } from "./strings.ts";

/** Numbers, as sprig treats them: anything is made a number, what is none is 0. Source: numeric.go of sprig. */
export const MATH: Readonly<Record<string, Signature>> = {
	atoi: fixed(["string"], "int", (_, value) => int(parseInteger(value.value, 10)?.value ?? 0n, "int", soleOriginOf(value))),
	int: fixed(["any"], "int", (_, value) => int(toInt(value), "int", soleOriginOf(value))),
	int64: fixed(["any"], "int64", (_, value) => int(toInt(value), "int64", soleOriginOf(value))),
	float64: fixed(["any"], "float64", (_, value) => floatOf(value)),
	toDecimal: fixed(["any"], "int64", (context, value) => int(octal(context, value), "int64")),
	seq: variadic([], "int", "string", (context, ...numbers) => text(sequence(context, numbers.map(number)))),
	until: fixed(["int"], "[]int", (context, count) => intList(steps(context, 0, number(count), number(count) < 0 ? -1 : 1))),
	untilStep: fixed(["int", "int", "int"], "[]int", (context, start, stop, step) =>
		intList(steps(context, number(start), number(stop), number(step))),
	),
	add1: fixed(["any"], "int64", (_, value) => whole(toInt(value) + 1n)),
	add: variadic([], "any", "int64", (_, ...values) => whole(values.reduce((sum, value) => wrap(sum + toInt(value)), 0n))),
	sub: fixed(["any", "any"], "int64", (_, a, b) => whole(toInt(a) - toInt(b))),
	div: fixed(["any", "any"], "int64", (_, a, b) => whole(toInt(a) / divisor(b))),
	mod: fixed(["any", "any"], "int64", (_, a, b) => whole(toInt(a) % divisor(b))),
	mul: variadic(["any"], "any", "int64", (_, first, ...values) =>
		whole(values.reduce((sum, value) => wrap(sum * toInt(value)), toInt(first))),
	),
	max: variadic(["any"], "any", "int64", (_, ...values) => whole(values.map(toInt).reduce((a, b) => (b > a ? b : a)))),
	biggest: variadic(["any"], "any", "int64", (_, ...values) => whole(values.map(toInt).reduce((a, b) => (b > a ? b : a)))),
	min: variadic(["any"], "any", "int64", (_, ...values) => whole(values.map(toInt).reduce((a, b) => (b < a ? b : a)))),
	maxf: variadic(["any"], "any", "float64", (_, ...values) => float(Math.max(...values.map(toFloat)))),
	minf: variadic(["any"], "any", "float64", (_, ...values) => float(Math.min(...values.map(toFloat)))),
	add1f: fixed(["any"], "float64", (_, value) => float(calculate("add", toFloat(value), [1]))),
	addf: variadic([], "any", "float64", (_, ...values) => float(calculate("add", 0, values.map(toFloat)))),
	subf: decimal("subtract"),
	divf: decimal("divide"),
	mulf: decimal("multiply"),
	ceil: fixed(["any"], "float64", (_, value) => float(Math.ceil(toFloat(value)))),
	floor: fixed(["any"], "float64", (_, value) => float(Math.floor(toFloat(value)))),
	round: variadic(["any", "int"], "float64", "float64", (_, value, places, at) =>
		float(round(toFloat(value), number(places), at?.value ?? 0.5)),
	),
	randInt: fixed(["int", "int"], "int", () => unknown("int", "random")),
	ternary: keeping(fixed(["any", "any", "bool"], "interface {}", (_, yes, no, condition) => ternary(yes, no, condition))),
};

function ternary(yes: Value, no: Value, condition: Value): Value {
	if (condition.kind === "bool") return condition.value ? yes : no;
	return unknown("interface {}", mysteryOf(condition) ?? "random");
}

/** The place of the scalar that a number is made of. */
function soleOriginOf(value: Value) {
	if (value.kind === "string") return value.runs?.length === 1 ? value.runs[0]?.origin : undefined;
	return "origin" in value ? value.origin : undefined;
}

function whole(value: bigint): Value {
	return int(wrap(value), "int64");
}

function divisor(value: Value): bigint {
	const result = toInt(value);
	if (result === 0n) throw new CallError("runtime error: integer divide by zero");
	return result;
}

function decimal(operation: Operation): Signature {
	return variadic(["any"], "any", "float64", (_, first, ...values) => float(calculate(operation, toFloat(first), values.map(toFloat))));
}

function octal(context: Context, value: Value): bigint {
	const parsed = parseInteger(sprint(context, [value]).value, 8);
	return parsed?.fits ? parsed.value : 0n;
}

function intList(numbers: readonly number[]): Value {
	return list(
		numbers.map((value) => int(value)),
		"[]int",
	);
}

/** Source: untilStep of sprig. */
function steps(context: Context, start: number, stop: number, step: number): number[] {
	if (stop < start ? step >= 0 : step <= 0) return [];
	const count = Math.ceil((stop - start) / step);
	context.checkRange(count);
	context.spend(count);
	return Array.from({ length: count }, (_, index) => start + index * step);
}

/** Source: seq of sprig. */
function sequence(context: Context, numbers: readonly number[]): string {
	const [a = 0, b = 0, c = 0] = numbers;
	const joined = (start: number, end: number, increment: number, step: number) => steps(context, start, end + increment, step).join(" ");
	if (numbers.length === 1) return joined(1, a, a < 1 ? -1 : 1, a < 1 ? -1 : 1);
	if (numbers.length === 2) return joined(a, b, b < a ? -1 : 1, b < a ? -1 : 1);
	if (numbers.length !== 3 || (c < a && b > 0)) return "";
	return joined(a, c, c < a ? -1 : 1, b);
}

function round(value: number, places: number, from: number): number {
	const power = 10 ** places;
	const digit = power * value;
	return (digit % 1 >= from ? Math.ceil(digit) : Math.floor(digit)) / power;
}
