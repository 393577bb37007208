import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findingsIn, findingsOf } from "../server/src/features/findings.ts";
import { hover } from "../server/src/features/hover.ts";
import { allUnits, fileOf, unitsOf } from "../server/src/links/snapshot.ts";
import { mayHoldObjects } from "../server/src/model/manifest.ts";
import { discover } from "../server/src/session/discover.ts";
import { nodeDisk } from "../server/src/session/disk.ts";
import { readInto } from "../server/src/session/read.ts";
import { Workspace } from "../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../server/src/settings/settings.ts";
import { parseSource } from "../server/src/yaml/parse.ts";
import { openFile } from "../server/src/yaml/stream.ts";
import { generate, type Layout } from "./generate.ts";
import { measureServer } from "./server.ts";
import { median, print, timed, timedNow } from "./times.ts";

const [workspace = "100", server = ""] = process.argv.slice(2);
const fail = (rule: string, error: unknown) => console.error(rule, error);

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const [count, layout] = workspace.split(":");
	const generated = /^\d+$/.test(count ?? "");
	const root = generated ? write(Number(count), layout === "flat" ? "flat" : "folders") : path.resolve(workspace);
	try {
		console.log(`\n${generated ? `${count} generated manifests, ${layout === "flat" ? "all in one folder" : "ten a folder"}` : workspace}`);
		await measureIndex(root);
		const index = await read(root);
		checkAll(index);
		measureMemory(index);
		measureEdits(index);
		measureHovers(index);
		const file = serviceFiles(index)[0];
		if (server !== "" && file !== undefined) await measureServer(server, root, file, fileOf(index.snapshot, file)?.text ?? "");
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
	const index = new Workspace(DEFAULT_SETTINGS);
	await readInto(index, nodeDisk(), await filesBelow(root));
	return index;
}

function checkAll({ snapshot }: Workspace): number {
	return [...allUnits(snapshot)].reduce((sum, unit) => sum + findingsOf(snapshot, unit, fail).length, 0);
}

/** Cold: discover, read, parse, link and check everything, against the floor of reading, the prefilter and parsing what passes it. */
async function measureIndex(root: string): Promise<void> {
	const files = await filesBelow(root);
	const floors: number[] = [];
	const colds: number[] = [];
	let findings = 0;
	const rounds = files.length > 5000 ? 3 : 5;
	for (let round = 0; round < rounds; round++) {
		floors.push(await timed(() => readAndParse(files)));
		colds.push(
			await timed(async () => {
				findings = checkAll(await read(root));
			}),
		);
	}
	print("floor: read, prefilter, parse", floors, `${files.length} files`);
	print("cold index, with all findings", colds, `${(median(colds) / median(floors)).toFixed(2)} x the floor, ${findings} findings`);
}

async function readAndParse(files: readonly string[]): Promise<void> {
	const disk = nodeDisk();
	for (const uri of files) {
		const content = await disk.read(uri);
		if (!("text" in content)) continue;
		for (const { source } of openFile(uri, content.text).parts) if (mayHoldObjects(source.text)) parseSource(source);
	}
}

/** What people type, each a change of a text; what does not fit leaves it as it is. */
const EDITS: readonly (readonly [title: string, kind: string, change: (text: string, round: number) => string])[] = [
	["a Service's port", "service", (text, round) => text.replace(/(port: *\d*)(\d)/i, (_, before, digit) => before + other(digit, round))],
	["a workload's label", "deployment", (text, round) => text.replace(/(labels:\s+[\w./]+: app-\d+)/, `$1${"abcdefgh"[round % 8]}`)],
	[
		"a key that is not finished",
		"deployment",
		(text, round) => text.replace(/( {2}template:)/, `  ${"abcdefgh".slice(0, 1 + (round % 8))}\n$1`),
	],
];

function other(digit: string, round: number): string {
	return String((Number(digit) + 1 + (round % 8)) % 10);
}

/** From a changed character to the findings of its file, and to those of every file. */
function measureEdits(index: Workspace): void {
	for (const [title, kind, change] of EDITS) {
		const uris = sample([...index.snapshot.folders.values()].flatMap(({ files }) => [...files.keys()].filter((uri) => uri.includes(kind))));
		const own: number[] = [];
		const all: number[] = [];
		for (const [round, uri] of uris.entries()) {
			const text = fileOf(index.snapshot, uri)?.text ?? "";
			const changed = timedNow(() => index.apply([{ uri, text: change(text, round) }]));
			own.push(changed + timedNow(() => findingsIn(index.snapshot, uri, fail)));
			all.push((own.at(-1) ?? 0) + timedNow(() => checkAll(index)));
			index.apply([{ uri, text }]);
			checkAll(index);
		}
		print(`edit of ${title}`, own);
		print("  with all that it changes", all);
	}
}

function measureHovers(index: Workspace): void {
	const times = sample(serviceFiles(index)).map((uri) => {
		const offset = (fileOf(index.snapshot, uri)?.text.search(/kind: *Service/) ?? 0) + 6;
		return timedNow(() =>
			hover(index.snapshot, uri, offset, { format: "table", findings: (unit) => findingsOf(index.snapshot, unit, fail) }),
		);
	});
	print("hover on a Service", times);
}

function serviceFiles(index: Workspace): readonly string[] {
	const uris = [...allUnits(index.snapshot)].flatMap((unit) =>
		unit.objects.filter(({ kind }) => kind === "Service").map((service) => service.source.uri),
	);
	return [...new Set(uris)].filter((uri) => unitsOf(index.snapshot, uri).length > 0);
}

function sample(uris: readonly string[]): readonly string[] {
	return Array.from({ length: Math.min(200, uris.length * 3) }, (_, index) => uris[(index * 7919) % uris.length] ?? "");
}

function measureMemory(index: Workspace): void {
	globalThis.gc?.();
	const { heapUsed } = process.memoryUsage();
	console.log(`  ${"heap with everything indexed".padEnd(34)} ${(heapUsed / 1e6).toFixed(1)} MB (${index.snapshot.folders.size} folders)`);
}
