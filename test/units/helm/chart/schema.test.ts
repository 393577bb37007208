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
	["a list among words", a({ enum: ["x", [1, { b: 2, a: "y" }]] }), 'a: [1, { a: "y", b: 2 }]', undefined],
	["a list that is none of the words", a({ enum: ["x", 1] }), "a: [true]", '/a it must be one of "x", 1'],
	["an open bound", a({ exclusiveMinimum: 1 }), "a: 1", "/a it is not more than 1"],
	["a bound of the fourth draft, which nobody judges", a({ minimum: 1, exclusiveMinimum: true }), "a: 1", undefined],
	["a multiple", a({ multipleOf: 5 }), "a: 12", "/a it is no multiple of 5"],
	["items that are alike", a({ uniqueItems: true }), "a: [{ x: 1 }, { x: 1 }]", "/a it has an item twice"],
	["an item that must be there", a({ contains: { const: "x" } }), "a: [y]", "/a it has no item of those it must have"],
	["names of keys", a({ propertyNames: { pattern: "^x" } }), "a: { y: 1 }", "/a it does not match ^x"],
	["keys that want others", { dependentRequired: { a: ["b"] } }, "a: 1", " it lacks b"],
	["a word of a vendor", a({ "x-order": 1, type: "string" }), "a: 1", "/a it is number, and must be string"],
	[
		"what stands beside a reference",
		{ $defs: { t: {} }, ...a({ $ref: "#/$defs/t", type: "string" }) },
		"a: 1",
		"/a it is number, and must be string",
	],
	[
		"what stands beside a reference in old drafts",
		{ $schema: "http://json-schema.org/draft-07/schema#", $defs: { t: {} }, ...a({ $ref: "#/$defs/t", type: "string" }) },
		"a: 1",
		undefined,
	],
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
