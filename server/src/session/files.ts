import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import { baseName, folderOf } from "../units/folder.ts";
import { Batch, goneFrom, type Sink } from "./batch.ts";
import { type DiscoverOptions, discover, type FoundFolder, foldersUpwards, isCandidate, isIn, type Target } from "./discover.ts";
import { type ConfiguredExcludes, excludeOn } from "./exclude.ts";
import type { Content, Disk } from "./fileSystem.ts";
import { NamedPaths } from "./namedPaths.ts";
import type { Change } from "./workspace.ts";

/** Something happened to a path on the disk. It may be told late, twice, or for a folder. */
export interface FileEvent {
	readonly name: string;
	readonly type: "created" | "changed" | "deleted";
}

export interface IndexOptions {
	readonly signal: AbortSignal;
	/** Called when files were read, with their number until now. */
	readonly report: (files: number) => void;
}

/** What an editor leaves out of a root: by its settings for Portolan, unless a configuration file holds, and from all that it shows. */
export interface RootExcludes {
	readonly exclude: readonly string[];
	readonly hidden: readonly string[];
}

/** More folders than these are walked as a whole. */
const MANY_TARGETS = 50;

/** What the disk holds, as far as it was read, kept in step with it. */
export class Files {
	private readonly disk: Disk;
	private readonly sink: Sink;
	private roots: readonly string[] = [];
	private excludes: (root: string) => RootExcludes = () => ({ exclude: [], hidden: [] });
	/** What the configuration files excluded that were met on the last walk of all that lies around them, by their folders. */
	private readonly walked = new Map<string, string>();
	/** Folders that walking the roots finds. */
	private covered = new Set<string>();
	/** Folders that are read only because a document of theirs is open: outside the roots, or ignored. */
	private readonly loose = new Map<string, Promise<void>>();
	private readonly named = new NamedPaths();

	constructor(disk: Disk, sink: Sink) {
		this.disk = disk;
		this.sink = sink;
	}

	setRoots(roots: readonly string[], excludes: (root: string) => RootExcludes): void {
		this.roots = roots;
		this.excludes = excludes;
	}

	private discover(options: Pick<DiscoverOptions, "within" | "signal">): AsyncGenerator<FoundFolder> {
		const configured: ConfiguredExcludes = {
			at: (root) => ({ folder: root, globs: this.excludes(root).exclude }),
			in: async (folder) => {
				const globs = await excludeOn(this.disk, folder);
				// Only part of what lies below is looked at, so that the rest is still as it was found before.
				const isWhole = !options.within || options.within.some(({ path, deep }) => deep && isIn(folder, path));
				if (isWhole) this.walked.set(folder, JSON.stringify(globs));
				return globs;
			},
		};
		return discover(this.disk, this.roots, { ...options, configured, hidden: (root) => this.excludes(root).hidden });
	}

	/** Whether a configuration file on the disk excludes something else than when it was met. */
	private async excludesOther(name: string): Promise<boolean> {
		const folder = folderOf(name);
		if (!this.roots.some((root) => isIn(folder, root))) return false;
		return this.walked.get(folder) !== JSON.stringify(await excludeOn(this.disk, folder));
	}

	/** Reads everything below the roots, and forgets what is no longer there. False when it was aborted on the way. */
	async index({ signal, report }: IndexOptions): Promise<boolean> {
		const batch = new Batch(this.disk, this.sink, report);
		const found = new Set<string>();
		this.walked.clear();
		for await (const folder of this.discover({ signal })) {
			await this.sink.urgent();
			found.add(folder.path);
			await batch.add(folder);
		}
		if (signal.aborted) return false;
		for (const path of found) this.loose.delete(path);
		this.covered = found;
		batch.change(this.readByName());
		await batch.end();
		if (batch.forgets) this.sink.forgot();
		await this.visitAgain([...this.loose.keys()]);
		return true;
	}

	/** Folders that no walk finds and no open document lies in. */
	private onlyNamed(): readonly string[] {
		return [...this.sink.snapshot().folders.keys()].filter((path) => isOnDisk(path) && !this.covered.has(path) && !this.loose.has(path));
	}

	/** All that was read only because something named it. */
	private readByName(): readonly Change[] {
		const snapshot = this.sink.snapshot();
		return this.onlyNamed().flatMap((path) => goneFrom(snapshot, path, this.neededAt(path)));
	}

	/** What is needed of a folder that no walk finds for an open document below it. */
	private neededAt(path: string): ReadonlySet<string> {
		for (const folder of this.loose.keys()) if (isIn(folder, path)) return new Set(SAYING.map((name) => `${path}/${name}`));
		return new Set();
	}

	/** Reads the folder of a document, if it has not been read, and what above it says how its files are deployed. */
	async visit(name: string): Promise<void> {
		const folder = folderOf(name);
		let visit = this.loose.get(folder);
		if (!visit) {
			if (this.covered.has(folder) || !isOnDisk(folder)) return;
			visit = this.readFolder(folder);
			this.loose.set(folder, visit);
		}
		await visit;
	}

	private async readFolder(folder: string): Promise<void> {
		const batch = new Batch(this.disk, this.sink, () => {});
		for await (const found of this.discover({ within: [{ path: folder, deep: false }] })) {
			this.covered.add(found.path);
			await batch.add(found);
		}
		if (!this.covered.has(folder)) await batch.add(await this.listed(folder));
		for (const above of foldersUpwards(folder, this.roots)) {
			for (const name of UNIT_FILES) batch.change([{ uri: `${above}/${name}`, ...(await this.disk.read(`${above}/${name}`)) }]);
		}
		for (const above of await this.configurable(folder)) await batch.read(`${above}/${CONFIGURATION_FILE}`);
		await batch.end();
	}

	/** The folders whose configuration may hold in one: those up to its root or, outside the roots, up to that of its repository. */
	private async configurable(folder: string): Promise<readonly string[]> {
		const upwards = foldersUpwards(`${folder}/`, this.roots);
		const last = upwards.at(-1);
		if (last !== undefined && this.roots.includes(last)) return upwards;
		for (const [index, above] of upwards.entries()) if (await this.disk.kind(`${above}/.git`)) return upwards.slice(0, index + 1);
		return upwards.slice(0, 1);
	}

	/** A folder that no walk finds. */
	private async listed(path: string): Promise<FoundFolder> {
		const entries = await this.disk.list(path);
		if ("skipped" in entries) return { path, files: [], skipped: entries.skipped };
		const files = "gone" in entries ? [] : entries.filter(({ name, kind }) => isCandidate(name, kind)).map(({ name }) => `${path}/${name}`);
		return { path, files: files.sort(), skipped: undefined };
	}

	/** Goes back to what the disk holds of a document that is no longer open; a folder that is read for no other reason is forgotten. */
	async release(name: string): Promise<void> {
		this.named.closed(name);
		const folder = folderOf(name);
		await this.loose.get(folder);
		const isFound = await this.finds(name);
		const content: Content = isOnDisk(name) && isCandidate(baseName(name)) ? await this.disk.read(name) : GONE;
		// What holds now: an index may have come to its end meanwhile.
		if (this.covered.has(folder)) this.sink.apply([{ uri: name, ...(isFound ? content : GONE) }]);
		else if (this.sink.hasOpenIn(folder)) this.sink.apply([{ uri: name, ...content }]);
		else this.forgetLoose(folder, name);
	}

	/** Forgets a folder that no walk finds, and all that is read only for such folders: what is needed for another of them is read again. */
	private forgetLoose(folder: string, name: string): void {
		const snapshot = this.sink.snapshot();
		const lost = [folder, ...this.onlyNamed()].flatMap((path) => goneFrom(snapshot, path, new Set()));
		this.loose.clear();
		this.sink.apply([{ uri: name, gone: true }, ...lost]);
		this.sink.forgot();
	}

	/** Whether a walk of the roots finds a file: that it is there, and nothing leaves it out. */
	private async finds(name: string): Promise<boolean> {
		if (!this.covered.has(folderOf(name))) return false;
		for await (const { files } of this.discover({ within: [{ path: folderOf(name), deep: false }] })) if (files.includes(name)) return true;
		return false;
	}

	/** Takes in what happened on the disk. False when only reading everything again can tell what holds now. */
	async take(events: readonly FileEvent[]): Promise<boolean> {
		// What these have read already may be of before.
		await Promise.all(this.loose.values());
		const names = [...new Set(events.map((event) => event.name))].filter(isOnDisk);
		if (names.some((name) => /(^|\/)(\.gitignore|\.git\/info\/exclude)$/.test(name))) return false;
		for (const name of names) if (baseName(name) === CONFIGURATION_FILE && (await this.excludesOther(name))) return false;
		const before = this.sink.snapshot();
		const batch = new Batch(this.disk, this.sink, () => {});
		const { targets, noFolders } = await this.takeEach(names, batch);
		if (targets.length > MANY_TARGETS) return false;
		if (noFolders.size > 0) batch.change(this.lost((path) => foldersUpwards(`${path}/`, []).some((above) => noFolders.has(above))));
		await this.walkAgain(targets, batch);
		await batch.end();
		const saying = names.filter((name) => SAYING.includes(baseName(name)));
		await this.visitBelow(new Set(saying.map(folderOf)));
		const inFolders = names.flatMap((name) => (before.folders.has(name) ? SAYING.map((file) => `${name}/${file}`) : []));
		if ([...saying, ...inFolders].some((name) => this.leadsAway(name, before))) this.forgetNamed();
		return true;
	}

	/** Takes in what is known by its name. Gives the folders to look into for the rest, and names of which no folder is left. */
	private async takeEach(names: readonly string[], batch: Batch) {
		const targets = new Map<string, Target>();
		const noFolders = new Set<string>();
		for (const name of names) {
			const kind = await this.disk.kind(name);
			if (kind === undefined || kind === "folder") batch.change([{ uri: name, gone: true }]);
			if (kind === "folder") {
				targets.set(name, { path: name, deep: true });
				continue;
			}
			const snapshot = this.sink.snapshot();
			const isKnown = fileOf(snapshot, name) !== undefined;
			const isFile = isCandidate(baseName(name));
			if (!isFile || !isKnown || snapshot.folders.has(name)) noFolders.add(name);
			if (kind === undefined || !isFile) continue;
			const folder = folderOf(name);
			const isWanted = isKnown || this.loose.has(folder);
			if (isWanted) await batch.read(name);
			// A walk may find now what was read for an open document alone.
			const mayBeFound = !isWanted || (!this.covered.has(folder) && this.sink.hasOpenIn(folder));
			if (mayBeFound && !targets.has(folder)) targets.set(folder, { path: folder, deep: false });
		}
		return { targets: [...targets.values()], noFolders };
	}

	/** Reads what a walk finds of some folders, and forgets what it does not find any more below the deep ones. */
	private async walkAgain(targets: readonly Target[], batch: Batch): Promise<void> {
		const deep = targets.filter((target) => target.deep);
		for (const folder of this.walked.keys()) if (deep.some(({ path }) => isIn(folder, path))) this.walked.delete(folder);
		const found = new Set<string>();
		for await (const folder of this.discover({ within: targets })) {
			found.add(folder.path);
			this.covered.add(folder.path);
			this.loose.delete(folder.path);
			await batch.add(folder);
		}
		const isLost = (path: string) => !found.has(path) && this.covered.has(path) && deep.some((target) => isIn(path, target.path));
		if (deep.length > 0) batch.change(this.lost(isLost));
	}

	/** To be called before a document is shown. */
	opening(name: string): void {
		const file = SAYING.includes(baseName(name)) ? fileOf(this.sink.snapshot(), name) : undefined;
		if (file) this.named.opening(name, file);
	}

	/** Whether a file named something before that was read only because of such a name, and does not now. */
	private leadsAway(name: string, before: Snapshot): boolean {
		const lost = this.named.lost(name, fileOf(before, name), fileOf(this.sink.snapshot(), name));
		if (lost.length === 0) return false;
		return this.onlyNamed().some((folder) => lost.some((path) => isIn(folder, path) || isIn(path, folder)));
	}

	/** Forgets what was read only because something named it: whatever still does asks for it again. */
	private forgetNamed(): void {
		const named = this.readByName();
		if (named.length === 0) return;
		this.sink.apply(named);
		this.sink.forgot();
	}

	/** Reads folders again that no walk finds, since something above them may say now how their files are deployed. */
	private async visitBelow(above: ReadonlySet<string>): Promise<void> {
		await this.visitAgain([...this.loose.keys()].filter((folder) => foldersUpwards(folder, []).some((path) => above.has(path))));
	}

	private async visitAgain(folders: readonly string[]): Promise<void> {
		for (const folder of folders) this.loose.delete(folder);
		for (const folder of folders) if (this.sink.hasOpenIn(folder)) await this.visit(`${folder}/`);
	}

	/** Everything that is known of some folders, which are gone. */
	private lost(isLost: (folder: string) => boolean): readonly Change[] {
		const snapshot = this.sink.snapshot();
		const changes: Change[] = [];
		for (const path of snapshot.folders.keys()) {
			if (!isLost(path)) continue;
			this.covered.delete(path);
			this.walked.delete(path);
			changes.push(...goneFrom(snapshot, path, new Set()));
		}
		return changes;
	}
}

const GONE: Content = { gone: true };

/** Files above a folder that say what the folder is part of. */
const UNIT_FILES = ["Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization"];
const SAYING = [...UNIT_FILES, CONFIGURATION_FILE];

/** Whether a name can be looked up on the disk: an absolute path, and no URI of another kind. */
export function isOnDisk(name: string): boolean {
	return /^(\/|[A-Za-z]:(\/|$))/.test(name);
}
