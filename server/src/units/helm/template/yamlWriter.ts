import { formatFloat } from "./floats.ts";
import { jsonNumber } from "./json.ts";
import type { Origin } from "./origin.ts";
import { NOWHERE, printScalar, STAND_IN } from "./print.ts";
import type { Context } from "./signature.ts";
import { type Text, TextBuilder, text } from "./text.ts";
import type { Value } from "./values.ts";
import { analyze, compareKeys, isAmbiguous } from "./yamlScalar.ts";

/** "plain": as `toYaml` writes (version 2 of go-yaml, by way of JSON); "pretty": as `toYamlPretty` does (version 3). */
export type YamlStyle = "plain" | "pretty";

/** A value in go-yaml's block style: sorted keys, long lines folded. Ends with a line break. Source: encode.go and emitterc.go. */
export function writeYaml(context: Context, value: Value, style: YamlStyle): Text {
	const writer = new YamlWriter(context, style);
	writer.root(value);
	return writer.text();
}

/** Lines are folded behind this column. */
const WIDTH = 80;

/** A key of more bytes, or of several lines, stands behind a `?`. */
const SIMPLE_KEY = 128;

interface Scalar {
	readonly text: Text;
	readonly style: "plain" | "double" | "literal";
}

class YamlWriter {
	private readonly context: Context;
	private readonly pretty: boolean;
	private readonly builder = new TextBuilder();
	private column = 0;
	private indent = -1;
	/** The last character is a blank or an indicator that needs none behind it. */
	private whitespace = true;
	/** Nothing but indentation and indicators stands in the line. */
	private indention = true;

	constructor(context: Context, style: YamlStyle) {
		this.context = context;
		this.pretty = style === "pretty";
	}

	root(value: Value): void {
		this.node(value, false, false);
		if (this.column > 0) this.lineBreak();
	}

	text(): Text {
		return this.builder.text();
	}

	private node(value: Value, inMap: boolean, isKey: boolean): void {
		this.context.spend(1);
		// A value that is deeper than this contains itself.
		if (this.indent > 2000) throw new RangeError("too deep");
		switch (value.kind) {
			case "list":
				if (value.nil && !this.pretty) this.scalar(NULL, isKey);
				else this.list(value.items, inMap);
				break;
			case "map":
				if (value.nil) this.scalar(this.pretty ? { text: text("{}"), style: "plain" } : NULL, isKey);
				else this.entries([...value.entries].map(([key, entry]) => ({ key: text(key, value.keys.get(key)), value: entry })));
				break;
			case "struct":
				if (value.plain) this.node(value.plain, inMap, isKey);
				else if (value.map) this.node(value.map, inMap, isKey);
				else this.entries([...value.fields].map(([key, entry]) => ({ key: text(key), value: entry })));
				break;
			default:
				this.scalar(this.scalarOf(value), isKey);
		}
	}

	private scalarOf(value: Exclude<Value, { readonly kind: "list" | "map" | "struct" }>): Scalar {
		switch (value.kind) {
			case "string":
				return this.stringOf(value);
			case "float":
				return { text: text(this.pretty ? floatPretty(value.value) : floatPlain(value.value), value.origin), style: "plain" };
			case "bytes":
				return this.stringOf(text(btoa(String.fromCharCode(...value.value))));
			case "nil":
				return { text: text("null", value.origin), style: "plain" };
			case "unknown":
				return { text: text(STAND_IN, { at: NOWHERE, from: "action", unknown: value.why }), style: "plain" };
			default:
				return { text: text(printScalar(value), value.origin), style: "plain" };
		}
	}

	private stringOf(value: Text): Scalar {
		// What is no UTF-8 goes through JSON.
		const clean = /[\udc80-\udcff]/.test(value.value) && !isWellFormed(value.value) ? text(replaceBroken(value.value)) : value;
		if (clean.value.includes("\n")) return { text: clean, style: "literal" };
		return { text: clean, style: isAmbiguous(clean.value) || (this.pretty && isOldBool(clean.value)) ? "double" : "plain" };
	}

	private list(items: readonly Value[], inMap: boolean): void {
		const { indent } = this;
		if (items.length === 0) this.indicator("[]", true, false, false);
		const sameColumn = !this.pretty && inMap && !this.indention;
		this.indent = indent < 0 ? 0 : sameColumn ? indent : indent + 2;
		for (const item of items) {
			this.writeIndent();
			this.indicator("-", true, false, true);
			this.node(item, false, false);
		}
		this.indent = indent;
	}

	private entries(entries: { readonly key: Text; readonly value: Value }[]): void {
		const { indent } = this;
		if (entries.length === 0) this.indicator("{}", true, false, false);
		this.indent = indent < 0 ? 0 : indent + 2;
		for (const { key, value } of entries.sort((a, b) => compareKeys(a.key.value, b.key.value, this.pretty))) {
			this.writeIndent();
			const { multiline, length } = analyze(key.value, this.pretty);
			if (!multiline && length <= SIMPLE_KEY) {
				this.scalar(this.stringOf(key), true);
				this.indicator(":", false, false, false);
			} else {
				this.indicator("?", true, false, true);
				this.scalar(this.stringOf(key), false);
				this.writeIndent();
				this.indicator(":", true, false, true);
			}
			this.node(value, true, false);
		}
		this.indent = indent;
	}

	private scalar({ text: content, style }: Scalar, isKey: boolean): void {
		const { value } = content;
		const { plain, single, block, multiline } = analyze(value, this.pretty);
		const { indent } = this;
		this.indent = indent < 0 ? 2 : indent + 2;
		if (this.pretty && indent < 0) this.indent = 2;
		let chosen: "plain" | "single" | "double" | "literal" = isKey && multiline ? "double" : style;
		if (chosen === "plain" && (!plain || (value === "" && isKey))) chosen = single ? "single" : "double";
		if (chosen === "literal" && (!block || isKey)) chosen = "double";
		if (chosen === "plain") this.writePlain(content, !isKey);
		else if (chosen === "single") this.writeSingle(content, !isKey);
		else if (chosen === "double") this.writeDouble(content, !isKey);
		else this.writeLiteral(content);
		this.indent = indent;
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

	private writeIndent(): void {
		const indent = Math.max(this.indent, 0);
		if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.lineBreak();
		if (this.column < indent) this.put(" ".repeat(indent - this.column));
		this.whitespace = true;
		this.indention = true;
	}

	private indicator(sign: string, spaced: boolean, whitespace: boolean, indention: boolean): void {
		if (spaced && !this.whitespace) this.put(" ");
		this.put(sign);
		this.whitespace = whitespace;
		this.indention = this.indention && indention;
	}

	private writePlain(content: Text, folds: boolean): void {
		if (!this.whitespace) this.put(" ");
		this.writeFolded(content, folds, false);
		this.whitespace = false;
		this.indention = false;
	}

	private writeSingle(content: Text, folds: boolean): void {
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
				if (folds && !this.pretty && !blank && this.column > WIDTH && inside && value[at] !== " ") this.writeIndent();
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

	/** A line break inside of single quotes was written, and nothing behind it. */
	private afterBreak = false;

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

	private writeDouble(content: Text, folds: boolean): void {
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
				if (folds && !this.pretty && !blank && this.column > WIDTH && index > 0 && index < value.length - 1) {
					this.writeIndent();
					if (value[at] === " ") this.put("\\");
				} else this.copy(content, index, at);
				blank = true;
			}
		}
		this.copy(content, at, value.length);
		this.indicator('"', false, false, false);
	}

	private writeLiteral(content: Text): void {
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

const NULL: Scalar = { text: text("null"), style: "plain" };

/** A number that went through JSON: integers stay what they are. */
function floatPlain(value: number): string {
	const json = jsonNumber(value);
	if (!/^-?[0-9]+$/.test(json)) return formatFloat(value, "g", -1);
	const whole = BigInt(json);
	return whole >= -(2n ** 63n) && whole < 2n ** 64n ? whole.toString() : formatFloat(value, "g", -1);
}

function floatPretty(value: number): string {
	if (Number.isNaN(value)) return ".nan";
	if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
	return formatFloat(value, "g", -1);
}

/** What version 3 of go-yaml quotes because older readers take it for a boolean. */
function isOldBool(value: string): boolean {
	return /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(value);
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

function isWellFormed(value: string): boolean {
	return !/(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value);
}

function replaceBroken(value: string): string {
	return value.replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
