import type { Snapshot } from "../links/snapshot.ts";
import type { Asset } from "../units/assets.ts";
import { baseName } from "../units/folder.ts";
import { CHART_FILE } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { openFile } from "../yaml/stream.ts";
import { isCandidate } from "./discover.ts";
import type { Disk, Entry } from "./fileSystem.ts";
import { Turns } from "./turn.ts";
import type { Change } from "./workspace.ts";

/** Where what was looked up goes. */
export interface Furnished {
	readonly snapshot: () => Snapshot;
	/** Another number when something happened on the disk: what was read before that may not hold any more. */
	readonly news: () => number;
	readonly apply: (changes: Iterable<Change>) => void;
	readonly learn: (found: ReadonlyMap<string, Asset>) => void;
}

/** More rounds than files ever lead on to others. */
const MOST_ROUNDS = 40;

/** What was found may be lost again before it is made use of, when the end of an index forgets what it did not find. */
const MOST_ASKED = 3;

/**
 * Looks up what is rendered in some units asks for and nobody knows, and what that leads on to. `units` gives those of the moment. What
 * is in no folder that is known and may hold manifests is read as one; other files are kept for renderers alone. `more` gives what else
 * is to be looked up.
 */
export async function furnish(
	disk: Disk,
	into: Furnished,
	units: (snapshot: Snapshot) => Iterable<Unit>,
	more: (snapshot: Snapshot) => Iterable<string> = () => [],
): Promise<void> {
	const turns = new Turns();
	const asked = new Map<string, number>();
	const isOpen = (path: string) => (asked.get(path) ?? 0) < MOST_ASKED;
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const wanted = new Set([...more(into.snapshot())].filter(isOpen));
		for (const path of await wantedBy(into.snapshot, units, turns)) if (isOpen(path)) wanted.add(path);
		if (wanted.size === 0) return;
		const changes: Change[] = [];
		const found = new Map<string, Asset>();
		const news = into.news();
		for (const path of wanted) {
			asked.set(path, (asked.get(path) ?? 0) + 1);
			await lookUp(disk, path, changes, found);
			if (turns.due) await turns.next();
		}
		if (into.news() !== news) for (const path of wanted) asked.delete(path);
		else {
			into.apply(changes);
			into.learn(found);
		}
	}
}

/** What some paths hold now; of a folder only what stands directly in it, as what is new there is asked for when it is needed. */
export async function lookAgain(disk: Disk, paths: Iterable<string>): Promise<Looked> {
	const changes: Change[] = [];
	const found = new Map<string, Asset>();
	for (const path of paths) {
		if (path.endsWith("/")) await listOnce(disk, path.slice(0, -1), found);
		else await lookUp(disk, path, changes, found);
	}
	return { changes, found };
}

/** What was found on the disk: manifests, and what only renderers ask for. */
export interface Looked {
	readonly changes: readonly Change[];
	readonly found: ReadonlyMap<string, Asset>;
}

/** What the units of a moment want, in turns, as each may have to be rendered; begun anew when the moment is over. */
async function wantedBy(
	snapshot: () => Snapshot,
	units: (snapshot: Snapshot) => Iterable<Unit>,
	turns: Turns,
): Promise<ReadonlySet<string>> {
	for (;;) {
		const now = snapshot();
		const wanted = new Set<string>();
		for (const unit of units(now)) {
			for (const path of unit.wanted) wanted.add(path);
			if (turns.due) await turns.next();
			if (snapshot() !== now) break;
		}
		if (snapshot() === now) return wanted;
	}
}

async function lookUp(disk: Disk, path: string, changes: Change[], found: Map<string, Asset>): Promise<void> {
	if (path.endsWith("/")) {
		await list(disk, path.slice(0, -1), changes, found);
		return;
	}
	const content = await disk.read(path);
	if ("gone" in content) found.set(path, GONE);
	else if (isCandidate(baseName(path))) changes.push({ uri: path, ...content });
	else found.set(path, "text" in content ? { text: openFile(path, content.text) } : ((await packed(disk, path)) ?? content));
}

const GONE: Asset = { gone: true };

/** A chart that is packed is read as it is. */
async function packed(disk: Disk, path: string): Promise<Asset | undefined> {
	const bytes = path.endsWith(".tgz") ? await disk.bytes?.(path) : undefined;
	return bytes && { bytes };
}

/** What stands in a folder; of a chart's also what stands below it, with the texts that are no manifests. */
async function list(disk: Disk, path: string, changes: Change[], found: Map<string, Asset>): Promise<void> {
	const waiting = [path];
	let deep = false;
	for (let at = waiting.pop(); at !== undefined && found.size < MOST_LISTED; at = waiting.pop()) {
		const listed = await listOnce(disk, at, found);
		if (!listed) continue;
		const { files, folders } = listed;
		deep ||= files.includes(`${at}/${CHART_FILE}`) || isInChart(at);
		if (!deep) continue;
		for (const file of files) await lookUp(disk, file, changes, found);
		waiting.push(...folders);
	}
}

/** `undefined` for a folder that is not there or cannot be listed. */
async function listOnce(disk: Disk, at: string, found: Map<string, Asset>) {
	const entries = await disk.list(at);
	if (!Array.isArray(entries)) {
		found.set(`${at}/`, "gone" in entries ? GONE : (entries as Asset));
		return undefined;
	}
	const all: readonly Entry[] = entries;
	const named = (wanted: boolean) => all.filter(({ kind }) => (kind === "folder") === wanted).map(({ name }) => `${at}/${name}`);
	const listed = { files: named(false), folders: named(true).filter((folder) => !/\/(\.git|node_modules)$/.test(folder)) };
	found.set(`${at}/`, listed);
	return listed;
}

/** More files and folders of one chart are not read. */
const MOST_LISTED = 10_000;

/** Whether a folder is one of those that charts have. */
function isInChart(path: string): boolean {
	return /\/(templates|charts|crds|ci|files)(\/|$)/.test(path);
}
