import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isParsed, parseInSteps, parseSource } from "../../server/src/yaml/parse.ts";

const ENTRIES = [
	(at: number) => `key-${at}: text\n`,
	(at: number) => `map-${at}:\n  a: 1\n  list:\n  - b\n  - c: [d, { e: f, g }, h: i]\n`,
	(at: number) => `anchor-${at}: &a${at} { x: [1, 2] }\nalias-${at}: *a${at}\n`,
	(at: number) => `text-${at}: |\n  several\n  lines\n`,
	() => "same: again\n",
	() => "<<: { merged: true }\n",
];
const FAULTS = ["", "", "a: b: c\n", "x: [\n", "  - y\n", "\tz\n", "*none\n"];

/** Documents of some thousands of tokens, some of them broken. */
const documents = fc
	.record({ entries: fc.array(fc.nat(ENTRIES.length - 1), { minLength: 200, maxLength: 900 }), fault: fc.constantFrom(...FAULTS) })
	.map(({ entries, fault }) => entries.map((entry, at) => ENTRIES[entry]?.(at)).join("") + fault);

test("documents that are read in turns, a step at a time, read as each does at one go", () => {
	const turns = fc.array(fc.nat(2), { maxLength: 60 });
	const several = fc.array(documents, { minLength: 3, maxLength: 3 });
	fc.assert(
		fc.property(several, turns, (texts, order) => {
			const sources = texts.map((text) => ({ uri: "a.yaml", text }));
			const readings = sources.map((source) => parseInSteps(source)[Symbol.iterator]());
			for (const at of order) readings[at]?.next();
			for (const reading of readings) while (!reading.next().done);
			for (const source of sources) {
				assert.ok(isParsed(source));
				assert.deepEqual(parseSource(source), parseSource({ ...source }));
			}
		}),
		{ numRuns: 20 },
	);
});

test("a reading that is given up leaves nothing behind", () => {
	const source = { uri: "a.yaml", text: Array.from({ length: 2000 }, (_, at) => `key-${at}: text\n`).join("") };
	const reading = parseInSteps(source)[Symbol.iterator]();
	for (let step = 0; step < 3; step++) assert.equal(reading.next().done, false);
	assert.equal(isParsed(source), false);
	assert.deepEqual(parseSource(source), parseSource({ ...source }));
});

for (const [title, text, least] of [
	["a map of a hundred thousand keys", Array.from({ length: 100_000 }, (_, at) => `key-${at}: text\n`).join(""), 300],
	["a list of lists", "- - - a\n    - b\n  - c\n".repeat(20_000), 100],
	["a flow map on one line", `{ ${Array.from({ length: 50_000 }, (_, at) => `k${at}: [v]`).join(", ")} }`, 200],
	["a broken document", `${Array.from({ length: 50_000 }, (_, at) => `key-${at}: text\n`).join("")}x: [\n`, 200],
] as const) {
	test(`${title} is read in many steps`, () => {
		const steps = [...parseInSteps({ uri: "a.yaml", text })].length;
		assert.ok(steps > least, `${steps} steps`);
	});
}
