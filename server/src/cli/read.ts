import { effectiveSelector, linksOf } from "../links/links.ts";
import { allUnits, type Snapshot } from "../links/snapshot.ts";
import { discover, type FoundFolder, isIn } from "../session/discover.ts";
import { nodeDisk } from "../session/disk.ts";
import type { Disk } from "../session/fileSystem.ts";
import { readInto, unlistable } from "../session/read.ts";
import { Workspace } from "../session/workspace.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { folderOf, type Skipped, STDIN } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { Failure } from "./command.ts";
import type { Io } from "./io.ts";
import { relativePath } from "./locate.ts";
import { type Named, named, topOf } from "./named.ts";

/** What was read for a command, and which of it the user named. */
export interface Reading {
	readonly snapshot: Snapshot;
	/** The units that the named paths touch, in order of their folders. */
	readonly units: readonly Unit[];
	/** How many files they were read from. */
	readonly files: number;
	/** What lies in their folders and could not be read; `file` is relative to the working directory. */
	readonly skipped: readonly { readonly file: string; readonly reason: string }[];
	readonly isNamed: (uri: string) => boolean;
}

/**
 * Reads what belongs to the units that the paths touch: what lies below a named folder, and the folder of a named file. Where a
 * Service of them finds no Pod, the folders around are read too, up to the repository's root, for links look into them.
 * Throws a `Failure` for a named path that does not exist or cannot be read.
 */
export async function read(operands: readonly string[], io: Io): Promise<Reading> {
	const disk = nodeDisk();
	const workspace = new Workspace(DEFAULT_SETTINGS);
	const names = await named(operands.length > 0 ? operands : ["."], io.cwd, disk);
	const found = await find(disk, names, io);
	await load(workspace, disk, found, io);
	if (names.some((name) => name.kind === "input")) workspace.apply([{ uri: STDIN, text: decoded(await io.readInput()) }]);
	await loadContext(workspace, disk, names, io.cwd);
	const touched = new Set([
		...found.map((folder) => folder.path),
		...(workspace.snapshot.folders.has(folderOf(STDIN)) ? [folderOf(STDIN)] : []),
	]);
	await loadNear(workspace, disk, touched, io);
	io.progress.end();
	return reading(workspace.snapshot, touched, await vanished(workspace.snapshot, disk, found), names, io.cwd);
}

/** What the user calls a unit: its folder relative to the working directory. */
export function unitName(unit: Unit, cwd: string): string {
	return unit.kind === "stdin" ? "stdin" : relativePath(cwd, unit.path);
}

async function find(disk: Disk, names: readonly Named[], io: Io): Promise<readonly FoundFolder[]> {
	const folders = new Map<string, FoundFolder>();
	let count = 0;
	const add = (folder: FoundFolder) => {
		const known = folders.get(folder.path)?.files ?? [];
		folders.set(folder.path, { ...folder, files: [...new Set([...known, ...folder.files])] });
		count += folder.files.length;
		io.progress.say(`Looking for manifests: ${count} files in ${folders.size} folders`);
	};
	const deep = names.filter((name) => name.kind === "folder").map((name) => name.path);
	for await (const folder of discover(disk, deep)) add(folder);
	for (const name of names.filter((candidate) => candidate.kind === "file")) {
		const path = folderOf(name.path);
		for await (const folder of discover(disk, [path], { within: [{ path, deep: false }] })) add(folder);
		add({ path, files: [name.path], skipped: undefined });
	}
	for (const { kind, path, written } of names) {
		const reason = kind === "folder" ? folders.get(path)?.skipped : undefined;
		if (reason !== undefined) throw new Failure(`${written}: ${reason}`);
	}
	return [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function load(workspace: Workspace, disk: Disk, found: readonly FoundFolder[], io: Io): Promise<void> {
	const files = found.flatMap((folder) => folder.files);
	await readInto(workspace, disk, announced(files, io));
	workspace.apply(found.flatMap(unlistable));
}

function* announced(files: readonly string[], io: Io): Iterable<string> {
	for (const [index, file] of files.entries()) {
		io.progress.say(`Reading ${index + 1} of ${files.length} files`);
		yield file;
	}
}

const ABOVE = ["Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Reads what says, in the folders above, that files are a chart's templates or a kustomization's patches. */
async function loadContext(workspace: Workspace, disk: Disk, names: readonly Named[], cwd: string): Promise<void> {
	const files = new Set<string>();
	for (const name of names.filter((candidate) => candidate.kind !== "input")) {
		const top = await topOf(disk, name.path, cwd);
		for (let at = name.path; isIn(at, top) && at !== top; at = folderOf(at)) {
			for (const file of ABOVE) files.add(`${folderOf(at)}/${file}`);
		}
	}
	await readInto(workspace, disk, files);
}

/** Reads the folders around the units in which a Service selects no Pod that is known. */
async function loadNear(workspace: Workspace, disk: Disk, touched: ReadonlySet<string>, io: Io): Promise<void> {
	const around = new Set<string>();
	for (const unit of unitsOf(workspace.snapshot, touched)) {
		const parent = folderOf(unit.path);
		if (parent !== "" && looksAround(unit) && isIn(parent, await topOf(disk, unit.path, io.cwd))) around.add(parent);
	}
	const found: FoundFolder[] = [];
	for await (const folder of discover(disk, around)) if (!touched.has(folder.path)) found.push(folder);
	await load(workspace, disk, found, io);
}

function looksAround(unit: Unit): boolean {
	const links = linksOf(unit);
	return links.services.some((service) => effectiveSelector(service) && links.selection(service).workloads.length === 0);
}

function unitsOf(snapshot: Snapshot, touched: ReadonlySet<string>): readonly Unit[] {
	return [...allUnits(snapshot)].filter((unit) => touched.has(unit.path));
}

/** Files that were found and are neither read nor skipped: gone meanwhile, or a link that leads nowhere. */
async function vanished(snapshot: Snapshot, disk: Disk, found: readonly FoundFolder[]): Promise<readonly Skipped[]> {
	const gone: Skipped[] = [];
	for (const folder of found) {
		const known = snapshot.folders.get(folder.path);
		for (const uri of folder.files) {
			if (known?.files.has(uri) || known?.skipped.some((skipped) => skipped.uri === uri)) continue;
			if ((await disk.kind(uri)) !== "folder") gone.push({ uri, reason: "not there when it was read" });
		}
	}
	return gone;
}

function reading(
	snapshot: Snapshot,
	touched: ReadonlySet<string>,
	gone: readonly Skipped[],
	names: readonly Named[],
	cwd: string,
): Reading {
	const folders = [...touched].flatMap((path) => snapshot.folders.get(path) ?? []);
	const skipped = [...folders.flatMap((folder) => folder.skipped), ...gone];
	for (const { kind, path, written } of names) {
		const reason = kind === "file" ? skipped.find(({ uri }) => uri === path)?.reason : undefined;
		if (reason !== undefined) throw new Failure(`${written}: ${reason}`);
	}
	return {
		snapshot,
		units: [...unitsOf(snapshot, touched)].sort((a, b) => (a.path < b.path ? -1 : 1)),
		files: folders.reduce((sum, folder) => sum + folder.files.size, 0),
		skipped: skipped.map(({ uri, reason }) => ({ file: relativePath(cwd, uri), reason })).sort((a, b) => (a.file < b.file ? -1 : 1)),
		isNamed: (uri) => names.some((name) => (name.kind === "folder" ? isIn(uri, name.path) : uri === name.path)),
	};
}

function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new Failure("-: not valid UTF-8");
	}
}
