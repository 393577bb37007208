import type { SourceFile } from "../text/file.ts";
import { folderOf, resolvePath } from "../units/folder.ts";

/** What files name by its path that say how others are deployed, from one time to the next that they are saved. */
export class NamedPaths {
	/** What open documents named when they were opened, or saved since. */
	private readonly named = new Map<string, ReadonlySet<string>>();

	/** To be called before a document is shown, as it may be edited before it is saved; `file` is what is known of it until then. */
	opening(name: string, file: SourceFile): void {
		if (!this.named.has(name)) this.named.set(name, wordsOf(file));
	}

	closed(name: string): void {
		this.named.delete(name);
	}

	/** The paths that a file named when it was saved last, `before` where it is not open, and does not now. */
	lost(name: string, before: SourceFile | undefined, file: SourceFile | undefined): readonly string[] {
		const now = wordsOf(file);
		const old = this.named.get(name) ?? wordsOf(before);
		if (this.named.has(name)) this.named.set(name, now);
		return [...old].flatMap((word) => (now.has(word) ? [] : (resolvePath(folderOf(name), word) ?? [])));
	}
}

/** All in a text that may be a path, as far as it is no pattern. */
function wordsOf(file: SourceFile | undefined): ReadonlySet<string> {
	const words = file?.text.match(/[^\s"'[\]{},]+/g) ?? [];
	return new Set(words.map((word) => word.replace(/^file:\/\//, "").replace(/[*?].*$/, "")).filter((word) => word !== ""));
}
