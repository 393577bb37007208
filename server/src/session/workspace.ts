import { emptySnapshot, type Snapshot, withBase, withFolders } from "../links/snapshot.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import type { Base } from "../units/configurations.ts";
import { type Folder, folderOf, type Skipped } from "../units/folder.ts";
import { openFile } from "../yaml/stream.ts";
import type { Content } from "./fileSystem.ts";

/** A file as it is now: its text, the reason why it cannot be read, or gone. */
export type Change = { readonly uri: string } & Content;

/** The files that are known, and the snapshot of this moment. Files are named by absolute paths or URIs with `/`, one way throughout. */
export class Workspace {
	private current: Snapshot;

	constructor(settings: Settings) {
		this.current = emptySnapshot(settings);
	}

	get snapshot(): Snapshot {
		return this.current;
	}

	setBase(base: Base): void {
		this.current = withBase(this.current, base);
	}

	/** Takes changes in, all at once. What is as it was already changes nothing: not even the snapshot's identity. */
	apply(changes: Iterable<Change>): void {
		const drafts = new Map<string, Draft>();
		for (const change of changes) {
			const path = folderOf(change.uri);
			let draft = drafts.get(path);
			if (!draft) {
				draft = draftOf(this.current.folders.get(path));
				drafts.set(path, draft);
			}
			take(draft, change);
		}
		const folders = new Map<string, Folder | undefined>();
		for (const [path, draft] of drafts) if (draft.changed) folders.set(path, finished(path, draft));
		if (folders.size > 0) this.current = withFolders(this.current, folders);
	}
}

/** A folder while changes are taken in. */
interface Draft {
	readonly files: Map<string, SourceFile>;
	readonly skipped: Map<string, string>;
	changed: boolean;
	/** A file came that was not there. */
	grown: boolean;
}

function draftOf(folder: Folder | undefined): Draft {
	return {
		files: new Map(folder?.files),
		skipped: new Map(folder?.skipped.map(({ uri, reason }) => [uri, reason])),
		changed: false,
		grown: false,
	};
}

function take(draft: Draft, change: Change): void {
	const { uri } = change;
	const before = draft.files.get(uri);
	const reason = "skipped" in change ? change.skipped : undefined;
	if (draft.skipped.get(uri) !== reason) {
		draft.changed = true;
		if (reason === undefined) draft.skipped.delete(uri);
		else draft.skipped.set(uri, reason);
	}
	if (!("text" in change)) {
		if (draft.files.delete(uri)) draft.changed = true;
	} else if (before?.text !== change.text) {
		draft.files.set(uri, openFile(uri, change.text, before));
		draft.changed = true;
		draft.grown ||= before === undefined;
	}
}

/** Files stand in order of their names, so that it does not matter in which order they came. */
function finished(path: string, draft: Draft): Folder | undefined {
	if (draft.files.size === 0 && draft.skipped.size === 0) return undefined;
	const files = draft.grown ? new Map([...draft.files].sort(([a], [b]) => (a < b ? -1 : 1))) : draft.files;
	const skipped: Skipped[] = [...draft.skipped].map(([uri, reason]) => ({ uri, reason })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
	return { path, files, skipped };
}
