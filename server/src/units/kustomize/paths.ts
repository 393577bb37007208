import type { SourceFile } from "../../text/file.ts";
import type { Place } from "../../text/source.ts";
import { baseName, folderOf, resolvePath } from "../folder.ts";
import type { Files } from "../rendered.ts";
import { Refusal } from "./problem.ts";

/** The file of a path that a kustomization names. Refuses what is not there, says so of what nobody can tell. */
export function fileAt(files: Files, folder: string, path: string, at: Place): SourceFile {
	const uri = resolvePath(folder, path);
	if (uri === undefined) throw remoteOrAbsolute(path, at);
	const file = files.file(uri);
	if (!file) throw missing(files, uri, path, at);
	return file;
}

/** Why a path leads to nothing that is read. */
export function missing(files: Files, uri: string, path: string, at: Place): Refusal {
	const has = files.has(uri);
	if (has === true) return new Refusal("outside", `${path} cannot be read`, at, { name: path });
	if (has === "cannot-tell" || !files.isInReach(uri))
		return new Refusal("outside", `${path} is outside of what is open`, at, { name: path });
	return new Refusal("not-found", `${path} is not there`, at, { name: path, known: besides(files, uri, path) });
}

/** What stands where a path leads, written as the path is. */
function besides(files: Files, uri: string, path: string): readonly string[] {
	const folder = folderOf(uri);
	const before = path.slice(0, path.lastIndexOf("/") + 1);
	const names = [...(files.folder(folder)?.files.keys() ?? []), ...files.folders(folder)];
	return names.map((name) => `${before}${baseName(name)}`);
}

export function remoteOrAbsolute(path: string, at: Place): Refusal {
	if (path.startsWith("/")) return new Refusal("outside", `${path} is outside of what is open`, at, { name: path });
	return new Refusal("remote", `${path} is remote and not fetched`, at, { name: path });
}

/** Whether a path, if nothing local has it, is tried as a repository or a URL. Source: NewRepoSpecFromURL() and the file loader of kustomize. */
export function isRemote(path: string): boolean {
	return /^[\w+.-]+:\/\/|^[\w.-]+@[\w.-]+:|^(git::|gh:|github\.com[/:])|\?(ref|version|timeout|submodules)=|\.git(\/|$|\?)|\/_git\//.test(
		path,
	);
}
