import type { Place } from "../../../text/source.ts";
import type { Origin } from "./origin.ts";

/** Go's string, each character of which may know where it comes from. */
export interface Text {
	readonly kind: "string";
	readonly value: string;
	/** They cover the whole text in order; absent where nothing is known of its characters. */
	readonly runs?: readonly Run[] | undefined;
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

/** A text of unknown or, with `origin`, of one origin; `start` as in `Run`. */
export function text(value: string, origin?: Origin, start = -1): Text {
	return origin && value !== "" ? { kind: "string", value, runs: [{ end: value.length, origin, start }] } : { kind: "string", value };
}

/** The runs that touch the characters from `start` to `end`, or the one at `start` where these are none. */
export function runsIn({ value, runs = [] }: Text, start: number, end: number): readonly Run[] {
	let low = 0;
	let high = runs.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((runs[middle]?.end ?? 0) <= Math.min(start, value.length - 1)) low = middle + 1;
		else high = middle;
	}
	let last = low;
	while (last < runs.length && (runs[last]?.end ?? 0) < end) last++;
	return runs.slice(low, last + 1);
}

/** The place in a template or values file of the characters from `start` to `end`, which must lie inside one run. */
export function placeIn(text: Text, start: number, end: number): Place | undefined {
	const runs = text.runs ?? [];
	const run = runsIn(text, start, end)[0];
	if (!run?.origin) return undefined;
	const { at } = run.origin;
	if (run.start < 0) return at;
	const before = runs[runs.indexOf(run) - 1]?.end ?? 0;
	const from = run.start + Math.max(start - before, 0);
	return { source: at.source, start: from, end: Math.min(from + (end - start), run.start + run.end - before) };
}

/** Whether some of the characters only stand in for what is not known. */
export function isUnknownIn(text: Text, start: number, end: number): boolean {
	return runsIn(text, start, end).some((run) => run.origin?.unknown !== undefined);
}
