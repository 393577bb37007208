/** A source line with the marks to print below it. */
export interface Excerpt {
	readonly line: string;
	readonly padding: string;
	readonly carets: string;
}

/**
 * Cuts a line to a width so that the marked part stays visible. `column` and `length` count UTF-16 units, and there is one
 * caret at least. Tabs become spaces, so that the carets stand below what they mean.
 */
export function excerpt(line: string, column: number, length: number, width: number): Excerpt {
	const before = shown(line.slice(0, column));
	const marked = shown(line.slice(column, column + length));
	const after = shown(line.slice(column + length));
	const all = [...before, ...marked, ...after];
	const from = all.length <= width ? 0 : Math.max(0, Math.min(before.length - (width >> 1), all.length - width));
	const cut = all.slice(from, from + width);
	if (from > 0) cut[0] = ELLIPSIS;
	if (from + width < all.length) cut[width - 1] = ELLIPSIS;
	const padding = Math.max(0, before.length - from);
	return {
		line: cut.join(""),
		padding: " ".repeat(padding),
		carets: "^".repeat(Math.max(1, Math.min(marked.length, width - padding))),
	};
}

const ELLIPSIS = "…";

/** The characters as a terminal shows them: no tab, no control character. */
function shown(text: string): readonly string[] {
	return [...text].map((character) => (character < " " || character === "\u007f" ? " " : character));
}
