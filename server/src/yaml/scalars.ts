import {
	BACKSLASH,
	COLON,
	DOUBLE,
	GREATER,
	HASH,
	isBlank,
	isBlankOrEnd,
	isBreak,
	isBreakOrEnd,
	isFlowIndicator,
	SPACE,
	TAB,
} from "./chars.ts";
import { shared } from "./commonWords.ts";
import { type Cursor, SyntaxProblem } from "./cursor.ts";

/** A scalar as written: its text with quotes, escapes and folding undone, and where it ends. */
export interface ScannedScalar {
	readonly text: string;
	readonly end: number;
	/** A plain scalar ran over a line's end, so a key may begin behind it. */
	readonly brokeLine: boolean;
}

/** Scans a plain scalar whose lines after the first are indented to `indent` at least. Source: yaml_parser_scan_plain_scalar of go.yaml.in/yaml/v2. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): ScannedScalar {
	const start = cursor.pos;
	let text = "";
	let end = start;
	let broken: string | undefined;
	while (!cursor.atDocumentMark && cursor.at() !== HASH) {
		const from = cursor.pos;
		const lineEnd = passPlainLine(cursor, inFlow);
		if (lineEnd > from) {
			text += (broken ?? "") + cursor.text.slice(from, lineEnd);
			end = lineEnd;
			broken = undefined;
		}
		if (!isBreak(cursor.at())) break;
		broken = passBreaks(cursor, (char) => {
			if (char === TAB && cursor.column < indent) throw new SyntaxProblem("A tab stands where spaces must indent", cursor.pos);
		});
		if (!inFlow && cursor.column < indent) break;
	}
	return { text: shared(text), end, brokeLine: broken !== undefined };
}

/** Goes to what ends a plain scalar's line (a break, `: `, ` #`, an indicator of a flow collection) and gives the end of its last word. */
function passPlainLine(cursor: Cursor, inFlow: boolean): number {
	let end = cursor.pos;
	for (;;) {
		const char = cursor.at();
		if (isBlank(char)) {
			while (isBlank(cursor.at())) cursor.pos++;
			if (cursor.at() === HASH) return end;
			continue;
		}
		if (isBreakOrEnd(char) || (char === COLON && isBlankOrEnd(cursor.at(1))) || (inFlow && isFlowIndicator(char))) return end;
		end = ++cursor.pos;
	}
}

/** Passes a line break, empty lines and the next line's indentation; gives what they fold to. */
function passBreaks(cursor: Cursor, onBlank?: (char: number) => void): string {
	const first = cursor.passBreak();
	let more = "";
	for (;;) {
		const char = cursor.at();
		if (isBlank(char)) {
			onBlank?.(char);
			cursor.pos++;
		} else if (isBreak(char)) more += cursor.passBreak();
		else return first === "\n" ? more || " " : first + more;
	}
}

/**
 * Scans a quoted scalar. A JSON document may hold what YAML refuses: `\/` and surrogates as escapes.
 * Source: yaml_parser_scan_flow_scalar of go.yaml.in/yaml/v2.
 */
export function scanQuoted(cursor: Cursor, json: boolean): ScannedScalar {
	const start = cursor.pos;
	const quote = cursor.at();
	let text = "";
	cursor.pos++;
	let from = cursor.pos;
	for (;;) {
		if (cursor.atDocumentMark) throw new SyntaxProblem("A quoted text runs into the end of the document", cursor.pos);
		const char = cursor.at();
		if (char === 0) throw new SyntaxProblem(`Missing closing ${String.fromCharCode(quote)}`, start);
		if (char === quote && (quote === DOUBLE || cursor.at(1) !== quote)) break;
		if (char === quote) {
			text += cursor.text.slice(from, cursor.pos + 1);
			from = cursor.pos += 2;
		} else if (char === BACKSLASH && quote === DOUBLE) {
			text += cursor.text.slice(from, cursor.pos) + passEscape(cursor, json);
			from = cursor.pos;
		} else if (isBreak(char)) {
			text += trimBlanks(cursor.text.slice(from, cursor.pos)) + passBreaks(cursor);
			from = cursor.pos;
		} else cursor.pos++;
	}
	text += cursor.text.slice(from, cursor.pos);
	cursor.pos++;
	return { text, end: cursor.pos, brokeLine: false };
}

function trimBlanks(text: string): string {
	return text.replace(/[ \t]+$/, "");
}

const ESCAPES: Readonly<Record<string, string>> = {
	"0": "\0",
	a: "\x07",
	b: "\b",
	t: "\t",
	"\t": "\t",
	n: "\n",
	v: "\v",
	f: "\f",
	r: "\r",
	e: "\x1b",
	" ": " ",
	'"': '"',
	"'": "'",
	"\\": "\\",
	N: "\x85",
	_: "\xa0",
	L: "\u2028",
	P: "\u2029",
};

const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function passEscape(cursor: Cursor, json: boolean): string {
	const start = cursor.pos;
	const next = cursor.text[start + 1] ?? "";
	cursor.pos += 1;
	if (isBreak(cursor.at())) {
		const folded = passBreaks(cursor);
		return folded === " " ? "" : folded;
	}
	cursor.pos += 1;
	const plain = ESCAPES[next] ?? (json && next === "/" ? "/" : undefined);
	if (plain !== undefined) return plain;
	const length = DIGITS[next];
	const digits = cursor.text.slice(cursor.pos, cursor.pos + (length ?? 0));
	const code = Number.parseInt(digits, 16);
	if (length === undefined) throw new SyntaxProblem(`\\${next} is no escape that YAML knows`, start);
	if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length)
		throw new SyntaxProblem(`\\${next} wants ${length} hexadecimal digits`, start);
	if (code > 0x10ffff || (!json && code >= 0xd800 && code <= 0xdfff)) throw new SyntaxProblem("No character has this code", start);
	cursor.pos += length;
	return String.fromCodePoint(code);
}

/** Scans a block scalar below a node that is indented to `parent` (-1 for the root). Source: yaml_parser_scan_block_scalar of go.yaml.in/yaml/v2. */
export function scanBlock(cursor: Cursor, parent: number): ScannedScalar {
	const start = cursor.pos;
	const folded = cursor.at() === GREATER;
	const header = /[|>](?:([-+])([1-9])?|([1-9])([-+])?)?/y;
	header.lastIndex = start;
	const [written = "", before, digit, otherDigit, after] = header.exec(cursor.text) ?? [];
	const chomping = before ?? after;
	const increment = Number(digit ?? otherDigit ?? 0);
	cursor.pos += written.length;
	let end = cursor.pos;
	while (isBlank(cursor.at())) cursor.pos++;
	if (cursor.at() === HASH) cursor.passLine();
	if (!isBreakOrEnd(cursor.at())) throw new SyntaxProblem("Nothing but a comment may follow the sign of a block text", cursor.pos);
	if (isBreak(cursor.at())) cursor.passBreak();

	const fixed = increment > 0 ? Math.max(parent, 0) + increment : 0;
	const first = passEmptyLines(cursor, fixed, start);
	const indent = fixed || Math.max(first.widest, parent + 1, 1);
	let text = "";
	let lineBreak = "";
	let empty = first.breaks;
	let indentedBefore = false;
	while (cursor.column === indent && cursor.at() !== 0) {
		const indented = isBlank(cursor.at());
		const fold = folded && !indentedBefore && !indented && lineBreak === "\n";
		text += (fold ? (empty === "" ? " " : "") : lineBreak) + empty;
		indentedBefore = indented;
		const from = cursor.pos;
		cursor.passLine();
		end = cursor.pos;
		text += cursor.text.slice(from, end);
		// What kubectl reads ends with a line break always, whether the file does or not.
		lineBreak = cursor.at() === 0 ? "\n" : cursor.passBreak();
		empty = passEmptyLines(cursor, indent, start).breaks;
	}
	return { text: text + (chomping === "-" ? "" : lineBreak) + (chomping === "+" ? empty : ""), end, brokeLine: false };
}

/** Passes empty lines and the indentation behind them, up to `indent` columns (any, where that is 0). */
function passEmptyLines(cursor: Cursor, indent: number, start: number): { readonly breaks: string; readonly widest: number } {
	let breaks = "";
	let widest = 0;
	for (;;) {
		while ((indent === 0 || cursor.column < indent) && cursor.at() === SPACE) cursor.pos++;
		widest = Math.max(widest, cursor.column);
		const char = cursor.at();
		if (char === TAB && (indent === 0 || cursor.column < indent)) {
			throw new SyntaxProblem("A tab stands where spaces must indent the block text", Math.max(start, cursor.pos));
		}
		if (!isBreak(char)) return { breaks, widest };
		breaks += cursor.passBreak();
	}
}
