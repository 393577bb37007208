import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
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
import { generate } from "./generate.ts";

const [workspace = "100", server = ""] = process.argv.slice(2);
const fail = (rule: string, error: unknown) => console.error(rule, error);

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const generated = /^\d+$/.test(workspace);
	const root = generated ? write(Number(workspace)) : path.resolve(workspace);
	try {
		console.log(`\n${generated ? `${workspace} generated manifests` : workspace}`);
		await measureIndex(root);
		const index = new Workspace(DEFAULT_SETTINGS);
		await readAll(index, root);
		measureEdits(index);
		measureHovers(index);
		measureMemory(index);
		await measureStart(root);
	} finally {
		if (generated) rmSync(root, { recursive: true, force: true });
	}
}

function write(count: number): string {
	const root = mkdtempSync(path.join(tmpdir(), "portolan-bench-workspace-"));
	for (const file of generate(count)) {
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

async function readAll(index: Workspace, root: string): Promise<void> {
	await readInto(index, nodeDisk(), await filesBelow(root));
}

/** Cold: discover, read, parse, link and check everything, against the floor of reading, the prefilter and parsing what passes it. */
async function measureIndex(root: string): Promise<void> {
	const files = await filesBelow(root);
	const floors: number[] = [];
	const colds: number[] = [];
	let findings = 0;
	for (let round = 0; round < 5; round++) {
		floors.push(await timed(() => readAndParse(files)));
		colds.push(
			await timed(async () => {
				const index = new Workspace(DEFAULT_SETTINGS);
				await readAll(index, root);
				findings = [...allUnits(index.snapshot)].flatMap((unit) => findingsOf(index.snapshot, unit, fail)).length;
			}),
		);
	}
	const floor = median(floors);
	print("floor: read, prefilter, parse", floors, `${files.length} files`);
	print("cold index, with all findings", colds, `${(median(colds) / floor).toFixed(2)} x the floor, ${findings} findings`);
}

async function readAndParse(files: readonly string[]): Promise<void> {
	const disk = nodeDisk();
	for (const uri of files) {
		const content = await disk.read(uri);
		if (!("text" in content)) continue;
		for (const { source } of openFile(uri, content.text).parts) if (mayHoldObjects(source.text)) parseSource(source);
	}
}

/** From a changed character to the findings of the file that it stands in. */
function measureEdits(index: Workspace): void {
	const uris = sample(serviceFiles(index), 300);
	const times = uris.map((uri, round) => {
		const text = fileOf(index.snapshot, uri)?.text ?? "";
		const changed = text.replace(/(port: *\d*)(\d)/i, (_, before, digit) => `${before}${(Number(digit) + 1 + (round % 8)) % 10}`);
		return timedNow(() => {
			index.apply([{ uri, text: changed }]);
			findingsIn(index.snapshot, uri, fail);
		});
	});
	print("edit to findings", times);
}

function measureHovers(index: Workspace): void {
	const uris = sample(serviceFiles(index), 300);
	const times = uris.map((uri) => {
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

function sample(uris: readonly string[], count: number): readonly string[] {
	return Array.from({ length: Math.min(count, uris.length * 3) }, (_, index) => uris[(index * 7919) % uris.length] ?? "");
}

function measureMemory(index: Workspace): void {
	globalThis.gc?.();
	const { heapUsed } = process.memoryUsage();
	console.log(`  ${"heap with everything indexed".padEnd(34)} ${(heapUsed / 1e6).toFixed(1)} MB (${index.snapshot.folders.size} folders)`);
}

/** From starting the server to its first answer with diagnostics. */
async function measureStart(root: string): Promise<void> {
	if (server === "") return;
	const index = new Workspace(DEFAULT_SETTINGS);
	await readAll(index, root);
	const uri = serviceFiles(index)[0];
	if (uri === undefined) return;
	const times: number[] = [];
	for (let round = 0; round < 7; round++) times.push(await timed(() => firstAnswer(root, uri, fileOf(index.snapshot, uri)?.text ?? "")));
	print("server start to first diagnostics", times);
}

async function firstAnswer(root: string, file: string, text: string): Promise<void> {
	const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
	const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
	connection.onRequest("client/registerCapability", () => null);
	connection.onRequest("window/workDoneProgress/create", () => null);
	connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => null));
	connection.onRequest("workspace/diagnostic/refresh", () => null);
	connection.listen();
	const rootUri = pathToFileURL(root).href;
	const uri = pathToFileURL(file).href;
	const capabilities = { textDocument: { diagnostic: {} } };
	await connection.sendRequest("initialize", {
		processId: null,
		rootUri,
		workspaceFolders: [{ uri: rootUri, name: "bench" }],
		capabilities,
	});
	connection.sendNotification("initialized", {});
	connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
	await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
	child.kill();
	connection.dispose();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

function timedNow(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

function print(what: string, times: readonly number[], more = ""): void {
	const figures = `median ${median(times).toFixed(2)} ms, 95th percentile ${quantile(times, 0.95).toFixed(2)} ms`;
	console.log(`  ${what.padEnd(34)} ${figures}${more === "" ? "" : ` (${more})`}`);
}
