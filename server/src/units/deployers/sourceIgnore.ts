import ignore, { type Ignore } from "ignore";
import { folderOf } from "../folder.ts";
import type { Files } from "../rendered.ts";

const IGNORE_FILE = ".sourceignore";

/** Whether a path is the file that keeps others out of what Flux fetches. */
export function isSourceIgnore(path: string): boolean {
	return path.endsWith(`/${IGNORE_FILE}`);
}

/**
 * What Flux leaves out of what it fetches of a repository: by the `.sourceignore` of its folders, and by `own`, what a GitRepository says
 * itself, which has the last word. Asked for files and folders below `root`. Source: LoadIgnorePatterns() of fluxcd/pkg/sourceignore.
 */
export function sourceIgnore(files: Files, root: string, own: OwnIgnore | undefined): SourceIgnore {
	const last = own ? [{ folder: root, rules: rulesOf(own.text) }] : [];
	const reads = new Set(own ? [own.uri] : []);
	const known = new Map<string, readonly Level[]>();
	const levelsOf = (folder: string): readonly Level[] => {
		let found = known.get(folder);
		if (!found) {
			const uri = `${folder}/${IGNORE_FILE}`;
			reads.add(uri);
			const text = files.file(uri)?.text;
			const level = text === undefined ? [] : [{ folder, rules: rulesOf(text) }];
			found = folder === root || !folder.startsWith(`${root}/`) ? level : [...levelsOf(folderOf(folder)), ...level];
			known.set(folder, found);
		}
		return found;
	};
	const isIgnored = (path: string, isFolder: boolean): boolean => {
		for (const level of [...levelsOf(folderOf(path)), ...last].reverse()) {
			const said = saidBy(level, path, isFolder);
			if (said !== undefined) return said;
		}
		return false;
	};
	return { isIgnored, reads };
}

/** What a GitRepository says, and where. */
export interface OwnIgnore {
	readonly uri: string;
	readonly text: string;
}

export interface SourceIgnore {
	readonly isIgnored: (path: string, isFolder: boolean) => boolean;
	/** The files that were looked at until now, also those that are not there. */
	readonly reads: ReadonlySet<string>;
}

interface Level {
	readonly folder: string;
	readonly rules: Ignore;
}

/** What is said of a folder holds for all below it, also that it is not left out. Source: Match() of go-git's gitignore patterns. */
function saidBy({ folder, rules }: Level, path: string, isFolder: boolean): boolean | undefined {
	for (let at = path; at !== folder; at = folderOf(at)) {
		const { ignored, unignored } = rules.test(`${at.slice(folder.length + 1)}${isFolder || at !== path ? "/" : ""}`);
		if (ignored || unignored) return ignored;
	}
	return undefined;
}

function rulesOf(text: string): Ignore {
	return ignore({ ignorecase: false }).add(text);
}
