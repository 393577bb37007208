import { CR, DASH, DOT, isBlankOrEnd, isBreakOrEnd, LF, LINE_SEPARATOR, PARAGRAPH_SEPARATOR } from "./chars.ts";

/** A text and how far it is read. `at` gives UTF-16 units, 0 behind the end (a NUL in the text is refused before). */
export class Cursor {
	readonly text: string;
	pos: number;
	/** Where the line that `pos` is on begins. */
	lineStart: number;

	constructor(text: string, pos: number) {
		this.text = text;
		this.pos = pos;
		this.lineStart = pos;
	}

	at(ahead = 0): number {
		return this.text.charCodeAt(this.pos + ahead) || 0;
	}

	get column(): number {
		return this.pos - this.lineStart;
	}

	/** Passes a line break and gives it as it counts in a value: `\n`, but the two separators of Unicode as they are. */
	passBreak(): string {
		const char = this.at();
		this.pos += char === CR && this.at(1) === LF ? 2 : 1;
		this.lineStart = this.pos;
		return char === LINE_SEPARATOR || char === PARAGRAPH_SEPARATOR ? String.fromCharCode(char) : "\n";
	}

	passLine(): void {
		while (!isBreakOrEnd(this.at())) this.pos++;
	}

	/** Whether a line begins here that is `---` or `...` by itself or before a blank. */
	get atDocumentMark(): boolean {
		if (this.pos !== this.lineStart) return false;
		const char = this.at();
		return (char === DASH || char === DOT) && this.at(1) === char && this.at(2) === char && isBlankOrEnd(this.at(3));
	}
}

/**
 * Where reading a document stops: what libyaml, and with it Kubernetes, does not take. It is thrown and no Error, since tracing
 * where takes longer than all the reading.
 */
export class SyntaxProblem {
	readonly message: string;
	readonly at: number;
	/** Where what is wrong begins: the key, the quoted text, the flow collection around. */
	readonly from: number;

	constructor(message: string, at: number, from = at) {
		this.message = message;
		this.at = at;
		this.from = from;
	}
}
