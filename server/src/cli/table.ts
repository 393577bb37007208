const GAP = "  ";

/** A cell is a list of pieces: a line breaks between them, and inside one only where it is wider than its column. */
export type Cell = readonly string[];

/** A row of three cells. */
export type Cells = readonly [Cell, Cell, Cell];

/**
 * Lines of a table that fits a width as long as its words do: a heading, then the rows. The first column keeps what it needs, the
 * middle one gives way to the last, but not by breaking a word.
 */
export function table(heading: readonly [string, string, string], rows: readonly Cells[], width: number): string[] {
	if (rows.length === 0) return [];
	const all: readonly Cells[] = [[[heading[0]], [heading[1]], [heading[2]]], ...rows];
	const [first, middle, last] = [0, 1, 2].map((column) => widest(all.map((row) => (row[column] ?? []).join(" ")))) as [
		number,
		number,
		number,
	];
	const room = width - first - 2 * GAP.length;
	const longestWord = widest(all.flatMap(([, cell]) => cell.flatMap((piece) => piece.split(" "))));
	const given = Math.min(middle, Math.max(room - last, longestWord));
	return all.flatMap((row) => lines(row, [first, given, Math.max(NARROWEST, Math.min(last, room - given))]));
}

const NARROWEST = 12;

function widest(texts: readonly string[]): number {
	return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

function lines(row: Cells, widths: readonly number[]): string[] {
	const columns = row.map((cell, column) => wrapped(cell, widths[column] ?? 0));
	const height = Math.max(...columns.map((column) => column.length));
	return Array.from({ length: height }, (_, line) =>
		columns
			.map((column, index) => (column[line] ?? "").padEnd(widths[index] ?? 0))
			.join(GAP)
			.trimEnd(),
	);
}

/** Puts pieces on lines of a width. A piece that is too long for a line is broken at its spaces, a word that is too long stands over. */
export function wrapped(pieces: readonly string[], width: number): string[] {
	const found: string[] = [];
	let line = "";
	for (const piece of pieces.flatMap((text) => (text.length > width ? text.split(" ") : [text]))) {
		if (line === "") line = piece;
		else if (line.length + 1 + piece.length <= width) line += ` ${piece}`;
		else {
			found.push(line);
			line = piece;
		}
	}
	return [...found, line];
}
