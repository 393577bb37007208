import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
	CancellationTokenSource,
	type ClientCapabilities,
	type CodeAction,
	type CodeLens,
	createProtocolConnection,
	type Diagnostic,
	type DocumentDiagnosticReport,
	FileChangeType,
	type Hover,
	type InitializeResult,
	type InlayHint,
	type Position,
	type ProtocolConnection,
	type PublishDiagnosticsParams,
	type Range,
	type RegistrationParams,
	StreamMessageReader,
	StreamMessageWriter,
	type TextEdit,
	type WorkspaceDiagnosticReport,
	type WorkspaceEdit,
} from "vscode-languageserver/node";

export interface ClientOptions {
	/** Arguments for Node; by default the server over stdio. The first one is a file of `dist`. */
	readonly command?: readonly string[];
	/** Changes of what the client says it can do: one that can everything. */
	readonly capabilities?: (all: ClientCapabilities) => ClientCapabilities;
	readonly initializationOptions?: unknown;
	/** What is set, by section, for a file or folder or (`undefined`) in general; the client can be asked for it then. */
	readonly settings?: Settings;
	/** Folders that are open, relative to the folder of the files; that one itself by default. */
	readonly roots?: readonly string[];
}

export type Settings = (section: string, scope: string | undefined) => unknown;

/** The bundled tests run from `dist/test/<folder>/`. */
const DIST = fileURLToPath(new URL("../../", import.meta.url));
const PATIENCE = 20_000;

const REFRESHES = [
	["workspace/diagnostic/refresh", "refresh"],
	["workspace/codeLens/refresh", "codeLensRefresh"],
	["workspace/inlayHint/refresh", "inlayHintRefresh"],
] as const;

/** What the server sends of its own accord. */
interface Sent {
	readonly refresh: true;
	readonly codeLensRefresh: true;
	readonly inlayHintRefresh: true;
	readonly publish: PublishDiagnosticsParams;
	readonly progress: { readonly token: string | number; readonly value: { readonly kind: string; readonly message?: string } };
	readonly log: { readonly type: number; readonly message: string };
	readonly registration: RegistrationParams;
	readonly statusChanged: true;
	readonly manifests: { readonly there: boolean };
	readonly showDocument: { readonly uri: string; readonly external?: boolean };
}

/** Starts a server on a new folder that holds `files`; both are gone when the test ends, and the server must have ended well. */
export async function startClient(
	t: TestContext,
	files: Readonly<Record<string, string | Uint8Array>>,
	options: ClientOptions = {},
): Promise<LspClient> {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "portolan-lsp-")));
	const client = new LspClient(folder, built(options.command ?? ["server.js", "--stdio"]));
	t.after(async () => {
		await client.stop();
		fs.rmSync(folder, { recursive: true, force: true });
	});
	for (const [name, content] of Object.entries(files)) client.write(name, content);
	await client.initialize(options);
	return client;
}

/** A command that starts a file of `dist`. */
export function built([name = "", ...args]: readonly string[]): readonly string[] {
	const file = path.join(DIST, name);
	assert(fs.existsSync(file), `dist/${name} is not there: run \`npm run build\` first`);
	return [file, ...args];
}

/** A client as an editor is one, with a folder on the disk. Files are named relative to that folder, or by a URI. */
export class LspClient {
	readonly folder: string;
	result: InitializeResult = { capabilities: {} };
	readonly texts = new Map<string, string>();
	private readonly process: ChildProcess;
	private readonly connection: ProtocolConnection;
	private readonly versions = new Map<string, number>();
	private readonly resultIds = new Map<string, string>();
	private readonly sent: { readonly [K in keyof Sent]: Sent[K][] } = {
		refresh: [],
		codeLensRefresh: [],
		inlayHintRefresh: [],
		publish: [],
		progress: [],
		log: [],
		registration: [],
		statusChanged: [],
		manifests: [],
		showDocument: [],
	};
	private readonly waiting = new Set<() => void>();
	/** What the client answers when it is asked for its settings. */
	settings: Settings = () => null;
	/** The exit code, once the server has ended. */
	readonly exit: Promise<number | null>;

	constructor(folder: string, command: readonly string[]) {
		this.folder = folder;
		this.process = spawn(process.execPath, [...command], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
		this.exit = new Promise((resolve) => this.process.once("exit", resolve));
		const { stdin, stdout } = this.process;
		assert(stdin && stdout);
		this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
		this.listen();
	}

	private listen(): void {
		const keep = <K extends keyof Sent>(kind: K, what: Sent[K]): void => {
			this.sent[kind].push(what);
			for (const wake of [...this.waiting]) wake();
		};
		const { connection } = this;
		for (const [method, kind] of REFRESHES) {
			connection.onRequest(method, () => {
				keep(kind, true);
				return null;
			});
		}
		connection.onRequest("client/registerCapability", (params: RegistrationParams) => {
			keep("registration", params);
			return null;
		});
		connection.onRequest("window/workDoneProgress/create", () => null);
		connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => keep("publish", params));
		connection.onNotification("$/progress", (params: Sent["progress"]) => keep("progress", params));
		connection.onNotification("window/logMessage", (params: Sent["log"]) => keep("log", params));
		connection.onNotification("portolan/statusChanged", () => keep("statusChanged", true));
		connection.onNotification("portolan/manifests", (params: Sent["manifests"]) => keep("manifests", params));
		connection.onRequest("window/showDocument", (params: Sent["showDocument"]) => {
			keep("showDocument", params);
			return { success: true };
		});
		connection.onRequest("workspace/configuration", ({ items }: { items: { section: string; scopeUri?: string }[] }) =>
			items.map(({ section, scopeUri }) => this.settings(section, scopeUri === undefined ? undefined : this.nameOf(scopeUri)) ?? null),
		);
		connection.listen();
	}

	async initialize({ capabilities = (all) => all, initializationOptions, settings, roots = [""] }: ClientOptions): Promise<void> {
		if (settings) this.settings = settings;
		this.result = await this.connection.sendRequest("initialize", {
			processId: process.pid,
			rootUri: null,
			capabilities: capabilities(structuredClone(EVERYTHING)),
			workspaceFolders: roots.map((root) => this.workspaceFolder(root)),
			...(initializationOptions !== undefined && { initializationOptions }),
		});
		await this.connection.sendNotification("initialized", {});
	}

	private workspaceFolder(root: string): { readonly uri: string; readonly name: string } {
		return { uri: this.uri(root), name: root === "" ? "root" : root };
	}

	uri(name: string): string {
		return /^[a-z-]{2,}:/.test(name) ? name : pathToFileURL(path.join(this.folder, name)).href;
	}

	/** Waits for something that the server sends of its own accord, and takes it and what came before it. */
	async next<K extends keyof Sent>(kind: K, wanted: (sent: Sent[K]) => boolean = () => true): Promise<Sent[K]> {
		const list = this.sent[kind];
		const take = (): Sent[K] | undefined => {
			const index = list.findIndex(wanted);
			return index < 0 ? undefined : list.splice(0, index + 1).at(-1);
		};
		const there = take();
		if (there !== undefined) return there;
		return new Promise((resolve, reject) => {
			const wake = (): void => {
				const found = take();
				if (found !== undefined) settle(() => resolve(found));
			};
			const timer = setTimeout(() => settle(() => reject(new Error(`no ${kind} came; there is ${JSON.stringify(list)}`))), PATIENCE);
			const settle = (end: () => void): void => {
				clearTimeout(timer);
				this.waiting.delete(wake);
				end();
			};
			this.waiting.add(wake);
		});
	}

	/** What came of a kind and was not taken yet. */
	untaken<K extends keyof Sent>(kind: K): readonly Sent[K][] {
		return this.sent[kind];
	}

	/** Forgets what came of a kind. */
	drop(kind: keyof Sent): void {
		this.sent[kind].length = 0;
	}

	/** The version of an open document. */
	versionOf(name: string): number | undefined {
		return this.versions.get(name);
	}

	/** Opens a document with the text that the disk holds, or another. */
	async open(name: string, text: string = this.read(name), languageId = name.endsWith(".json") ? "json" : "yaml"): Promise<void> {
		this.versions.set(name, 1);
		this.texts.set(name, text);
		await this.connection.sendNotification("textDocument/didOpen", { textDocument: { uri: this.uri(name), languageId, version: 1, text } });
	}

	/** Replaces a text that stands once in an open document, as a change of a range. */
	async edit(name: string, from: string, to: string): Promise<void> {
		await this.change(name, [{ range: this.rangeOf(name, from), text: to }]);
		const text = this.texts.get(name) ?? "";
		const start = text.indexOf(from);
		this.texts.set(name, text.slice(0, start) + to + text.slice(start + from.length));
	}

	/** Sends changes as they are; `texts` does not follow. */
	async change(name: string, contentChanges: readonly { readonly range?: Range; readonly text: string }[]): Promise<void> {
		const version = (this.versions.get(name) ?? 0) + 1;
		this.versions.set(name, version);
		await this.connection.sendNotification("textDocument/didChange", { textDocument: { uri: this.uri(name), version }, contentChanges });
	}

	async close(name: string): Promise<void> {
		this.texts.delete(name);
		this.versions.delete(name);
		await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri(name) } });
	}

	/** The findings of a document; a second pull without a change must answer "unchanged". */
	async pull(name: string): Promise<Diagnostic[]> {
		const report = await this.pullOnce(name);
		assert(report.kind === "full");
		const again = await this.pullOnce(name, report.resultId);
		assert.deepEqual(again, { kind: "unchanged", resultId: report.resultId });
		return report.items;
	}

	async pullOnce(name: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
		const params = { textDocument: { uri: this.uri(name) }, ...(previousResultId !== undefined && { previousResultId }) };
		return this.connection.sendRequest("textDocument/diagnostic", params);
	}

	/** The codes of the findings of a document. */
	async codes(name: string): Promise<unknown[]> {
		return (await this.pull(name)).map(({ code }) => code);
	}

	/** What changed since the last such pull: codes of the findings by file. */
	async pullWorkspace(): Promise<Record<string, unknown[]>> {
		const previousResultIds = [...this.resultIds].map(([uri, value]) => ({ uri, value }));
		const report: WorkspaceDiagnosticReport = await this.connection.sendRequest("workspace/diagnostic", { previousResultIds });
		const changed: Record<string, unknown[]> = {};
		for (const item of report.items) {
			if (item.resultId !== undefined) this.resultIds.set(item.uri, item.resultId);
			if (item.kind === "full") changed[this.nameOf(item.uri)] = item.items.map(({ code }) => code);
		}
		return changed;
	}

	async hover(name: string, position: Position): Promise<Hover | null> {
		return this.request("textDocument/hover", { textDocument: { uri: this.uri(name) }, position });
	}

	/** The lines above the objects of a document: `3: → 1 Pod`, with 0-based line numbers. */
	async codeLenses(name: string): Promise<readonly string[]> {
		const lenses = await this.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: this.uri(name) } });
		return lenses.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
	}

	/** The words behind the values of the first lines of a document: `9:22 = 8080`. */
	async inlayHints(name: string, lines = 1000): Promise<readonly string[]> {
		const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
		const hints = await this.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri: this.uri(name) }, range });
		return hints.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
	}

	async codeActions(name: string, range: Range, context: object = { diagnostics: [] }): Promise<CodeAction[]> {
		return this.request("textDocument/codeAction", { textDocument: { uri: this.uri(name) }, range, context });
	}

	async request<R>(method: string, params: unknown): Promise<R> {
		return this.connection.sendRequest(method, params);
	}

	/** Sends a request and at once its cancellation; rejects as the server answers. */
	async cancelled(method: string, params: unknown): Promise<unknown> {
		const source = new CancellationTokenSource();
		const answer = this.connection.sendRequest(method, params, source.token);
		source.cancel();
		return answer;
	}

	async notify(method: string, params: unknown): Promise<void> {
		await this.connection.sendNotification(method, params);
	}

	/** Says that the settings are others now; a client that cannot be asked tells them. */
	async setSettings(settings: Settings, told: unknown = null): Promise<void> {
		this.settings = settings;
		await this.notify("workspace/didChangeConfiguration", { settings: told });
	}

	/** The texts of files after an edit: open documents, and files on the disk. Makes new files. Checks the versions. */
	applied(edit: WorkspaceEdit): Record<string, string> {
		const files: [string, TextEdit[]][] = edit.documentChanges
			? edit.documentChanges.flatMap((change): [string, TextEdit[]][] => {
					if ("kind" in change && change.kind === "create") {
						this.write(this.nameOf(change.uri), "");
						return [];
					}
					assert("edits" in change);
					const name = this.nameOf(change.textDocument.uri);
					assert.equal(change.textDocument.version, this.versions.get(name) ?? null);
					return [[name, change.edits as TextEdit[]]];
				})
			: Object.entries(edit.changes ?? {}).map(([uri, edits]) => [this.nameOf(uri), edits]);
		return Object.fromEntries(files.map(([name, edits]) => [name, applyEdits(this.texts.get(name) ?? this.read(name), edits)]));
	}

	/** The place of a text that stands once in a document. */
	rangeOf(name: string, text: string): Range {
		const all = this.texts.get(name) ?? this.read(name);
		const start = all.indexOf(text);
		assert(start >= 0 && all.indexOf(text, start + 1) < 0, `"${text}" does not stand once in ${name}`);
		return { start: positionIn(all, start), end: positionIn(all, start + text.length) };
	}

	read(name: string): string {
		return fs.readFileSync(path.join(this.folder, name), "utf8");
	}

	write(name: string, content: string | Uint8Array): void {
		const file = path.join(this.folder, name);
		fs.mkdirSync(path.dirname(file), { recursive: true });
		fs.writeFileSync(file, content);
	}

	remove(name: string): void {
		fs.rmSync(path.join(this.folder, name), { recursive: true });
	}

	/** Tells what happened on the disk. */
	async watched(events: Readonly<Record<string, keyof typeof FileChangeType>>): Promise<void> {
		const changes = Object.entries(events).map(([name, type]) => ({ uri: this.uri(name), type: FileChangeType[type] as FileChangeType }));
		await this.notify("workspace/didChangeWatchedFiles", { changes });
	}

	nameOf(uri: string): string {
		return uri.startsWith("file:") ? path.relative(this.folder, fileURLToPath(uri)).replaceAll(path.sep, "/") : uri;
	}

	/** Ends the server as the protocol wants it. */
	async stop(): Promise<void> {
		await this.connection.sendRequest("shutdown");
		await this.connection.sendNotification("exit");
		assert.equal(await this.exit, 0, "the server did not end well");
		this.connection.dispose();
		const errors = this.sent.log.filter(({ type }) => type === 1).map(({ message }) => message);
		assert.deepEqual(errors, []);
	}
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
	const places = edits.map((edit) => ({
		start: offsetIn(text, edit.range.start),
		end: offsetIn(text, edit.range.end),
		text: edit.newText,
	}));
	return places.sort((a, b) => b.start - a.start).reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}

function positionIn(text: string, offset: number): Position {
	const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
	return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function offsetIn(text: string, { line, character }: Position): number {
	const breaks = [...text.matchAll(/\r\n|\n|\r/g)];
	const before = breaks[line - 1];
	return (before ? before.index + before[0].length : 0) + character;
}

/** What a client that can everything says of itself. */
export const EVERYTHING: ClientCapabilities = {
	workspace: {
		applyEdit: true,
		workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
		configuration: true,
		didChangeConfiguration: { dynamicRegistration: true },
		didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
		workspaceFolders: true,
		diagnostics: { refreshSupport: true },
		codeLens: { refreshSupport: true },
		inlayHint: { refreshSupport: true },
	},
	textDocument: {
		synchronization: { didSave: true },
		hover: { contentFormat: ["markdown", "plaintext"] },
		codeAction: {
			codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix"] } },
			isPreferredSupport: true,
		},
		diagnostic: { relatedDocumentSupport: true },
		publishDiagnostics: {
			relatedInformation: true,
			tagSupport: { valueSet: [1, 2] },
			codeDescriptionSupport: true,
			dataSupport: true,
			versionSupport: true,
		},
	},
	window: { workDoneProgress: true, showDocument: { support: true } },
};
