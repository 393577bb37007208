import picomatch from "picomatch/posix.js";
import { baseName, folderOf } from "../units/folder.ts";
import type { Disk, Entry } from "./fileSystem.ts";
import { type IgnoreRules, ignoreRulesAbove, isIgnored, withIgnoreFile } from "./gitignore.ts";
import { Turns } from "./turn.ts";

/** A folder and the files in it that may hold manifests or say what manifests are, in order of their names. */
export interface FoundFolder {
	readonly path: string;
	readonly files: readonly string[];
	/** Why the folder could not be listed. */
	readonly skipped: string | undefined;
}

export interface DiscoverOptions {
	/** Globs of files and folders to leave out, relative to each root. */
	readonly exclude?: readonly string[];
	/** Only these folders, each with or without what lies below it. They are found as from their root, or not at all. */
	readonly within?: readonly Target[];
	readonly signal?: AbortSignal;
}

export interface Target {
	readonly path: string;
	readonly deep: boolean;
}

interface Walk {
	readonly disk: Disk;
	readonly root: string;
	readonly excluded: (relative: string) => boolean;
	readonly within: readonly Target[] | undefined;
	readonly seen: Set<string>;
	readonly turns: Turns;
	readonly signal: AbortSignal | undefined;
}

/**
 * Walks folders and gives those that hold something worth reading, or that cannot be listed. Leaves out `.git`, `node_modules`,
 * what `.gitignore` files name (a root itself is never left out), and `exclude`. Links to folders are not followed. Gives the
 * event loop back between folders, and ends early when it is aborted.
 */
export async function* discover(disk: Disk, roots: Iterable<string>, options: DiscoverOptions = {}): AsyncGenerator<FoundFolder> {
	const { within, signal, exclude = [] } = options;
	const excluded = picomatch([...exclude], { dot: true });
	const shared = {
		disk,
		within,
		signal,
		seen: new Set<string>(),
		turns: new Turns(),
		excluded: (path: string) => exclude.length > 0 && excluded(path),
	};
	for (const root of roots) {
		if (within && !within.some((target) => isIn(target.path, root))) continue;
		yield* walk({ ...shared, root }, root, await ignoreRulesAbove(disk, root));
	}
}

async function* walk(at: Walk, path: string, above: IgnoreRules): AsyncGenerator<FoundFolder> {
	if (at.seen.has(path) || at.signal?.aborted) return;
	at.seen.add(path);
	const entries = await at.disk.list(path);
	if ("gone" in entries) return;
	const wanted = !at.within || at.within.some((target) => target.path === path || (target.deep && isIn(path, target.path)));
	if ("skipped" in entries) {
		if (wanted) yield { path, files: [], skipped: entries.skipped };
		return;
	}
	const rules = await withIgnoreFile(at.disk, above, path, entries);
	const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
	const files = sorted.flatMap(({ name, kind }) =>
		isCandidate(name, kind) && isFound(at, rules, `${path}/${name}`, false) ? [`${path}/${name}`] : [],
	);
	if (wanted && files.length > 0) yield { path, files, skipped: undefined };
	if (at.turns.due) await at.turns.next();
	for (const { name, kind } of sorted) {
		const folder = `${path}/${name}`;
		if (kind === "folder" && leadsOn(at, folder) && isFound(at, rules, folder, true)) yield* walk(at, folder, rules);
	}
}

function leadsOn({ within }: Walk, folder: string): boolean {
	return !within || within.some((target) => isIn(target.path, folder) || (target.deep && isIn(folder, target.path)));
}

function isFound(at: Walk, rules: IgnoreRules, path: string, folder: boolean): boolean {
	if (folder && /^(\.git|node_modules)$/.test(baseName(path))) return false;
	return !at.excluded(path.slice(at.root.length + 1)) && !isIgnored(rules, path, folder);
}

/** Whether a path is a folder or lies in it. */
export function isIn(path: string, folder: string): boolean {
	return path === folder || path.startsWith(`${folder}/`);
}

/** Whether a file of that name may hold manifests, or says how others are deployed. */
export function isCandidate(name: string, kind: Entry["kind"] = "file"): boolean {
	return kind !== "folder" && (/\.(ya?ml|json)$/i.test(name) || name === "Kustomization");
}

/** The folders from that of a file up to a root that holds it, or up to the top. */
export function foldersUpwards(path: string, roots: readonly string[]): readonly string[] {
	const found: string[] = [];
	for (let at = folderOf(path); at !== ""; at = folderOf(at)) {
		found.push(at);
		if (roots.includes(at)) break;
	}
	return found;
}
