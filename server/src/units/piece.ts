import type { Manifest } from "../model/manifest.ts";
import type { Owner as DocumentOwner } from "../model/object.ts";
import type { Place, Source } from "../text/source.ts";

/** What tells pieces apart: the text of a document, what was rendered, or the name of what could not be read. */
export type Owner = DocumentOwner | string;

/** What a unit is made of: a document, something that could not be read, or both. */
export interface Piece {
	readonly owner: Owner;
	readonly manifest: Manifest | undefined;
	readonly gap: Gap | undefined;
	/** A text that belongs to the unit and is no document of it: a patch, a kustomization, a values file. */
	readonly text?: Source;
}

/** Something of a unit that could not be read or rendered. */
export interface Gap {
	readonly reason: string;
	readonly uri: string;
	readonly at: Place | undefined;
	/** Objects that are here may be changed by it (a transformer that is not run); otherwise it only lacks some. */
	readonly alters?: boolean;
	/** The folder of a chart whose dependencies are missing: `helm dependency build` fetches them. */
	readonly unbuilt?: string;
}
