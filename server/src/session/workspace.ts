import { emptySnapshot, fileOf, type Snapshot, withFolders, withSettings } from "../links/snapshot.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { type Folder, folderOf, type Skipped } from "../units/folder.ts";
import { openFile } from "../yaml/stream.ts";

/** A file as it is now: its text, the reason why it cannot be read, or gone. */
export type Change =
	| { readonly uri: string; readonly text: string }
	| { readonly uri: string; readonly skipped: string }
	| { readonly uri: string; readonly gone: true };

/** The files that are known, and the snapshot of this moment. Files are named by absolute paths or URIs with `/`, one way throughout. */
export class Workspace {
	private current: Snapshot;

	constructor(settings: Settings) {
		this.current = emptySnapshot(settings);
	}

	get snapshot(): Snapshot {
		return this.current;
	}

	setSettings(settings: Settings): void {
		this.current = withSettings(this.current, settings);
	}

	/** Takes changes in, all at once. A file with the text that it has already changes nothing. */
	apply(changes: Iterable<Change>): void {
		const folders = new Map<string, Folder | undefined>();
		for (const change of changes) {
			const path = folderOf(change.uri);
			const before = folders.has(path) ? folders.get(path) : this.current.folders.get(path);
			const after = changed(before ?? { path, files: new Map(), skipped: [] }, change, fileOf(this.current, change.uri));
			if (after !== before) folders.set(path, after.files.size > 0 || after.skipped.length > 0 ? after : undefined);
		}
		if (folders.size > 0) this.current = withFolders(this.current, folders);
	}
}

function changed(folder: Folder, change: Change, previous: SourceFile | undefined): Folder {
	if ("text" in change && folder.files.get(change.uri)?.text === change.text) return folder;
	const files = new Map(folder.files);
	const skipped: Skipped[] = folder.skipped.filter(({ uri }) => uri !== change.uri);
	if ("text" in change) files.set(change.uri, openFile(change.uri, change.text, previous));
	else files.delete(change.uri);
	if ("skipped" in change) skipped.push({ uri: change.uri, reason: change.skipped });
	return { path: folder.path, files, skipped };
}
