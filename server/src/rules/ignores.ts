import { isRendered } from "../model/object.ts";
import { type Place, place, type Source } from "../text/source.ts";
import type { Index } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import { commentsOf } from "../yaml/comments.ts";
import { breakAt, endOfLineIn, startOfLine } from "../yaml/edit.ts";

/** A comment that silences: `# portolan-ignore: rule-a, rule-b -- reason`, or `# portolan-ignore-file: ...` at the top of a file. */
export interface Ignore {
	readonly comment: Place;
	/** The names of rules in it, where they stand. */
	readonly names: readonly Place[];
	/** The first word behind a comment that lacks its colon, so that it silences nothing. */
	readonly bare: Place | undefined;
	/** The line that it speaks of; `undefined` for the whole file. */
	readonly line: Place | undefined;
	/** A comment for the whole file that does not stand at its top, so that it silences nothing. */
	readonly misplaced: boolean;
}

export const IGNORING: Index<Source> = {
	entries: ({ owner, text }) => {
		const source = text ?? (typeof owner === "string" || isRendered(owner) ? undefined : owner);
		return source && mayIgnore(source) ? [["", source]] : [];
	},
};

/** Every comment that silences in the files of a unit, or in one of them. */
export function ignoresIn(unit: Unit, uri?: string): readonly Ignore[] {
	const written = uri === undefined ? unit.find(IGNORING, "") : unit.texts(uri);
	const { configuration } = unit;
	const sources = [...written, ...(configuration && (uri ?? configuration.uri) === configuration.uri ? configuration.sources : [])];
	const ignoring = sources.filter(mayIgnore);
	if (ignoring.length === 0) return [];
	const files = new Set(ignoring.map((source) => source.uri));
	const tops = topsOf([...[...files].flatMap((name) => unit.texts(name)), ...(configuration?.sources ?? [])]);
	return ignoring.flatMap((source) =>
		ignoresOf(source).map((ignore) => (ignore.line ? ignore : { ...ignore, misplaced: ignore.comment.start >= (tops.get(source) ?? 0) })),
	);
}

/** The comments of a document that silence. */
export function ignoresOf(source: Source): readonly Ignore[] {
	let known = cache.get(source);
	if (!known) {
		known = commentsOf(source).flatMap((comment) => readIgnore(comment) ?? []);
		cache.set(source, known);
	}
	return known;
}

const cache = new WeakMap<Source, readonly Ignore[]>();

function mayIgnore({ text }: Source): boolean {
	return text.includes("portolan-ignore");
}

/** Where the content of each document begins that nothing but comments stands above. */
function topsOf(sources: readonly Source[]): ReadonlyMap<Source, number> {
	const tops = new Map<Source, number>();
	const filled = new Set<string>();
	for (const source of sources) {
		if (filled.has(source.uri)) {
			tops.set(source, 0);
			continue;
		}
		const top = contentOf(source.text);
		tops.set(source, top);
		if (top < source.text.length) filled.add(source.uri);
	}
	return tops;
}

/** The offset of the first line that is neither a comment, nor empty, nor a separator. */
function contentOf(text: string): number {
	const found = /^(?!---[ \t]*(?:#.*)?\r?$)[ \t]*[^\s#]/m.exec(text);
	return found ? found.index : text.length;
}

function readIgnore(comment: Place): Ignore | undefined {
	const { source, start, end } = comment;
	const [whole, head = "", file, colon] = /^(#+[ \t]*portolan-ignore(-file)?(:|(?=[ \t]|$)))/.exec(source.text.slice(start, end)) ?? [];
	if (whole === undefined) return undefined;
	const line = file === undefined ? lineFor(comment) : undefined;
	if (colon !== ":") return { comment, names: [], bare: firstWord(source, start + head.length, end), line, misplaced: false };
	const from = start + head.length;
	const listed = source.text.slice(from, end).split(/(?:^|[ \t])--(?:[ \t]|$)/)[0] ?? "";
	const names = [...listed.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].map((match) =>
		place(source, from + match.index, from + match.index + match[0].length),
	);
	return { comment, names, bare: undefined, line, misplaced: false };
}

function firstWord(source: Source, start: number, end: number): Place | undefined {
	const [blank = "", word] = /^([ \t]*)([\w-]+)/.exec(source.text.slice(start, end))?.slice(1) ?? [];
	return word === undefined ? undefined : place(source, start + blank.length, start + blank.length + word.length);
}

/** The comment's own line, or, where nothing else stands on it, the next one that is no comment either. */
function lineFor({ source, start, end }: Place): Place {
	const { text } = source;
	const own = lineAround(text, start);
	if (text.slice(own.start, start).trim() !== "") return place(source, own.start, own.end);
	let line = own;
	let next = end;
	do {
		next = line.end + breakAt(text, line.end).length;
		line = lineAround(text, Math.min(next, text.length));
	} while (next < text.length && /^[ \t]*#/.test(text.slice(line.start, line.end)));
	return place(source, line.start, line.end);
}

function lineAround(text: string, at: number): { readonly start: number; readonly end: number } {
	return { start: startOfLine(text, at), end: endOfLineIn(text, at) };
}
