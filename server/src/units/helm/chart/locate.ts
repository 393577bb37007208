import { type Place, place, type Span, textAt } from "../../../text/source.ts";
import type { Via } from "../../../yaml/nodes.ts";
import { type Mystery, type Origin, viaOf } from "../template/origin.ts";
import type { Run, Text } from "../template/text.ts";
import { PACKED, placeOutside } from "./chartFile.ts";

/** Where characters of a template's output come from. */
export interface Located {
	readonly at: Place;
	/** What they came through. Empty only where the characters are written at the place as they are: in a template, outside of actions. */
	readonly via: readonly Via[];
}

/** A place on the way of characters to the output: first where they are written, then each action that handed them on. */
type Chain = readonly Via[];

/** Finds the places of spans of one template's output. */
export class Locator {
	/** Whether any of the output only stands in for what is not known. */
	readonly hasUnknown: boolean;
	private readonly value: string;
	private readonly runs: readonly Run[];
	/** Where everything stands of which nothing else is known. */
	private readonly fallback: Place;
	private readonly throughs = new Map<Origin, readonly Via[]>();

	constructor(output: Text, fallback: Place) {
		this.value = output.value;
		this.hasUnknown = output.unknown !== undefined;
		this.runs = output.runs ?? [];
		this.fallback = fallback;
	}

	/** The place of characters that have one, which most have; `undefined` for others. */
	sole(start: number, end: number): Located | undefined {
		const index = this.runAt(start);
		const run = this.runs[index];
		if (!run?.origin || run.end < end) return undefined;
		const at = placeOutside(this.placeOf(run, run.origin, index, start, end));
		return reachable(this.asWritten({ at, via: this.through(run.origin) }, start, end));
	}

	/** What has another text than its place came through its own place. */
	private asWritten(found: Located, start: number, end: number): Located {
		const { at, via } = found;
		if (via.length > 0 || textAt(at) === this.value.slice(start, end)) return found;
		return { at, via: [{ ...at, how: "template" }] };
	}

	/**
	 * The place of a scalar's characters. If several made them, the smallest piece of one line that holds all their actions,
	 * and `via` has the values in it.
	 */
	scalar({ start, end }: Span): Located {
		const sole = this.sole(start, end);
		if (sole) return sole;
		const chains = this.chains(start, end);
		const values = chains.flatMap(([inner]) => (inner?.how === "value" ? [inner] : []));
		if (chains.length === 0) return this.between(start);
		return chains.length === 1 ? this.asWritten(this.common(chains, [], true), start, end) : this.common(chains, values, false);
	}

	/** The place of a map or a list: from its first to its last character in the innermost text that has both. */
	container({ start, end }: Span): Located {
		const sole = this.sole(start, end);
		if (sole) return sole;
		const [first, last] = [this.sole(start, start + 1), this.sole(end - 1, end)];
		if (first && last && first.at.source === last.at.source) {
			const { source } = first.at;
			const at = place(source, Math.min(first.at.start, last.at.start), Math.max(first.at.end, last.at.end));
			return { at, via: first.via };
		}
		const chains = [...this.chains(start, start + 1), ...this.chains(Math.max(start, end - 1), end)];
		return chains.length === 0 ? this.between(start) : this.common(chains, [], true);
	}

	/** Whether the characters come from one place. */
	isOne({ start, end }: Span): boolean {
		return this.sole(start, end) !== undefined || this.chains(start, end).length === 1;
	}

	/** A place of no width, behind the last character that is known to come from somewhere. */
	between(offset: number): Located {
		for (let index = this.runAt(Math.max(0, offset - 1)); index >= 0; index--) {
			const run = this.runs[index];
			if (!run?.origin) continue;
			const { source, end } = placeOutside(this.placeOf(run, run.origin, index, 0, Math.min(offset, run.end)));
			return { at: place(source, end, end), via: this.through(run.origin) };
		}
		return { at: this.fallback, via: [] };
	}

	/** Why characters only stand in for what is not known, if some of them do. */
	mysteryIn({ start, end }: Span): Mystery | undefined {
		if (!this.hasUnknown || start >= end) return undefined;
		for (let index = this.runAt(start); index < this.runs.length; index++) {
			const why = this.runs[index]?.origin?.unknown;
			if (why !== undefined) return why;
			if ((this.runs[index]?.end ?? 0) >= end) return undefined;
		}
		return undefined;
	}

	private runAt(offset: number): number {
		let low = 0;
		let high = this.runs.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.runs[middle]?.end ?? 0) <= offset) low = middle + 1;
			else high = middle;
		}
		return Math.min(low, this.runs.length - 1);
	}

	/** One chain for each origin of the characters, in order. */
	private chains(start: number, end: number): readonly Chain[] {
		const found: { origin: Origin; chain: Chain }[] = [];
		for (let index = Math.max(0, this.runAt(start)); index < this.runs.length; index++) {
			const run = this.runs[index];
			if (!run || (this.runs[index - 1]?.end ?? 0) >= end) break;
			if (!run.origin) continue;
			const last = found.at(-1);
			const chain = this.chain(run, index, start, end);
			if (last?.origin === run.origin) last.chain = joined(last.chain, chain, run.origin);
			else found.push({ origin: run.origin, chain });
		}
		return found.map(({ chain }) => chain);
	}

	private chain(run: Run, index: number, start: number, end: number): Chain {
		return run.origin ? chainOf(run.origin, this.placeOf(run, run.origin, index, start, end)) : [];
	}

	/** Where the characters of a run from `start` to `end` are written: exactly, or the whole place of its origin. */
	private placeOf(run: Run, { at }: Origin, index: number, start: number, end: number): Place {
		if (run.start < 0) return at;
		const begin = this.runs[index - 1]?.end ?? 0;
		return place(at.source, run.start + Math.max(0, start - begin), run.start + Math.min(end, run.end) - begin);
	}

	/** What all characters of an origin come through. */
	private through(origin: Origin): readonly Via[] {
		let via = this.throughs.get(origin);
		if (!via) {
			via = chainOf(origin, origin.at).slice(1).map(outside);
			this.throughs.set(origin, via);
		}
		return via;
	}

	/** Goes outwards along the first chain until all others have a place in the same text. */
	private common(chains: readonly Chain[], values: readonly Via[], isContainer: boolean): Located {
		const [first = []] = chains;
		for (const [level, own] of first.entries()) {
			const places = chains.map((chain) => chain.find(({ source }) => source === own.source));
			const all = places.flatMap((each) => each ?? []);
			if (all.length < chains.length) continue;
			const start = Math.min(...all.map((each) => each.start));
			const end = Math.max(...all.map((each) => each.end));
			const same = all.every((each) => each.start === own.start && each.end === own.end);
			if (!isContainer && !same && (own.how === "value" || own.source.text.slice(start, end).includes("\n"))) continue;
			const isLiteral = level === 0 && (same || isContainer);
			return located(first, level, { ...own, start, end }, values, isLiteral);
		}
		// Nothing is common to them: where the template has literal text, it is the right line at least.
		const shown = chains.find((chain) => chain.length === 1) ?? first;
		const level = shown.length - 1;
		return located(shown, level, shown[level] ?? { ...this.fallback, how: "template" }, values, false);
	}
}

function chainOf(origin: Origin, at: Place): Chain {
	const how = origin.from === "value" ? "value" : "template";
	const first = { source: at.source, start: at.start, end: at.end, how } as const;
	return origin.from === "action" ? [first, first, ...viaOf(origin)] : [first, ...viaOf(origin)];
}

/** Two neighbouring pieces of one origin: from the first to the second where they follow each other, else all of it. */
function joined([a, ...through]: Chain, [b]: Chain, origin: Origin): Chain {
	return a && b && a.end <= b.start ? [{ ...a, end: b.end }, ...through] : chainOf(origin, origin.at);
}

/** What stands at a level of its chain came through the levels behind it, and through its own place if it is not written there. */
function located(chain: Chain, level: number, at: Via, values: readonly Via[], isLiteral: boolean): Located {
	const through = [...values, ...(isLiteral ? [] : [at]), ...chain.slice(level + 1)].map(outside);
	const via = through.filter((each, index) => index === 0 || !isSame(each, through[index - 1]));
	return reachable({ at: placeOutside(at), via });
}

/** Nobody edits what is packed: it stands where the first file that is not packed leads to it, if there is one. */
function reachable(found: Located): Located {
	const { at, via } = found;
	const step = isPacked(at) ? via.find((each) => !isPacked(each)) : undefined;
	if (!step) return found;
	return { at: place(step.source, step.start, step.end), via: [{ ...at, how: "template" }, ...via] };
}

function isPacked({ source }: Place): boolean {
	return source.uri.includes(PACKED);
}

function isSame(a: Via, b: Via | undefined): boolean {
	return b !== undefined && a.source === b.source && a.start === b.start && a.end === b.end;
}

function outside({ how, ...at }: Via): Via {
	const { source, start, end } = placeOutside(at);
	return { source, start, end, how };
}
