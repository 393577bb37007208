import type { Text } from "./text.ts";
import type { Bool, Dict, Float, Int, List, Struct, Unknown, Value } from "./values.ts";

/** Go types that parameters have. "any" is `interface {}`, "reflect" takes anything as it is. */
export type Param =
	| "string"
	| "int"
	| "int64"
	| "uint32"
	| "float64"
	| "bool"
	| "any"
	| "reflect"
	| "map"
	| "list"
	| "time"
	| "certificate"
	| "version";

interface Passed {
	readonly string: Text;
	readonly int: Int;
	readonly int64: Int;
	readonly uint32: Int;
	readonly float64: Float;
	readonly bool: Bool;
	readonly any: Value;
	readonly reflect: Value | undefined;
	readonly map: Dict;
	readonly list: List;
	readonly time: Struct | Unknown;
	readonly certificate: Struct;
	readonly version: Struct;
}

type Arguments<P extends readonly Param[]> = { [K in keyof P]: Passed[P[K]] };

/** What a function may ask of the execution that it runs in. */
export interface Context {
	/** Counts work; fails when the budget is spent. */
	readonly spend: (steps: number) => void;
	/** Counts characters that are about to be made. */
	readonly reserve: (length: number) => void;
	/** Fails where a list or loop of so many elements is too long. */
	readonly checkRange: (length: number) => void;
	/** A value as it is kept in a map: not known where nobody knows whether it is put there at all. */
	readonly kept: (value: Value) => Value;
	readonly include: (name: string, data: Value) => Text;
	readonly tpl: (source: Text, data: Value) => Text;
}

/** A function that templates can call, as Go reflects it. */
export interface Signature {
	readonly parameters: readonly Param[];
	/** The type of all further arguments of a variadic function. */
	readonly rest: Param | undefined;
	/** Go's type of the result, which an unknown result has too. */
	readonly returns: string;
	/** It passes on what is not known without looking at it, so that only what is made of it is unknown. */
	readonly keeps: boolean;
	readonly call: (context: Context, ...values: Value[]) => Value;
}

/** A function by its name. `and` and `or` look at one argument after the other. */
export interface GoFunction extends Signature {
	readonly name: string;
}

export function fixed<const P extends readonly Param[]>(
	parameters: P,
	returns: string,
	call: (context: Context, ...values: Arguments<P>) => Value,
): Signature {
	return { parameters, rest: undefined, returns, keeps: false, call: call as unknown as Signature["call"] };
}

export function variadic<const P extends readonly Param[], R extends Param>(
	parameters: P,
	rest: R,
	returns: string,
	call: (context: Context, ...values: [...Arguments<P>, ...Passed[R][]]) => Value,
): Signature {
	return { parameters, rest, returns, keeps: false, call: call as unknown as Signature["call"] };
}

export function keeping(signature: Signature): Signature {
	return { ...signature, keeps: true };
}

/** Why a function fails; the message is Go's. */
export class CallError extends Error {
	/** What the template itself says with `fail` or `required`. */
	readonly said: "fail" | "required" | undefined;

	constructor(message: string, said?: "fail" | "required") {
		super(message);
		this.said = said;
	}
}

/** Go's names of the types of parameters. */
export const TYPE_NAMES: Readonly<Record<Param, string>> = {
	string: "string",
	int: "int",
	int64: "int64",
	uint32: "uint32",
	float64: "float64",
	bool: "bool",
	any: "interface {}",
	reflect: "reflect.Value",
	map: "map[string]interface {}",
	list: "[]interface {}",
	time: "time.Time",
	certificate: "sprig.certificate",
	version: "*semver.Version",
};
