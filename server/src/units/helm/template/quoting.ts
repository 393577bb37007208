/** Go's %#U of the character at an offset: `U+0041 'A'`; of the end of the text `U+FFFFFFFFFFFFFFFF`. */
export function unicodeName(text: string, at: number): string {
	const code = text.codePointAt(at);
	if (code === undefined) return "U+FFFFFFFFFFFFFFFF";
	const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
	const char = String.fromCodePoint(code);
	return isPrintable(char) ? `${name} '${char}'` : name;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const TO_QUOTE = /[\0-\x1f"\\\x7f-\uffff]/;

/** Go's strconv.Quote. */
export function quoteGo(text: string): string {
	if (!TO_QUOTE.test(text)) return `"${text}"`;
	let quoted = "";
	for (const char of text) quoted += escapeGo(char, '"');
	return `"${quoted}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
	"\x07": "\\a",
	"\b": "\\b",
	"\f": "\\f",
	"\n": "\\n",
	"\r": "\\r",
	"\t": "\\t",
	"\v": "\\v",
	"\\": "\\\\",
};

/** A character as it stands between quotes in Go. `ascii` escapes all others. A byte that is no UTF-8 becomes `\x..`. */
export function escapeGo(char: string, quote: string, ascii = false): string {
	if (char === quote) return `\\${char}`;
	const short = ESCAPES[char];
	if (short !== undefined) return short;
	const code = char.codePointAt(0) ?? 0;
	if (code < 0x7f && code >= 0x20) return char;
	if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
	if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
	if (!ascii && isPrintable(char)) return char;
	return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Go's strconv.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(char: string): boolean {
	return char === " " || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
}

const SIMPLE: Readonly<Record<string, string>> = {
	a: "\x07",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "\t",
	v: "\v",
	"\\": "\\",
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;

/** Go's strconv.Unquote of a text in double or single quotes, without them; `undefined` for what Go refuses. */
export function unquoteGo(body: string, quote: string): string | undefined {
	if (!body.includes("\\")) return body.includes("\n") ? undefined : body;
	let valid = true;
	const text = body.replace(ESCAPE, (_, byte?: string, short?: string, long?: string, octal?: string, simple?: string) => {
		if (byte !== undefined) return byteOf(Number.parseInt(byte, 16));
		const digits = short ?? long;
		if (digits !== undefined) {
			const code = Number.parseInt(digits, 16);
			if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
		} else if (octal !== undefined) {
			const code = Number.parseInt(octal, 8);
			if (code <= 0xff) return byteOf(code);
		} else if (simple !== undefined) {
			if (simple === quote) return simple;
			const char = SIMPLE[simple];
			if (char !== undefined) return char;
		}
		valid = false;
		return "";
	});
	return valid ? text : undefined;
}

/** A byte beyond ASCII is no UTF-8 by itself; it is kept as the surrogate that stands for it (see bytes.ts). */
function byteOf(code: number): string {
	return String.fromCharCode(code < 0x80 ? code : 0xdc00 + code);
}
