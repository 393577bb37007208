import type { Content, Disk, Entry } from "../../server/src/session/fileSystem.ts";

/** What a name holds: text, or what reading or listing it answers. */
export type Stored = string | { readonly skipped: string };

/** A disk of files by path; folders are there because files are in them. A path with a slash at the end is a folder that cannot be listed. */
export class MemoryDisk implements Disk {
	readonly files: Map<string, Stored>;
	/** Every path that was read, in order. */
	readonly reads: string[] = [];
	/** Every path that was listed, in order. */
	readonly lists: string[] = [];

	constructor(files: Readonly<Record<string, Stored>>) {
		this.files = new Map(Object.entries(files));
	}

	kind(path: string): "file" | "folder" | undefined {
		if (this.files.has(path)) return "file";
		return this.below(path).length > 0 ? "folder" : undefined;
	}

	list(path: string): readonly Entry[] | { readonly skipped: string } | { readonly gone: true } {
		this.lists.push(path);
		const locked = this.files.get(`${path}/`);
		if (typeof locked === "object") return locked;
		const names = this.below(path).map((file) => file.slice(path.length + 1).split("/"));
		if (names.length === 0) return { gone: true };
		return [
			...new Map(
				names.map(([name = "", ...rest]): [string, Entry] => [name, { name, kind: rest.length > 0 ? "folder" : "file" }]),
			).values(),
		];
	}

	read(path: string): Content {
		this.reads.push(path);
		const stored = this.files.get(path);
		return stored === undefined ? { gone: true } : typeof stored === "string" ? { text: stored } : stored;
	}

	private below(path: string): string[] {
		return [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
	}
}
