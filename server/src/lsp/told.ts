import type { Lenses } from "../features/codeLens.ts";
import type { Span } from "../text/source.ts";

/** What the client was told last, by which it can be seen whether there is something else to be told. */
export class Told {
	/** Counts everything that may change an answer. */
	revision = 0;
	/** Result ids of the findings of open documents, by name. */
	readonly diagnostics = new Map<string, string>();
	/** The workspace request that was answered with nothing new, so that its like can be answered at once. */
	quiet: { readonly revision: number; readonly previous: string } | undefined;
	/** Result ids of the lenses of open documents, by name. */
	readonly codeLenses = new Map<string, string>();
	/** What stood above the objects of open documents when these could be read last, by name. */
	readonly lastLenses = new Map<string, Lenses>();
	/** The part of open documents whose hints were asked for last, with the result ids, by name. */
	readonly inlayHints = new Map<string, { readonly span: Span; readonly id: string }>();

	/** Works out the rest of what is found in open documents that belong to very many units, by name. */
	readonly finishing = new Map<string, () => void>();

	/** A document is no longer open. */
	forget(name: string): void {
		for (const map of [this.diagnostics, this.codeLenses, this.lastLenses, this.inlayHints, this.finishing]) map.delete(name);
	}
}
