/** A file as it is read: its text, the reason why it has none, or not there (any more). */
export type Content = { readonly text: string } | { readonly skipped: string } | { readonly gone: true };

/** Something in a folder. What a `link` leads to is not known. */
export interface Entry {
	readonly name: string;
	readonly kind: "file" | "folder" | "link" | "other";
}

/** Where files come from. Files and folders are named by absolute paths with `/`, folders without a slash at the end. Throws never. */
export interface Disk {
	/** What stands at a path, links followed. */
	kind(path: string): Eventually<"file" | "folder" | "other" | undefined>;
	list(path: string): Eventually<readonly Entry[] | { readonly skipped: string } | { readonly gone: true }>;
	read(path: string): Eventually<Content>;
	/** A file that is no text; `undefined` for one that cannot be read, and for one that is too large. */
	bytes?(path: string): Eventually<Uint8Array | undefined>;
}

export type Eventually<T> = T | Promise<T>;
