import { decode, encode, isAscii } from "./bytes.ts";

/** Go's unicode.IsSpace, for use inside of a character class. */
export const GO_SPACE = "\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const SPACE = new RegExp(`^[${GO_SPACE}]$`);

export function isSpace(char: string): boolean {
	return SPACE.test(char);
}

export function isUpper(char: string): boolean {
	return /^\p{Lu}$/u.test(char);
}

export function isLower(char: string): boolean {
	return /^\p{Ll}$/u.test(char);
}

/** Go's unicode.ToUpper: of one character one character. */
export function toUpper(char: string): string {
	const upper = char.toUpperCase();
	return isOne(upper) ? upper : char;
}

export function toLower(char: string): string {
	const lower = char.toLowerCase();
	return isOne(lower) ? lower : char;
}

function isOne(text: string): boolean {
	return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

/** A text as one character for each of its bytes, for what Go does byte by byte. */
export function byBytes(text: string): string {
	return isAscii(text) ? text : Array.from(encode(text), (byte) => String.fromCharCode(byte)).join("");
}

export function fromBytes(bytes: string): string {
	return isAscii(bytes) ? bytes : decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
