import { emptySnapshot, type Snapshot, withAssets, withBase, withFolders } from "../links/snapshot.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { SortedMap } from "../text/sortedMap.ts";
import type { Asset } from "../units/assets.ts";
import type { Base } from "../units/configurations.ts";
import { type Folder, folderOf, type Skipped } from "../units/folder.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { openFile } from "../yaml/stream.ts";
import type { Content } from "./fileSystem.ts";

/** A file as it is now: its text, perhaps opened already as what follows a version `before`, the reason why it cannot be read, or gone. */
export type Change = { readonly uri: string } & (
	| Content
	| { readonly text: string; readonly file: SourceFile; readonly before: SourceFile | undefined }
);

/** The files that are known, and the snapshot of this moment. Files are named by absolute paths or URIs with `/`, one way throughout. */
export class Workspace {
	private current: Snapshot;

	constructor(settings: Settings, load: LoadRenderers) {
		this.current = emptySnapshot(settings, load);
	}

	get snapshot(): Snapshot {
		return this.current;
	}

	setBase(base: Base): void {
		this.current = withBase(this.current, base);
	}

	/** Takes in what is known of paths that renderers asked for, or (`undefined`) that nothing is known any more. */
	learn(found: ReadonlyMap<string, Asset | undefined>): void {
		const { assets } = this.current;
		const news = [...found].filter(([uri, asset]) => asset !== assets.known.get(uri));
		if (news.length === 0) return;
		const known = new Map(assets.known);
		for (const [uri, asset] of news) {
			if (asset) known.set(uri, asset);
			else known.delete(uri);
		}
		this.current = withAssets(this.current, { ...assets, known });
	}

	/** Takes changes in, all at once. What is as it was already changes nothing: not even the snapshot's identity. */
	apply(changes: Iterable<Change>): void {
		const drafts = new Map<string, Draft>();
		for (const change of changes) {
			const path = folderOf(change.uri);
			let draft = drafts.get(path);
			if (!draft) {
				draft = { before: this.current.folders.get(path), files: new Map(), skipped: undefined };
				drafts.set(path, draft);
			}
			take(draft, change);
		}
		const folders = new Map<string, Folder | undefined>();
		for (const [path, draft] of drafts) if (draft.files.size > 0 || draft.skipped) folders.set(path, finished(path, draft));
		if (folders.size > 0) this.current = withFolders(this.current, folders);
	}
}

/** What changes in a folder. */
interface Draft {
	readonly before: Folder | undefined;
	/** Files that are other ones now, or (`undefined`) gone. */
	readonly files: Map<string, SourceFile | undefined>;
	/** All that is skipped, once something of it changed. */
	skipped: Map<string, string> | undefined;
}

function take(draft: Draft, change: Change): void {
	const { uri } = change;
	const before = draft.files.has(uri) ? draft.files.get(uri) : draft.before?.files.get(uri);
	skip(draft, uri, "skipped" in change ? change.skipped : undefined);
	if (!("text" in change)) {
		if (before) draft.files.set(uri, undefined);
	} else if (before?.text !== change.text) {
		draft.files.set(uri, "file" in change && change.before === before ? change.file : openFile(uri, change.text, before));
	}
}

function skip(draft: Draft, uri: string, reason: string | undefined): void {
	const { before } = draft;
	if (!draft.skipped && before?.skipped.find((skipped) => skipped.uri === uri)?.reason === reason) return;
	draft.skipped ??= new Map(before?.skipped.map((skipped) => [skipped.uri, skipped.reason]));
	if (reason === undefined) draft.skipped.delete(uri);
	else draft.skipped.set(uri, reason);
}

/** Files stand in order of their names, so that it does not matter in which order they came. */
function finished(path: string, { before, files: changed, skipped: all }: Draft): Folder | undefined {
	const files = SortedMap.of(before?.files).with(changed);
	const skipped: readonly Skipped[] = all
		? [...all].map(([uri, reason]) => ({ uri, reason })).sort((a, b) => (a.uri < b.uri ? -1 : 1))
		: (before?.skipped ?? []);
	return files.size === 0 && skipped.length === 0 ? undefined : { path, files, skipped };
}
