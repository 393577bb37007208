const GAP = "  ";

/** A cell is a list of pieces: a line breaks between them, and inside one only where it is wider than its column. */
export type Cell = readonly string[];

/**
 * Lines of a table that fits a width: a heading, then the rows. The middle columns give way, the first and the last one keep what
 * they need.
 */
export function table(heading: readonly string[], rows: readonly (readonly Cell[])[], width: number): string[] {
	if (rows.length === 0) return [];
	const all = [heading.map((cell): Cell => [cell]), ...rows];
	const wanted = heading.map((_, column) => Math.max(...all.map((row) => (row[column] ?? []).join(" ").length)));
	const edges = (wanted[0] ?? 0) + (wanted.at(-1) ?? 0) + GAP.length * (heading.length - 1);
	const room = Math.max(NARROWEST, Math.floor((width - edges) / Math.max(1, heading.length - 2)));
	const widths = wanted.map((want, column) => (column === 0 || column === heading.length - 1 ? want : Math.min(want, room)));
	return all.flatMap((row) => lines(row, widths));
}

const NARROWEST = 20;

function lines(row: readonly Cell[], widths: readonly number[]): string[] {
	const columns = row.map((cell, column) => wrapped(cell, " ", widths[column] ?? 0));
	const height = Math.max(...columns.map((column) => column.length));
	return Array.from({ length: height }, (_, line) =>
		columns
			.map((column, index) => (column[line] ?? "").padEnd(widths[index] ?? 0))
			.join(GAP)
			.trimEnd(),
	);
}

/** Puts pieces on lines of a width. A piece that is too long for a line is broken at its spaces, a word that is too long stands over. */
export function wrapped(pieces: readonly string[], separator: string, width: number): string[] {
	const found: string[] = [];
	let line = "";
	for (const piece of pieces.flatMap((text) => (text.length > width ? text.split(" ") : [text]))) {
		if (line === "") line = piece;
		else if (line.length + separator.length + piece.length <= width) line += separator + piece;
		else {
			found.push(line);
			line = piece;
		}
	}
	return [...found, line];
}
