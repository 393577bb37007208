import type { Card, More, Piece, Row, Sheet, Text } from "./card.ts";

/** A Markdown table where the client renders one, a Markdown list elsewhere, or text without any marks. */
export type CardFormat = "table" | "list" | "plain";

/** `list` leads to all rows where the card leaves some out, for clients that follow such links. */
export function printCard(card: Card, format: CardFormat, list?: string): string {
	const text = format === "plain" ? plain : markdown;
	const rows = format === "table" ? table(card.rows) : card.rows.map((row) => `- ${line(row, text)}`);
	const warnings = card.warnings.map(({ serious, text: said }) => `${serious ? "⚠" : "ℹ"} ${text(said)}`);
	const facts = few(
		card.facts.map((fact) => text(fact.text)),
		MOST_FACTS,
	);
	const notes = [...[...card.notes, ...card.reasons].map(text), ...facts, ...few(warnings, MOST_WARNINGS)];
	const blocks = [[text(card.title)], rows, card.more ? [moreWords(card.more, list, text)] : [], notes];
	const newline = format === "plain" ? "\n" : "  \n";
	return blocks
		.filter((block) => block.length > 0)
		.map((block, index) => block.join(index > 0 && block === notes ? newline : "\n"))
		.join("\n\n");
}

function moreWords({ words, command }: More, list: string | undefined, text: (text: Text) => string): string {
	if (list !== undefined) return `[${words}](${list})`;
	return command === undefined ? `${words}.` : text([`${words}: `, { code: command }]);
}

export function printSheet({ title, head, rows, block, notes }: Sheet, format: CardFormat): string {
	const text = format === "plain" ? plain : markdown;
	const cells = few(
		rows.map((row) => (format === "table" ? `| ${row.map((each) => cell(markdown(each))).join(" | ")} |` : `- ${listed(row, text)}`)),
		MOST_ROWS,
	);
	const top = format === "table" && rows.length > 0 ? [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`] : [];
	const blocks = [
		[text(title)],
		[...top, ...cells],
		block === undefined ? [] : [format === "plain" ? block : fenced(block)],
		notes.map(text),
	];
	return blocks
		.filter((each) => each.length > 0)
		.map((each) => each.join("\n"))
		.join("\n\n");
}

const MOST_ROWS = 8;

function listed([first = [], ...others]: readonly Text[], text: (text: Text) => string): string {
	const said = others.map(text).filter((each) => each !== "");
	return said.length === 0 ? text(first) : `${text(first)}: ${said.join(", ")}`;
}

function fenced(block: string): string {
	const longest = Math.max(2, ...[...block.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}yaml\n${block}\n${fence}`;
}

const MOST_FACTS = 3;

/** The Problems list holds all. */
const MOST_WARNINGS = 6;

function few(lines: readonly string[], most: number): readonly string[] {
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more like these.`];
}

function table(rows: readonly Row[]): readonly string[] {
	if (rows.length === 0) return [];
	const cells = rows.map((row) => [markdown(row.from), addresses(row, markdown), row.repeats ? '"' : markdown(row.arrives)]);
	return ["| From | Address | Arrives at |", "|---|---|---|", ...cells.map((row) => `| ${row.map(cell).join(" | ")} |`)];
}

/** Bars end a cell even inside code; in plain text they are escaped already. */
function cell(text: string): string {
	return text.replace(/(?<!\\)\|/g, "\\|");
}

function line(row: Row, text: (text: Text) => string): string {
	const arrives = text(row.arrives);
	return `${text(row.from)}: ${row.addresses.length === 0 ? arrives : `${addresses(row, text)} → ${arrives}`}`;
}

function addresses(row: Row, text: (text: Text) => string): string {
	return row.addresses.length === 0 ? "–" : row.addresses.map(text).join(", ");
}

export function plain(text: Text): string {
	return text.map((piece) => clip(typeof piece === "string" ? piece : "code" in piece ? piece.code : piece.strong)).join("");
}

export function markdown(text: Text): string {
	return text.map(markdownPiece).join("");
}

function markdownPiece(piece: Piece): string {
	if (typeof piece === "string") return escaped(clip(piece));
	if ("strong" in piece) return `**${escaped(clip(piece.strong))}**`;
	const span = code(clip(piece.code));
	return piece.link === undefined ? span : `[${span}](${piece.link})`;
}

function escaped(text: string): string {
	return text.replace(/[\\`*_[\]<>|~&]/g, "\\$&");
}

/** A code span: its fence is longer than any run of backticks inside. */
function code(text: string): string {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

const LONGEST = 200;

/** Text of a manifest can be of any length and hold line breaks and columns. */
function clip(text: string): string {
	const one = text.replace(/[\r\n\t]\s*|\s{2,}/g, " ");
	return one.length > LONGEST ? `${one.slice(0, LONGEST - 1)}…` : one;
}
