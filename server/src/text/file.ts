import type { Place, Source, Span } from "./source.ts";

/** A document of a file, and the offset in the file at which its text begins. */
export interface Part {
	readonly source: Source;
	readonly start: number;
}

/** The immutable text of a file, cut into the documents that it holds, in order; their texts joined are the text. */
export interface SourceFile {
	readonly uri: string;
	readonly text: string;
	readonly parts: readonly Part[];
}

/** 0-based line, and column in UTF-16 units. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/**
 * Makes a file of a text and the spans of its documents. Documents that stand unchanged at the beginning or the end of
 * `previous` keep their `Source`, so whatever was computed from them still holds.
 */
export function sourceFile(uri: string, text: string, spans: readonly Span[], previous?: SourceFile): SourceFile {
	const kept = previous?.uri === uri ? previous.parts : [];
	const texts = spans.map((span) => text.slice(span.start, span.end));
	const shortest = Math.min(kept.length, texts.length);
	let head = 0;
	while (head < shortest && kept[head]?.source.text === texts[head]) head++;
	let tail = 0;
	while (tail < shortest - head && kept[kept.length - 1 - tail]?.source.text === texts[texts.length - 1 - tail]) tail++;
	const parts = spans.map((span, index): Part => {
		const fromEnd = texts.length - index;
		const old = index < head ? kept[index] : fromEnd <= tail ? kept[kept.length - fromEnd] : undefined;
		return { source: old?.source ?? { uri, text: texts[index] ?? "" }, start: span.start };
	});
	return { uri, text, parts };
}

const starts = new WeakMap<SourceFile, ReadonlyMap<Source, number>>();

/** Where a document begins in the file, or `undefined` when it is no longer part of this version of it. */
export function startOf(file: SourceFile, source: Source): number | undefined {
	const [only, second] = file.parts;
	if (!second) return only?.source === source ? only.start : undefined;
	let map = starts.get(file);
	if (!map) {
		map = new Map(file.parts.map((part) => [part.source, part.start]));
		starts.set(file, map);
	}
	return map.get(source);
}

/** The place as offsets into the file, or `undefined` when the document is no longer part of this version of it. */
export function spanInFile(file: SourceFile, at: Place): Span | undefined {
	const start = startOf(file, at.source);
	return start === undefined ? undefined : { start: start + at.start, end: start + at.end };
}

/** The document that holds an offset of the file, and the offset inside it; the last document for an offset beyond. */
export function partAt(file: SourceFile, offset: number): Part | undefined {
	let low = 0;
	let high = file.parts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((file.parts[middle]?.start ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return file.parts[low];
}

const lines = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines begin. A line ends with `\n`, `\r\n` or a lone `\r`, as the Language Server Protocol has it. */
export function lineStarts(file: SourceFile): readonly number[] {
	let found = lines.get(file);
	if (!found) {
		found = startsOfLines(file.text);
		lines.set(file, found);
	}
	return found;
}

function startsOfLines(text: string): number[] {
	const found = [0];
	if (!text.includes("\r")) {
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
		return found;
	}
	for (const match of text.matchAll(/\r\n|\n|\r/g)) found.push(match.index + match[0].length);
	return found;
}

/** Offsets outside the text count as its ends. */
export function positionAt(file: SourceFile, offset: number): Position {
	const found = lineStarts(file);
	const clamped = Math.max(0, Math.min(offset, file.text.length));
	let low = 0;
	let high = found.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((found[middle] ?? 0) <= clamped) low = middle;
		else high = middle - 1;
	}
	return { line: low, character: clamped - (found[low] ?? 0) };
}

/** Positions beyond a line's end count as its end (before the line break), beyond the last line as the end of the text. */
export function offsetAt(file: SourceFile, position: Position): number {
	const found = lineStarts(file);
	if (position.line < 0) return 0;
	const start = found[position.line];
	if (start === undefined) return file.text.length;
	const next = found[position.line + 1] ?? file.text.length;
	let end = next;
	while (end > start && /[\r\n]/.test(file.text[end - 1] ?? "")) end--;
	return Math.min(start + Math.max(0, position.character), end);
}
