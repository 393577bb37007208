import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { CodeAction, Diagnostic, Hover, Position, Range, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { LspClient } from "../support/lspClient.ts";
import { Expected } from "./expected.ts";
import { described, type Outcome, SHRINKING, type Tally } from "./inProcess.ts";
import { type Step, step, textsAfter } from "./steps.ts";
import { type Files, ROOT, workspace } from "./workspaces.ts";

/** Edits between two full comparisons. */
const COMPARED_AT = 50;

/** Edits after which a server that was just started must say the same. */
const FRESH_AT = 5_000;

const STEPS = 60;
const RUNS = 5;
const ENOUGH = 3;

export interface ProtocolOutcome extends Outcome {
	readonly requests: number;
	/** Milliseconds of the slowest answer to a request that waited for nothing else. */
	readonly slowest: number;
}

/**
 * Edits workspaces over the Language Server Protocol until `count` edits are made, in one long session. At every 50th edit of a
 * workspace, and at its end, everything that the server says is compared with what a fresh workspace says. `command` starts a server.
 */
export async function fuzzOverProtocol(count: number, seed: number, command: readonly string[]): Promise<ProtocolOutcome> {
	const done: Done = { edits: 0, repairs: 0, requests: 0, slowest: 0 };
	const failures: string[] = [];
	const session = await Session.start(command);
	let fresh = FRESH_AT;
	for (let batch = 0; done.edits < count && failures.length < ENOUGH; batch++) {
		let shrinking = 0;
		const property = fc.asyncProperty(workspace, fc.array(step, { minLength: 1, maxLength: STEPS }), async (files, steps) => {
			if (shrinking > SHRINKING) return;
			const tally = shrinking > 0 ? { ...done } : done;
			try {
				await new Run(session, files, tally).run(steps, tally.edits >= fresh ? command : undefined);
				if (tally.edits >= fresh) fresh += FRESH_AT;
				if (shrinking > 0) shrinking++;
			} catch (error) {
				shrinking++;
				throw error;
			}
		});
		const details = await fc.check(property, { seed: seed + batch, numRuns: RUNS });
		if (details.failed) failures.push(described(`--mode protocol --seed ${seed + batch} --count 1`, details));
	}
	await session.stop();
	return { ...done, failures };
}

interface Done extends Tally {
	requests: number;
	slowest: number;
}

/** A server on a folder; workspaces come and go below it. */
class Session {
	readonly client: LspClient;
	private workspaces = 0;

	private constructor(client: LspClient) {
		this.client = client;
	}

	static async start(command: readonly string[]): Promise<Session> {
		const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "portolan-fuzz-")));
		const client = new LspClient(folder, command);
		await client.initialize({});
		return new Session(client);
	}

	nextFolder(): string {
		this.workspaces++;
		return `run-${this.workspaces}`;
	}

	async stop(): Promise<void> {
		await this.client.stop();
		fs.rmSync(this.client.folder, { recursive: true, force: true });
	}
}

/** One workspace: its files are on the disk and open, and are gone when it ends. */
class Run {
	private readonly client: LspClient;
	private readonly folder: string;
	private readonly start: Files;
	private readonly files: Map<string, string>;
	private readonly done: Done;
	private readonly waiting: Promise<unknown>[] = [];
	/** What the last pull of a file said. */
	private readonly pulled = new Map<string, { readonly resultId: string | undefined; readonly items: readonly Diagnostic[] }>();
	/** What `workspace/diagnostic` said, by URI. */
	private readonly told = new Map<string, { readonly resultId: string; readonly items: readonly Diagnostic[] }>();

	constructor(session: Session, start: Files, done: Done) {
		this.client = session.client;
		this.folder = session.nextFolder();
		this.start = new Map([...start].map(([uri, text]) => [`${this.folder}${uri.slice(ROOT.length)}`, text]));
		this.files = new Map(this.start);
		this.done = done;
	}

	async run(steps: readonly Step[], freshCommand: readonly string[] | undefined): Promise<void> {
		try {
			await this.begin();
			let uncompared = 0;
			for (const each of steps) {
				const name = [...this.files.keys()][each.file % this.files.size] ?? "";
				for (const text of textsAfter(this.files.get(name) ?? "", each, this.start.get(name) ?? "", [...this.files.values()])) {
					await this.edit(name, text, each);
					uncompared++;
					if (uncompared >= COMPARED_AT) await this.compare(each);
					if (uncompared >= COMPARED_AT) uncompared = 0;
				}
			}
			await this.compare(steps.at(-1));
			if (freshCommand) await this.compareWithFreshServer(freshCommand);
		} catch (error) {
			throw new Error(`on ${JSON.stringify(Object.fromEntries(this.files))}`, { cause: error });
		} finally {
			await this.end();
		}
	}

	private async begin(): Promise<void> {
		for (const [name, text] of this.start) this.client.write(name, text);
		await this.client.watched({ [this.folder]: "Created" });
		for (const [name, text] of this.start) await this.client.open(name, text);
	}

	private async edit(name: string, text: string, each: Step): Promise<void> {
		const before = this.files.get(name) ?? "";
		this.files.set(name, text);
		this.client.texts.set(name, text);
		this.done.edits++;
		if (each.pick % 97 === 0) {
			await this.client.close(name);
			await this.client.open(name, text);
		} else await this.client.change(name, changesBetween(before, text, each.pick));
		this.ask(name, each);
	}

	/** Asks something as an editor does while somebody types, without waiting for the answer. */
	private ask(name: string, { pick, at }: Step): void {
		const position = positionAt(this.files.get(name) ?? "", at % ((this.files.get(name)?.length ?? 0) + 2));
		const asked = [
			() => this.client.pullOnce(name),
			() => this.client.hover(name, position),
			() => this.client.codeActions(name, { start: position, end: position }),
			() => this.client.codeLenses(name),
			() => this.client.cancelled("textDocument/diagnostic", { textDocument: { uri: this.client.uri(name) } }).catch(expectCancelled),
		][pick % 8];
		if (!asked) return;
		this.done.requests++;
		this.waiting.push(asked());
	}

	/** Everything that is said about the files now must be what is said about files that were never edited. */
	private async compare(each: Step | undefined): Promise<void> {
		await Promise.all(this.waiting.splice(0));
		const expected = Expected.ofFiles(this.client, this.files);
		for (const name of this.files.keys()) {
			assert.deepEqual(await this.pull(name), expected.diagnostics(name), `the findings of ${name}`);
			const position = positionAt(this.files.get(name) ?? "", (each?.at ?? 0) % ((this.files.get(name)?.length ?? 0) + 1));
			const hover = await this.timed<Hover | null>(() => this.client.hover(name, position));
			assert.deepEqual(hover, expected.hover(name, position), `the hover at ${position.line}:${position.character} of ${name}`);
			const range: Range = { start: { line: 0, character: 0 }, end: position };
			const actions = await this.timed<CodeAction[]>(() => this.client.codeActions(name, range));
			assert.deepEqual(actions, expected.codeActions(name, range), `the fixes of ${name}`);
			const lenses = await this.timed(() => this.client.codeLenses(name));
			assert.deepEqual(lenses, expected.codeLenses(name) ?? lenses, `the lines above the objects of ${name}`);
			const hints = await this.timed(() => this.client.inlayHints(name, 1_000_000));
			assert.deepEqual(hints, expected.inlayHints(name), `the hints in ${name}`);
		}
		await this.compareWorkspace(expected);
	}

	/** Pulls as an editor does, which keeps what it has when the server says that nothing changed. */
	private async pull(name: string): Promise<readonly Diagnostic[]> {
		const before = this.pulled.get(name);
		const report = await this.timed(() => this.client.pullOnce(name, before?.resultId));
		if (report.kind === "unchanged") {
			assert.equal(report.resultId, before?.resultId);
			return before?.items ?? [];
		}
		this.pulled.set(name, { resultId: report.resultId, items: report.items });
		return report.items;
	}

	/** Follows `workspace/diagnostic` as an editor does: by what changed since the last answer. */
	private async compareWorkspace(expected: Expected): Promise<void> {
		const previousResultIds = [...this.told].map(([uri, { resultId }]) => ({ uri, value: resultId }));
		const report = await this.timed(() => this.client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds }));
		for (const item of report.items) {
			if (item.kind === "full") this.told.set(item.uri, { resultId: item.resultId ?? "", items: item.items });
		}
		for (const name of this.files.keys()) {
			const said = this.told.get(this.client.uri(name))?.items ?? [];
			assert.deepEqual(said, expected.diagnostics(name), `what workspace/diagnostic says of ${name}`);
		}
		const others = [...this.told].filter(([uri, { items }]) => items.length > 0 && !this.files.has(this.client.nameOf(uri)));
		assert.deepEqual(others, [], "findings in files that are gone");
	}

	private async compareWithFreshServer(command: readonly string[]): Promise<void> {
		const session = await Session.start(command);
		for (const [name, text] of this.files) session.client.write(name, text);
		await session.client.watched({ [this.folder]: "Created" });
		for (const [name, text] of this.files) await session.client.open(name, text);
		const relative = (diagnostics: readonly Diagnostic[], client: LspClient) => JSON.stringify(diagnostics).replaceAll(client.uri(""), "");
		for (const name of this.files.keys()) {
			const [own, other] = [await this.client.pull(name), await session.client.pull(name)];
			assert.equal(relative(own, this.client), relative(other, session.client), `what a fresh server says of ${name}`);
		}
		await session.stop();
	}

	private async timed<R>(ask: () => Promise<R>): Promise<R> {
		const started = performance.now();
		const answer = await ask();
		this.done.requests++;
		this.done.slowest = Math.max(this.done.slowest, performance.now() - started);
		return answer;
	}

	private async end(): Promise<void> {
		await Promise.allSettled(this.waiting.splice(0));
		for (const name of this.files.keys()) await this.client.close(name);
		this.client.remove(this.folder);
		await this.client.watched({ [this.folder]: "Deleted" });
		const report = await this.client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
		assert.deepEqual(report.items, [], "something is left of a workspace that is gone");
		for (const kind of ["refresh", "codeLensRefresh", "inlayHintRefresh", "progress", "registration", "publish", "statusChanged"] as const)
			this.client.drop(kind);
	}
}

export function expectCancelled(error: unknown): void {
	const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
	assert.ok(isDeepStrictEqual(code, -32800) || isDeepStrictEqual(code, -32802), `a cancelled request is answered by ${String(error)}`);
}

/**
 * The changes that make one text of another, as editors send them: the smallest range mostly, sometimes the whole text, several
 * changes, or a range that reaches behind the end of the text.
 */
export function changesBetween(before: string, after: string, pick: number): readonly { readonly range?: Range; readonly text: string }[] {
	const [start, end] = difference(before, after);
	const text = after.slice(start, after.length - (before.length - end));
	const range = { start: positionAt(before, start), end: positionAt(before, end) };
	if (pick % 11 === 0) return [{ text: after }];
	if (pick % 11 === 1 && end === before.length)
		return [{ range: { start: range.start, end: { line: range.end.line + 7, character: 3 } }, text }];
	// An insertion that is taken back before the change itself.
	if (pick % 11 === 2) {
		const at = range.start;
		return [
			{ range: { start: at, end: at }, text: "x" },
			{ range: { start: at, end: { line: at.line, character: at.character + 1 } }, text: "" },
			{ range, text },
		];
	}
	return [{ range, text }];
}

/** The first and the last offset of what differs; a line break of two characters is never cut in two. */
function difference(before: string, after: string): readonly [start: number, end: number] {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	while (start > 0 && before[start - 1] === "\r") start--;
	let tail = 0;
	while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
	while (tail > 0 && before[before.length - tail] === "\n") tail--;
	return [start, before.length - tail];
}

export function positionAt(text: string, offset: number): Position {
	const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
	return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
