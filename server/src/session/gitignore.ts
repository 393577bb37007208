import ignore, { type Ignore } from "ignore";
import { folderOf } from "../units/folder.ts";
import type { Disk, Entry } from "./fileSystem.ts";

/** The ignore files that hold in a folder, the outermost first. */
export type IgnoreRules = readonly { readonly folder: string; readonly rules: Ignore }[];

/** The rules that hold in a folder from the folders above it, up to the repository's root; none outside a repository, and none where they leave out the folder itself. */
export async function ignoreRulesAbove(disk: Disk, folder: string): Promise<IgnoreRules> {
	const above: string[] = [];
	for (let at = folder; ; at = folderOf(at)) {
		if (at !== folder) above.unshift(at);
		if (await disk.kind(`${at}/.git`)) break;
		if (at === "") return [];
	}
	let rules: IgnoreRules = [];
	for (const path of above) rules = await withRulesOf(disk, rules, path, `${path}/.gitignore`);
	return leavesOut(rules, folder) ? [] : rules;
}

/** The rules with those of a folder's own files added. */
export async function withIgnoreFile(disk: Disk, rules: IgnoreRules, folder: string, entries: readonly Entry[]): Promise<IgnoreRules> {
	const names = new Set(entries.map((entry) => entry.name));
	const own = names.has(".git") ? await withRulesOf(disk, rules, folder, `${folder}/.git/info/exclude`) : rules;
	return names.has(".gitignore") ? withRulesOf(disk, own, folder, `${folder}/.gitignore`) : own;
}

async function withRulesOf(disk: Disk, rules: IgnoreRules, folder: string, file: string): Promise<IgnoreRules> {
	const content = await disk.read(file);
	return "text" in content ? [...rules, { folder, rules: ignore({ ignorecase: false }).add(content.text) }] : rules;
}

/** Of several files that speak about a path the innermost decides. The folders above the path are taken as not ignored. */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
	for (let index = rules.length - 1; index >= 0; index--) {
		const level = rules[index];
		if (!level) continue;
		const { ignored, unignored } = level.rules.test(`${path.slice(level.folder.length + 1)}${isFolder ? "/" : ""}`);
		if (ignored || unignored) return ignored;
	}
	return false;
}

function leavesOut(rules: IgnoreRules, folder: string): boolean {
	const outermost = rules[0]?.folder;
	for (let at = folder; outermost !== undefined && at.length > outermost.length; at = folderOf(at))
		if (isIgnored(rules, at, true)) return true;
	return false;
}
