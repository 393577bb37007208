import { Lexer } from "./lexer.ts";
import { quoteGo } from "./quoting.ts";
import type { Token, TokenType } from "./token.ts";

/** Why a text is no template: Go's message without its place, and where. */
export class ParseError extends Error {
	readonly at: number;
	/** Behind what is wrong, where just that is known. */
	readonly end: number | undefined;

	constructor(message: string, at: number, end?: number) {
		super(message);
		this.at = at;
		this.end = end;
	}
}

/** As deep as parentheses and blocks may nest; Go allows 10,000 parentheses, which nobody writes. */
export const MAX_DEPTH = 500;

/** The tokens of a template, some of which can be given back; and what the parser says when it meets another one than it wants. */
export class TokenStream {
	/** Where the left delimiter of the action begins that is parsed; for a message. */
	started: number | undefined;
	private readonly lexer: Lexer;
	private readonly text: string;
	private readonly name: string;
	/** The newest token first; those before `peeked` are taken already. */
	private readonly tokens: Token[] = [];
	private peeked = 0;

	constructor(name: string, text: string) {
		this.name = name;
		this.text = text;
		this.lexer = new Lexer(text);
	}

	next(): Token {
		if (this.peeked > 0) this.peeked--;
		else {
			this.tokens[0] = this.lexer.next();
		}
		return this.tokens[this.peeked] as Token;
	}

	/** Gives the tokens back, of which the newest is the lexer's last one. */
	backup(...before: readonly Token[]): void {
		for (const [index, token] of before.entries()) this.tokens[index + 1] = token;
		this.peeked = before.length + 1;
	}

	peek(): Token {
		if (this.peeked === 0) {
			this.tokens[0] = this.lexer.next();
			this.peeked = 1;
		}
		return this.tokens[this.peeked - 1] as Token;
	}

	nextNonSpace(): Token {
		for (;;) {
			const token = this.next();
			if (token.type !== "space") return token;
		}
	}

	peekNonSpace(): Token {
		const token = this.nextNonSpace();
		this.peeked++;
		return token;
	}

	expect(types: readonly TokenType[], context: string): Token {
		const token = this.nextNonSpace();
		if (!types.includes(token.type)) throw this.unexpected(token, context);
		return token;
	}

	error(message: string): ParseError {
		return new ParseError(message, this.tokens[0]?.start ?? 0);
	}

	/** Says that a token is wrong by itself. */
	wrong({ start, end }: Token, message: string): ParseError {
		return new ParseError(message, start, end);
	}

	unexpected(token: Token, context: string): ParseError {
		if (token.type === "error") return this.error(token.value + this.beginning(token));
		return this.error(`unexpected ${printToken(token)} in ${context}`);
	}

	/** Where the action began that an error of the lexer ends in, if that is another line. */
	private beginning({ start, value }: Token): string {
		const { started, text, name } = this;
		if (started === undefined || !text.slice(started, start).includes("\n")) return "";
		const line = text.slice(0, started).split("\n").length;
		return `${value.endsWith(" action") ? "" : " in action"} started at ${name}:${line}`;
	}

	/** Gives the last token back. */
	giveBack(): void {
		this.peeked++;
	}

	/** Behind the token that was read last. */
	closed(): number {
		return this.tokens[this.peeked]?.end ?? 0;
	}
}

const WORDS: ReadonlySet<TokenType> = new Set<TokenType>([
	"block",
	"break",
	"continue",
	"define",
	"dot",
	"else",
	"end",
	"if",
	"nil",
	"range",
	"template",
	"with",
]);

function printToken({ type, value }: Token): string {
	if (type === "eof") return "EOF";
	if (WORDS.has(type)) return `<${value}>`;
	return value.length > 10 ? `${quoteGo([...value].slice(0, 10).join(""))}...` : quoteGo(value);
}
