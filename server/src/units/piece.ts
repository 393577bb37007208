import type { Manifest } from "../model/manifest.ts";
import type { Place, Source } from "../text/source.ts";

/** What tells pieces apart: the text of a document, or the name of what could not be read. */
export type Owner = Source | string;

/** What a unit is made of: a document, something that could not be read, or both. */
export interface Piece {
	readonly owner: Owner;
	readonly manifest: Manifest | undefined;
	readonly gap: Gap | undefined;
}

/** Something of a unit that could not be read or rendered. */
export interface Gap {
	readonly reason: string;
	readonly uri: string;
	readonly at: Place | undefined;
	/** Objects that are here may be changed by it (a transformer that is not run); otherwise it only lacks some. */
	readonly alters?: boolean;
}
