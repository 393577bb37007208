import assert from "node:assert/strict";
import fc from "fast-check";
import { findingsOf } from "../../server/src/features/findings.ts";
import { hover } from "../../server/src/features/hover.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { partOf } from "../../server/src/lsp/sync.ts";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import { Session, type SessionSettings } from "../../server/src/session/session.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";
import { deployed } from "./deployed.ts";
import { type Event, event } from "./events.ts";
import { described, type Outcome, SHRINKING } from "./inProcess.ts";
import { onFault, printed } from "./laws.ts";
import { type Files, ROOT, workspace } from "./workspaces.ts";
import { type Host, World } from "./world.ts";

/** Events between two comparisons. */
const COMPARED_AT = 8;
const EVENTS = 40;
const RUNS = 5;
const ENOUGH = 5;

/** Milliseconds after which nothing is said to be answered any more. */
const PATIENCE = 60_000;

export const sessionWorkspace: fc.Arbitrary<Files> = fc.oneof({ weight: 1, arbitrary: workspace }, { weight: 2, arbitrary: deployed });

/** Lets things happen to sessions until `count` did or a few more, comparing each with a session that knows nothing of before; the same for the same seed. */
export async function fuzzSessions(count: number, seed: number): Promise<Outcome> {
	const done = { edits: 0, repairs: 0 };
	const failures: string[] = [];
	for (let batch = 0; done.edits < count && failures.length < ENOUGH; batch++) {
		let shrinking = 0;
		const events = fc.array(event, { minLength: 1, maxLength: EVENTS });
		const property = fc.asyncProperty(sessionWorkspace, events, async (files, happening) => {
			if (shrinking > SHRINKING) return;
			try {
				const happened = await runSession(files, happening);
				if (shrinking > 0) shrinking++;
				else done.edits += happened;
			} catch (error) {
				shrinking++;
				throw error;
			}
		});
		const details = await fc.check(property, { seed: seed + batch, numRuns: RUNS });
		if (details.failed) failures.push(described(`--mode session --seed ${seed + batch} --count 1`, details));
	}
	return { ...done, failures };
}

/** Lets it all happen to one session; gives the number of things that did. Throws where a law does not hold. */
export async function runSession(files: Files, happening: readonly Event[]): Promise<number> {
	const memory = new MemoryDisk(Object.fromEntries(files));
	const host = new SessionHost(memory);
	const world = new World(files, host);
	host.roots(world.roots);
	for (const [index, each] of happening.entries()) {
		await world.happen(each);
		if (index % COMPARED_AT === COMPARED_AT - 1) await compare(host, world);
	}
	await compare(host, world);
	return world.happened;
}

/** A session in this process, on a disk on which everything may take a while. */
class SessionHost implements Host {
	readonly session: Session;
	readonly failures: unknown[] = [];
	readonly waiting: Promise<unknown>[] = [];
	private readonly memory: MemoryDisk;

	constructor(memory: MemoryDisk, slow = true) {
		this.memory = memory;
		const failed = (error: unknown) => this.failures.push(error);
		this.session = new Session(slow ? slowed(memory) : memory, () => RENDERERS, DEFAULT_SETTINGS, { changed: () => {}, failed });
	}

	write(path: string, text: string): void {
		this.memory.files.set(path, text);
	}

	remove(path: string): void {
		for (const name of [...this.memory.files.keys()]) if (name === path || name.startsWith(`${path}/`)) this.memory.files.delete(name);
	}

	told(events: Parameters<Host["told"]>[0]): void {
		this.session.told(events, () => this.reindex());
	}

	open(path: string, text: string, language: string): void {
		const part = partOf(`file://${path}`, language);
		if (part) this.session.open(path, 1, text, part === "template");
	}

	change(path: string, text: string): void {
		const version = this.session.document(path)?.version ?? 0;
		this.session.change(path, version + 1, [{ text }]);
	}

	close(path: string): void {
		this.session.close(path);
	}

	roots(roots: readonly string[]): void {
		this.waiting.push(this.session.index(roots, { report: () => {} }).done);
	}

	settings(index: number): void {
		if (this.session.configure(settingsAt(index))) this.reindex();
	}

	reindex(): void {
		this.roots(this.session.roots);
	}

	ask(path: string, { pick }: Event): void {
		const { session } = this;
		this.waiting.push(
			[() => session.ready(path), () => session.whole(path), () => session.furnish(allUnits)][pick % 3]?.() ?? Promise.resolve(),
		);
	}

	async wait(turns: number): Promise<void> {
		for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
	}
}

/** A disk that gives the event loop back before some of its answers. */
function slowed(memory: MemoryDisk): Disk {
	let asked = 0;
	const later = async <T>(answer: () => T): Promise<T> => {
		asked++;
		for (let turn = (asked * 7) % 5; turn > 2; turn--) await new Promise((resolve) => setImmediate(resolve));
		return answer();
	};
	return {
		kind: (path) => later(() => memory.kind(path)),
		list: (path) => later(() => memory.list(path)),
		read: (path) => later(() => memory.read(path)),
	};
}

const SETTINGS: readonly SessionSettings[] = [
	{ general: DEFAULT_SETTINGS, roots: new Map() },
	{ general: { ...DEFAULT_SETTINGS, exclude: ["near/**"] }, roots: new Map() },
	{ general: DEFAULT_SETTINGS, roots: new Map([[ROOT, { settings: { ...DEFAULT_SETTINGS, exclude: ["base"] }, hidden: ["**/prod"] }]]) },
	{ general: { ...DEFAULT_SETTINGS, cluster: { ...DEFAULT_SETTINGS.cluster, domain: "example.org" } }, roots: new Map() },
];

function settingsAt(index: number): SessionSettings {
	return SETTINGS[index % SETTINGS.length] ?? { general: DEFAULT_SETTINGS, roots: new Map() };
}

/** What a session knows when it has been told everything is what one knows that was started now. */
async function compare(host: SessionHost, world: World): Promise<void> {
	world.catchUp();
	await answered(Promise.all(host.waiting.splice(0)));
	const said = await stateOf(host, world);
	const fresh = new SessionHost(new MemoryDisk(Object.fromEntries(world.disk)), false);
	fresh.settings(world.settings);
	fresh.roots(world.roots);
	for (const [path, { text, language }] of world.opened) fresh.open(path, text, language);
	assert.deepEqual(said, await stateOf(fresh, world));
}

async function stateOf(host: SessionHost, world: World): Promise<unknown> {
	const { session, failures } = host;
	await answered(session.idle());
	for (const path of world.opened.keys()) await answered(session.ready(path));
	await answered(session.furnish(allUnits));
	await answered(session.idle());
	for (const path of world.opened.keys()) await answered(session.whole(path));
	assert.deepEqual(failures, []);
	const { snapshot } = session;
	const known = [...snapshot.folders].map(([path, { files, skipped }]) =>
		[path, ...files.keys(), ...skipped.map(({ uri, reason }) => `${uri}: ${reason}`)].join(" "),
	);
	return { known, state: printed(snapshot), hovers: world.paths.map((path) => hovered(snapshot, path)) };
}

function hovered(snapshot: Snapshot, path: string): unknown {
	const file = fileOf(snapshot, path);
	if (!file) return undefined;
	const offset = file.text.indexOf("name:");
	return hover(snapshot, path, offset, { format: "table", findings: (unit) => findingsOf(snapshot, unit, onFault) });
}

export async function answered<T>(answer: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("this is not answered")), PATIENCE);
	});
	return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
