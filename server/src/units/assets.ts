import type { SourceFile } from "../text/file.ts";

/** What a path that is no manifest holds: text, bytes, a folder with all that stands directly in it, something that cannot be read, or nothing (any more). */
export type Asset =
	| { readonly text: SourceFile }
	| { readonly bytes: Uint8Array }
	| { readonly files: readonly string[]; readonly folders: readonly string[] }
	| { readonly skipped: string }
	| { readonly gone: true };

/** What is known of the paths that renderers asked for and that are no manifests. Immutable. */
export interface Assets {
	/** Folders have a slash at the end; one that holds something is known by that. */
	readonly known: ReadonlyMap<string, Asset>;
	/** What is not known is not there: nobody needs to look. */
	readonly whole: boolean;
}

export const NO_ASSETS: Assets = { known: new Map(), whole: false };
