import type { Origin } from "./origin.ts";
import type { Context } from "./signature.ts";
import { type Text, TextBuilder } from "./text.ts";

/** Lines are folded behind this column. */
const WIDTH = 80;

/** Writes scalars and signs, and knows where in its line it stands. Source: emitterc.go of go-yaml. */
export class YamlEmitter {
	/** Of the collection that is written; -1 outside of all. */
	indent = -1;
	/** Nothing but indentation and indicators stands in the line. */
	indention = true;
	private readonly context: Context;
	private readonly folds: boolean;
	private readonly builder = new TextBuilder();
	private column = 0;
	/** The last character is a blank or an indicator that needs none behind it. */
	private whitespace = true;
	/** A line break inside of single quotes was written, and nothing behind it. */
	private afterBreak = false;

	/** `folds`: long lines go on in the next one, except in keys. */
	constructor(context: Context, folds: boolean) {
		this.context = context;
		this.folds = folds;
	}

	/** What was written, with a line break at its end. */
	text(): Text {
		if (this.column > 0) this.lineBreak();
		return this.builder.text();
	}

	private put(characters: string, origin?: Origin): void {
		this.builder.add(characters, origin);
		this.column += characters.length;
		this.context.reserve(characters.length);
	}

	/** Characters of a text without line breaks. */
	private copy(content: Text, from: number, to: number): void {
		this.builder.addText(content, from, to);
		const value = content.value.slice(from, to);
		this.column += /[\ud800-\udbff]/.test(value) ? [...value].length : to - from;
		this.context.reserve(to - from);
	}

	private lineBreak(): void {
		this.builder.add("\n");
		this.column = 0;
		this.context.reserve(1);
	}

	writeIndent(): void {
		const indent = Math.max(this.indent, 0);
		if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.lineBreak();
		if (this.column < indent) this.put(" ".repeat(indent - this.column));
		this.whitespace = true;
		this.indention = true;
	}

	indicator(sign: string, spaced: boolean, whitespace: boolean, indention: boolean): void {
		if (spaced && !this.whitespace) this.put(" ");
		this.put(sign);
		this.whitespace = whitespace;
		this.indention = this.indention && indention;
	}

	writePlain(content: Text, folds: boolean): void {
		if (!this.whitespace) this.put(" ");
		this.writeFolded(content, folds, false);
		this.whitespace = false;
		this.indention = false;
	}

	writeSingle(content: Text, folds: boolean): void {
		this.indicator("'", true, false, false);
		this.writeFolded(content, folds, true);
		this.indicator("'", false, false, false);
	}

	/** Writes text that is plain or in single quotes; a line that is too long goes on in the next one at a blank. */
	private writeFolded(content: Text, folds: boolean, quoted: boolean): void {
		const { value } = content;
		const special = quoted ? /[ '\r\n\x85\u2028\u2029]/g : / /g;
		let at = 0;
		let blank = false;
		this.afterBreak = false;
		for (const { 0: char, index } of value.matchAll(special)) {
			if (index > at) {
				this.copyLine(content, at, index);
				blank = false;
			}
			at = index + 1;
			if (char === "'") {
				this.put("'");
				this.copyLine(content, index, at);
				blank = false;
			} else if (char !== " ") {
				this.writeBreak(value, index);
				blank = false;
			} else {
				const inside = !quoted || (index > 0 && index < value.length - 1);
				if (folds && this.folds && !blank && this.column > WIDTH && inside && value[at] !== " ") this.writeIndent();
				else this.copy(content, index, at);
				blank = true;
			}
		}
		this.copyLine(content, at, value.length);
	}

	private copyLine(content: Text, from: number, to: number): void {
		if (to <= from) return;
		if (this.afterBreak) this.writeIndent();
		this.afterBreak = false;
		this.copy(content, from, to);
		this.indention = false;
	}

	private writeBreak(value: string, index: number): void {
		if (!this.afterBreak && value[index] === "\n") this.lineBreak();
		if (value[index] === "\n") this.lineBreak();
		else {
			this.put(value.charAt(index));
			this.column = 0;
		}
		this.indention = true;
		this.afterBreak = true;
	}

	writeDouble(content: Text, folds: boolean): void {
		const { value } = content;
		this.indicator('"', true, false, false);
		// A byte order mark at the front makes go-yaml escape all that follows.
		if (value.startsWith("\ufeff")) this.put(Array.from(value, escapeDouble).join(""));
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are escaped
		const special = /[ "\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]{1,2}/g;
		let at = value.startsWith("\ufeff") ? value.length : 0;
		let blank = false;
		for (const { 0: char, index } of value.slice(at) === "" ? [] : value.matchAll(special)) {
			if (index > at) blank = false;
			this.copy(content, at, index);
			at = index + char.length;
			if (char !== " ") {
				this.put(escapeDouble(char));
				blank = false;
			} else {
				if (folds && this.folds && !blank && this.column > WIDTH && index > 0 && index < value.length - 1) {
					this.writeIndent();
					if (value[at] === " ") this.put("\\");
				} else this.copy(content, index, at);
				blank = true;
			}
		}
		this.copy(content, at, value.length);
		this.indicator('"', false, false, false);
	}

	writeLiteral(content: Text): void {
		const { value } = content;
		this.indicator("|", true, false, false);
		if (/^[ \r\n\x85\u2028\u2029]/.test(value)) this.indicator("2", false, false, false);
		const end = /[\r\n\x85\u2028\u2029]{1,2}$/.exec(value)?.[0] ?? "";
		if (end === "") this.indicator("-", false, false, false);
		else if (end.length === 2 || end === value) this.indicator("+", false, false, false);
		this.lineBreak();
		this.indention = true;
		this.whitespace = true;
		for (let at = 0; at < value.length; ) {
			const next = value.indexOf("\n", at);
			const to = next < 0 ? value.length : next;
			if (to > at) {
				this.writeIndent();
				this.copy(content, at, to);
				this.indention = false;
			}
			if (next >= 0) {
				this.builder.addText(content, next, next + 1);
				this.column = 0;
				this.indention = true;
			}
			at = to + 1;
		}
	}
}

const ESCAPES: Readonly<Record<string, string>> = {
	"\0": "\\0",
	"\x07": "\\a",
	"\b": "\\b",
	"\t": "\\t",
	"\n": "\\n",
	"\v": "\\v",
	"\f": "\\f",
	"\r": "\\r",
	"\x1b": "\\e",
	'"': '\\"',
	"\\": "\\\\",
	"\x85": "\\N",
	"\xa0": "\\_",
	"\u2028": "\\L",
	"\u2029": "\\P",
};

function escapeDouble(char: string): string {
	const short = ESCAPES[char];
	if (short !== undefined) return short;
	const code = char.codePointAt(0) ?? 0;
	if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
	const size = code <= 0xffff ? 4 : 8;
	return `\\${size === 4 ? "u" : "U"}${code.toString(16).toUpperCase().padStart(size, "0")}`;
}
