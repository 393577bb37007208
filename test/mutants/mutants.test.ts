import assert from "node:assert/strict";
import { test } from "node:test";
import { snapshotOf } from "../support/workspace.ts";
import { generatedCorpus } from "./generated.ts";
import { falseFindings, measure, newScores, withoutMutator } from "./measure.ts";

/** Places that each fault is put into; `npm run mutants` takes all. */
const MOST = 3;

const manifests = snapshotOf(generatedCorpus());

test("nothing is found in manifests of many styles that nothing is wrong with", () => {
	assert.deepEqual(falseFindings(manifests), []);
});

test("every rule has a kind of fault that it finds", () => {
	assert.deepEqual(withoutMutator(), []);
});

const scores = newScores();
measure(scores, manifests, MOST);
for (const { mutator, seeded, missed, cannotTell } of scores) {
	test(`${mutator.rule} finds ${mutator.fault}`, () => {
		assert.ok(seeded > 0, "the fault has no place in the manifests");
		assert.deepEqual([...missed, ...cannotTell.keys()], []);
	});
}
