import type { Reach } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";
import type { Disk } from "./fileSystem.ts";

/** The root of the repository that a folder lies in. */
export async function repositoryOf(disk: Disk, folder: string): Promise<string | undefined> {
	for (let at = folder; at !== ""; at = folderOf(at)) if (await disk.kind(`${at}/.git`)) return at;
	return undefined;
}

/** Where what is named below some folders may lie: in their repositories or, where one of them lies in none, anywhere. */
export async function reachOf(disk: Disk, folders: Iterable<string>): Promise<Reach> {
	const found = new Set<string>();
	for (const folder of folders) {
		const repository = await repositoryOf(disk, folder);
		if (repository === undefined) return "anywhere";
		found.add(repository);
	}
	return [...found];
}
