import type { SourceFile } from "../text/file.ts";
import type { Asset, Assets } from "./assets.ts";
import { type Folder, folderOf } from "./folder.ts";
import type { Files } from "./rendered.ts";

/** The files of one moment that renderers may look at. */
export interface World {
	readonly folders: ReadonlyMap<string, Folder>;
	/** The same object for as long as no folder comes or goes. */
	readonly layout: object;
	readonly assets: Assets;
	/** Whether a path is inside of what is open or was named. */
	readonly isInside: (path: string) => boolean;
	/** Whether a path may be looked at where somebody names it: inside, and where what is inside may lead. */
	readonly isInReach: (path: string) => boolean;
}

/** One thing that was looked at: asked again, it gives `found` for as long as nothing has changed. */
interface Read {
	readonly ask: (world: World) => unknown;
	readonly found: unknown;
	/** What to look for on the disk, as nobody knows whether it is there. */
	readonly wanted: string | undefined;
	readonly part: Kept<unknown> | undefined;
}

/** Something that was worked out from files, and what it looked at for that. */
export interface Kept<T> {
	readonly value: T;
	readonly reads: ReadonlyMap<string, Read>;
	/** The last moment that was asked about, and whether it held then. */
	checked: World;
	holds: boolean;
}

/** Versions of one thing: that of now, the one before, and that of a trial. */
const MOST_VERSIONS = 3;

/** What renderers worked out, found again for every moment under which they would see the same. */
export class Renders {
	private readonly versions = new Map<string, Kept<unknown>[]>();
	private readonly active = new Set<string>();
	/** How many roots were rendered until now. */
	rendered = 0;

	/** What `compute` makes of the files of a moment, and what it made at the moment that was asked about before. */
	keep<T>(world: World, key: string, compute: (files: Files) => T): { readonly kept: Kept<T>; readonly before: Kept<T> | undefined } {
		const versions = (this.versions.get(key) ?? []) as Kept<T>[];
		this.versions.set(key, versions);
		const [before] = versions;
		const at = versions.findIndex((version) => this.isAsIn(world, version));
		const kept = versions[at] ?? this.compute(world, key, compute);
		if (at >= 0) versions.splice(at, 1);
		versions.unshift(kept);
		versions.length = Math.min(versions.length, MOST_VERSIONS);
		return { kept, before };
	}

	/** The files of a moment, for a look that nothing is kept of. */
	files(world: World): Files {
		return recording(this, world, new Map());
	}

	private compute<T>(world: World, key: string, compute: (files: Files) => T): Kept<T> {
		if (this.active.has(key)) throw new RangeError(`${key} is made of itself`);
		this.active.add(key);
		try {
			const reads = new Map<string, Read>();
			return { value: compute(recording(this, world, reads)), reads, checked: world, holds: true };
		} finally {
			this.active.delete(key);
		}
	}

	private isAsIn<T>(world: World, kept: Kept<T>): boolean {
		if (kept.checked !== world) {
			kept.checked = world;
			kept.holds = [...kept.reads.values()].every(({ ask, found, part }) => (part ? this.isAsIn(world, part) : ask(world) === found));
		}
		return kept.holds;
	}
}

/** All that something looked at, itself and through what it is made of. */
export function readsOf(kept: Kept<unknown>): { readonly files: ReadonlyMap<string, SourceFile>; readonly wanted: readonly string[] } {
	const files = new Map<string, SourceFile>();
	const wanted = new Set<string>();
	const seen = new Set<Kept<unknown>>();
	const collect = (from: Kept<unknown>): void => {
		if (seen.has(from)) return;
		seen.add(from);
		for (const read of from.reads.values()) {
			if (read.wanted !== undefined) wanted.add(read.wanted);
			if (read.part) collect(read.part);
			else if (isFile(read.found)) files.set(read.found.uri, read.found);
		}
	};
	collect(kept);
	return { files, wanted: [...wanted] };
}

function isFile(found: unknown): found is SourceFile {
	return typeof found === "object" && found !== null && "parts" in found;
}

/** Files that note down what is asked of them. */
function recording(renders: Renders, world: World, reads: Map<string, Read>): Files {
	const look = <T>(what: string, path: string, ask: (from: World) => T, wanted?: string): T => {
		const key = `${what} ${path}`;
		const known = reads.get(key);
		if (known) return known.found as T;
		const found = ask(world);
		reads.set(key, { ask, found, wanted, part: undefined });
		return found;
	};
	const file = (uri: string) => look("file", uri, (from) => fileIn(from, uri), isKnown(world, uri) ? undefined : uri);
	const names = (path: string) => look("folder", path, (from) => namesIn(from, path), isKnownFolder(world, path) ? undefined : `${path}/`);
	return {
		file,
		bytes: (uri) => look("bytes", uri, (from) => bytesIn(from, uri), isKnown(world, uri) ? undefined : uri),
		folder: (path) => {
			const listed = names(path);
			if (listed === undefined) return undefined;
			const files = new RecordedFiles(listed === "" ? [] : listed.split("\n"), file);
			const unread = look("unread", path, (from) => unreadIn(from, path));
			return { path, files, skipped: unread === "" ? [] : unread.split("\n").map((uri) => ({ uri, reason: UNREAD })) };
		},
		folders: (path) => {
			const found = look("folders", path, (from) => foldersIn(from, path));
			return found === "" ? [] : found.split("\n");
		},
		has: (uri) => look("has", uri, (from) => isThere(from, uri), isKnown(world, uri) ? undefined : uri),
		isInside: (path) => look("inside", path, (from) => from.isInside(path)),
		isInReach: (path) => look("reach", path, (from) => from.isInReach(path)),
		kept: (key, compute) => {
			const { kept } = renders.keep(world, key, compute);
			reads.set(`kept ${key}`, { ask: () => kept, found: kept, wanted: undefined, part: kept });
			return kept.value;
		},
	};
}

function fileIn({ folders, assets }: World, uri: string): SourceFile | undefined {
	const asset = assets.known.get(uri);
	return folders.get(folderOf(uri))?.files.get(uri) ?? (asset && "text" in asset ? asset.text : undefined);
}

function bytesIn({ assets }: World, uri: string): Uint8Array | undefined {
	const asset = assets.known.get(uri);
	return asset && "bytes" in asset ? asset.bytes : undefined;
}

/** The names of the texts of a folder, a line each. */
function namesIn({ folders, assets }: World, path: string): string | undefined {
	const folder = folders.get(path);
	const asset = assets.known.get(`${path}/`);
	if (!folder && !(asset && "files" in asset)) return undefined;
	const listed = (asset && "files" in asset ? asset.files : []).filter((uri) => !folder?.skipped.some((skipped) => skipped.uri === uri));
	const texts = listed.filter((uri) => !isNoText(assets.known.get(uri)));
	return [...new Set([...(folder?.files.keys() ?? []), ...texts])].sort().join("\n");
}

const UNREAD = "no text";

/** The names of what stands in a folder and is no text, a line each. */
function unreadIn({ folders, assets }: World, path: string): string {
	const asset = assets.known.get(`${path}/`);
	const listed = asset && "files" in asset ? asset.files.filter((uri) => isNoText(assets.known.get(uri))) : [];
	const skipped = folders.get(path)?.skipped.map(({ uri }) => uri) ?? [];
	return [...new Set([...listed, ...skipped])].sort().join("\n");
}

function isNoText(asset: Asset | undefined): boolean {
	return asset !== undefined && !("text" in asset);
}

function foldersIn(world: World, path: string): string {
	const asset = world.assets.known.get(`${path}/`);
	const listed = asset && "folders" in asset ? asset.folders : [];
	return [...new Set([...listed, ...(childrenOf(world).get(path) ?? [])])].sort().join("\n");
}

const children = new WeakMap<object, ReadonlyMap<string, ReadonlySet<string>>>();

/** The folders that stand directly in each folder, as far as something is known of them or below them. */
function childrenOf({ folders, layout }: World): ReadonlyMap<string, ReadonlySet<string>> {
	let found = children.get(layout);
	if (!found) {
		const all = new Map<string, Set<string>>();
		for (const path of folders.keys()) {
			for (let at = path; at !== ""; at = folderOf(at)) {
				const known = all.get(folderOf(at));
				if (known?.has(at)) break;
				if (known) known.add(at);
				else all.set(folderOf(at), new Set([at]));
			}
		}
		found = all;
		children.set(layout, found);
	}
	return found;
}

function isThere(world: World, uri: string): boolean | "cannot-tell" {
	const asset = world.assets.known.get(uri);
	if (fileIn(world, uri) || (asset && !("gone" in asset)) || isSkipped(world, uri)) return true;
	return isKnown(world, uri) ? false : "cannot-tell";
}

function isSkipped({ folders }: World, uri: string): boolean {
	return folders.get(folderOf(uri))?.skipped.some((skipped) => skipped.uri === uri) === true;
}

function isKnown(world: World, uri: string): boolean {
	const { assets, isInReach } = world;
	if (assets.whole || fileIn(world, uri) !== undefined || assets.known.has(uri) || isSkipped(world, uri)) return true;
	return !isInReach(uri) && !isListed(world, "files", uri);
}

function isKnownFolder(world: World, path: string): boolean {
	const { folders, assets, isInReach } = world;
	if (assets.whole || assets.known.has(`${path}/`)) return true;
	return !isInReach(path) && !folders.has(path) && !isListed(world, "folders", path);
}

/** Whether a folder was looked at that holds it: then it may be looked at too, wherever it lies. */
function isListed({ assets }: World, as: "files" | "folders", path: string): boolean {
	const asset = assets.known.get(`${folderOf(path)}/`);
	return asset !== undefined && "files" in asset && asset[as].includes(path);
}

/** The files of a folder: which there are is known, and each that is looked at is noted down. */
class RecordedFiles implements ReadonlyMap<string, SourceFile> {
	private readonly names: readonly string[];
	private readonly file: Files["file"];

	constructor(names: readonly string[], file: Files["file"]) {
		this.names = names;
		this.file = file;
	}

	get size(): number {
		return this.names.length;
	}

	get(uri: string): SourceFile | undefined {
		return this.names.includes(uri) ? this.file(uri) : undefined;
	}

	has(uri: string): boolean {
		return this.names.includes(uri);
	}

	*keys(): MapIterator<string> {
		yield* this.names;
	}

	*values(): MapIterator<SourceFile> {
		for (const [, file] of this.entries()) yield file;
	}

	*entries(): MapIterator<[string, SourceFile]> {
		for (const name of this.names) {
			const file = this.file(name);
			if (file) yield [name, file];
		}
	}

	forEach(call: (file: SourceFile, uri: string, map: ReadonlyMap<string, SourceFile>) => void): void {
		for (const [uri, file] of this.entries()) call(file, uri, this);
	}

	[Symbol.iterator](): MapIterator<[string, SourceFile]> {
		return this.entries();
	}
}
