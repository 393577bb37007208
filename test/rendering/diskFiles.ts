import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { SourceFile } from "../../server/src/text/file.ts";
import { type Folder, folderOf, type Skipped } from "../../server/src/units/folder.ts";
import type { Files } from "../../server/src/units/rendered.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import type { RecordedUnit } from "./recorded.ts";

/** The files of a corpus as the unit's answer was made with: `linked` folders stand where they were copied to. */
export function filesOf(corpus: string, unit: RecordedUnit): Files {
	const top = `${corpus}/${unit.repo}`;
	if (unit.files) return files(top, memoryTree(top, unit.files));
	const links = (unit.linked ?? []).map(({ to, from }) => ({ to: `${top}/${unit.path}/${to}`, from: `${corpus}/${from}` }));
	return files(top, diskTree(links));
}

interface Tree {
	readonly read: (uri: string) => Uint8Array | undefined;
	readonly list: (folder: string) => { readonly files: readonly string[]; readonly folders: readonly string[] } | undefined;
}

function files(top: string, tree: Tree): Files {
	const opened = remember((uri: string): SourceFile | undefined => {
		const bytes = tree.read(uri);
		const text = bytes && textOf(bytes);
		return text === undefined ? undefined : openFile(uri, text);
	});
	const folder = remember((at: string): Folder | undefined => {
		const entries = tree.list(at);
		if (!entries) return undefined;
		const found = new Map<string, SourceFile>();
		const skipped: Skipped[] = [];
		for (const uri of entries.files) {
			const file = opened(uri);
			if (file) found.set(uri, file);
			else skipped.push({ uri, reason: "binary" });
		}
		return { path: at, files: found, skipped };
	});
	const files: Files = {
		file: opened,
		bytes: tree.read,
		folder,
		folders: (at) => tree.list(at)?.folders ?? [],
		has: (uri) => tree.list(folderOf(uri))?.files.includes(uri) ?? false,
		kept: (_, compute) => compute(files),
		isInside: (at) => at === top || at.startsWith(`${top}/`),
	};
	return files;
}

function remember<Value>(make: (key: string) => Value): (key: string) => Value {
	const known = new Map<string, Value>();
	return (key) => {
		if (!known.has(key)) known.set(key, make(key));
		return known.get(key) as Value;
	};
}

function textOf(bytes: Uint8Array): string | undefined {
	if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
	return new TextDecoder().decode(bytes);
}

function memoryTree(top: string, contents: Readonly<Record<string, string>>): Tree {
	const all = new Map(Object.entries(contents).map(([name, text]) => [`${top}/${name}`, new TextEncoder().encode(text)]));
	const list = (at: string) => {
		const below = [...all.keys()].filter((uri) => uri.startsWith(`${at}/`));
		const inside = below.filter((uri) => uri.includes("/", at.length + 1));
		const folders = new Set(inside.map((uri) => uri.slice(0, uri.indexOf("/", at.length + 1))));
		if (below.length === 0) return undefined;
		return { files: below.filter((uri) => folderOf(uri) === at).sort(), folders: [...folders].sort() };
	};
	return { read: (uri) => all.get(uri), list };
}

function diskTree(links: readonly { readonly to: string; readonly from: string }[]): Tree {
	const real = (uri: string) => {
		const link = links.findLast(({ to }) => uri === to || uri.startsWith(`${to}/`));
		return link ? link.from + uri.slice(link.to.length) : uri;
	};
	const read = (uri: string) => {
		const at = real(uri);
		return statSync(at, { throwIfNoEntry: false })?.isFile() ? readFileSync(at) : undefined;
	};
	const list = remember((at: string) => {
		const own = entriesOf(real(at));
		const linked = links.flatMap(({ to }) => (to.startsWith(`${at}/`) ? [to.slice(0, endOfPart(to, at.length + 1))] : []));
		if (!own && linked.length === 0) return undefined;
		const named = (wanted: "file" | "folder") => (own ?? []).flatMap(([name, kind]) => (kind === wanted ? [`${at}/${name}`] : []));
		const folders = new Set([...named("folder"), ...linked]);
		return { files: named("file").sort(), folders: [...folders].sort() };
	});
	return { read, list };
}

function endOfPart(uri: string, from: number): number {
	const slash = uri.indexOf("/", from);
	return slash < 0 ? uri.length : slash;
}

function entriesOf(at: string): readonly (readonly [string, "file" | "folder" | "other"])[] | undefined {
	if (!statSync(at, { throwIfNoEntry: false })?.isDirectory()) return undefined;
	return readdirSync(at).map((name) => {
		const stat = statSync(path.join(at, name), { throwIfNoEntry: false });
		return [name, stat?.isFile() ? "file" : stat?.isDirectory() ? "folder" : "other"] as const;
	});
}
