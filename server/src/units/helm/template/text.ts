import type { Place } from "../../../text/source.ts";
import type { Mystery, Origin } from "./origin.ts";

/** Go's string, each character of which may know where it comes from. */
export interface Text {
	readonly kind: "string";
	readonly value: string;
	/** They cover the whole text in order; absent where nothing is known of its characters. */
	readonly runs?: readonly Run[] | undefined;
	/** Some of the characters only stand in for what is not known; the origins of their runs say which. */
	readonly unknown?: Mystery | undefined;
}

/** Neighbouring characters of one origin. */
export interface Run {
	/** Behind its last character, in UTF-16 units of the text. */
	readonly end: number;
	/** Absent for what a function added (a quote, an indentation). */
	readonly origin?: Origin | undefined;
	/** Where the first character stands in the source of the origin if all are written there one after the other; else -1. */
	readonly start: number;
}

export const EMPTY: Text = { kind: "string", value: "" };

/** A text of which nothing is known or, with `origin`, of one origin; `start` as in `Run`. */
export function text(value: string, origin?: Origin, start = -1): Text {
	if (!origin || value === "") return { kind: "string", value };
	return { kind: "string", value, runs: [{ end: value.length, origin, start }], unknown: origin.unknown };
}

/** The index of the run that holds the character at an offset; the last run for an offset beyond. */
function runAt(runs: readonly Run[], offset: number): number {
	let low = 0;
	let high = runs.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((runs[middle]?.end ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The runs that touch the characters from `start` to `end`, or the one at `start` where these are none. */
export function runsIn({ runs = [] }: Text, start: number, end: number): readonly Run[] {
	const first = runAt(runs, start);
	let last = first;
	while (last < runs.length - 1 && (runs[last]?.end ?? 0) < end) last++;
	return runs.slice(first, last + 1);
}

/** Where the characters from `start` to `end` are written if they are of one run: exactly, or the whole place of its origin. */
export function placeIn({ runs = [] }: Text, start: number, end: number): Place | undefined {
	const index = runAt(runs, start);
	const run = runs[index];
	if (!run?.origin) return undefined;
	const { at } = run.origin;
	if (run.start < 0) return at;
	const from = run.start + start - (runs[index - 1]?.end ?? 0);
	return { source: at.source, start: from, end: from + Math.min(end, run.end) - start };
}

/** Whether some of the characters only stand in for what is not known. */
export function isUnknownIn(text: Text, start: number, end: number): boolean {
	return text.unknown !== undefined && runsIn(text, start, end).some((run) => run.origin?.unknown !== undefined);
}

/** Whether nothing is known of a text, not even how much of it there is. */
export function isWhollyUnknown({ unknown, runs = [] }: Text): boolean {
	return unknown !== undefined && runs.every(({ origin }) => origin?.unknown !== undefined);
}

/** Joins texts and characters into one text. */
export class TextBuilder {
	private value = "";
	private runs: Run[] = [];
	private unknown: Mystery | undefined;
	private traced = false;

	get length(): number {
		return this.value.length;
	}

	/** Characters of one origin, or that a function makes; `start` as in `Run`. */
	add(value: string, origin?: Origin, start = -1): this {
		if (value === "") return this;
		this.value += value;
		this.push(value.length, origin, start);
		return this;
	}

	/** The characters of a text from `from` to `to`. */
	addText(text: Text, from = 0, to = text.value.length): this {
		if (to <= from) return this;
		this.value += from === 0 && to === text.value.length ? text.value : text.value.slice(from, to);
		const { runs } = text;
		if (!runs) {
			this.push(to - from, undefined, -1);
			return this;
		}
		let index = runAt(runs, from);
		for (let at = from; at < to; index++) {
			const run = runs[index];
			if (!run) break;
			const begin = runs[index - 1]?.end ?? 0;
			const end = Math.min(run.end, to);
			this.push(end - at, run.origin, run.start < 0 ? -1 : run.start + at - begin);
			at = end;
		}
		return this;
	}

	private push(length: number, origin: Origin | undefined, start: number): void {
		const { runs } = this;
		const last = runs.at(-1);
		const end = (last?.end ?? 0) + length;
		if (origin) {
			this.traced = true;
			this.unknown ??= origin.unknown;
		}
		if (last && runs.length >= MAX_RUNS) runs[runs.length - 1] = { end, origin: origin?.unknown ? origin : last.origin, start: -1 };
		else if (last && last.origin === origin && continues(runs, start)) runs[runs.length - 1] = { end, origin, start: last.start };
		else runs.push({ end, origin, start });
	}

	text(): Text {
		const { value, traced, runs, unknown } = this;
		return traced ? { kind: "string", value, runs, unknown } : { kind: "string", value };
	}
}

/** So many runs know their places; what follows counts as one with the last of them. No template of a person comes near. */
const MAX_RUNS = 200_000;

/** Whether characters that are written at `start` follow those of the last run. */
function continues(runs: readonly Run[], start: number): boolean {
	const last = runs.at(-1);
	if (!last || last.start < 0 || start < 0) return start < 0 && (last?.start ?? 0) < 0;
	return start === last.start + last.end - (runs.at(-2)?.end ?? 0);
}

/** The characters of a text from `from` to `to`, UTF-16 offsets. */
export function slice(text: Text, from: number, to = text.value.length): Text {
	if (from <= 0 && to >= text.value.length) return text;
	if (!text.runs) return { kind: "string", value: text.value.slice(Math.max(from, 0), to) };
	return new TextBuilder().addText(text, Math.max(from, 0), Math.min(to, text.value.length)).text();
}

export function join(parts: readonly (Text | string)[], separator = ""): Text {
	const [only] = parts;
	if (parts.length === 1 && typeof only === "object") return only;
	const builder = new TextBuilder();
	for (const [index, part] of parts.entries()) {
		if (index > 0) builder.add(separator);
		if (typeof part === "string") builder.add(part);
		else builder.addText(part);
	}
	return builder.text();
}

/**
 * A text made of another one whole (its hash, another notation). It keeps the place if all characters come from one, not the
 * characters' own places.
 */
export function derived(from: Text, value: string): Text {
	if (value === from.value) return from;
	const origin = soleOrigin(from);
	return origin ? text(value, origin) : text(value);
}

/** The origin of all characters, if it is one. */
export function soleOrigin({ runs }: Text): Origin | undefined {
	const [first] = runs ?? [];
	return first && runs?.every((run) => run.origin === first.origin) ? first.origin : undefined;
}

/** Replaces pieces of a text, given by their offsets in order; the rest keeps its places. */
export function splice(from: Text, pieces: Iterable<{ readonly start: number; readonly end: number; readonly by: Text | string }>): Text {
	const builder = new TextBuilder();
	let at = 0;
	for (const { start, end, by } of pieces) {
		builder.addText(from, at, start);
		if (typeof by === "string") builder.add(by);
		else builder.addText(by);
		at = end;
	}
	if (at === 0 && builder.length === 0) return from;
	return builder.addText(from, at).text();
}

/** Characters that stand in for what is not known. */
export function unknownText(why: Mystery, at: Place, value = "unknown"): Text {
	return text(value, { at, from: "action", unknown: why });
}
