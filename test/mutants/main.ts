import { repositoriesOf } from "../support/corpus.ts";
import { snapshotOf } from "../support/workspace.ts";
import { generatedCorpus } from "./generated.ts";
import { countAnswers, describe, falseFindings, measure, newScores, type Score, tellable, withoutMutator } from "./measure.ts";
import { pairsIn, swallowedIn } from "./pairs.ts";
import type { Answer } from "./site.ts";

const [corpus, places = "3"] = process.argv.slice(2);
/** Sites of one repository that each fault is put into. */
const MOST = Number(places);

if (corpus === "--pairs") {
	printPairs();
} else if (corpus === undefined) {
	const generated = snapshotOf(generatedCorpus());
	const wrong = falseFindings(generated);
	console.log(`Generated manifests: ${wrong.length} findings where nothing is wrong`);
	for (const finding of wrong.slice(0, 20)) console.log(`  ${finding}`);
	const scores = newScores();
	measure(scores, generated, Number.POSITIVE_INFINITY);
	print(scores);
} else {
	const scores = newScores();
	const answers = new Map<Answer, number>();
	for await (const { name, reading } of repositoriesOf(corpus)) {
		const known = new Map(scores.map((score) => [score, score.missed.length]));
		const start = performance.now();
		measure(scores, reading.snapshot, MOST);
		process.stderr.write(`${name}: ${Math.round((performance.now() - start) / 1000)} s\n`);
		for (const score of scores) {
			const { rule, fault } = score.mutator;
			for (const site of score.missed.slice(known.get(score))) process.stderr.write(`  missed ${rule} (${fault}): ${site}\n`);
		}
		countAnswers(answers, reading.snapshot);
	}
	console.log(`Real manifests below ${corpus}, at most ${MOST} sites of a repository for each kind of fault`);
	print(scores);
	const all = [...answers.values()].reduce((sum, count) => sum + count, 0);
	console.log("\nServices with a selector and a workload in their unit:");
	for (const [answer, count] of answers) console.log(`  ${answer}: ${count} (${((100 * count) / all).toFixed(1)} %)`);
}
if (corpus !== "--pairs") console.log(`\nRules without a kind of fault here: ${withoutMutator().join(", ") || "none"}`);

function printPairs(): void {
	let count = 0;
	for (const pair of pairsIn(snapshotOf(generatedCorpus()), () => true)) {
		count++;
		for (const { site, one, other } of swallowedIn(pair))
			console.log(`missed ${one.rule} (${one.fault}) beside ${other.rule} (${other.fault}): ${describe(site)}`);
	}
	console.log(`${count} pairs of independent faults`);
}

function print(scores: readonly Score[]): void {
	const rows = scores.map((score) => {
		const { mutator, seeded, found, byAnother, missed } = score;
		return [
			mutator.rule,
			mutator.fault,
			seeded,
			found,
			byAnother,
			seeded - tellable(score),
			missed.length,
			percent(found + byAnother, tellable(score)),
		];
	});
	const sum = (pick: (score: Score) => number) => scores.reduce((total, score) => total + pick(score), 0);
	const total = sum(tellable);
	rows.push([
		"",
		"all",
		sum(({ seeded }) => seeded),
		sum(({ found }) => found),
		sum(({ byAnother }) => byAnother),
		sum(({ seeded }) => seeded) - total,
		sum(({ missed }) => missed.length),
		percent(
			sum(({ found, byAnother }) => found + byAnother),
			total,
		),
	]);
	console.log(table([["rule", "fault", "seeded", "found", "by another", "cannot tell", "missed", "recall"], ...rows]));
	printReasons(scores);
	for (const { mutator, missed } of scores)
		for (const site of missed.slice(0, 5)) console.log(`missed ${mutator.rule} (${mutator.fault}): ${site}`);
}

function printReasons(scores: readonly Score[]): void {
	for (const { mutator, cannotTell } of scores) {
		for (const [reason, count] of [...cannotTell].sort((a, b) => b[1] - a[1]).slice(0, 5))
			console.log(`cannot tell ${mutator.rule} (${mutator.fault}): ${count} times, ${reason}`);
	}
}

function percent(part: number, all: number): string {
	return all === 0 ? "-" : `${((100 * part) / all).toFixed(1)} %`;
}

function table(rows: readonly (readonly unknown[])[]): string {
	const texts = rows.map((row) => row.map(String));
	const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
	return texts
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}
