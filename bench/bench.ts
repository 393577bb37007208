import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findingsIn, findingsOf } from "../server/src/features/findings.ts";
import { hover } from "../server/src/features/hover.ts";
import { linksOf } from "../server/src/links/links.ts";
import { fileOf } from "../server/src/links/snapshot.ts";
import { allUnits, unitsOf } from "../server/src/links/units.ts";
import { mayHoldObjects } from "../server/src/model/manifest.ts";
import { pathsOfService } from "../server/src/reach/service.ts";
import { discover } from "../server/src/session/discover.ts";
import { nodeDisk } from "../server/src/session/disk.ts";
import { readInto } from "../server/src/session/read.ts";
import { Workspace } from "../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../server/src/settings/settings.ts";
import { RENDERERS } from "../server/src/units/allRenderers.ts";
import { parseSource } from "../server/src/yaml/parse.ts";
import { openFile } from "../server/src/yaml/stream.ts";
import { generate, generatePolicies, type Layout } from "./generate.ts";
import { measureHolds } from "./holds.ts";
import { measureLarge } from "./large.ts";
import { measureRendered } from "./rendered.ts";
import { measureServer } from "./server.ts";
import { median, print, printTimes, timed, timedNow } from "./times.ts";

const [workspace = "100", server = ""] = process.argv.slice(2);
const fail = (rule: string, error: unknown) => console.error(rule, error);

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});

/** The last line is for whoever compares workspaces of several sizes; there is none for what is rendered. */
async function main(): Promise<void> {
	if (workspace === "rendered") {
		measureRendered();
		return;
	}
	if (workspace === "large") {
		measureLarge();
		return;
	}
	const [count, layout] = workspace.split(":");
	const generated = /^\d+$/.test(count ?? "");
	const root = generated ? write(Number(count), layout === "flat" ? "flat" : "folders") : path.resolve(workspace);
	try {
		console.log(`\n${generated ? `${count} generated manifests, ${layout === "flat" ? "all in one folder" : "ten a folder"}` : workspace}`);
		const files = await filesBelow(root);
		const cold = await measureIndex(root, files);
		const index = await read(root);
		checkAll(index);
		measureMemory(index, files.length);
		const edit = measureEdits(index);
		if (files.length === 1000) measureGrowth(index);
		measureHovers(index);
		measurePaths(index);
		if (workspace === "1000") measurePolicies();
		await measureHolds(root);
		const file = serviceFiles(index)[0];
		if (server !== "" && file !== undefined) await measureServer(server, root, file, fileOf(index.snapshot, file)?.text ?? "");
		console.log(`FIGURES ${JSON.stringify({ workspace, files: files.length, cold: cold / files.length, edit })}`);
	} finally {
		if (generated) rmSync(root, { recursive: true, force: true });
	}
}

function write(count: number, layout: Layout): string {
	const root = mkdtempSync(path.join(tmpdir(), "portolan-bench-workspace-"));
	for (const file of generate(count, layout)) {
		mkdirSync(path.join(root, path.dirname(file.path)), { recursive: true });
		writeFileSync(path.join(root, file.path), file.text);
	}
	return root;
}

async function filesBelow(root: string): Promise<readonly string[]> {
	const files: string[] = [];
	for await (const folder of discover(nodeDisk(), [root])) files.push(...folder.files);
	return files;
}

async function read(root: string): Promise<Workspace> {
	const index = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	await readInto(index, nodeDisk(), await filesBelow(root));
	return index;
}

function checkAll({ snapshot }: Workspace): number {
	return [...allUnits(snapshot)].reduce((sum, unit) => sum + findingsOf(snapshot, unit, fail).length, 0);
}

/** Discover, read, parse and know the objects of every unit; then all findings. Against reading, the prefilter, and parsing what passes it. */
async function measureIndex(root: string, files: readonly string[]): Promise<number> {
	const [floors, indexes, checks]: number[][] = [[], [], []];
	let findings = 0;
	for (let round = 0; round < (files.length > 5000 ? 2 : 5); round++) {
		floors?.push(await timed(() => readAndParse(root)));
		let index: Workspace | undefined;
		indexes?.push(
			await timed(async () => {
				index = await read(root);
				for (const unit of allUnits(index.snapshot)) linksOf(unit).services.length;
			}),
		);
		checks?.push(timedNow(() => (findings = index ? checkAll(index) : 0)));
	}
	const [floor, cold, check] = [floors ?? [], indexes ?? [], checks ?? []].map(median) as [number, number, number];
	print("floor: read, prefilter, parse", floor, "ms", `${files.length} files`);
	print("cold index", cold, "ms", "", files.length === 20_000 ? 4000 : undefined);
	print("  to the floor", cold / floor, "x", "", 1.5);
	print("  with all findings", cold + check, "ms", `${((cold + check) / floor).toFixed(2)} x the floor, ${findings} findings`);
	return cold + check;
}

async function readAndParse(root: string): Promise<void> {
	const disk = nodeDisk();
	for (const uri of await filesBelow(root)) {
		const content = await disk.read(uri);
		if (!("text" in content)) continue;
		for (const { source } of openFile(uri, content.text).parts) if (mayHoldObjects(source.text)) parseSource(source);
	}
}

/** What people type, each a change of a text; what does not fit leaves it as it is. */
const EDITS: readonly (readonly [title: string, kind: string, change: (text: string, round: number) => string])[] = [
	["a Service's port", "service", (text, round) => text.replace(/(port: *\d*)(\d)/i, (_, before, digit) => before + other(digit, round))],
	["a workload's label", "deployment", (text, round) => text.replace(/(labels:\s+[\w./]+: app-\d+)/, `$1${"abcdefgh"[round % 8]}`)],
	["an unfinished key", "deployment", (text, round) => text.replace(/( {2}template:)/, `  ${"abcdefgh".slice(0, 1 + (round % 8))}\n$1`)],
];

function other(digit: string, round: number): string {
	return String((Number(digit) + 1 + (round % 8)) % 10);
}

/** From a changed character to the findings of its file, and to those of every file. Gives the slowest median of these. */
function measureEdits(index: Workspace): number {
	let slowest = 0;
	for (const [title, kind, change] of EDITS) {
		const own: number[] = [];
		const all: number[] = [];
		for (const [round, uri] of sample(filesOf(index, kind), 100).entries()) {
			const text = fileOf(index.snapshot, uri)?.text ?? "";
			const changed = timedNow(() => index.apply([{ uri, text: change(text, round) }]));
			own.push(changed + timedNow(() => findingsIn(index.snapshot, uri, fail)));
			all.push((own.at(-1) ?? 0) + timedNow(() => checkAll(index)));
			index.apply([{ uri, text }]);
			checkAll(index);
		}
		if (all.length === 0) continue;
		printTimes(`edit of ${title}`, own, 20);
		printTimes("  to what it changes in every file", all, 20);
		slowest = Math.max(slowest, median(all));
	}
	return slowest;
}

function filesOf(index: Workspace, kind: string): readonly string[] {
	return [...index.snapshot.folders.values()].flatMap(({ files }) => [...files.keys()].filter((uri) => uri.includes(kind)));
}

/** What 10,000 edits leave behind, once all that can be learned about the code has been compiled. */
function measureGrowth(index: Workspace): void {
	const uris = filesOf(index, "deployment");
	const edit = (round: number): void => {
		const uri = uris[(round * 7919) % uris.length] ?? "";
		const text = fileOf(index.snapshot, uri)?.text ?? "";
		const change = EDITS[round % EDITS.length]?.[2];
		for (const next of [change?.(text, round) ?? text, text]) {
			index.apply([{ uri, text: next }]);
			checkAll(index);
		}
	};
	for (let round = 0; round < 1000; round++) edit(round);
	const before = heapUsed();
	for (let round = 0; round < 5000; round++) edit(round);
	print("heap left behind by 10,000 edits", heapUsed() - before, "MB", `${before.toFixed(1)} MB before`, 5);
}

function measureHovers(index: Workspace): void {
	const times = sample(serviceFiles(index), 100).map((uri) => {
		const offset = (fileOf(index.snapshot, uri)?.text.search(/kind: *Service/) ?? 0) + 6;
		return timedNow(() =>
			hover(index.snapshot, uri, offset, { format: "table", findings: (unit) => findingsOf(index.snapshot, unit, fail) }),
		);
	});
	if (times.length > 0) printTimes("hover on a Service", times, 5);
}

/** Every time of a Service whose paths nobody has asked for yet. */
function measurePaths(index: Workspace): void {
	const times: number[] = [];
	for (const unit of allUnits(index.snapshot)) {
		for (const service of linksOf(unit).services) {
			if (times.length < 1000) times.push(timedNow(() => pathsOfService(index.snapshot, unit, service)));
		}
	}
	if (times.length === 0) return;
	printTimes("paths of a Service", times, 1);
	if (times.length === 1000)
		print(
			"  of 1,000 Services",
			times.reduce((sum, time) => sum + time, 0),
			"ms",
			"",
			300,
		);
}

/** The paths of 100 Services among 1,000 NetworkPolicies, the first of which has to find out about all of them. */
function measurePolicies(): void {
	const index = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	const files = [...generate(200, "flat"), ...generatePolicies(1000)];
	index.apply(files.map(({ path: name, text }) => ({ uri: `/w/${name}`, text })));
	const times = [...allUnits(index.snapshot)].flatMap((unit) =>
		linksOf(unit).services.map((service) => timedNow(() => pathsOfService(index.snapshot, unit, service))),
	);
	printTimes("paths among 1,000 policies", times, 1);
}

function serviceFiles(index: Workspace): readonly string[] {
	const uris = [...allUnits(index.snapshot)].flatMap((unit) =>
		unit.objects.filter(({ kind }) => kind === "Service").map((service) => service.source.uri),
	);
	return [...new Set(uris)].filter((uri) => unitsOf(index.snapshot, uri).length > 0);
}

function sample(uris: readonly string[], most: number): readonly string[] {
	return Array.from({ length: Math.min(most, uris.length * 3) }, (_, index) => uris[(index * 7919) % uris.length] ?? "");
}

function measureMemory(index: Workspace, files: number): void {
	print("heap with everything known", heapUsed(), "MB", `${index.snapshot.folders.size} folders`, files === 10_000 ? 150 : undefined);
}

function heapUsed(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}
