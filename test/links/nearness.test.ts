import assert from "node:assert/strict";
import { test } from "node:test";
import { editDistance, nearness } from "../../server/src/links/nearness.ts";

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

test("a text as long as no label is not compared letter by letter", () => {
	assert.equal(editDistance("a".repeat(300), "a".repeat(299)), 300);
});
