import { MAX_INT, MIN_INT } from "../number.ts";
import { derived, slice, type Text } from "../text.ts";
import { ANY_LIST, bool, type Dict, dict, float, int, list, unknown, type Value } from "../values.ts";

/** Tables of an array (`[[a]]`). */
const TABLES = "[]map[string]interface {}";

/** What TOML 1.1 says; `undefined` where it is none. Source: parse.go of BurntSushi/toml. */
export function readToml(written: Text): Dict | undefined {
	try {
		return new TomlReader(written).document();
	} catch (error) {
		if (error instanceof NoToml) return undefined;
		throw error;
	}
}

class NoToml extends Error {}

/** How deeply arrays and tables may be nested. */
const MAX_DEPTH = 500;

class TomlReader {
	private readonly written: Text;
	private readonly text: string;
	private at = 0;
	private depth = 0;
	private readonly root = dict();
	/** What stands in a header or in braces cannot be defined again. */
	private readonly closed = new Set<Value>();

	constructor(written: Text) {
		this.written = written;
		this.text = written.value;
	}

	document(): Dict {
		let table = this.root;
		for (this.blanks(true); this.at < this.text.length; this.blanks(true)) {
			if (this.takes("[[")) table = this.header("]]", true);
			else if (this.takes("[")) table = this.header("]", false);
			else this.pair(table);
			this.blanks(false);
			if (this.at < this.text.length && !/[\r\n]/.test(this.text.charAt(this.at))) throw new NoToml();
		}
		return this.root;
	}

	private header(close: string, isArray: boolean): Dict {
		const keys = this.keys();
		if (!this.takes(close)) throw new NoToml();
		const last = keys.pop() ?? "";
		const parent = this.tableAt(this.root, keys, true);
		const known = parent.entries.get(last);
		if (isArray) {
			const table = dict();
			if (known && (known.kind !== "list" || known.type !== TABLES)) throw new NoToml();
			parent.entries.set(last, list([...(known?.kind === "list" ? known.items : []), table], TABLES));
			return table;
		}
		if (known && (known.kind !== "map" || this.closed.has(known))) throw new NoToml();
		const table = known?.kind === "map" ? known : dict();
		this.closed.add(table);
		parent.entries.set(last, table);
		return table;
	}

	/** The table that keys lead to, made where it is not there; of an array of tables the last one. */
	private tableAt(from: Dict, keys: readonly string[], isHeader: boolean): Dict {
		let table = from;
		for (const key of keys) {
			const next = table.entries.get(key);
			if (next?.kind === "list" && next.type === TABLES && isHeader) table = next.items.at(-1) as Dict;
			else if (next?.kind === "map" && (isHeader || !this.closed.has(next))) table = next;
			else if (next) throw new NoToml();
			else {
				const made = dict();
				table.entries.set(key, made);
				table = made;
			}
		}
		return table;
	}

	private pair(table: Dict): void {
		const keys = this.keys();
		if (!this.takes("=")) throw new NoToml();
		const last = keys.pop() ?? "";
		const target = this.tableAt(table, keys, false);
		if (target.entries.has(last)) throw new NoToml();
		target.entries.set(last, this.value());
	}

	private keys(): string[] {
		const keys: string[] = [];
		do {
			this.blanks(false);
			const quote = this.text.charAt(this.at);
			const bare = /[A-Za-z0-9_-]+/y;
			bare.lastIndex = this.at;
			if (quote === '"' || quote === "'") keys.push(this.quoted(false).value);
			else keys.push(this.take(bare));
			this.blanks(false);
		} while (this.takes("."));
		return keys;
	}

	private value(): Value {
		this.blanks(false);
		const char = this.text.charAt(this.at);
		if (char === '"' || char === "'") return this.quoted(true);
		if (char === "[") return this.array();
		if (char === "{") return this.inline();
		return plain(this.take(/\d{4}-\d{2}-\d{2} \d{2}:[-+.:\dZz]+|[-+.:\w]+/y));
	}

	private array(): Value {
		const items: Value[] = [];
		this.nested("]", () => items.push(this.value()));
		return { ...list(items, ANY_LIST) };
	}

	private inline(): Value {
		const table = dict();
		this.nested("}", () => this.pair(table));
		this.closed.add(table);
		for (const value of table.entries.values()) this.closed.add(value);
		return table;
	}

	private nested(close: string, element: () => void): void {
		if (++this.depth > MAX_DEPTH) throw new NoToml();
		this.at++;
		for (this.blanks(true); !this.takes(close); this.blanks(true)) {
			element();
			this.blanks(true);
			if (!this.takes(",") && this.text[this.at] !== close) throw new NoToml();
		}
		this.depth--;
	}

	/** A text in quotes, of one or, where it may, of several lines. */
	private quoted(mayBeLong: boolean): Text {
		const quote = this.text.charAt(this.at);
		const isLong = mayBeLong && this.text.startsWith(quote.repeat(3), this.at);
		const close = isLong ? quote.repeat(3) : quote;
		let start = this.at + close.length;
		if (isLong) start += /^\r?\n/.exec(this.text.slice(start, start + 2))?.[0].length ?? 0;
		let end = start;
		for (; !this.text.startsWith(close, end); end++) {
			const char = this.text.charAt(end);
			if (char === "" || (!isLong && /[\r\n]/.test(char))) throw new NoToml();
			if (char === "\\" && quote === '"') end++;
		}
		// Two quotes of the text may stand before the three that end it.
		for (let more = 0; isLong && more < 2 && this.text[end + close.length] === quote; more++) end++;
		this.at = end + close.length;
		const raw = slice(this.written, start, end);
		if (start === end) return { kind: "string", value: "" };
		return quote === '"' && raw.value.includes("\\") ? derived(raw, unescaped(raw.value, isLong)) : raw;
	}

	private blanks(lines: boolean): void {
		const blank = lines ? /(?:[ \t\r\n]|#[^\n]*)*/y : /[ \t]*(?:#[^\r\n]*)?/y;
		blank.lastIndex = this.at;
		this.at += blank.exec(this.text)?.[0].length ?? 0;
	}

	private takes(word: string): boolean {
		if (!this.text.startsWith(word, this.at)) return false;
		this.at += word.length;
		return true;
	}

	private take(pattern: RegExp): string {
		pattern.lastIndex = this.at;
		const [found] = pattern.exec(this.text) ?? [];
		if (found === undefined) throw new NoToml();
		this.at += found.length;
		return found;
	}
}

const INTEGER = /^(?:[-+]?(?:0|[1-9](?:_?\d)*)|0x[\da-fA-F](?:_?[\da-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/;
const FLOAT = /^[-+]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][-+]?\d(?:_?\d)*)?$/;
const MOMENT =
	/^(?:\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[-+]\d{2}:\d{2})?)?|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;

function plain(word: string): Value {
	if (word === "true" || word === "false") return bool(word === "true");
	const digits = word.replaceAll("_", "");
	if (INTEGER.test(word)) {
		const value = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits.replace("+", ""));
		if (value < MIN_INT || value > MAX_INT) throw new NoToml();
		return int(value, "int64");
	}
	if (/^[-+]?inf$/.test(word)) return float(word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
	if (/^[-+]?nan$/.test(word)) return float(Number.NaN);
	if (FLOAT.test(word)) return float(Number(digits));
	// A date without a zone is one of the machine's.
	if (MOMENT.test(word)) return unknown("time.Time", "date");
	throw new NoToml();
}

const SHORT: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\x1b", '"': '"', "\\": "\\" };

function unescaped(raw: string, isLong: boolean): string {
	const escapes = /\\(?:([btnfre"\\])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([ \t]*\r?\n[ \t\r\n]*)|(.?))/gs;
	return raw.replace(escapes, (_, short?: string, x?: string, u?: string, long?: string, lines?: string) => {
		if (short !== undefined) return SHORT[short] ?? "";
		if (lines !== undefined && isLong) return "";
		const code = Number.parseInt(x ?? u ?? long ?? "", 16);
		if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw new NoToml();
		return String.fromCodePoint(code);
	});
}
