import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf } from "../support/corpus.ts";
import { snapshotOf } from "../support/workspace.ts";
import { generatedCorpus } from "./generated.ts";
import { describe } from "./measure.ts";
import { pairsIn, swallowedIn } from "./pairs.ts";

/** Of so many pairs of faults one is tried here; `npm run mutants -- --pairs` tries all. */
const ONE_OF = 150;

test("of two faults in one place that are independent of each other both are found", () => {
	const pairs = [...pairsIn(snapshotOf(generatedCorpus()), (key) => hashOf(key) % ONE_OF === 0)];
	assert.ok(pairs.length > 50, `only ${pairs.length} pairs have a place`);
	const swallowed = pairs
		.flatMap(swallowedIn)
		.map(({ site, one, other }) => `${describe(site)}: ${one.rule} (${one.fault}) beside ${other.rule} (${other.fault})`);
	assert.deepEqual(swallowed, []);
});
