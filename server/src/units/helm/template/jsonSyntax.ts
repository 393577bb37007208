import { encode } from "./bytes.ts";
import { quoteGo } from "./quoting.ts";

/** What Go's encoding/json says of a text that is no JSON. Source: scanner.go of Go's encoding/json. */
export function jsonComplaint(text: string): string {
	try {
		new JsonReader(text).document();
	} catch (error) {
		if (error instanceof Complaint) return error.message;
		throw error;
	}
	return "unexpected end of JSON input";
}

class Complaint extends Error {}

/** Walks over a text as JSON, up to the first character that is none. */
class JsonReader {
	private readonly text: string;
	private at = 0;
	private depth = 0;

	constructor(text: string) {
		this.text = text;
	}

	document(): void {
		this.value();
		this.space();
		if (this.at < this.text.length) throw this.wrong("after top-level value");
	}

	private wrong(where: string): Complaint {
		const code = this.text.codePointAt(this.at);
		if (code === undefined) {
			// Go tells the end by a blank, which only fails inside of a word, a number or an escape.
			const fails = /decimal point|^in (?!string literal)/.test(where);
			return new Complaint(fails ? `invalid character ' ' ${where}` : "unexpected end of JSON input");
		}
		// Go looks at the first byte of a character.
		const [byte = 0] = encode(String.fromCodePoint(code));
		return new Complaint(`invalid character ${quoteCharacter(String.fromCharCode(byte))} ${where}`);
	}

	private space(): void {
		while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
	}

	private value(): void {
		this.space();
		const char = this.text.charAt(this.at);
		if (char === "{") this.nested(() => this.object());
		else if (char === "[") this.nested(() => this.array());
		else if (char === '"') this.string();
		else if (char === "-" || /[0-9]/.test(char)) this.number();
		else if (LITERALS[char] !== undefined) this.literal(LITERALS[char]);
		else throw this.wrong("looking for beginning of value");
	}

	private nested(read: () => void): void {
		if (++this.depth > 1000) throw new Complaint("exceeded max depth");
		this.at++;
		this.space();
		read();
		this.depth--;
	}

	private object(): void {
		if (this.text[this.at] === "}") {
			this.at++;
			return;
		}
		for (;;) {
			this.space();
			if (this.text[this.at] !== '"') throw this.wrong("looking for beginning of object key string");
			this.string();
			this.space();
			if (this.text[this.at] !== ":") throw this.wrong("after object key");
			this.at++;
			this.value();
			if (this.ends("}", "after object key:value pair")) return;
		}
	}

	private array(): void {
		if (this.text[this.at] === "]") {
			this.at++;
			return;
		}
		do this.value();
		while (!this.ends("]", "after array element"));
	}

	/** Whether a collection ends here; else another element follows. */
	private ends(close: string, where: string): boolean {
		this.space();
		const char = this.text[this.at];
		if (char !== close && char !== ",") throw this.wrong(where);
		this.at++;
		return char === close;
	}

	private string(): void {
		for (this.at++; this.text[this.at] !== '"'; this.at++) {
			const char = this.text.charAt(this.at);
			if (char === "" || char < " ") throw this.wrong("in string literal");
			if (char !== "\\") continue;
			this.at++;
			if (this.text[this.at] === "u") this.hexadecimal();
			else if (!/["\\/bfnrt]/.test(this.text.charAt(this.at))) throw this.wrong("in string escape code");
		}
		this.at++;
	}

	private hexadecimal(): void {
		for (let digits = 0; digits < 4; digits++) {
			this.at++;
			if (!/[0-9a-fA-F]/.test(this.text.charAt(this.at))) throw this.wrong("in \\u hexadecimal character escape");
		}
	}

	private number(): void {
		if (this.text[this.at] === "-") this.at++;
		if (this.text[this.at] === "0") this.at++;
		else this.digits("in numeric literal");
		if (this.text[this.at] === ".") {
			this.at++;
			this.digits("after decimal point in numeric literal");
		}
		if (/[eE]/.test(this.text.charAt(this.at))) {
			this.at++;
			if (/[-+]/.test(this.text.charAt(this.at))) this.at++;
			this.digits("in exponent of numeric literal");
		}
	}

	private digits(where: string): void {
		if (!/[0-9]/.test(this.text.charAt(this.at))) throw this.wrong(where);
		while (/[0-9]/.test(this.text.charAt(this.at))) this.at++;
	}

	private literal(word: string): void {
		for (const char of word) {
			if (this.text[this.at] !== char) throw this.wrong(`in literal ${word} (expecting '${char}')`);
			this.at++;
		}
	}
}

const LITERALS: Readonly<Record<string, string>> = { t: "true", f: "false", n: "null" };

function quoteCharacter(char: string): string {
	if (char === "'") return "'\\''";
	if (char === '"') return "'\"'";
	return `'${quoteGo(char).slice(1, -1)}'`;
}
