import { RE2JS } from "re2js";
import type { Place } from "../../../text/source.ts";
import type { Value } from "../template/values.ts";

/** A value that a schema does not allow, and what it wants. */
export interface Violation {
	/** JSON pointer into the values. */
	readonly pointer: string;
	readonly reason: string;
	readonly at: Place | undefined;
}

type Schema = boolean | { readonly [keyword: string]: unknown };

/** What says nothing about validity; a schema with other keywords than these and those of `CHECKS` is not judged. */
const ANNOTATIONS = new Set([
	...["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "example", "format", "form"],
	...[
		"deprecated",
		"readOnly",
		"writeOnly",
		"then",
		"else",
		"contentEncoding",
		"contentMediaType",
		"markdownDescription",
		"render",
		"hidden",
	],
]);

/** Ends a validation without a verdict. */
class Undecidable extends Error {}

const MAX_DEPTH = 200;
const MAX_STEPS = 200_000;

/**
 * The first value that a JSON schema does not allow; `undefined` where all are, and where the schema has something that is not
 * judged here (a remote reference, a rare keyword), because a wrong refusal is worse than none.
 */
export function firstViolation(text: string, values: Value): Violation | undefined {
	try {
		const schema = JSON.parse(text) as Schema;
		return new Validator(schema).check(schema, values, "", 0);
	} catch {
		// No JSON, no regular expression, nested too deeply, or undecidable.
		return undefined;
	}
}

class Validator {
	private readonly root: Schema;
	private steps = 0;

	constructor(root: Schema) {
		this.root = root;
	}

	check(schema: Schema, value: Value, pointer: string, depth: number): Violation | undefined {
		if (depth > MAX_DEPTH || ++this.steps > MAX_STEPS || value.kind === "unknown") throw new Undecidable();
		const found = (reason: string): Violation => ({ pointer, reason, at: placeOf(value) });
		if (typeof schema === "boolean") return schema ? undefined : found("nothing is allowed here");
		if (typeof schema.$ref === "string") {
			// Drafts differ in whether what stands beside a reference counts.
			if (Object.keys(schema).some((keyword) => keyword !== "$ref" && !ANNOTATIONS.has(keyword))) throw new Undecidable();
			return this.check(this.resolve(schema.$ref), value, pointer, depth + 1);
		}
		for (const [keyword, wanted] of Object.entries(schema)) {
			if (ANNOTATIONS.has(keyword)) continue;
			const check = CHECKS[keyword];
			if (!check) throw new Undecidable();
			const result = check({ wanted, value, schema, pointer, below: (inner, of, at) => this.check(inner as Schema, of, at, depth + 1) });
			if (typeof result === "string") return found(result);
			if (result) return result;
		}
		return undefined;
	}

	private resolve(reference: string): Schema {
		if (reference !== "#" && !reference.startsWith("#/")) throw new Undecidable();
		let at: unknown = this.root;
		for (const part of reference.split("/").slice(1)) {
			const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
			at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined;
		}
		if (typeof at !== "boolean" && (typeof at !== "object" || at === null)) throw new Undecidable();
		return at as Schema;
	}
}

interface Question {
	readonly wanted: unknown;
	readonly value: Value;
	readonly schema: { readonly [keyword: string]: unknown };
	readonly pointer: string;
	readonly below: (schema: unknown, value: Value, pointer: string) => Violation | undefined;
}

/** A text says what is wrong with the value itself. */
type Check = (question: Question) => string | Violation | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
	type: ({ wanted, value }) => {
		const types = Array.isArray(wanted) ? wanted : [wanted];
		return types.some((type) => isOfType(value, type)) ? undefined : `it is ${typeOf(value)}, and must be ${types.join(" or ")}`;
	},
	enum: ({ wanted, value }) =>
		list(wanted).some((each) => equals(value, each))
			? undefined
			: `it must be one of ${list(wanted)
					.map((each) => JSON.stringify(each))
					.join(", ")}`,
	const: ({ wanted, value }) => (equals(value, wanted) ? undefined : `it must be ${JSON.stringify(wanted)}`),
	required: ({ wanted, value }) => {
		const missing = value.kind === "map" ? list(wanted).find((name) => !value.entries.has(String(name))) : undefined;
		return missing === undefined ? undefined : `it lacks ${String(missing)}`;
	},
	properties: ({ wanted, value, pointer, below }) =>
		value.kind === "map"
			? first(Object.entries(table(wanted)), ([name, schema]) =>
					inner(value.entries.get(name), (each) => below(schema, each, `${pointer}/${name}`)),
				)
			: undefined,
	patternProperties: ({ wanted, value, pointer, below }) =>
		entriesOf(value, ([name, each]) =>
			first(Object.entries(table(wanted)), ([pattern, schema]) =>
				matches(pattern, name) ? below(schema, each, `${pointer}/${name}`) : undefined,
			),
		),
	additionalProperties: ({ wanted, value, schema, pointer, below }) =>
		entriesOf(value, ([name, each]) => {
			const isKnown =
				name in table(schema.properties ?? {}) ||
				Object.keys(table(schema.patternProperties ?? {})).some((pattern) => matches(pattern, name));
			return isKnown ? undefined : below(wanted, each, `${pointer}/${name}`);
		}),
	items: ({ wanted, value, pointer, below }) => {
		if (Array.isArray(wanted)) throw new Undecidable();
		return value.kind === "list"
			? first([...value.items.entries()], ([index, each]) => below(wanted, each, `${pointer}/${index}`))
			: undefined;
	},
	minItems: ({ wanted, value }) =>
		value.kind === "list" && value.items.length < Number(wanted) ? `it has fewer items than ${wanted}` : undefined,
	maxItems: ({ wanted, value }) =>
		value.kind === "list" && value.items.length > Number(wanted) ? `it has more items than ${wanted}` : undefined,
	minProperties: ({ wanted, value }) =>
		value.kind === "map" && value.entries.size < Number(wanted) ? `it has fewer keys than ${wanted}` : undefined,
	minLength: ({ wanted, value }) =>
		value.kind === "string" && [...value.value].length < Number(wanted) ? `it is shorter than ${wanted}` : undefined,
	maxLength: ({ wanted, value }) =>
		value.kind === "string" && [...value.value].length > Number(wanted) ? `it is longer than ${wanted}` : undefined,
	minimum: ({ wanted, value }) => (numberOf(value) < Number(wanted) ? `it is less than ${wanted}` : undefined),
	maximum: ({ wanted, value }) => (numberOf(value) > Number(wanted) ? `it is more than ${wanted}` : undefined),
	pattern: ({ wanted, value }) =>
		value.kind === "string" && !matches(String(wanted), value.value) ? `it does not match ${wanted}` : undefined,
	allOf: ({ wanted, value, pointer, below }) => first(list(wanted), (schema) => below(schema, value, pointer)),
	anyOf: ({ wanted, value, pointer, below }) =>
		list(wanted).some((schema) => !below(schema, value, pointer)) ? undefined : "it is none of what is allowed",
	oneOf: ({ wanted, value, pointer, below }) =>
		list(wanted).filter((schema) => !below(schema, value, pointer)).length === 1 ? undefined : "it is not exactly one of what is allowed",
	not: ({ wanted, value, pointer, below }) => (below(wanted, value, pointer) ? undefined : "it is what is not allowed"),
	if: ({ wanted, value, schema, pointer, below }) =>
		below((below(wanted, value, pointer) ? schema.else : schema.then) ?? true, value, pointer),
};

function list(wanted: unknown): readonly unknown[] {
	if (!Array.isArray(wanted)) throw new Undecidable();
	return wanted;
}

function table(wanted: unknown): Record<string, unknown> {
	if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) throw new Undecidable();
	return wanted as Record<string, unknown>;
}

function first<Each>(all: readonly Each[], check: (each: Each) => Violation | undefined): Violation | undefined {
	for (const each of all) {
		const found = check(each);
		if (found) return found;
	}
	return undefined;
}

function inner(value: Value | undefined, check: (value: Value) => Violation | undefined): Violation | undefined {
	return value && check(value);
}

function entriesOf(value: Value, check: (entry: [string, Value]) => Violation | undefined): Violation | undefined {
	return value.kind === "map" ? first([...value.entries], check) : undefined;
}

function matches(pattern: string, text: string): boolean {
	return RE2JS.compile(pattern).matcher(text).find();
}

function numberOf(value: Value): number {
	return value.kind === "float" || value.kind === "int" ? Number(value.value) : Number.NaN;
}

function typeOf(value: Value): string {
	const names = { nil: "null", bool: "boolean", int: "integer", float: "number", string: "string", list: "array", map: "object" } as const;
	return value.kind in names ? names[value.kind as keyof typeof names] : value.kind;
}

function isOfType(value: Value, type: unknown): boolean {
	if (type === "number") return value.kind === "float" || value.kind === "int";
	if (type === "integer") return Number.isInteger(numberOf(value));
	return typeOf(value) === type;
}

function equals(value: Value, wanted: unknown): boolean {
	if (value.kind === "nil") return wanted === null;
	if (value.kind === "int" || value.kind === "float") return numberOf(value) === wanted;
	if (value.kind === "string" || value.kind === "bool") return value.value === wanted;
	throw new Undecidable();
}

function placeOf(value: Value): Place | undefined {
	if (value.kind === "string") return value.runs?.[0]?.origin?.at;
	return "origin" in value ? value.origin?.at : undefined;
}
