import { baseName, folderOf, resolvePath } from "../folder.ts";
import type { Files } from "../rendered.ts";

/** A path in a repository, as a manifest names it. */
export interface RepositoryPath {
	/** The file that names it. */
	readonly from: string;
	readonly url: string;
	readonly path: string;
}

/** A repository in the workspace, and a folder of it. */
export interface FoundFolder {
	readonly root: string;
	readonly folder: string;
}

/** Finds the folder in the workspace that a repository's path is. */
export type FindFolder = (named: RepositoryPath) => FoundFolder | undefined;

/**
 * A manifest names the repository that it deploys from, which nobody asks here: it is taken to be the one that the manifest lies in when
 * a folder around it is called as the repository is, or when most of the paths that are named of that repository are folders here.
 */
export function repositories(files: Files, named: readonly RepositoryPath[]): FindFolder {
	const votes = new Map<string, { there: number; all: number }>();
	for (const each of named) {
		const key = spelling(each.url);
		const vote = votes.get(key) ?? { there: 0, all: 0 };
		votes.set(key, vote);
		vote.all++;
		if (folderAt(files, rootsAround(files, each.from), each.path)) vote.there++;
	}
	return (each) => {
		const roots = rootsAround(files, each.from);
		const own = roots.filter((root) => baseName(root).toLowerCase() === nameOf(each.url));
		if (own.length > 0) return folderAt(files, own, each.path);
		const vote = votes.get(spelling(each.url));
		const isHere = vote !== undefined && vote.there * 2 > vote.all && !/^[./]*$/.test(each.path);
		return isHere ? folderAt(files, roots, each.path) : undefined;
	};
}

/** The folders around a file, the outermost of what is open first. */
export function rootsAround(files: Files, uri: string): readonly string[] {
	const found: string[] = [];
	for (let at = folderOf(uri); at !== "" && files.isInside(at); at = folderOf(at)) found.unshift(at);
	return found;
}

function folderAt(files: Files, roots: readonly string[], path: string): FoundFolder | undefined {
	for (const root of roots) {
		const folder = resolvePath(root, path.replace(/^\/+/, ""));
		if (folder !== undefined && (folder === root || folder.startsWith(`${root}/`)) && isFolder(files, folder)) return { root, folder };
	}
	return undefined;
}

export function isFolder(files: Files, path: string): boolean {
	return files.folder(path) !== undefined || files.folders(path).length > 0;
}

/** One text for the ways to write one address. */
function spelling(url: string): string {
	return url
		.toLowerCase()
		.replace(/^[\w+.-]+:\/\//, "")
		.replace(/^[^@/]*@/, "")
		.replace(":", "/")
		.replace(/(\.git)?\/*$/, "");
}

/** The last part of an address: `guestbook` of `https://github.com/example/guestbook.git`. */
function nameOf(url: string): string {
	return baseName(spelling(url));
}
