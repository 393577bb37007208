import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { editDistance, isSlip, nearness } from "../../server/src/links/nearness.ts";

const NEAR = [
	["web", "WEB", 0],
	["web", "wbe", 1],
	["web", "webs", 1],
	["web", "we", 1],
	["web", "wob", 1],
	["web", "web-svc", 1],
	["web-service", "web", 1],
	["web", "web-app", 1],
	["web-deployment", "web", 1],
	["frontend", "frotnedn", 2],
	["frontend", "front-and", 2],
	["abcdef", "abcdxy", 2],
] as const;

for (const [a, b, distance] of NEAR) {
	test(`${a} and ${b} are near`, () => assert.deepEqual([nearness(a, b), nearness(b, a)], [distance, distance]));
}

const FAR = [
	["web", "web"],
	["web", "api"],
	["abcde", "abcxy"],
	["abcdef", "abcxyz"],
	["web", "web-front"],
	["web-svc", "web-app"],
] as const;

for (const [a, b] of FAR) test(`${a} and ${b} are not near`, () => assert.equal(nearness(a, b), undefined));

/** The distance of the first characters of two texts, by its definition. */
function distanceByDefinition(a: string, b: string): number {
	if (a === "" || b === "") return a.length + b.length;
	const [i, j] = [a.length - 1, b.length - 1];
	const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
	return Math.min(
		distanceByDefinition(a.slice(0, i), b) + 1,
		distanceByDefinition(a, b.slice(0, j)) + 1,
		distanceByDefinition(a.slice(0, i), b.slice(0, j)) + (a[i] === b[j] ? 0 : 1),
		swapped ? distanceByDefinition(a.slice(0, i - 1), b.slice(0, j - 1)) + 1 : Number.POSITIVE_INFINITY,
	);
}

test("the distance is the smallest number of edits", () => {
	const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
	fc.assert(fc.property(word, word, (a, b) => assert.equal(editDistance(a, b), distanceByDefinition(a, b))));
});

test("names are near by the distance that they have", () => {
	const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 4, maxLength: 8 });
	const near = (a: string, b: string) => {
		const edits = editDistance(a, b);
		return a !== b && edits <= (Math.min(a.length, b.length) >= 6 ? 2 : 1) ? edits : undefined;
	};
	fc.assert(fc.property(word, word, (a, b) => assert.equal(nearness(a, b), near(a, b))));
});

test("a text as long as no label is not compared letter by letter", () => {
	assert.equal(editDistance("a".repeat(300), "a".repeat(299)), 300);
});

for (const [a, b, slip] of [
	["web", "webb", true],
	["cart", "carrt", true],
	["web", "wbe", true],
	["web", "Web", true],
	["web", "web", false],
	["web", "weba", false],
	["web1", "web11", false],
	["web-a", "web-b", false],
	["web-1a", "web-a1", false],
	["", "w", false],
] as const) {
	test(`${a} and ${b} are ${slip ? "a slip" : "no slip"} of the other`, () => assert.deepEqual([isSlip(a, b), isSlip(b, a)], [slip, slip]));
}
