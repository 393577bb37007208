import assert from "node:assert/strict";
import fc from "fast-check";
import { fileOf } from "../../server/src/links/snapshot.ts";
import type { Workspace } from "../../server/src/session/workspace.ts";
import {
	checkFixAll,
	checkHover,
	checkPlaces,
	checkRepair,
	checkReuse,
	freshSnapshot,
	newWorkspace,
	printed,
	repairsIn,
	Texts,
} from "./laws.ts";
import { type Step, step, textsAfter } from "./steps.ts";
import { type Files, ROOT, workspace } from "./workspaces.ts";

/** What a run did, and what it found. */
export interface Outcome {
	readonly edits: number;
	readonly repairs: number;
	/** For each thing that did not hold a seed, the shrunk workspace and steps, and the reason. */
	readonly failures: readonly string[];
}

/** What was done until now. */
export interface Tally {
	edits: number;
	repairs: number;
}

/** Steps of one run; with typing a step is several edits. */
const STEPS = 25;

/** Runs between two looks at the number of edits. */
const RUNS = 5;

/** A run that fails so often has found enough. */
const ENOUGH = 5;

/** A failure is made smaller by so many further runs at most. */
export const SHRINKING = 150;

/** Edits workspaces until `count` edits or a few more are made, checking every law after each; the same ones for the same seed. */
export function fuzzInProcess(count: number, seed: number): Outcome {
	const done: Tally = { edits: 0, repairs: 0 };
	const failures: string[] = [];
	for (let batch = 0; done.edits < count && failures.length < ENOUGH; batch++) {
		let shrinking = 0;
		const property = fc.property(workspace, fc.array(step, { minLength: 1, maxLength: STEPS }), (files, steps) => {
			if (shrinking > SHRINKING) return;
			try {
				runEdits(files, steps, shrinking > 0 ? { edits: 0, repairs: 0 } : done);
				if (shrinking > 0) shrinking++;
			} catch (error) {
				shrinking++;
				throw error;
			}
		});
		const details = fc.check(property, { seed: seed + batch, numRuns: RUNS });
		if (details.failed) failures.push(described(`--seed ${seed + batch} --count 1`, details));
	}
	return { ...done, failures };
}

/** How to see a failure again, the shrunk workspace and steps, and every reason. */
export function described<T>(again: string, details: fc.RunDetails<[Files, T[]]>): string {
	const [files, steps] = details.counterexample ?? [new Map<string, string>(), []];
	const reasons: string[] = [];
	for (let error = details.errorInstance; error !== undefined; error = error instanceof Error ? error.cause : undefined)
		reasons.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
	const start = JSON.stringify(Object.fromEntries(files), null, 1);
	return `npm run fuzz -- ${again}\n${reasons.join("\n")}\nfrom ${start}\nby ${steps.map((step) => JSON.stringify(step)).join("\n   ")}`;
}

/** Makes the edits of all steps on one workspace; throws where a law does not hold, and says on which texts. */
export function runEdits(start: Files, steps: readonly Step[], done: Tally): void {
	const files = new Map(start);
	const known: Known = { tried: new Set(), texts: new Texts() };
	const edited = newWorkspace();
	edited.apply([...files].map(([uri, text]) => ({ uri, text })));
	printed(edited.snapshot);
	for (const each of steps) {
		const uri = [...files.keys()][each.file % files.size] ?? "";
		for (const text of textsAfter(files.get(uri) ?? "", each, start.get(uri) ?? "", [...files.values()])) {
			files.set(uri, text);
			done.edits++;
			try {
				done.repairs += checkEdit(edited, files, uri, each, known);
			} catch (error) {
				throw new Error(`after an edit of ${uri}, on ${JSON.stringify(Object.fromEntries(files))}`, { cause: error });
			}
		}
	}
}

/** What one run has seen. */
interface Known {
	/** Keys of the repairs that were tried. */
	readonly tried: Set<string>;
	readonly texts: Texts;
}

/** Takes one edit in and checks what must hold then, with one of the repairs that are offered; gives the number of repairs tried. */
function checkEdit(edited: Workspace, files: Files, uri: string, { at }: Step, { tried, texts }: Known): number {
	const before = fileOf(edited.snapshot, uri);
	edited.apply([{ uri, text: files.get(uri) ?? "" }]);
	const after = fileOf(edited.snapshot, uri);
	assert.ok(after, "the file is gone");
	checkReuse(before, after);
	const fresh = freshSnapshot(files, ROOT, texts);
	assert.deepEqual(printed(edited.snapshot), printed(fresh), "what came about by edits differs from what is read afresh");
	checkPlaces(edited.snapshot);
	checkHover(edited.snapshot, fresh, uri, at % (after.text.length + 1));
	const [repair] = repairsIn(edited.snapshot, at, tried);
	if (!repair) return 0;
	tried.add(repair.key);
	checkRepair(edited.snapshot, files, repair, texts);
	if (repair.finding.fixes.some(({ safe }) => safe)) checkFixAll(edited.snapshot, files, texts);
	return 1;
}
