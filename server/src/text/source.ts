/** A run of characters: UTF-16 offsets into a text, `end` exclusive. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/**
 * The immutable text of one document of a stream (a whole file, where a file holds only one).
 * Its identity is its version: an edit elsewhere in the file keeps the `Source`, an edit inside makes a new one.
 */
export interface Source {
	/** The file that the text stands in, in whatever form the session names files (a URI, a path, `-`). */
	readonly uri: string;
	readonly text: string;
}

/** Characters of a document: offsets count from the start of its `Source`, not of the file. */
export interface Place extends Span {
	readonly source: Source;
}

/** Replaces the characters of a place by `text`. */
export interface Edit extends Place {
	readonly text: string;
}

export function place(source: Source, start: number, end: number): Place {
	return { source, start, end };
}

/** The characters at a place, as written. */
export function textAt(at: Place): string {
	return at.source.text.slice(at.start, at.end);
}

export function samePlace(a: Place, b: Place): boolean {
	return a.source === b.source && a.start === b.start && a.end === b.end;
}

/** What `compute` makes of a whole text, once for each: for what is asked of one again with every object in it. */
export function ofWholeText<T>(compute: (text: string) => T): (source: Source) => T {
	const known = new WeakMap<Source, { readonly made: T }>();
	return (source) => {
		let found = known.get(source);
		if (!found) {
			found = { made: compute(source.text) };
			known.set(source, found);
		}
		return found.made;
	};
}
