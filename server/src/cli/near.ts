import os from "node:os";
import path from "node:path";
import { discover, type FoundFolder, isIn } from "../session/discover.ts";
import type { ConfiguredExcludes } from "../session/exclude.ts";
import type { Disk } from "../session/fileSystem.ts";
import { repositoryOf } from "../session/repository.ts";
import { folderOf } from "../units/folder.ts";
import type { Io } from "./io.ts";

/** What the walk of a command goes by. */
export interface Walk {
	readonly disk: Disk;
	readonly io: Io;
	readonly configured: ConfiguredExcludes;
}

/** Outside a repository, a place with more folders is too wide to belong to a unit. */
export const MOST_FOLDERS = 1000;

/**
 * What lies beside some folders and above them: up to the root of their repository or, outside one, anywhere but at the places where
 * everything lies, such as the home folder. What is found depends on the folders alone, not on the working directory.
 */
export async function foldersAround(
	disk: Disk,
	folders: readonly string[],
	configured: ConfiguredExcludes,
): Promise<readonly FoundFolder[]> {
	const found = new Map<string, FoundFolder>();
	const seen = new Set<string>();
	for (const folder of folders) {
		const parent = folderOf(folder);
		const repository = await repositoryOf(disk, folder);
		if (parent === "" || seen.has(parent) || (repository === undefined ? isEverywhere(parent) : !isIn(parent, repository))) continue;
		seen.add(parent);
		const around = await walked(disk, parent, configured, repository === undefined ? MOST_FOLDERS : Number.POSITIVE_INFINITY);
		for (const each of around) found.set(each.path, each);
	}
	return [...found.values()];
}

/** Whether a folder is one below which everything lies, such as the home folder, or is around one. */
export function isEverywhere(folder: string): boolean {
	const wide = [os.homedir(), os.tmpdir(), path.parse(os.homedir()).root].map((place) =>
		place.replaceAll(path.sep, "/").replace(/\/$/, ""),
	);
	return wide.some((place) => isIn(place, folder));
}

/** Nothing, where there are more folders than that. */
export async function walked(disk: Disk, root: string, configured: ConfiguredExcludes, most: number): Promise<readonly FoundFolder[]> {
	let listed = 0;
	const abort = new AbortController();
	const counting: Disk = {
		kind: (name) => disk.kind(name),
		read: (name) => disk.read(name),
		list: (folder) => {
			listed++;
			if (listed > most) abort.abort();
			return disk.list(folder);
		},
	};
	const found: FoundFolder[] = [];
	for await (const folder of discover(counting, [root], { configured, signal: abort.signal })) found.push(folder);
	return listed > most ? [] : found;
}
