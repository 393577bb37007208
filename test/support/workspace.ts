import { emptySnapshot, type Snapshot, withAssets, withFolders } from "../../server/src/links/snapshot.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/src/settings/settings.ts";
import type { SourceFile } from "../../server/src/text/file.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { type Folder, folderOf } from "../../server/src/units/folder.ts";
import { openFile } from "../../server/src/yaml/stream.ts";

/** Cuts a block into files at its `#- name` lines; text before the first one is the file `manifest.yaml`. */
export function cutFiles(block: string): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	let name = "manifest.yaml";
	let lines: string[] = [];
	const close = () => {
		if (lines.some((line) => line.trim() !== "")) files.set(name, `${lines.join("\n")}\n`);
	};
	for (const line of block.replace(/^\n/, "").replace(/\n$/, "").split("\n")) {
		const match = /^#- (\S+)\s*$/.exec(line);
		if (!match) lines.push(line);
		else {
			close();
			name = match[1] ?? name;
			lines = [];
		}
	}
	close();
	return files;
}

/** A snapshot of files given by name (`/` separates folders), all below the folder `/ws`; there are no others. */
export function snapshotOf(files: ReadonlyMap<string, string>, settings: Settings = DEFAULT_SETTINGS): Snapshot {
	const folders = new Map<string, Folder>();
	for (const [name, text] of files) {
		const file = openFile(`/ws/${name}`, text);
		const path = folderOf(file.uri);
		const known = folders.get(path);
		const all: Map<string, SourceFile> = new Map(known?.files ?? []);
		folders.set(path, { path, files: all.set(file.uri, file), skipped: [] });
	}
	return withFolders(
		withAssets(
			emptySnapshot(settings, () => RENDERERS),
			{ known: new Map(), whole: true },
		),
		folders,
	);
}
