import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { print, timed } from "./times.ts";

/** The server as editors run it: its start, how long indexing holds up a request, and its memory. */
export async function measureServer(server: string, root: string, file: string, text: string): Promise<void> {
	const starts: number[] = [];
	for (let round = 0; round < 7; round++) starts.push(await timed(() => firstAnswer(server, root, file, text)));
	print("server start to first diagnostics", starts);
	await measureIndexing(server, root);
}

interface Session {
	readonly child: ChildProcess;
	readonly connection: MessageConnection;
	readonly indexed: Promise<void>;
}

async function firstAnswer(server: string, root: string, file: string, text: string): Promise<void> {
	const session = await start(server, root);
	const uri = pathToFileURL(file).href;
	session.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
	await session.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
	end(session);
}

/** Asks for next to nothing, again and again, while the workspace is read and all its diagnostics are worked out. */
async function measureIndexing(server: string, root: string): Promise<void> {
	const session = await start(server, root);
	const { connection, child } = session;
	const waits: number[] = [];
	let busy = true;
	const hovers = (async () => {
		const params = { textDocument: { uri: "file:///nowhere.yaml" }, position: { line: 0, character: 0 } };
		while (busy) {
			waits.push(await timed(() => connection.sendRequest("textDocument/hover", params)));
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	})();
	const started = performance.now();
	await session.indexed;
	await connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
	const time = performance.now() - started;
	busy = false;
	await hovers;
	print("a request while indexing", waits, `longest ${Math.max(...waits).toFixed(0)} ms, ${time.toFixed(0)} ms for all diagnostics`);
	await new Promise((resolve) => setTimeout(resolve, 1000));
	console.log(`  ${"memory of the server".padEnd(34)} ${memoryOf(child.pid)}`);
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
