import { isUtf8 } from "node:buffer";
import type { SourceFile } from "../../server/src/text/file.ts";
import { type Folder, folderOf, type Skipped } from "../../server/src/units/folder.ts";
import type { Files } from "../../server/src/units/rendered.ts";
import { openFile } from "../../server/src/yaml/stream.ts";

/** Files by their names, as a renderer sees them; `top` is what is open. */
export function memoryFiles(top: string, contents: Readonly<Record<string, string | Uint8Array>>): Files {
	return filesOfTree(top, memoryTree(top, contents));
}

/** Where files stand: by absolute paths. */
export interface Tree {
	readonly read: (uri: string) => Uint8Array | undefined;
	readonly list: (folder: string) => { readonly files: readonly string[]; readonly folders: readonly string[] } | undefined;
}

/** What a renderer sees of a tree, each file opened once. */
export function filesOfTree(top: string, tree: Tree): Files {
	const opened = once((uri: string): SourceFile | undefined => {
		const bytes = tree.read(uri);
		const text = bytes && textOf(bytes);
		return text === undefined ? undefined : openFile(uri, text);
	});
	const folder = once((at: string): Folder | undefined => {
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
		isInReach: (at) => at === top || at.startsWith(`${top}/`),
	};
	return files;
}

export function once<Value>(make: (key: string) => Value): (key: string) => Value {
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

function memoryTree(top: string, contents: Readonly<Record<string, string | Uint8Array>>): Tree {
	const all = new Map(
		Object.entries(contents).map(([name, content]) => [
			`${top}/${name}`,
			typeof content === "string" ? new TextEncoder().encode(content) : content,
		]),
	);
	const list = (at: string) => {
		const below = [...all.keys()].filter((uri) => uri.startsWith(`${at}/`));
		const inside = below.filter((uri) => uri.includes("/", at.length + 1));
		const folders = new Set(inside.map((uri) => uri.slice(0, uri.indexOf("/", at.length + 1))));
		if (below.length === 0) return undefined;
		return { files: below.filter((uri) => folderOf(uri) === at).sort(), folders: [...folders].sort() };
	};
	return { read: (uri) => all.get(uri), list };
}
