import type { SourceFile } from "../text/file.ts";

/** The files of one folder that may hold manifests, and those that could not be read. Immutable. */
export interface Folder {
	/** Without a slash at the end. */
	readonly path: string;
	readonly files: ReadonlyMap<string, SourceFile>;
	readonly skipped: readonly Skipped[];
}

/** The name under which standard input is kept: in a folder that no path or URI can be. */
export const STDIN = "-/stdin";

export interface Skipped {
	readonly uri: string;
	readonly reason: string;
}

/** The part before the last slash; "" where there is none. */
export function folderOf(uri: string): string {
	return uri.slice(0, Math.max(0, uri.lastIndexOf("/")));
}

export function baseName(uri: string): string {
	return uri.slice(uri.lastIndexOf("/") + 1);
}

/** A path relative to a folder, `.` and `..` resolved; `undefined` for a remote one (a URL, `github.com/...?ref=`). */
export function resolvePath(folder: string, relative: string): string | undefined {
	if (/^[\w+.-]+:\/\/|^git@|\?ref=|^\//.test(relative)) return undefined;
	const parts = folder.split("/");
	for (const part of relative.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.join("/");
}
