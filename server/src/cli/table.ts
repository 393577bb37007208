const GAP = "  ";

/** A cell is a list of pieces: a line breaks between them, and inside one only where it is wider than its column. */
export type Cell = readonly string[];

/** A row of three cells, and whether the last one says the same as the one above it. */
export type Cells = readonly [Cell, Cell, Cell, repeats?: boolean];

/** Lines with a heading, or without one where there is no room for columns. */
export interface Table {
	readonly heading: string | undefined;
	readonly lines: readonly string[];
}

/**
 * A table that fits a width. The first column keeps what it needs, the middle one gives way to the last, but not by breaking a word.
 * Where there is no room for that, each row is a sentence.
 */
export function table(heading: readonly [string, string, string], rows: readonly Cells[], width: number): Table {
	if (rows.length === 0) return { heading: undefined, lines: [] };
	const head: Cells = [[heading[0]], [heading[1]], [heading[2]]];
	const all = [head, ...rows.map(([first, middle, last, repeats]): Cells => [first, middle, repeats ? ['"'] : last])];
	const [first, middle, last] = [0, 1, 2].map((column) => widest(all.map((row) => textOf(row, column)))) as [number, number, number];
	const room = width - first - 2 * GAP.length;
	const longestWord = widest(all.flatMap(([, cell]) => cell.flatMap((piece) => piece.split(" "))));
	if (room < longestWord + Math.min(last, NARROWEST)) return { heading: undefined, lines: rows.flatMap((row) => sentence(row, width)) };
	const given = Math.min(middle, Math.max(room - last, longestWord));
	const [top, ...others] = all.map((row) => linesOf(row, [first, given, Math.max(NARROWEST, Math.min(last, room - given))]));
	return { heading: top?.join("\n"), lines: others.flat() };
}

function textOf(row: Cells, column: number): string {
	const cell = row[column];
	return typeof cell === "object" ? cell.join(" ") : "";
}

/** What stands in a cell that has nothing to say. */
export const NOTHING = "–";

const NARROWEST = 12;

const DEEPER = "  ";

/** Who, by which addresses, arrives where. */
function sentence([first, middle, last]: Cells, width: number): string[] {
	const arrives = last.join(" ");
	const rest = middle.join("") === NOTHING ? [arrives] : [...middle, `→ ${arrives}`];
	const [head = "", ...more] = wrapped([`${first.join(" ")}:`, ...rest], width - DEEPER.length);
	return [head, ...more.map((line) => DEEPER + line)];
}

function widest(texts: readonly string[]): number {
	return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

function linesOf([first, middle, last]: Cells, widths: readonly number[]): string[] {
	const columns = [first, middle, last].map((cell, column) => wrapped(cell, widths[column] ?? 0));
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
