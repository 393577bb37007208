import type { Snapshot } from "../links/snapshot.ts";
import type { Asset } from "../units/assets.ts";
import { baseName, folderOf } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { openFile } from "../yaml/stream.ts";
import { isCandidate } from "./discover.ts";
import type { Disk } from "./fileSystem.ts";
import { Turns } from "./turn.ts";
import type { Change } from "./workspace.ts";

/** Where what was looked up goes. */
export interface Furnished {
	readonly snapshot: () => Snapshot;
	readonly apply: (changes: Iterable<Change>) => void;
	readonly learn: (found: ReadonlyMap<string, Asset>) => void;
}

/** More rounds than files ever lead on to others. */
const MOST_ROUNDS = 40;

/**
 * Looks up what is rendered in some units asks for and nobody knows, and what that leads on to. `units` gives those of the moment. What
 * is in no folder that is known and may hold manifests is read as one; other files are kept for renderers alone.
 */
export async function furnish(disk: Disk, into: Furnished, units: (snapshot: Snapshot) => Iterable<Unit>): Promise<void> {
	const turns = new Turns();
	const asked = new Set<string>();
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const wanted = new Set<string>();
		for (const unit of units(into.snapshot())) for (const path of unit.wanted) if (!asked.has(path)) wanted.add(path);
		if (wanted.size === 0) return;
		const changes: Change[] = [];
		const found = new Map<string, Asset>();
		for (const path of wanted) {
			asked.add(path);
			await lookUp(disk, path, changes, found);
			if (turns.due) await turns.next();
		}
		into.apply(changes);
		into.learn(found);
	}
}

async function lookUp(disk: Disk, path: string, changes: Change[], found: Map<string, Asset>): Promise<void> {
	if (path.endsWith("/")) {
		const kind = await disk.kind(path.slice(0, -1));
		found.set(path, kind === "folder" ? FOLDER : GONE);
		return;
	}
	const content = await disk.read(path);
	if ("gone" in content) found.set(path, GONE);
	else if (isCandidate(baseName(path)) && folderOf(path) !== "") changes.push({ uri: path, ...content });
	else found.set(path, "text" in content ? { text: openFile(path, content.text) } : content);
}

const GONE: Asset = { gone: true };
const FOLDER: Asset = { folder: true };
