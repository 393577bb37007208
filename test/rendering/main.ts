import { realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Files, Rendered } from "../../server/src/units/rendered.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { type Comparison, compareObjects } from "./compare.ts";
import { filesOf } from "./diskFiles.ts";
import { type RecordedUnit, readRecorded } from "./recorded.ts";
import type { Renderer } from "./renderer.ts";
import { RENDERERS } from "./renderers.ts";

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		kind: { type: "string" },
		only: { type: "string" },
		show: { type: "string", default: "3" },
	},
});
const [corpus, recorded] = positionals;
if (corpus === undefined) {
	console.error("usage: npm run units -- CORPUS_FOLDER [UNITS_FILE] [--kind chart|kustomize] [--only PART_OF_A_PATH] [--show COUNT]");
	process.exit(2);
}
const units = readRecorded(corpus, recorded).filter(
	({ repo, path, values, kind }) =>
		(options.kind === undefined || kind === options.kind) &&
		(options.only === undefined || `${repo}/${path} ${values ?? ""}`.includes(options.only)),
);
for (const renderer of RENDERERS) measure(renderer, realpathSync(corpus), Number(options.show));

function measure(renderer: Renderer, folder: string, show: number): void {
	const own = units.filter(({ kind }) => kind === renderer.kind);
	if (own.length === 0) return;
	const classes = new Map<string, string[]>();
	const note = (name: string, unit: RecordedUnit, detail: string) => {
		const label = `${unit.repo}/${unit.path}${unit.values ? ` ${unit.values}` : ""}${unit.inline ? " (inline)" : ""}`;
		classes.set(name, [...(classes.get(name) ?? []), `${label}: ${detail}`]);
	};
	const tally = { objects: 0, equal: 0, partial: 0, partialEqual: 0, units: 0, refused: 0, rightly: 0 };
	const times = { first: [] as number[], edit: [] as number[] };
	for (const unit of own) {
		const files = filesOf(folder, unit);
		const at = `${folder}/${unit.repo}/${unit.path}`;
		const start = cpuTime();
		const rendered = attempt(renderer, files, at, unit, note);
		times.first.push(cpuTime() - start);
		if (!rendered) continue;
		times.edit.push(timeOfEdit(renderer, files, at, unit));
		for (const each of compareAnswer(renderer, unit, rendered)) note(each.class, unit, each.detail);
		// Of what was refused whole, nothing is recorded.
		const objects = unit.ok || unit.partial ? compareObjects(unit, rendered) : [];
		const equal = objects.filter((each) => each.class === "equal").length;
		tally[unit.ok ? "objects" : "partial"] += unit.objects.length;
		tally[unit.ok ? "equal" : "partialEqual"] += equal;
		if (unit.ok && equal === objects.length) tally.units++;
		if (!unit.ok) tally.refused++;
		if (!unit.ok && renderer.refusalOf(rendered)?.includes(unit.class)) tally.rightly++;
		for (const each of objects) if (each.class !== "equal") note(`${unit.ok ? "" : "partial: "}${each.class}`, unit, each.detail);
	}
	console.log(`\n${renderer.kind}: ${own.length} units`);
	console.log(
		`  objects equal: ${share(tally.equal, tally.objects)}; of what else is known of refused units: ${share(tally.partialEqual, tally.partial)}`,
	);
	console.log(`  rendered units with all objects equal: ${share(tally.units, own.filter(({ ok }) => ok).length)}`);
	console.log(`  refused for the same reason: ${share(tally.rightly, tally.refused)}`);
	console.log(`  ms of the processor for a unit, reading its files: ${quantiles(times.first)}; after an edit: ${quantiles(times.edit)}`);
	for (const [name, list] of [...classes].sort(([, a], [, b]) => b.length - a.length)) {
		console.log(`\n  ${list.length} ${name}`);
		for (const detail of list.slice(0, show)) console.log(`    ${detail}`);
	}
}

/** Milliseconds of the processor, which do not grow with what else the machine does. */
function cpuTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** The time of a second edit of a file. */
function timeOfEdit(renderer: Renderer, files: Files, at: string, unit: RecordedUnit): number {
	const file = files.file(renderer.edited(at));
	if (!file) return 0;
	let taken = 0;
	for (const comment of ["# first\n", "# second\n"]) {
		const edited = openFile(file.uri, `${file.text}\n${comment}`, file);
		const changed: Files = {
			...files,
			file: (uri) => (uri === file.uri ? edited : files.file(uri)),
			kept: (_, compute) => compute(changed),
		};
		const start = cpuTime();
		renderer.render(changed, at, unit);
		taken = cpuTime() - start;
	}
	return taken;
}

function quantiles(times: number[]): string {
	const sorted = times.filter((time) => time > 0).sort((a, b) => a - b);
	const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(1);
	return `median ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)}`;
}

function attempt(
	renderer: Renderer,
	files: Files,
	at: string,
	unit: RecordedUnit,
	note: (name: string, unit: RecordedUnit, detail: string) => void,
): Rendered | undefined {
	try {
		return renderer.render(files, at, unit);
	} catch (error) {
		note("CRASH", unit, error instanceof Error ? (error.stack ?? error.message) : String(error));
		return undefined;
	}
}

/** Whether the unit as a whole is refused where the tool refused it, and for the same reason. */
function compareAnswer(renderer: Renderer, unit: RecordedUnit, rendered: Rendered): readonly Comparison[] {
	const own = renderer.refusalOf(rendered);
	const [first] = own ?? [];
	const reasons = rendered.gaps.map(({ reason }) => reason).join("; ");
	if (unit.ok) return own === undefined ? [] : [{ class: `refused though rendered: ${first}`, detail: reasons }];
	if (own === undefined) return [{ class: `rendered though refused: ${unit.class}`, detail: unit.error ?? "" }];
	return own.includes(unit.class) ? [] : [{ class: `refused as ${first}, not ${unit.class}`, detail: `${reasons} | ${unit.error}` }];
}

function share(part: number, whole: number): string {
	return whole === 0 ? "none" : `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
}
