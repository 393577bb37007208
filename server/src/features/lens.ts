import type { Place, Span } from "../text/source.ts";

/** A line of words above an object. */
export interface Lens {
	/** Offsets into the file: where the object begins. */
	readonly span: Span;
	readonly text: string;
	/** What is at the other end, to go to. */
	readonly ends: readonly Place[];
	/** The unit that it is about, which can be shown as it is deployed. */
	readonly unit?: string;
	/** It offers to choose the unit that is shown. */
	readonly chooses?: boolean;
}
