import { fileOf, type Snapshot, withFolders } from "../links/snapshot.ts";
import { spanInFile } from "../text/file.ts";
import type { Edit, Span } from "../text/source.ts";
import { type Folder, folderOf } from "../units/folder.ts";
import { openFile } from "../yaml/stream.ts";

/** Characters of a file, and what stands in their place. */
export interface TextEdit extends Span {
	readonly text: string;
}

/** The snapshot with other texts in some of its files. */
export function withFiles(snapshot: Snapshot, texts: ReadonlyMap<string, string>): Snapshot {
	const folders = new Map<string, Folder>();
	for (const [uri, text] of texts) {
		const path = folderOf(uri);
		const folder = folders.get(path) ?? snapshot.folders.get(path);
		if (folder) folders.set(path, { ...folder, files: new Map(folder.files).set(uri, openFile(uri, text, folder.files.get(uri))) });
	}
	return withFolders(snapshot, folders);
}

/** The snapshot after some edits; `undefined` where one of them stands in a text that is not in it. */
export function withEdits(snapshot: Snapshot, edits: readonly Edit[]): Snapshot | undefined {
	const texts = textsAfter(snapshot, edits);
	return texts && withFiles(snapshot, texts);
}

/** What files hold after some edits, by their names; `undefined` where one of them stands in a text that is not in the snapshot. */
export function textsAfter(snapshot: Snapshot, edits: readonly Edit[]): ReadonlyMap<string, string> | undefined {
	const texts = new Map<string, TextEdit[]>();
	for (const edit of edits) {
		const file = fileOf(snapshot, edit.source.uri);
		const span = file && spanInFile(file, edit);
		if (!span) return undefined;
		texts.set(file.uri, [...(texts.get(file.uri) ?? []), { ...span, text: edit.text }]);
	}
	const after = [...texts].map(([uri, list]) => [uri, edited(fileOf(snapshot, uri)?.text ?? "", list.sort(byStart))] as const);
	return new Map(after);
}

function byStart(a: Span, b: Span): number {
	return a.start - b.start;
}

/** A text after edits that stand in order, apart from each other. */
export function edited(text: string, edits: readonly TextEdit[]): string {
	let at = 0;
	const pieces = edits.flatMap((edit) => {
		const kept = text.slice(at, edit.start);
		at = edit.end;
		return [kept, edit.text];
	});
	return [...pieces, text.slice(at)].join("");
}
