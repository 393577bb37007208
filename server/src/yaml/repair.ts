import type { Source } from "../text/source.ts";
import { Builder } from "./build.ts";
import { compose } from "./compose.ts";
import { SyntaxProblem } from "./cursor.ts";
import type { Recovered } from "./recover.ts";
import { Scanner } from "./scanner.ts";

/** Somebody types in one place; a document with more faults than that is another kind of text. */
const MOST_REPAIRS = 8;

/**
 * Reads a broken document as if its faults were not there: a word alone on its line is a key, any other line with a fault is
 * left out. The lines around it are read as Kubernetes would, at their places. `undefined` where that does not help.
 */
export function* readRepaired(source: Source, start: number): Generator<void, Recovered | undefined> {
	const bareKeys = new Set<number>();
	let text = withoutControls(source.text);
	for (let repairs = 0; repairs <= MOST_REPAIRS; repairs++) {
		const builder = new Builder(source);
		try {
			const { root } = yield* compose(new Scanner(text, start, false, bareKeys), builder);
			return { root, builder };
		} catch (error) {
			if (!(error instanceof SyntaxProblem)) throw error;
			text = withoutFault(text, error, bareKeys);
		}
	}
	return undefined;
}

/** The text of the same length without the line of a fault, unless that line is made a key. */
function withoutFault(text: string, { from }: SyntaxProblem, bareKeys: Set<number>): string {
	const start = text.lastIndexOf("\n", from - 1) + 1;
	const next = text.indexOf("\n", from);
	const end = next < 0 ? text.length : next;
	const [, before = "", word] = /^(\s*(?:-\s+)*)([\w./]\S*)\s*$/.exec(text.slice(start, end)) ?? [];
	const key = start + before.length;
	if (word !== undefined && !bareKeys.has(key)) {
		bareKeys.add(key);
		return text;
	}
	return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

function withoutControls(text: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
	return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g, " ");
}
