import type { FoundFolder } from "./discover.ts";
import type { Disk } from "./fileSystem.ts";
import { Turns } from "./turn.ts";
import type { Change, Workspace } from "./workspace.ts";

/** Reads files into a workspace, all of them at once when the last one is read. Gives the event loop back between files. */
export async function readInto(workspace: Workspace, disk: Disk, uris: Iterable<string>): Promise<void> {
	const turns = new Turns();
	const changes: Change[] = [];
	for (const uri of uris) {
		changes.push({ uri, ...(await disk.read(uri)) });
		if (turns.due) await turns.next();
	}
	workspace.apply(changes);
}

/** The change that says that a folder cannot be listed: it stands in the folder itself, whose unit then is not complete. */
export function unlistable(folder: FoundFolder): readonly Change[] {
	return folder.skipped === undefined ? [] : [{ uri: `${folder.path}/`, skipped: folder.skipped }];
}
