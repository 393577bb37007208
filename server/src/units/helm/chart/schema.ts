import { RE2JS } from "re2js";
import type { Place } from "../../../text/source.ts";
import { text } from "../template/text.ts";
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
export function firstViolation(written: string, values: Value): Violation | undefined {
	try {
		const schema = JSON.parse(written) as Schema;
		return new Validator(schema).check(schema, values, "", 0);
	} catch {
		// No JSON, no regular expression, nested too deeply, or undecidable.
		return undefined;
	}
}

class Validator {
	private readonly root: Schema;
	/** Up to draft 7 a reference is alone; what stands beside it is not looked at. */
	private readonly refersAlone: boolean;
	private steps = 0;

	constructor(root: Schema) {
		this.root = root;
		this.refersAlone = typeof root === "object" && /draft-0[3-7]/.test(String(root.$schema));
	}

	check(schema: Schema, value: Value, pointer: string, depth: number): Violation | undefined {
		if (depth > MAX_DEPTH || ++this.steps > MAX_STEPS || value.kind === "unknown") throw new Undecidable();
		const found = (reason: string): Violation => ({ pointer, reason, at: placeOf(value) });
		if (typeof schema === "boolean") return schema ? undefined : found("nothing is allowed here");
		if (typeof schema.$ref === "string") {
			const violation = this.check(this.resolve(schema.$ref), value, pointer, depth + 1);
			if (violation || this.refersAlone) return violation;
		}
		for (const [keyword, wanted] of Object.entries(schema)) {
			if (keyword === "$ref" || ANNOTATIONS.has(keyword) || keyword.startsWith("x-")) continue;
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
	exclusiveMinimum: ({ wanted, value }) => (numberOf(value) <= bound(wanted) ? `it is not more than ${wanted}` : undefined),
	exclusiveMaximum: ({ wanted, value }) => (numberOf(value) >= bound(wanted) ? `it is not less than ${wanted}` : undefined),
	multipleOf: ({ wanted, value }) => {
		const parts = numberOf(value) / bound(wanted);
		// Of fractions, binary numbers tell nothing.
		if (!Number.isNaN(parts) && !(Number.isInteger(numberOf(value)) && Number.isInteger(wanted))) throw new Undecidable();
		return Number.isNaN(parts) || Number.isInteger(parts) ? undefined : `it is no multiple of ${wanted}`;
	},
	uniqueItems: ({ wanted, value }) => {
		const texts = wanted === true && value.kind === "list" ? value.items.map((item) => JSON.stringify(plainOf(item))) : [];
		return new Set(texts).size < texts.length ? "it has an item twice" : undefined;
	},
	contains: ({ wanted, value, schema, pointer, below }) => {
		if ("minContains" in schema || "maxContains" in schema) throw new Undecidable();
		return value.kind !== "list" || value.items.some((item) => !below(wanted, item, pointer))
			? undefined
			: "it has no item of those it must have";
	},
	maxProperties: ({ wanted, value }) =>
		value.kind === "map" && value.entries.size > Number(wanted) ? `it has more keys than ${wanted}` : undefined,
	propertyNames: ({ wanted, value, pointer, below }) => entriesOf(value, ([name]) => below(wanted, text(name), pointer)),
	dependentRequired: ({ wanted, value }) => dependents(value, table(wanted)),
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
	return JSON.stringify(plainOf(value)) === JSON.stringify(sorted(wanted));
}

/** A draft 4 schema has a boolean in the place of an exclusive bound. */
function bound(wanted: unknown): number {
	if (typeof wanted !== "number") throw new Undecidable();
	return wanted;
}

function dependents(value: Value, wanted: Record<string, unknown>): string | undefined {
	if (value.kind !== "map") return undefined;
	const missing = Object.entries(wanted).flatMap(([name, others]) =>
		value.entries.has(name) ? list(others).filter((other) => !value.entries.has(String(other))) : [],
	);
	return missing.length > 0 ? `it lacks ${String(missing[0])}` : undefined;
}

/** A value as JSON has it, the keys of its maps in order. */
function plainOf(value: Value): unknown {
	if (value.kind === "nil") return null;
	if (value.kind === "int" || value.kind === "float") return numberOf(value);
	if (value.kind === "string" || value.kind === "bool") return value.value;
	if (value.kind === "list") return value.items.map(plainOf);
	if (value.kind !== "map") throw new Undecidable();
	return sorted(Object.fromEntries([...value.entries].map(([name, each]) => [name, plainOf(each)])));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, each]) => [name, sorted(each)]),
	);
}

function placeOf(value: Value): Place | undefined {
	if (value.kind === "string") return value.runs?.[0]?.origin?.at;
	return "origin" in value ? value.origin?.at : undefined;
}
