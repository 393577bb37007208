import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { DOCUMENTS, type Json, KEYS, REFUSED, SCALARS, STREAMS } from "./facts.ts";
import { toJson } from "./json.ts";

function read(text: string): Json | typeof REFUSED {
	const { root, problems } = parseSource({ uri: "a.yaml", text });
	return problems.length > 0 ? REFUSED : toJson(root);
}

function show(value: Json | typeof REFUSED): string {
	return value === REFUSED ? "refused" : JSON.stringify(value);
}

for (const [written, value] of SCALARS) {
	test(`the value ${JSON.stringify(written)} is ${show(value)}`, () => {
		assert.deepEqual(read(`k: ${written}\n`), value === REFUSED ? REFUSED : { k: value });
	});
}

for (const [written, name] of KEYS) {
	test(`the key ${JSON.stringify(written)} is ${show(name)}`, () => {
		assert.deepEqual(read(`${written}: v\n`), name === REFUSED ? REFUSED : { [name]: "v" });
	});
}

for (const { title, text, json } of DOCUMENTS) {
	test(`a document: ${title}`, () => assert.deepEqual(read(text), json));
}

for (const { title, text, documents } of STREAMS) {
	test(`a stream: ${title}`, () => {
		const read = openFile("a.yaml", text).parts.map(({ source }) => parseSource(source));
		const first = read.findIndex(({ problems }) => problems.length > 0);
		const taken = (first < 0 ? read : read.slice(0, first)).map(({ root }) => toJson(root)).filter((json) => json !== null);
		assert.deepEqual(first < 0 ? taken : [...taken, REFUSED], documents);
	});
}

test("an entry that a later one or a merge key behind it overrides is known", () => {
	const overridden = (text: string) => parseSource({ uri: "a.yaml", text }).duplicates.map(({ key }) => key.start);
	assert.deepEqual(overridden("a: 1\nb: 2\na: 3\na: 4\n"), [0, 10]);
	assert.deepEqual(overridden("x: &x { a: 1 }\ny: { a: 2, <<: *x }\n"), [20]);
	assert.deepEqual(overridden("x: &x { a: 1 }\ny: { <<: *x, a: 2 }\n"), []);
	assert.deepEqual(overridden("y: 1\n'true': 2\n"), [0]);
});

test("what is lost behind a document's end is known, comments aside", () => {
	const lost = (text: string) => {
		const { trailing } = parseSource({ uri: "a.yaml", text });
		return trailing && text.slice(trailing.start, trailing.end);
	};
	assert.equal(lost("a: 1\n...\n# c\nb: 2 # d\n\n"), "b: 2 # d");
	assert.equal(lost("a: 1\n... # c\n...\n# d\n"), undefined);
	assert.equal(lost("{ a: 1 } { b: 2 }\n"), "{ b: 2 }");
	assert.equal(lost("a: 1\n# c\n"), undefined);
	assert.equal(lost(""), undefined);
});
