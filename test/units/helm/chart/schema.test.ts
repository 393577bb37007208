import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDocument } from "../../../../server/src/units/helm/chart/chartFile.ts";
import { firstViolation } from "../../../../server/src/units/helm/chart/schema.ts";
import { valueOfNode } from "../../../../server/src/units/helm/template/nodes.ts";
import { openFile } from "../../../../server/src/yaml/stream.ts";

function violation(schema: unknown, values: string): string | undefined {
	const found = firstViolation(JSON.stringify(schema), valueOfNode(firstDocument(openFile("/values.yaml", values)).root));
	return found && `${found.pointer} ${found.reason}`;
}

const a = (schema: unknown) => ({ properties: { a: schema } });

const CASES: readonly (readonly [title: string, schema: unknown, values: string, violation: string | undefined])[] = [
	["a type", a({ type: "string" }), "a: 1", "/a it is number, and must be string"],
	["one of several types", a({ type: ["string", "null"] }), "a:", undefined],
	["a whole number", a({ type: "integer" }), "a: 1.0", undefined],
	["a number that is not whole", a({ type: "integer" }), "a: 1.5", "/a it is number, and must be integer"],
	["a missing key", { required: ["b"] }, "a: 1", " it lacks b"],
	["words", a({ enum: ["x", 1] }), "a: y", '/a it must be one of "x", 1'],
	["a constant", a({ const: true }), "a: true", undefined],
	[
		"keys that are not listed",
		{ additionalProperties: false, patternProperties: { "^x-": {} } },
		"{ x-a: 1, b: 2 }",
		"/b nothing is allowed here",
	],
	["items", a({ items: { type: "string" } }), "a: [x, 1]", "/a/1 it is number, and must be string"],
	["lengths", a({ minLength: 2 }), "a: x", "/a it is shorter than 2"],
	["a bound", a({ maximum: 10 }), "a: 11", "/a it is more than 10"],
	["a pattern", a({ pattern: "^[a-z]+$" }), "a: A", "/a it does not match ^[a-z]+$"],
	["alternatives", a({ anyOf: [{ type: "string" }, { type: "number" }] }), "a: []", "/a it is none of what is allowed"],
	["exactly one", a({ oneOf: [{ type: "number" }, { minimum: 1 }] }), "a: 2", "/a it is not exactly one of what is allowed"],
	["what is not allowed", a({ not: { type: "string" } }), "a: x", "/a it is what is not allowed"],
	["a condition", JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}'), "a: 1", " it lacks b"],
	[
		"a reference",
		{ definitions: { t: { type: "string" } }, ...a({ $ref: "#/definitions/t" }) },
		"a: 1",
		"/a it is number, and must be string",
	],
	["a reference to another file, which nobody can judge", a({ $ref: "other.json" }), "a: 1", undefined],
	[
		"a reference to itself, which never ends",
		{ definitions: { t: { $ref: "#/definitions/t" } }, ...a({ $ref: "#/definitions/t" }) },
		"a: 1",
		undefined,
	],
	["a keyword that nobody knows, which may be anything", a({ unheard: 1, type: "string" }), "a: 1", undefined],
	["a pattern that is none", a({ pattern: "(" }), "a: x", undefined],
];
for (const [title, schema, values, expected] of CASES) {
	test(`values.schema.json: ${title}`, () => assert.equal(violation(schema, values), expected));
}
