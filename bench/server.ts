import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { median, print } from "./times.ts";

/** The server as editors run it: its start, and its memory. */
export async function measureServer(server: string, root: string, file: string, text: string): Promise<void> {
	await measureStart("server start", () => firstAnswers(server, root, file, text));
	// What the extension has from its second start on, where Node can keep what it compiled.
	if ("enableCompileCache" in Module) {
		const cache = mkdtempSync(path.join(tmpdir(), "portolan-compiled-"));
		await firstAnswers(server, root, file, text, cache);
		await measureStart("compiled server start", () => firstAnswers(server, root, file, text, cache));
		rmSync(cache, { recursive: true, force: true });
	}
	await measureWorkspace(server, root);
}

async function measureStart(what: string, start: () => Promise<Answers>): Promise<void> {
	const nodes: number[] = [];
	const starts: Answers[] = [];
	for (let round = 0; round < 7; round++) {
		nodes.push(await bareStart());
		starts.push(await start());
	}
	const bare = median(nodes);
	const to = (what: string, times: readonly number[], target?: number) =>
		print(what, median(times), "ms", `${(median(times) / bare).toFixed(2)} x the bare start of Node, ${bare.toFixed(0)} ms`, target);
	to(
		`${what} to initialized`,
		starts.map(({ initialized }) => initialized),
	);
	to(
		`${what} to first diagnostics`,
		starts.map(({ diagnostics }) => diagnostics),
		150,
	);
}

/** Milliseconds from the start to two answers. */
interface Answers {
	readonly initialized: number;
	readonly diagnostics: number;
}

interface Session {
	readonly child: ChildProcess;
	readonly connection: MessageConnection;
	readonly indexed: Promise<void>;
}

/** Node without anything to run. */
async function bareStart(): Promise<number> {
	const child = spawn(process.execPath, ["-e", "process.stdout.write('x'); setTimeout(() => {}, 60_000)"], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const begun = performance.now();
	await new Promise((resolve) => child.stdout.once("data", resolve));
	const time = processorTimeOf(child.pid) ?? performance.now() - begun;
	child.kill();
	return time;
}

async function firstAnswers(server: string, root: string, file: string, text: string, cache?: string): Promise<Answers> {
	const begun = performance.now();
	const session = await start(server, root, cache);
	const timeOf = () => processorTimeOf(session.child.pid) ?? performance.now() - begun;
	const initialized = timeOf();
	const uri = pathToFileURL(file).href;
	session.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
	await session.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
	const answers = { initialized, diagnostics: timeOf() };
	const ended = new Promise((resolve) => session.child.once("exit", resolve));
	// Node writes down what it compiled when it ends by itself.
	await session.connection.sendRequest("shutdown");
	await session.connection.sendNotification("exit");
	await ended;
	session.connection.dispose();
	return answers;
}

/** Milliseconds of processor time of all threads, as Linux tells it; `undefined` elsewhere. */
function processorTimeOf(pid: number | undefined): number | undefined {
	try {
		const threads = readdirSync(`/proc/${pid}/task`);
		return (
			threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]), 0) / 1e6
		);
	} catch {
		return undefined;
	}
}

async function measureWorkspace(server: string, root: string): Promise<void> {
	const session = await start(server, root);
	const { connection, child } = session;
	await session.indexed;
	await connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
	await new Promise((resolve) => setTimeout(resolve, 500));
	console.log(`  ${"memory of the server".padEnd(42)} ${memoryOf(child.pid)}`);
	end(session);
}

/** Resident and peak, as Linux tells it. */
function memoryOf(pid: number | undefined): string {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const [, resident] = /^VmRSS:\s*(\d+)/m.exec(status) ?? [];
		const [, peak] = /^VmHWM:\s*(\d+)/m.exec(status) ?? [];
		return `${(Number(resident) / 1024).toFixed(0)} MB resident, ${(Number(peak) / 1024).toFixed(0)} MB at most`;
	} catch {
		return "not known here";
	}
}

async function start(server: string, root: string, cache?: string): Promise<Session> {
	const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
	const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env });
	const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
	for (const request of ["client/registerCapability", "window/workDoneProgress/create", "workspace/diagnostic/refresh"])
		connection.onRequest(request, () => null);
	connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => null));
	const indexed = new Promise<void>((resolve) => {
		connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
			if (message.startsWith("Read ")) resolve();
		});
	});
	connection.listen();
	const rootUri = pathToFileURL(root).href;
	const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
	await connection.sendRequest("initialize", {
		processId: null,
		rootUri,
		workspaceFolders: [{ uri: rootUri, name: "bench" }],
		capabilities,
	});
	connection.sendNotification("initialized", {});
	return { child, connection, indexed };
}

function end({ child, connection }: Session): void {
	child.kill();
	connection.dispose();
}
