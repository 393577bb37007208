import { wantedByDeployers } from "../links/deployments.ts";
import { effectiveSelector, linksOf } from "../links/links.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { wantedByConfigurations } from "../links/unfound.ts";
import { deployedPaths, unitAtRoot, unitsTouching } from "../links/units.ts";
import { discover, type FoundFolder, isCandidate, isIn } from "../session/discover.ts";
import { nodeDisk } from "../session/disk.ts";
import type { Disk } from "../session/fileSystem.ts";
import { type Furnished, furnish } from "../session/furnish.ts";
import { readInto, unlistable } from "../session/read.ts";
import { Workspace } from "../session/workspace.ts";
import { CONFIGURATION_FILE, type ConfigurationFile } from "../settings/configurationFile.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { claimsOn, pathsOf } from "../units/claims.ts";
import { configurationOf } from "../units/configurations.ts";
import { baseName, folderOf, type Skipped, STDIN } from "../units/folder.ts";
import { isDockerfile } from "../units/imageBuilds.ts";
import { isCalledByFolder } from "../units/names.ts";
import type { Unit } from "../units/unit.ts";
import { Failure } from "./command.ts";
import { baseFor, configurationsFor, configuredExcludes, readNamed } from "./configuration.ts";
import type { Io } from "./io.ts";
import { relativePath } from "./locate.ts";
import { type Named, named, topOf } from "./named.ts";
import { foldersAround, type Walk } from "./near.ts";
import { loadRenderers } from "./renderers.ts";
import { loadUsers } from "./users.ts";

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
	/** The paths of the command line. */
	readonly names: readonly Named[];
	/** The configuration files that hold in their folders. */
	readonly configurations: readonly ConfigurationFile[];
	/** Places with so many files that what deploys the named paths was not looked for in them. */
	readonly tooWide: readonly string[];
}

export interface ReadOptions {
	/** The configuration that holds instead of those that are found. */
	readonly config?: string | undefined;
	/** Values files for the charts that are named. */
	readonly values?: readonly string[];
}

/** Whether a unit is the only one of its kind and place, or the one that stands for its variants: a chart with its own values. */
export function isMain({ renderings }: Unit): boolean {
	return renderings.every(({ root }) => !root.variant);
}

/**
 * Reads what belongs to the units that the paths touch: what lies below a named folder, the folder of a named file, and what deploys
 * these wherever in the repository that lies. Where a
 * Service of them finds no Pod, the folders around are read too, up to the repository's root, for links look into them.
 * Throws a `Failure` for a named path that does not exist
 * or cannot be read, and for a configuration that cannot be read or parsed.
 */
export async function read(operands: readonly string[], io: Io, { config, values = [] }: ReadOptions = {}): Promise<Reading> {
	const disk = nodeDisk();
	const workspace = new Workspace(DEFAULT_SETTINGS, loadRenderers);
	const names = await named(operands.length > 0 ? operands : ["."], io.cwd, disk);
	const fixed = config === undefined ? undefined : await readNamed(workspace, disk, config, io.cwd);
	const walk = { disk, io, configured: configuredExcludes(disk, fixed, io.cwd) };
	const found = await find(walk, names);
	await load(workspace, walk, found);
	if (names.some((name) => name.kind === "input")) workspace.apply([{ uri: STDIN, text: decoded(await io.readInput()) }]);
	await loadContext(workspace, disk, names, io.cwd);
	const touched = new Set([
		...found.map((folder) => folder.path),
		...(workspace.snapshot.folders.has(folderOf(STDIN)) ? [folderOf(STDIN)] : []),
	]);
	const ways = names.filter((name) => name.kind !== "input").map((name) => (name.kind === "file" ? folderOf(name.path) : name.path));
	workspace.setBase(await baseFor(disk, ways, touched, fixed, io.cwd));
	const configurations = configurationsFor(workspace.snapshot, touched, io.cwd);
	const joined = await loadUnits(workspace, walk, touched);
	const tooWide = await loadUsers(workspace, walk, names, touched);
	const into: Furnished = {
		snapshot: () => workspace.snapshot,
		news: () => 0,
		apply: workspace.apply.bind(workspace),
		learn: workspace.learn.bind(workspace),
	};
	const folders = names.flatMap(({ kind, path }) => (kind === "folder" ? [path] : []));
	const wanting = (snapshot: Snapshot) => [
		...unitsOf(snapshot, touched),
		...folders.flatMap((path) => unitAtRoot(snapshot, path, values) ?? []),
	];
	await furnish(disk, into, wanting, (now) => [...wantedByDeployers(now), ...wantedByConfigurations(now)]);
	await loadNear(workspace, walk, touched);
	io.progress.end();
	const { snapshot } = workspace;
	const gone = await vanished(snapshot, disk, [...found, ...joined]);
	return { ...reading(snapshot, touched, gone, names, io.cwd, fixed), configurations, tooWide };
}

/** What the user calls a unit: its configured name or that of its deployer, or its folder relative to the working directory. */
export function unitName(unit: Unit, cwd: string): string {
	if (unit.kind === "stdin") return "stdin";
	return isCalledByFolder(unit) ? relativePath(cwd, unit.path) : unit.name;
}

async function find({ disk, io, configured }: Walk, names: readonly Named[]): Promise<readonly FoundFolder[]> {
	const folders = new Map<string, FoundFolder>();
	let count = 0;
	const add = (folder: FoundFolder) => {
		const known = folders.get(folder.path)?.files ?? [];
		folders.set(folder.path, { ...folder, files: [...new Set([...known, ...folder.files])] });
		count += folder.files.length;
		io.progress.say(`Looking for manifests: ${count} files in ${folders.size} folders`);
	};
	const deep = names.filter((name) => name.kind === "folder").map((name) => name.path);
	for await (const folder of discover(disk, deep, { configured })) add(folder);
	for (const name of names.filter((candidate) => candidate.kind === "file")) {
		const path = folderOf(name.path);
		for await (const folder of discover(disk, [path], { within: [{ path, deep: false }], configured })) add(folder);
		add({ path, files: [name.path], skipped: undefined });
	}
	for (const { kind, path, written } of names) {
		const reason = kind === "folder" ? folders.get(path)?.skipped : undefined;
		if (reason !== undefined) throw new Failure(`${written}: ${reason}`);
	}
	return [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function load(workspace: Workspace, { disk, io }: Walk, found: readonly FoundFolder[]): Promise<void> {
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

const ABOVE = ["Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization", CONFIGURATION_FILE];

/** Reads what says, in the folders above, what holds for files, and that they are a chart's templates or a kustomization's patches. */
async function loadContext(workspace: Workspace, disk: Disk, names: readonly Named[], cwd: string): Promise<void> {
	const files = new Set<string>();
	for (const { kind, path } of names) {
		// The configuration of the working directory holds for standard input.
		const from = kind === "input" ? `${cwd}/-` : path;
		const top = await topOf(disk, kind === "folder" ? from : folderOf(from), cwd);
		if (kind !== "folder") for (const file of ABOVE) files.add(`${folderOf(from)}/${file}`);
		for (let at = kind === "folder" ? from : folderOf(from); isIn(at, top) && at !== top; at = folderOf(at)) {
			for (const file of ABOVE) files.add(`${folderOf(at)}/${file}`);
		}
	}
	await readInto(workspace, disk, files);
}

/** Reads what else belongs to the configured units that take files of the folders. */
async function loadUnits(workspace: Workspace, walk: Walk, touched: ReadonlySet<string>): Promise<readonly FoundFolder[]> {
	const { configurations } = workspace.snapshot;
	const targets = new Map<string, Set<string>>();
	for (const path of touched) {
		const configuration = configurationOf(configurations, path);
		for (const { unit } of claimsOn(configuration, path)) {
			const paths = targets.get(configuration.folder) ?? new Set();
			for (const target of pathsOf(configuration, unit)) paths.add(target);
			targets.set(configuration.folder, paths);
		}
	}
	const found: FoundFolder[] = [];
	for (const [root, paths] of targets) {
		const files: string[] = [];
		for (const path of paths) if ((await walk.disk.kind(path)) === "file") files.push(path);
		const within = [...paths].filter((path) => !files.includes(path)).map((path) => ({ path, deep: true }));
		for await (const folder of discover(walk.disk, [root], { within, configured: walk.configured })) found.push(folder);
		for (const file of files) found.push({ path: folderOf(file), files: [file], skipped: undefined });
	}
	const others = found.filter(({ path }) => !touched.has(path));
	await load(workspace, walk, others);
	return others;
}

/** Reads the folders around the units in which a Service selects no Pod that is known. */
async function loadNear(workspace: Workspace, walk: Walk, touched: ReadonlySet<string>): Promise<void> {
	const lacking = unitsOf(workspace.snapshot, touched).filter(looksAround);
	const found = await foldersAround(
		walk.disk,
		[
			...lacking.map(({ path }) => path),
			...(lacking.some(({ deployer }) => deployer) ? deployedPaths(workspace.snapshot).map(within) : []),
		],
		walk.configured,
	);
	await load(
		workspace,
		walk,
		found.filter(({ path }) => !touched.has(path)),
	);
}

/** Something in a folder, around which that folder lies. */
function within(path: string): string {
	return `${path}/-`;
}

function looksAround(unit: Unit): boolean {
	const links = linksOf(unit);
	return links.services.some((service) => effectiveSelector(service) && links.selection(service).workloads.length === 0);
}

/** The units that take files of the folders. */
function unitsOf(snapshot: Snapshot, touched: ReadonlySet<string>): readonly Unit[] {
	return [...new Set([...touched].flatMap((path) => unitsTouching(snapshot, path)))];
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
	fixed: ConfigurationFile | undefined,
): Omit<Reading, "configurations" | "tooWide"> {
	const units = [...unitsOf(snapshot, fixed ? new Set([...touched, folderOf(fixed.uri)]) : touched)].sort(byPath);
	const joined = units.filter(({ kind }) => kind !== "plain" && kind !== "stdin").flatMap(filesOf);
	const folders = [...new Set([...touched, ...joined.map(folderOf)])].flatMap((path) => snapshot.folders.get(path) ?? []);
	const files = new Set([...joined, ...folders.filter(({ path }) => touched.has(path)).flatMap((folder) => [...folder.files.keys()])]);
	const skipped = [...folders.flatMap((folder) => folder.skipped), ...gone];
	for (const { kind, path, written } of names) {
		const reason = kind === "file" ? skipped.find(({ uri }) => uri === path)?.reason : undefined;
		if (reason !== undefined) throw new Failure(`${written}: ${reason}`);
	}
	return {
		snapshot,
		units,
		files: [...files].filter((uri) => !isDockerfile(baseName(uri)) && !uri.endsWith(".hcl")).length,
		skipped: skipped.map(({ uri, reason }) => ({ file: relativePath(cwd, uri), reason })).sort((a, b) => (a.file < b.file ? -1 : 1)),
		isNamed: (uri) => uri === fixed?.uri || names.some(({ kind, path }) => (kind === "folder" ? isIn(uri, path) : uri === path)),
		names,
	};
}

/** The files that a unit is made of, and that are read as YAML or JSON. */
function filesOf(unit: Unit): readonly string[] {
	return [...unit.files].filter((uri) => isCandidate(baseName(uri)));
}

function byPath(a: Unit, b: Unit): number {
	return a.path === b.path ? (a.name < b.name ? -1 : 1) : a.path < b.path ? -1 : 1;
}

function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new Failure("-: not valid UTF-8");
	}
}
