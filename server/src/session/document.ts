import { offsetAt, type Position, sourceFile } from "../text/file.ts";

/** A document as the editor has it, saved or not. */
export interface OpenDocument {
	readonly name: string;
	/** How the editor calls it: it may have one file open under several such names. */
	readonly view: string;
	readonly version: number;
	readonly text: string;
	/** It is no manifest of its own, and read for what is rendered from it. */
	readonly isPart: boolean;
}

/** Replaces a range, or the whole text where there is none. */
export interface TextChange {
	readonly range?: { readonly start: Position; readonly end: Position };
	readonly text: string;
}

/** Applies changes one after the other. A range that lies outside the text is moved to its end, one that ends before it starts is turned round. */
export function edited(text: string, changes: readonly TextChange[]): string {
	return changes.reduce((before, { range, text: inserted }) => {
		if (!range) return inserted;
		const file = sourceFile("", before, []);
		const a = offsetAt(file, range.start);
		const b = offsetAt(file, range.end);
		return before.slice(0, Math.min(a, b)) + inserted + before.slice(Math.max(a, b));
	}, text);
}
