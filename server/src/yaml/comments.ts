import { type Place, place, type Source } from "../text/source.ts";
import { SyntaxProblem } from "./cursor.ts";
import { Scanner } from "./scanner.ts";
import type { Token } from "./tokens.ts";

/**
 * The comments of a document, from `#` to the end of the line, in order. What stands inside a value is none. Behind the place from
 * which on a document cannot be read, whatever begins with `#` at the beginning of a line or behind a blank counts as one.
 */
export function commentsOf(source: Source): readonly Place[] {
	const { text } = source;
	if (!text.includes("#")) return [];
	const found: Place[] = [];
	let end = 0;
	const take = (from: number, to: number): void => {
		for (const match of text.slice(from, to).matchAll(/(?<![^\s[\]{},])#[^\r\n]*/g)) {
			found.push(place(source, from + match.index, from + match.index + match[0].trimEnd().length));
		}
	};
	try {
		for (const token of tokensOf(text)) {
			if (token.start > end) take(end, token.start);
			// A comment may follow the sign of a block text.
			if (token.style === "block") take(token.start, Math.min(token.end, lineEnd(text, token.start)));
			end = Math.max(end, token.end);
		}
	} catch (error) {
		if (!(error instanceof SyntaxProblem)) throw error;
		take(end, text.length);
	}
	return found;
}

/** Between tokens nothing stands but blanks, line breaks and comments. */
function* tokensOf(text: string): Iterable<Token> {
	const separator = /^---[ \t]*(?=#)/.exec(text)?.[0].length ?? 0;
	const scanner = new Scanner(text, separator, /^\s*\{/.test(text));
	for (;;) {
		const token = scanner.next();
		yield token;
		if (token.type === "end") return;
	}
}

function lineEnd(text: string, from: number): number {
	const found = text.indexOf("\n", from);
	return found < 0 ? text.length : found;
}
