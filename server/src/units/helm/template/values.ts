import type { Mystery, Origin } from "./origin.ts";
import type { Text } from "./text.ts";

/** What a template computes with. Go's kinds are told apart, because comparing, printing and calling depend on them. */
export type Value = Nil | Bool | Int | Float | Text | Bytes | List | Dict | Struct | Unknown;

/** Go's nil interface: `null` in YAML, an absent key. */
export interface Nil {
	readonly kind: "nil";
	readonly origin?: Origin | undefined;
}

export interface Bool {
	readonly kind: "bool";
	readonly value: boolean;
	readonly origin?: Origin | undefined;
}

/** `type` is Go's ("int" for literals and indexes, "int64" for what sprig computes, "uint8", ...). */
export interface Int {
	readonly kind: "int";
	readonly value: bigint;
	readonly type: string;
	readonly origin?: Origin | undefined;
}

/** Go's float64, which is also what every number of a values file is. */
export interface Float {
	readonly kind: "float";
	readonly value: number;
	readonly origin?: Origin | undefined;
}

/** Go's []byte: what `.Files.GetBytes` gives. */
export interface Bytes {
	readonly kind: "bytes";
	readonly value: Uint8Array;
}

/** A slice. `type` is Go's, which matters for its elements: "[]interface {}", "[]string", "[]int". */
export interface List {
	readonly kind: "list";
	readonly type: string;
	readonly items: readonly Value[];
	/** A nil slice, which is `null` in JSON and YAML. */
	readonly nil?: boolean;
	/** Those of a named type (`.Capabilities.APIVersions`). */
	readonly methods?: ReadonlyMap<string, Method>;
}

/** A map with text keys, changed in place by `set`, `unset` and `merge` as in Go. `type` is Go's. */
export interface Dict {
	readonly kind: "map";
	readonly type: string;
	readonly entries: Map<string, Value>;
	/** Where keys were written. */
	readonly keys: Map<string, Origin>;
	/** A nil map, which is `null` in JSON and YAML. */
	readonly nil?: boolean;
	/** Those of a named type (`.Values`); they hide keys of their names. */
	readonly methods?: ReadonlyMap<string, Method>;
}

/** An object of Go's with fields and methods (`.Chart`, `.Capabilities`, `.Files`, a semantic version). */
export interface Struct {
	readonly kind: "struct";
	/** Go's type, as it stands in messages. */
	readonly type: string;
	readonly fields: ReadonlyMap<string, Value>;
	readonly methods: ReadonlyMap<string, Method>;
	/** What its String method gives. */
	readonly text?: string;
	/** The same where only an action that prints the field itself finds the method. */
	readonly shown?: string;
	/** What `toYaml` and `toJson` write in its place. */
	readonly plain?: Value;
	/** It is a map to `range`, `len`, `index` and `if`: `.Files`. */
	readonly map?: Dict;
}

/** A method of an object: what can be passed, and what it gives. */
export interface Method {
	readonly parameters: readonly ("string" | "version")[];
	readonly call: (...values: Value[]) => Value;
}

/** What nobody knows before it is deployed, where not even its characters can be stood in for: a comparison of a random text, a date. */
export interface Unknown {
	readonly kind: "unknown";
	/** Go's type. */
	readonly type: string;
	readonly why: Mystery;
}

export const NIL: Nil = { kind: "nil" };
export const TRUE: Bool = { kind: "bool", value: true };
export const FALSE: Bool = { kind: "bool", value: false };

export const ANY_LIST = "[]interface {}";
export const ANY_MAP = "map[string]interface {}";

export function bool(value: boolean): Bool {
	return value ? TRUE : FALSE;
}

export function int(value: bigint | number, type = "int", origin?: Origin): Int {
	return { kind: "int", value: BigInt(value), type, origin };
}

export function float(value: number, origin?: Origin): Float {
	return { kind: "float", value, origin };
}

export function list(items: readonly Value[], type = ANY_LIST): List {
	return { kind: "list", type, items };
}

export function dict(entries: Iterable<readonly [string, Value]> = [], type = ANY_MAP): Dict {
	return { kind: "map", type, entries: new Map(entries), keys: new Map() };
}

export function struct(
	type: string,
	fields: Iterable<readonly [string, Value]>,
	methods: Iterable<readonly [string, Method]> = [],
): Struct {
	return { kind: "struct", type, fields: new Map(fields), methods: new Map(methods) };
}

export function unknown(type: string, why: Mystery): Unknown {
	return { kind: "unknown", type, why };
}
