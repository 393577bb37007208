import { type SourceFile, sourceFile } from "../text/file.ts";
import type { Span } from "../text/source.ts";
import { parsesAsJson } from "./json.ts";

/**
 * Cuts a stream into the documents that the API machinery sees: at every line that begins with `---`, wherever it stands, and
 * between JSON objects where the stream begins with such. A document keeps its separator line at its beginning. The spans cover
 * the whole text, in order.
 * Source: YAMLReader and YAMLOrJSONDecoder of k8s.io/apimachinery/pkg/util/yaml/decoder.go.
 */
export function splitStream(text: string): readonly Span[] {
	const starts = [0, ...jsonStarts(text)];
	for (let next = nextSeparator(text, (starts.at(-1) ?? 0) + 1); next >= 0; next = nextSeparator(text, next + 1)) starts.push(next);
	return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Opens a text as a file of documents; those that `previous` holds unchanged keep their identity. */
export function openFile(uri: string, text: string, previous?: SourceFile): SourceFile {
	return sourceFile(uri, text, splitStream(text), previous);
}

function nextSeparator(text: string, from: number): number {
	const found = text.indexOf("\n---", from - 1);
	return found < 0 ? -1 : found + 1;
}

/**
 * Where the second JSON object and those behind it begin in a text of nothing but JSON objects at its front; behind a single one
 * a YAML document may begin without a separator.
 */
function jsonStarts(text: string): readonly number[] {
	const starts: number[] = [];
	for (let start = skipSpace(text, 0); text[start] === "{"; ) {
		const end = endOfObject(text, start);
		const next = end < 0 ? end : skipSpace(text, end);
		if (end < 0 || !isJson(text.slice(start, end))) break;
		if (starts.length === 0 && YAML_KEY.test(text.slice(end, end + 2000))) return [afterLineBreak(text, end)];
		if (text[next] !== "{") break;
		starts.push(next);
		start = next;
	}
	return starts;
}

/** A key in a line of its own, before any separator, behind nothing but empty lines and comments. */
const YAML_KEY = /^[ \t\r]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[\w./-]+|"[^"\n]*"):(?:\s|$)/;

function afterLineBreak(text: string, from: number): number {
	return text.indexOf("\n", from) + 1;
}

/** Behind the brace that closes an object, if the text is JSON; -1 where none does. */
function endOfObject(text: string, start: number): number {
	const sign = /["{}]/g;
	sign.lastIndex = start;
	let depth = 0;
	for (let match = sign.exec(text); match; match = sign.exec(text)) {
		if (match[0] === '"') {
			sign.lastIndex = endOfString(text, sign.lastIndex);
			if (sign.lastIndex === 0) return -1;
		} else {
			depth += match[0] === "{" ? 1 : -1;
			if (depth === 0) return sign.lastIndex;
		}
	}
	return -1;
}

/** Behind the quote that closes a string; 0 where none does. */
function endOfString(text: string, from: number): number {
	for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let before = quote;
		while (text[before - 1] === "\\") before--;
		if ((quote - before) % 2 === 0) return quote + 1;
	}
	return 0;
}

function skipSpace(text: string, from: number): number {
	const content = /\S/g;
	content.lastIndex = from;
	return content.exec(text)?.index ?? text.length;
}

/** Whether a document is JSON: a comment would make it YAML, and no other object may follow it then without a separator. */
export function isJson(text: string): boolean {
	return /^\s*\{/.test(text) && parsesAsJson(text);
}
