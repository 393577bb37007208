import { readFileSync } from "node:fs";
import path from "node:path";
import { reportOn } from "../../server/src/cli/report.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { RULES } from "../../server/src/rules/list.ts";
import type { Severity } from "../../server/src/rules/rule.ts";
import { hashOf, repositoriesOf } from "../support/corpus.ts";
import { type Judgement, keyOf, readJudgements, type Verdict } from "./judged.ts";

/** Of a rule that finds more, so many are judged, chosen by chance but the same ones every time. */
const SAMPLE = 60;

interface Found {
	readonly repository: string;
	readonly file: string;
	readonly line: number;
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	readonly verdict: Verdict | undefined;
}

const [corpus] = process.argv.slice(2);
if (corpus === undefined) {
	console.error("usage: npm run precision -- CORPUS_FOLDER");
	process.exit(2);
}
const judged = new Map(readJudgements(readFileSync(path.resolve("test/precision/judged.tsv"), "utf8")).map((each) => [keyOf(each), each]));
const { found, services } = await check(corpus, judged);
printRules(found);
printSeverities(found, services);
printOpen(found);
printGone(found, judged);

async function check(folder: string, judgements: ReadonlyMap<string, Judgement>): Promise<{ found: readonly Found[]; services: number }> {
	const all: Found[] = [];
	let count = 0;
	for await (const { name, folder: cwd, reading } of repositoriesOf(folder)) {
		const { report } = reportOn(reading, cwd, (rule, error) => console.error(`${name}: rule ${rule} failed: ${String(error)}`));
		for (const { file, line, rule, severity, message } of report.findings) {
			const place = { repository: name, file, line, rule };
			all.push({ ...place, severity, message, verdict: judgements.get(keyOf(place))?.verdict });
		}
		for (const unit of reading.units) count += linksOf(unit).services.length;
	}
	return { found: all, services: count };
}

function printRules(all: readonly Found[]): void {
	const rows = RULES.flatMap(({ name }) => {
		const own = all.filter(({ rule }) => rule === name);
		if (own.length === 0) return [];
		const [right, wrong, open] = (["right", "wrong", "open"] as const).map(
			(verdict) => own.filter((each) => each.verdict === verdict).length,
		);
		const severities = [...new Set(own.map(({ severity }) => severity))].join(" ");
		return [[name, severities, own.length, right, wrong, open, own.filter(({ verdict }) => !verdict).length, share(own)]];
	});
	console.log(table([["rule", "severities", "findings", "right", "wrong", "open", "not judged", "precision"], ...rows]));
	const silent = RULES.filter(({ name }) => !all.some(({ rule }) => rule === name)).map(({ name }) => name);
	console.log(`\nFind nothing here: ${silent.join(", ")}`);
}

function printSeverities(all: readonly Found[], count: number): void {
	const of = (...severities: readonly Severity[]) => all.filter(({ severity }) => severities.includes(severity));
	const quiet = of("information", "hint");
	console.log(`\nerrors: ${of("error").length}, of those judged ${share(of("error"))} right`);
	console.log(`warnings: ${of("warning").length}, of those judged ${share(of("warning"))} right`);
	console.log(
		`information and hints: ${quiet.length}, ${((100 * quiet.length) / count).toFixed(1)} for 100 of ${count} Services; of those judged ${share(quiet)} right`,
	);
}

/** `97 % (29 of 30)`; a dash where nothing is judged. */
function share(own: readonly Found[]): string {
	const right = own.filter(({ verdict }) => verdict === "right").length;
	const wrong = own.filter(({ verdict }) => verdict === "wrong").length;
	return right + wrong === 0 ? "-" : `${((100 * right) / (right + wrong)).toFixed(0)} % (${right} of ${right + wrong})`;
}

function printOpen(all: readonly Found[]): void {
	const chosen = RULES.flatMap(({ name }) => {
		const own = all.filter(({ rule }) => rule === name).map((found) => ({ found, order: hashOf(keyOf(found)) }));
		return own.sort((a, b) => a.order - b.order).slice(0, SAMPLE);
	}).map((each) => each.found);
	const open = chosen.filter(({ verdict }) => verdict === undefined);
	console.log(`\nNot judged yet, of those to be judged (at most ${SAMPLE} of a rule): ${open.length}`);
	for (const { repository, file, line, severity, rule, message } of open)
		console.log(`${repository}\t${file}\t${line}\t${rule}\t${severity}\t${message}`);
}

function printGone(all: readonly Found[], judgements: ReadonlyMap<string, Judgement>): void {
	const keys = new Set(all.map(keyOf));
	const gone = [...judgements].filter(([key]) => !keys.has(key));
	if (gone.length === 0) return;
	console.log(`\nJudged and no longer found: ${gone.length}`);
	for (const [key, { verdict }] of gone) console.log(`${key}\t${verdict}`);
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
