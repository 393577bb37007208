/** The words and signs of a template, as Go's text/template has them. */
export type TokenType =
	| "error"
	| "eof"
	| "text"
	| "left"
	| "right"
	| "space"
	| "bool"
	| "char"
	| "character"
	| "complex"
	| "number"
	| "string"
	| "raw"
	| "identifier"
	| "field"
	| "variable"
	| "="
	| ":="
	| "|"
	| "("
	| ")"
	| "dot"
	| "nil"
	| "block"
	| "break"
	| "continue"
	| "define"
	| "else"
	| "end"
	| "if"
	| "range"
	| "template"
	| "with";

export const KEYWORDS: ReadonlySet<string> = new Set<TokenType>([
	"block",
	"break",
	"continue",
	"define",
	"else",
	"end",
	"if",
	"range",
	"template",
	"with",
]);

/** `value` is as written; of an error it is the message. Offsets are UTF-16 units of the text. */
export interface Token {
	readonly type: TokenType;
	readonly start: number;
	readonly end: number;
	readonly value: string;
}
