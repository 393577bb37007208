import { quoteGo, unicodeName } from "./quoting.ts";
import { KEYWORDS, type Token, type TokenType } from "./token.ts";

const SPACE = 0x20;
const DASH = 0x2d;

/** Cuts a template into tokens. An error is the last of them. Source: lex.go of Go's text/template/parse. */
export class Lexer {
	private readonly text: string;
	private at = 0;
	private start = 0;
	private inAction = false;
	private depth = 0;
	private failed = false;

	constructor(text: string) {
		this.text = text;
	}

	next(): Token {
		if (this.failed) return { type: "eof", start: this.start, end: this.start, value: "EOF" };
		return this.inAction ? this.action() : this.outside();
	}

	private token(type: TokenType): Token {
		const { start, at } = this;
		this.start = at;
		return { type, start, end: at, value: this.text.slice(start, at) };
	}

	private error(value: string): Token {
		this.failed = true;
		return { type: "error", start: this.start, end: this.at, value };
	}

	/** Text up to the next action; comments vanish. */
	private outside(): Token {
		const { text } = this;
		for (;;) {
			const found = text.indexOf("{{", this.at);
			if (found < 0) {
				this.at = text.length;
				return this.at > this.start ? this.token("text") : { type: "eof", start: this.at, end: this.at, value: "EOF" };
			}
			if (found > this.at) {
				this.at = this.trimsBefore(found + 2) ? trimEnd(text, this.start, found) : found;
				const token = this.token("text");
				this.start = this.at = found;
				if (token.value !== "") return token;
			}
			const trims = this.trimsBefore(found + 2);
			const inside = found + (trims ? 4 : 2);
			if (!text.startsWith("/*", inside)) {
				this.at = found + 2;
				const token = this.token("left");
				this.start = this.at = inside;
				this.inAction = true;
				this.depth = 0;
				return token;
			}
			const failure = this.comment(inside);
			if (failure) return failure;
		}
	}

	private comment(inside: number): Token | undefined {
		const { text } = this;
		this.start = inside;
		const close = text.indexOf("*/", inside + 2);
		if (close < 0) return this.error("unclosed comment");
		this.at = close + 2;
		const trims = this.trimsAfter(this.at);
		if (!trims && !text.startsWith("}}", this.at)) return this.error("comment ends before closing delimiter");
		this.at += trims ? 4 : 2;
		if (trims) this.at = trimStart(text, this.at);
		this.start = this.at;
		return undefined;
	}

	/** `{{- ` */
	private trimsBefore(at: number): boolean {
		return this.text.charCodeAt(at) === DASH && isSpace(this.text.charCodeAt(at + 1));
	}

	/** ` -}}` */
	private trimsAfter(at: number): boolean {
		return isSpace(this.text.charCodeAt(at)) && this.text.startsWith("-}}", at + 1);
	}

	private rightDelimiter(trims: boolean): Token {
		if (trims) this.start = this.at += 2;
		this.at += 2;
		const token = this.token("right");
		if (trims) this.start = this.at = trimStart(this.text, this.at);
		this.inAction = false;
		return token;
	}

	private action(): Token {
		const { text } = this;
		const trims = this.trimsAfter(this.at);
		if (trims || text.startsWith("}}", this.at)) {
			return this.depth === 0 ? this.rightDelimiter(trims) : this.error("unclosed left paren");
		}
		if (this.at >= text.length) return this.error("unclosed action");
		const code = text.charCodeAt(this.at);
		if (isSpace(code)) return this.space();
		const char = text.charAt(this.at);
		const sign = SIGNS[char];
		if (sign) {
			this.at++;
			return this.token(sign);
		}
		switch (char) {
			case ":":
				this.at += text[this.at + 1] === "=" ? 2 : 1;
				return this.at - this.start === 2 ? this.token(":=") : this.error("expected :=");
			case "(":
				this.depth++;
				this.at++;
				return this.token("(");
			case ")":
				this.at++;
				return --this.depth < 0 ? this.error("unexpected right paren") : this.token(")");
			case '"':
				return this.quoted('"', "string", "unterminated quoted string");
			case "'":
				return this.quoted("'", "character", "unterminated character constant");
			case "`":
				return this.raw();
			case "$":
				return this.name("variable");
			case ".":
				if (this.at + 1 < text.length && !isDigit(text.charCodeAt(this.at + 1))) return this.name("field");
				return this.number();
		}
		if (char === "+" || char === "-" || isDigit(code)) return this.number();
		if (isAlphaNumeric(text, this.at)) return this.identifier();
		this.at++;
		if (code > SPACE && code < 0x7f) return this.token("char");
		return this.error(`unrecognized character in action: ${unicodeName(text, this.start)}`);
	}

	private space(): Token {
		const { text } = this;
		while (isSpace(text.charCodeAt(this.at))) this.at++;
		if (!this.trimsAfter(this.at - 1)) return this.token("space");
		this.at--;
		return this.at === this.start ? this.rightDelimiter(true) : this.token("space");
	}

	private quoted(quote: string, type: TokenType, message: string): Token {
		const { text } = this;
		for (this.at++; this.at < text.length; this.at++) {
			const char = text[this.at];
			if (char === quote) {
				this.at++;
				return this.token(type);
			}
			if (char === "\\" && this.at + 1 < text.length && text[this.at + 1] !== "\n") this.at++;
			else if (char === "\\" || char === "\n") break;
		}
		return this.error(message);
	}

	private raw(): Token {
		const close = this.text.indexOf("`", this.at + 1);
		if (close < 0) return this.error("unterminated raw quoted string");
		this.at = close + 1;
		return this.token("raw");
	}

	private identifier(): Token {
		this.passName();
		const word = this.text.slice(this.start, this.at);
		if (!this.atTerminator()) return this.error(`bad character ${unicodeName(this.text, this.at)}`);
		if (KEYWORDS.has(word)) return this.token(word as TokenType);
		return this.token(word === "nil" ? "nil" : word === "true" || word === "false" ? "bool" : "identifier");
	}

	private name(type: "variable" | "field"): Token {
		this.at++;
		if (this.atTerminator()) return this.token(type === "variable" ? type : "dot");
		this.passName();
		return this.atTerminator() ? this.token(type) : this.error(`bad character ${unicodeName(this.text, this.at)}`);
	}

	private passName(): void {
		while (isAlphaNumeric(this.text, this.at)) this.at += (this.text.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
	}

	private atTerminator(): boolean {
		const { text, at } = this;
		if (at >= text.length || isSpace(text.charCodeAt(at))) return true;
		return ".,|:)(".includes(text.charAt(at)) || text.startsWith("}}", at);
	}

	private number(): Token {
		if (!this.scanNumber()) return this.badNumber();
		const sign = this.text[this.at];
		if (sign !== "+" && sign !== "-") return this.token("number");
		if (!this.scanNumber() || this.text[this.at - 1] !== "i") return this.badNumber();
		return this.token("complex");
	}

	private badNumber(): Token {
		return this.error(`bad number syntax: ${quoteGo(this.text.slice(this.start, this.at))}`);
	}

	private scanNumber(): boolean {
		const match = NUMBER.exec(this.text.slice(this.at, this.at + 400));
		this.at += match?.[0].length ?? 0;
		if (!isAlphaNumeric(this.text, this.at)) return true;
		this.at += (this.text.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
		return false;
	}
}

const NUMBER =
	/^[-+]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?)i?/;

const SIGNS: Readonly<Record<string, TokenType | undefined>> = { "=": "=", "|": "|" };

function isSpace(code: number): boolean {
	return code === SPACE || (code >= 0x09 && code <= 0x0d && code !== 0x0b && code !== 0x0c);
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

const NAME = /[\p{L}\p{Nd}_]/u;

function isAlphaNumeric(text: string, at: number): boolean {
	const code = text.codePointAt(at);
	if (code === undefined) return false;
	if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f;
	return NAME.test(String.fromCodePoint(code));
}

function trimEnd(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
	return at;
}

function trimStart(text: string, start: number): number {
	let at = start;
	while (isSpace(text.charCodeAt(at))) at++;
	return at;
}
