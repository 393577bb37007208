import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { median, print } from "./times.ts";

/** The server as editors run it: its start, and its memory. */
export async function measureServer(server: string, root: string, file: string, text: string): Promise<void> {
	const nodes: number[] = [];
	const starts: number[] = [];
	for (let round = 0; round < 5; round++) {
		nodes.push(await bareStart());
		starts.push(await firstAnswer(server, root, file, text));
	}
	print(
		"server start to first diagnostics",
		median(starts),
		"ms",
		`${(median(starts) / median(nodes)).toFixed(2)} x the bare start of Node`,
		150,
	);
	await measureWorkspace(server, root);
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

async function firstAnswer(server: string, root: string, file: string, text: string): Promise<number> {
	const begun = performance.now();
	const session = await start(server, root);
	const uri = pathToFileURL(file).href;
	session.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
	await session.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
	const time = processorTimeOf(session.child.pid) ?? performance.now() - begun;
	end(session);
	return time;
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

async function start(server: string, root: string): Promise<Session> {
	const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
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
