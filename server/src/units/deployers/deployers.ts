import { differences } from "../../text/sortedMap.ts";
import { baseName, type Folder, folderOf } from "../folder.ts";

/** The files that may hold a manifest of a deployer. The same object for as long as no such file comes or goes. */
export type Deployers = ReadonlySet<string>;

export const NO_DEPLOYERS: Deployers = new Set();

/** The files after some folders changed. */
export function withDeployers(before: Deployers, changes: Iterable<readonly [Folder | undefined, Folder | undefined]>): Deployers {
	let files: Set<string> | undefined;
	for (const [old, now] of changes) {
		for (const [was, is] of differences(old?.files ?? NO_FILES, now?.files ?? NO_FILES)) {
			const uri = (is ?? was)?.uri ?? "";
			const isOne = is !== undefined && mayDeploy(is.uri, is.text);
			if (isOne === before.has(uri)) continue;
			files ??= new Set(before);
			if (isOne) files.add(uri);
			else files.delete(uri);
		}
	}
	return files ?? before;
}

const NO_FILES: Folder["files"] = new Map();

/** Whether a file may hold a manifest of a deployer: a cheap test on the text that says "no" only where there is none. */
export function mayDeploy(uri: string, text: string): boolean {
	if (!/\.(ya?ml|json)$/.test(baseName(uri))) return false;
	return text.includes("argoproj.io/") || text.includes("toolkit.fluxcd.io/") || text.includes("skaffold/v") || isHelmfile(uri);
}

/** Whether Helmfile reads a file by its name: `helmfile.yaml`, and what stands in `helmfile.d`. */
export function isHelmfile(uri: string): boolean {
	return /^helmfile\.ya?ml$/.test(baseName(uri)) || (baseName(folderOf(uri)) === "helmfile.d" && /\.ya?ml$/.test(uri));
}
