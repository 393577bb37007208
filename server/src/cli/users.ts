import type { Snapshot } from "../links/snapshot.ts";
import { isIn } from "../session/discover.ts";
import { repositoryOf } from "../session/repository.ts";
import type { Change, Workspace } from "../session/workspace.ts";
import { mayDeploy } from "../units/deployers/deployers.ts";
import { folderOf, STDIN } from "../units/folder.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import { kustomizationOf } from "../units/role.ts";
import { type Named, topOf } from "./named.ts";
import { isEverywhere, MOST_FOLDERS, type Walk, walked } from "./near.ts";

/** In more files nobody looks for deployers. */
const MOST_FILES = 20_000;

/**
 * Reads what says, anywhere in a repository, how the folders that were found are deployed: the manifests of deployers and, where
 * kustomizations may use the folders or change those manifests, all kustomizations. Outside a repository the working directory is looked
 * through, if it is not too wide. Gives the places that hold too many files for that.
 */
export async function loadUsers(
	workspace: Workspace,
	walk: Walk,
	names: readonly Named[],
	touched: ReadonlySet<string>,
): Promise<readonly string[]> {
	const tooWide: string[] = [];
	for (const top of await topsOf(walk, touched)) {
		if (names.some(({ kind, path }) => kind === "folder" && isIn(top, path))) continue;
		const found = await filesBelow(walk, top);
		const unread = found.filter((uri) => !workspace.snapshot.folders.get(folderOf(uri))?.files.has(uri));
		const isWide = found.length > MOST_FILES;
		if (isWide) tooWide.push(top);
		const deployers = isWide ? [] : await deployersAmong(walk, unread);
		const isUsed = deployers.length > 0 || [...touched].some((path) => isIn(path, top) && isKustomizedAt(workspace.snapshot, path, top));
		workspace.apply(deployers);
		if (isUsed) workspace.apply(await contents(walk, unread.filter(isKustomizationFile)));
	}
	return tooWide;
}

async function topsOf({ disk, io }: Walk, touched: ReadonlySet<string>): Promise<ReadonlySet<string>> {
	const tops = new Set<string>();
	for (const path of touched) {
		if (path !== folderOf(STDIN) && ![...tops].some((top) => isIn(path, top))) tops.add(await topOf(disk, path, io.cwd));
	}
	return tops;
}

async function filesBelow({ disk, configured }: Walk, top: string): Promise<readonly string[]> {
	const isRepository = (await repositoryOf(disk, top)) !== undefined;
	if (!isRepository && isEverywhere(top)) return [];
	const folders = await walked(disk, top, configured, isRepository ? Number.POSITIVE_INFINITY : MOST_FOLDERS);
	return folders.flatMap(({ files }) => files);
}

async function deployersAmong(walk: Walk, uris: readonly string[]): Promise<readonly Change[]> {
	const found: Change[] = [];
	for (const [index, uri] of uris.entries()) {
		walk.io.progress.say(`Looking for what deploys them: ${index + 1} of ${uris.length} files`);
		const content = await walk.disk.read(uri);
		if ("text" in content && mayDeploy(uri, content.text)) found.push({ uri, ...content });
	}
	return found;
}

async function contents({ disk }: Walk, uris: readonly string[]): Promise<readonly Change[]> {
	const found: Change[] = [];
	for (const uri of uris) found.push({ uri, ...(await disk.read(uri)) });
	return found;
}

/** Whether a kustomization stands in a folder or in one above it. */
function isKustomizedAt({ folders }: Snapshot, path: string, top: string): boolean {
	for (let at = path; at !== "" && isIn(at, top); at = folderOf(at)) if (kustomizationOf(folders.get(at))) return true;
	return false;
}
