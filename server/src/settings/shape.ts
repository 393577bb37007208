import { nearest } from "../text/nearest.ts";
import type { Place } from "../text/source.ts";
import { effectiveEntries, isNull, type Node, type ScalarNode } from "../yaml/nodes.ts";

/** A JSON schema, as far as it is needed here. */
export interface JsonSchema {
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly additionalProperties?: boolean | JsonSchema;
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly pattern?: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly default?: unknown;
	readonly markdownDescription?: string;
	/** Valid, and not offered: understood by editors that know the word. */
	readonly doNotSuggest?: boolean;
}

/** A value that has no reading. */
export interface SettingProblem {
	readonly at: Place;
	readonly message: string;
	/** What was most likely meant by the characters at the place. */
	readonly meant?: string;
}

/** What a value is called, and who hears that it is wrong. */
export interface Where {
	readonly name: string;
	readonly report: (problem: SettingProblem) => void;
}

/** One kind of value of a configuration: how it is read, and how a schema describes it. */
export interface Shape<T> {
	/** The value; `undefined` where the node has no reading, which is reported. Never called with a null. */
	readonly read: (node: Node, where: Where) => T | undefined;
	readonly schema: JsonSchema;
}

type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** The same shape, described in words. */
export function described<T>(shape: Shape<T>, markdownDescription: string): Shape<T> {
	return { ...shape, schema: { ...shape.schema, markdownDescription } };
}

/** A text that `parse` understands; it gives `undefined` for others. Numbers count as they are written: `1.30` is no 1.3. */
export function text<T>(wanted: string, parse: (text: string) => T | undefined, schema: JsonSchema): Shape<T> {
	return {
		schema,
		read: (node, where) => {
			const value = node.kind === "scalar" ? parse(node.text) : undefined;
			if (value === undefined) refuse(node, where, `wants ${wanted}`);
			return value;
		},
	};
}

/** `true` and `false`, in all words that YAML 1.1 has for them. */
export const flag: Shape<boolean> = {
	schema: { type: "boolean" },
	read: (node, where) => {
		if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
		refuse(node, where, "is true or false");
		return undefined;
	},
};

/** One of a few words; `read` understands others that mean one of them. */
export function choice<T extends string>(words: readonly T[], read: (node: ScalarNode) => T | undefined = () => undefined): Shape<T> {
	return {
		schema: { enum: words },
		read: (node, where) => {
			const found = node.kind === "scalar" ? (words.find((word) => word === node.text) ?? read(node)) : undefined;
			if (found === undefined) {
				const on = node.kind === "scalar" && node.value === true ? words.find((word) => word === "auto") : undefined;
				const meant = on ?? (node.kind === "scalar" ? nearest(node.text, words) : undefined);
				refuse(node, where, `is one of ${words.join(", ")}`, meant);
			}
			return found;
		},
	};
}

/** A list; items without a reading are left out. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
	return {
		schema: { type: "array", items: item.schema },
		read: (node, where) => {
			if (node.kind !== "seq") refuse(node, where, "is a list");
			return node.kind === "seq" ? node.items.flatMap((one) => item.read(one, where) ?? []) : undefined;
		},
	};
}

/** A map of keys that the user chooses. */
export function record<T>(value: Shape<T>, onKey: (key: ScalarNode) => void = () => {}): Shape<Readonly<Record<string, T>>> {
	return {
		schema: { type: "object", additionalProperties: value.schema },
		read: (node, where) => {
			if (node.kind !== "map") {
				refuse(node, where, "is a map");
				return undefined;
			}
			const found = effectiveEntries(node).map((entry) => {
				onKey(entry.key);
				const read = isNull(entry.value) ? undefined : value.read(entry.value, { ...where, name: entry.key.text });
				return [entry.key.text, read] as const;
			});
			return Object.fromEntries(found.filter((entry): entry is readonly [string, T] => entry[1] !== undefined));
		},
	};
}

/** A map of known keys, each of which may be absent or null. */
export function map<S extends Readonly<Record<string, Shape<unknown>>>>(entries: S): Shape<{ readonly [K in keyof S]?: ValueOf<S[K]> }> {
	const names = Object.keys(entries);
	const properties = Object.fromEntries(Object.entries(entries).map(([name, { schema }]) => [name, schema]));
	return {
		schema: { type: "object", properties, additionalProperties: false },
		read: (node, where) => {
			if (node.kind !== "map") {
				refuse(node, where, "is a map");
				return undefined;
			}
			const written = effectiveEntries(node);
			const set = new Set(written.map(({ name }) => name));
			const found = written.map(({ name, key, value }) => {
				const shape = Object.hasOwn(entries, name) ? entries[name] : undefined;
				if (!shape) unknownKey(key, names, set, where);
				return [name, !shape || isNull(value) ? undefined : shape.read(value, { ...where, name })] as const;
			});
			return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as { readonly [K in keyof S]?: ValueOf<S[K]> };
		},
	};
}

/** The shape with keys that a schema asks for; the shape itself says so in words of its own. */
export function requiring<T>(required: readonly string[], shape: Shape<T>): Shape<T> {
	return { ...shape, schema: { ...shape.schema, required } };
}

/** A text or a map. */
export function textOrMap<A, B>(asText: Shape<A>, asMap: Shape<B>): Shape<A | B> {
	return {
		schema: { anyOf: [asText.schema, asMap.schema] },
		read: (node, where) => (node.kind === "map" ? asMap.read(node, where) : asText.read(node, where)),
	};
}

/** The shape with a further condition, or with its values turned into others; `check` reports what it refuses. */
export function checked<A, B>(shape: Shape<A>, check: (value: A, node: Node, where: Where) => B | undefined): Shape<B> {
	return {
		schema: shape.schema,
		read: (node, where) => {
			const value = shape.read(node, where);
			return value === undefined ? undefined : check(value, node, where);
		},
	};
}

/** Reports `name wants ...` with what stands there instead. */
export function refuse(node: Node, { name, report }: Where, wants: string, meant?: string): void {
	const written = node.kind === "map" ? "a map" : node.kind === "seq" ? "a list" : node.text === "" ? "empty" : shortened(node.text);
	report({ at: node, message: `${name} ${wants}, not ${written}${hint(meant)}`, ...(meant !== undefined && { meant }) });
}

/** A key that is there already was not meant by another one. */
function unknownKey(key: ScalarNode, known: readonly string[], set: ReadonlySet<string>, { name, report }: Where): void {
	const near = nearest(key.text, known);
	const meant = near !== undefined && set.has(near) ? undefined : near;
	const there = name === "" ? "" : ` in ${name}`;
	const message = `There is no setting ${shortened(key.text)}${there}${meant === undefined ? ` (${known.join(", ")})` : hint(meant)}`;
	report({ at: key, message, ...(meant !== undefined && { meant }) });
}

function hint(meant: string | undefined): string {
	return meant === undefined ? "" : `; did you mean ${meant}?`;
}

function shortened(written: string): string {
	const [line = ""] = written.split("\n");
	return line.length > 40 || line !== written ? `${line.slice(0, 40)}...` : written;
}
