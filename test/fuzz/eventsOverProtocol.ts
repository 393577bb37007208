import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { Diagnostic, Range, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { allUnits } from "../../server/src/links/units.ts";
import { nameOf } from "../../server/src/lsp/names.ts";
import { partOf } from "../../server/src/lsp/sync.ts";
import { nodeDisk } from "../../server/src/session/disk.ts";
import { Session } from "../../server/src/session/session.ts";
import { readEditorSettings } from "../../server/src/settings/editorSettings.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { LspClient } from "../support/lspClient.ts";
import { type Event, event } from "./events.ts";
import { Expected } from "./expected.ts";
import { described, SHRINKING } from "./inProcess.ts";
import { changesBetween, expectCancelled, type ProtocolOutcome, positionAt } from "./overProtocol.ts";
import { answered, sessionWorkspace } from "./sessions.ts";
import type { Files } from "./workspaces.ts";
import { type Host, World } from "./world.ts";

/** Events between two comparisons. */
const COMPARED_AT = 8;
const EVENTS = 40;
const RUNS = 5;
const ENOUGH = 3;

/** What an editor has set for Portolan. */
const SETTINGS: readonly unknown[] = [
	null,
	{ exclude: ["near/**"] },
	{ problems: "openFiles" },
	{ cluster: { domain: "example.org" }, rules: { "service-without-pods": "error" } },
];

/** Lets things happen to a server until `count` did or a few more, comparing what it says with what a session says that was started now. */
export async function fuzzEventsOverProtocol(count: number, seed: number, command: readonly string[]): Promise<ProtocolOutcome> {
	const done = { edits: 0, repairs: 0, requests: 0, slowest: 0 };
	const failures: string[] = [];
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "portolan-events-")));
	const client = new LspClient(folder, command);
	await client.initialize({ roots: [], settings: () => null });
	let runs = 0;
	for (let batch = 0; done.edits < count && failures.length < ENOUGH; batch++) {
		let shrinking = 0;
		const events = fc.array(event, { minLength: 1, maxLength: EVENTS });
		const property = fc.asyncProperty(sessionWorkspace, events, async (files, happening) => {
			if (shrinking > SHRINKING) return;
			const host = new ClientHost(client, `run-${runs++}`);
			try {
				const happened = await host.run(files, happening);
				if (shrinking > 0) shrinking++;
				else done.edits += happened;
				if (shrinking === 0) done.requests += host.requests;
			} catch (error) {
				shrinking++;
				throw error;
			}
		});
		const details = await fc.check(property, { seed: seed + batch, numRuns: RUNS });
		if (details.failed) failures.push(described(`--mode events --seed ${seed + batch} --count 1`, details));
	}
	await client.stop();
	fs.rmSync(folder, { recursive: true, force: true });
	return { ...done, failures };
}

/** A client whose world stands in one folder of the disk. */
class ClientHost implements Host {
	requests = 0;
	private readonly client: LspClient;
	private readonly folder: string;
	private readonly waiting: Promise<unknown>[] = [];
	private readonly texts = new Map<string, string>();
	private current: readonly string[] = [];
	/** What `workspace/diagnostic` said, by URI. */
	private readonly said = new Map<string, { readonly resultId: string; readonly items: readonly Diagnostic[] }>();

	constructor(client: LspClient, folder: string) {
		this.client = client;
		this.folder = folder;
	}

	async run(files: Files, happening: readonly Event[]): Promise<number> {
		for (const [name, text] of files) this.write(name, text);
		const world = new World(files, this);
		try {
			this.roots(world.roots);
			for (const [index, each] of happening.entries()) {
				await world.happen(each);
				if (index % COMPARED_AT === COMPARED_AT - 1) await this.compare(world);
			}
			await this.compare(world);
		} finally {
			await this.end(world);
		}
		return world.happened;
	}

	private name(path: string): string {
		return `${this.folder}${path}`;
	}

	private uri(path: string): string {
		return this.client.uri(this.name(path));
	}

	write(path: string, text: string): void {
		const file = `${this.client.folder}/${this.name(path)}`;
		// A folder that holds nothing any more is still there.
		if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) fs.rmSync(file, { recursive: true });
		this.client.write(this.name(path), text);
	}

	remove(path: string): void {
		fs.rmSync(`${this.client.folder}/${this.name(path)}`, { recursive: true, force: true });
	}

	told(events: Parameters<Host["told"]>[0]): void {
		const types = { created: 1, changed: 2, deleted: 3 } as const;
		this.send("workspace/didChangeWatchedFiles", { changes: events.map(({ name, type }) => ({ uri: this.uri(name), type: types[type] })) });
	}

	open(path: string, text: string, language: string): void {
		this.texts.set(path, text);
		this.waiting.push(this.client.open(this.name(path), text, language));
	}

	change(path: string, text: string, pick: number): void {
		this.waiting.push(this.client.change(this.name(path), changesBetween(this.texts.get(path) ?? "", text, pick)));
		this.texts.set(path, text);
	}

	close(path: string): void {
		this.waiting.push(this.client.close(this.name(path)));
	}

	roots(roots: readonly string[]): void {
		const folders = (from: readonly string[], without: readonly string[]) =>
			from.filter((root) => !without.includes(root)).map((root) => ({ uri: this.uri(root), name: root }));
		this.send("workspace/didChangeWorkspaceFolders", {
			event: { added: folders(roots, this.current), removed: folders(this.current, roots) },
		});
		this.current = roots;
	}

	settings(index: number): void {
		const set = SETTINGS[index % SETTINGS.length];
		this.waiting.push(this.client.setSettings((section) => (section === "portolan" ? set : null)));
	}

	reindex(): void {
		this.waiting.push(this.client.request("portolan/reindex", undefined));
	}

	private send(method: string, params: unknown): void {
		this.waiting.push(this.client.notify(method, params));
	}

	ask(path: string, { pick, step }: Event): void {
		this.requests++;
		const { client } = this;
		const name = this.name(path);
		const textDocument = { uri: this.uri(path) };
		const position = { line: step.at % 60, character: step.to % 40 };
		const asked = [
			() => client.pullOnce(name),
			() => client.hover(name, position),
			() => client.codeActions(name, { start: position, end: position }),
			() => client.codeLenses(name),
			() => client.inlayHints(name),
			() => client.request("workspace/diagnostic", { previousResultIds: [] }),
			() => client.cancelled("workspace/diagnostic", { previousResultIds: [] }).catch(expectCancelled),
			() => client.cancelled("textDocument/diagnostic", { textDocument }).catch(expectCancelled),
			() => client.cancelled("textDocument/codeLens", { textDocument }).catch(expectCancelled),
			() => client.request("portolan/status", textDocument),
			() => client.request("textDocument/definition", { textDocument, position }),
			() => client.request("textDocument/completion", { textDocument, position }),
		][pick % 12];
		if (asked) this.waiting.push(asked());
	}

	async wait(turns: number): Promise<void> {
		for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
	}

	/** Everything that the server says when it has been told everything is what is found in what there is now. */
	private async compare(world: World): Promise<void> {
		world.catchUp();
		await answered(Promise.all(this.waiting.splice(0)));
		const expected = await this.expected(world);
		await this.compareWorkspace(world, expected);
		for (const each of world.opened.keys()) {
			if (!this.isOpen(world, each)) continue;
			const name = this.name(each);
			this.requests += 5;
			const report = await answered(this.client.pullOnce(name));
			assert.deepEqual(report.kind === "full" && report.items, expected.diagnostics(name), `the findings of ${each}`);
			const text = world.textOf(each);
			const position = positionAt(text, (world.happened * 7919) % (text.length + 1));
			assert.deepEqual(await answered(this.client.hover(name, position)), expected.hover(name, position), `a hover in ${each}`);
			const range: Range = { start: { line: 0, character: 0 }, end: position };
			assert.deepEqual(await answered(this.client.codeActions(name, range)), expected.codeActions(name, range), `the fixes of ${each}`);
			const lenses = await answered(this.client.codeLenses(name));
			assert.deepEqual(lenses, expected.codeLenses(name) ?? lenses, `the lines above the objects of ${each}`);
			assert.deepEqual(await answered(this.client.inlayHints(name, 1_000_000)), expected.inlayHints(name), `the hints in ${each}`);
		}
		const errors = this.client.untaken("log").filter(({ type }) => type === 1);
		this.client.drop("log");
		assert.deepEqual(errors, []);
	}

	private async compareWorkspace(world: World, expected: Expected): Promise<void> {
		const previousResultIds = [...this.said].map(([uri, { resultId }]) => ({ uri, value: resultId }));
		this.requests++;
		const report = await answered(this.client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds }));
		for (const item of report.items)
			if (item.kind === "full") this.said.set(item.uri, { resultId: item.resultId ?? "", items: item.items });
		const said = [...this.said].flatMap(([uri, { items }]) => (items.length > 0 ? [[this.client.nameOf(uri), items] as const] : []));
		const wanted = world.paths.flatMap((each) => {
			const items = expected.diagnostics(this.name(each));
			return items.length > 0 ? [[this.name(each), items] as const] : [];
		});
		assert.deepEqual(Object.fromEntries(said), Object.fromEntries(wanted), "what workspace/diagnostic says");
	}

	/** Whether the server takes an open document for one of its own. */
	private isOpen(world: World, path: string): boolean {
		const shown = world.opened.get(path);
		return shown !== undefined && partOf(this.uri(path), shown.language) !== undefined;
	}

	/** What a session says of the same that was started now. */
	private async expected(world: World): Promise<Expected> {
		const session = new Session(nodeDisk(), () => RENDERERS, DEFAULT_SETTINGS, {
			changed: () => {},
			failed: (error) => assert.fail(String(error)),
		});
		const { settings, options } = readEditorSettings(SETTINGS[world.settings % SETTINGS.length]);
		session.configure({ general: settings, roots: new Map() });
		const index = session.index(
			world.roots.map((root) => nameOf(this.uri(root))),
			{ report: () => {} },
		);
		const isOpen = new Set<string>();
		for (const [each, { text, language }] of world.opened) {
			const part = partOf(this.uri(each), language);
			if (!part) continue;
			isOpen.add(nameOf(this.uri(each)));
			session.open(nameOf(this.uri(each)), 1, text, part === "template");
		}
		await answered(index.done);
		await answered(session.idle());
		await session.visitOpen();
		await session.furnish(allUnits);
		return new Expected(this.client, session.snapshot, {
			isOpen: (uri) => isOpen.has(uri),
			settled: true,
			onlyOpen: options.problems === "openFiles",
		});
	}

	private async end(world: World): Promise<void> {
		await Promise.allSettled(this.waiting.splice(0));
		for (const each of world.opened.keys()) await this.client.close(this.name(each));
		this.roots([]);
		this.settings(0);
		fs.rmSync(`${this.client.folder}/${this.folder}`, { recursive: true, force: true });
		await this.client.watched({ [this.folder]: "Deleted" });
		await Promise.allSettled(this.waiting.splice(0));
		const report = await answered(this.client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] }));
		assert.deepEqual(report.items, [], "something is left of a workspace that is gone");
		for (const kind of [
			"refresh",
			"codeLensRefresh",
			"inlayHintRefresh",
			"progress",
			"registration",
			"publish",
			"statusChanged",
			"log",
		] as const)
			this.client.drop(kind);
	}
}
