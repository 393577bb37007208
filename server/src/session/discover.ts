import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import { baseName, folderOf } from "../units/folder.ts";
import { isBuildFile } from "../units/imageBuilds.ts";
import { type ConfiguredExcludes, type Excluded, excluded } from "./exclude.ts";
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
	/** Globs of files and folders to leave out of a root, relative to it, whatever configurations say. */
	readonly hidden?: (root: string) => readonly string[];
	readonly configured?: ConfiguredExcludes;
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
	readonly hidden: Excluded;
	readonly configured: ConfiguredExcludes | undefined;
	readonly within: readonly Target[] | undefined;
	readonly seen: Set<string>;
	readonly turns: Turns;
	readonly signal: AbortSignal | undefined;
}

/**
 * Walks folders and gives those that hold something worth reading, or that cannot be listed. Leaves out `.git`, `node_modules`,
 * what `.gitignore` files name (a root itself is never left out), and what configurations exclude. Links to folders are not followed. Gives the
 * event loop back between folders, and ends early when it is aborted.
 */
export async function* discover(disk: Disk, roots: Iterable<string>, options: DiscoverOptions = {}): AsyncGenerator<FoundFolder> {
	const { within, signal, configured, hidden = () => [] } = options;
	const shared = { disk, within, signal, configured, seen: new Set<string>(), turns: new Turns() };
	for (const root of roots) {
		if (within && !within.some((target) => isIn(target.path, root))) continue;
		const at: Walk = { ...shared, root, hidden: excluded({ folder: root, globs: hidden(root) }) };
		yield* walk(at, root, { ignored: await ignoreRulesAbove(disk, root), excluded: await excludedAt(at) });
	}
}

/** What is left out in a folder by what stands in the folders above it. */
interface Above {
	readonly ignored: IgnoreRules;
	readonly excluded: Excluded;
}

/** What leaves out the root itself does not hold in it. */
async function excludedAt({ configured, root }: Walk): Promise<Excluded> {
	const outer = configured && excluded(await configured.at(root));
	return outer && !outer(root) ? outer : () => false;
}

/** A configuration file takes the place of those above it. */
async function excludedIn(at: Walk, path: string, entries: readonly Entry[], above: Excluded): Promise<Excluded> {
	if (!at.configured || !entries.some(({ name }) => name === CONFIGURATION_FILE)) return above;
	const globs = await at.configured.in(path);
	return globs ? excluded({ folder: path, globs }) : excludedAt(at);
}

async function* walk(at: Walk, path: string, above: Above): AsyncGenerator<FoundFolder> {
	if (at.seen.has(path) || at.signal?.aborted) return;
	at.seen.add(path);
	const entries = await at.disk.list(path);
	if ("gone" in entries) return;
	const wanted = !at.within || at.within.some((target) => target.path === path || (target.deep && isIn(path, target.path)));
	if ("skipped" in entries) {
		if (wanted) yield { path, files: [], skipped: entries.skipped };
		return;
	}
	const rules = {
		ignored: await withIgnoreFile(at.disk, above.ignored, path, entries),
		excluded: await excludedIn(at, path, entries, above.excluded),
	};
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

/** A configuration holds whoever else is to see it. */
function isFound(at: Walk, above: Above, path: string, folder: boolean): boolean {
	const name = baseName(path);
	if (folder && /^(\.git|node_modules)$/.test(name)) return false;
	if (!folder && name === CONFIGURATION_FILE) return true;
	return !at.hidden(path) && !above.excluded(path) && !isIgnored(above.ignored, path, folder);
}

/** Whether a path is a folder or lies in it. */
export function isIn(path: string, folder: string): boolean {
	return path === folder || path.startsWith(`${folder}/`);
}

/** Whether a file of that name may hold manifests, or says how others are deployed. */
export function isCandidate(name: string, kind: Entry["kind"] = "file"): boolean {
	return kind !== "folder" && (/\.(ya?ml|json)$/i.test(name) || name === "Kustomization" || isBuildFile(name));
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
