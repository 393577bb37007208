import type { Span } from "../../../text/source.ts";

/**
 * The documents of a template's output, without the blanks around them. A separator is `---` at the beginning of a line, whatever
 * stands behind it, which is part of the next document. Source: SplitManifests() of pkg/releaseutil/manifest.go.
 */
export function splitOutput(output: string): readonly Span[] {
	const found: Span[] = [];
	const add = (start: number, end: number) => {
		const from = passBlanks(output, start, end);
		if (from < end) found.push({ start: from, end: output.slice(from, end).trimEnd().length + from });
	};
	const begin = passBlanks(output, 0, output.length);
	let at = begin;
	for (let separator = output.startsWith("---", begin) ? begin : next(output, begin); separator >= 0; separator = next(output, at)) {
		if (separator > at) add(at, separator - 1);
		at = passBlanks(output, separator + 3, output.length);
	}
	add(at, output.length);
	return found;
}

/** The next `---` behind a line break that no separator before it has swallowed. */
function next(output: string, from: number): number {
	const found = output.indexOf("\n---", from);
	return found < 0 ? -1 : found + 1;
}

function passBlanks(output: string, from: number, to: number): number {
	const content = /\S/g;
	content.lastIndex = from;
	return Math.min(content.exec(output)?.index ?? to, to);
}
