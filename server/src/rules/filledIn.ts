import type { Span } from "../text/source.ts";

/** Whether what has a problem of syntax is meant for another tool that makes YAML of it. */
export function isTemplate(text: string, problem: Span): boolean {
	return /\{[{%]/.test(text) || isFilledIn(text, problem);
}

/** Whether another tool fills something in on the line before it is read. */
export function isFilledIn(text: string, { start, end }: Span): boolean {
	const lineEnd = text.indexOf("\n", end);
	const lines = text.slice(text.lastIndexOf("\n", start - 1) + 1, lineEnd < 0 ? text.length : lineEnd);
	return /\$[{(]|\{[A-Z][A-Z0-9_]*\}|<%|%>|@[A-Z][A-Z0-9_]*@|%\(\w+\)s/.test(lines);
}
