import { Composer, type Document, isAlias, isMap, isSeq, type ParsedNode, Parser, type Scalar, type YAMLMap } from "yaml";
import type { Place, Source, Span } from "../text/source.ts";
import { readKey, readPlain, type ScalarValue } from "./dialect.ts";
import { type Entry, effectiveEntries, type MapNode, type Node, type ScalarNode } from "./nodes.ts";

/** Something that keeps a document, or a part of it, from being read. */
export interface Problem extends Span {
	readonly message: string;
}

/** One document as nodes. Whatever can be read is in `root`; `problems` says what could not. */
export interface Parsed {
	readonly source: Source;
	readonly root: Node | undefined;
	readonly problems: readonly Problem[];
	/** Entries that a later entry of the same map overrides. */
	readonly duplicates: readonly Entry[];
	/** What follows a `...` line and is lost without a message. */
	readonly trailing: Span | undefined;
}

const cache = new WeakMap<Source, Parsed>();

/** Reads a document. Never throws: what is broken becomes a problem, what is too deep a document without a root. */
export function parseSource(source: Source): Parsed {
	let parsed = cache.get(source);
	if (!parsed) {
		parsed = read(source);
		cache.set(source, parsed);
	}
	return parsed;
}

function read(source: Source): Parsed {
	const separator = /^---(?!\s*(?:#|\r?\n|$))[^\n]*/.exec(source.text);
	try {
		const { document, rest } = compose(source.text);
		if (!document) return { source, root: undefined, problems: [], duplicates: [], trailing: undefined };
		const reader = new Reader(source);
		const root = reader.node(document.contents as ParsedNode | null);
		const problems = [
			...(separator
				? [
						{
							start: 0,
							end: separator[0].trimEnd().length,
							message: "Kubernetes takes this line for a document separator and refuses what follows ---",
						},
					]
				: []),
			...document.errors.map((error) => problemOf(error, source.text)),
			...reader.problems,
		];
		return { source, root, problems, duplicates: reader.duplicates, trailing: rest };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		const message = "Nested too deeply to be read";
		return { source, root: undefined, problems: [{ start: 0, end: source.text.length, message }], duplicates: [], trailing: undefined };
	}
}

/** The first document of a text, and the span of what `...` cuts off behind it, when that holds more than comments. */
function compose(text: string): { document: Document.Parsed | undefined; rest: Span | undefined } {
	const composer = new Composer({ schema: "failsafe", merge: false, uniqueKeys: false, strict: false, logLevel: "silent" });
	const documents: Document.Parsed[] = [];
	for (const token of new Parser().parse(text)) for (const document of composer.next(token)) documents.push(document as Document.Parsed);
	for (const document of composer.end(false, text.length)) documents.push(document as Document.Parsed);
	const [document, second] = documents;
	const start = document?.range[2];
	return { document, rest: second?.contents && start !== undefined ? { start, end: text.trimEnd().length } : undefined };
}

function problemOf(error: { readonly message: string; readonly pos: readonly [number, number] }, text: string): Problem {
	const message = error.message.split(/ at line \d+|:?\n/)[0] ?? error.message;
	const start = Math.min(error.pos[0], text.length);
	return { start, end: Math.min(Math.max(error.pos[1], start), text.length), message };
}

/** Copies the library's nodes into compact ones that know their place, so that the library's Document can go. */
class Reader {
	readonly problems: Problem[] = [];
	readonly duplicates: Entry[] = [];
	private readonly anchors = new Map<string, Node>();
	private readonly source: Source;

	constructor(source: Source) {
		this.source = source;
	}

	node(from: ParsedNode | null): Node | undefined {
		if (from === null) return undefined;
		if (isAlias(from)) return this.alias(from.source, from.range);
		const made = isMap(from) ? this.map(from) : isSeq(from) ? this.seq(from) : this.scalar(from as Scalar.Parsed);
		if (from.anchor) this.anchors.set(from.anchor, made);
		return made;
	}

	/** An alias is the node of its anchor, at the anchor's place; one that stands inside its own anchor has no reading. */
	private alias(name: string, range: readonly [number, number, number]): Node {
		const found = this.anchors.get(name);
		if (found) return found;
		this.problems.push({ start: range[0], end: range[1], message: `Unresolved alias *${name}` });
		return this.absent(range[0]);
	}

	private at(range: readonly [number, number, number] | null | undefined): Place {
		return { source: this.source, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
	}

	private absent(offset: number): ScalarNode {
		return { kind: "scalar", source: this.source, start: offset, end: offset, value: null, text: "", style: "plain" };
	}

	private scalar(from: Scalar.Parsed): ScalarNode {
		const text = String(from.value ?? "");
		const style = STYLES[from.type ?? "PLAIN"] ?? "plain";
		return { kind: "scalar", ...this.at(from.range), value: scalarValue(text, style, from.tag), text, style };
	}

	private seq(from: { items: unknown[]; range?: [number, number, number] | null; flow?: boolean }): Node {
		const items = from.items.map((item) => this.node(item as ParsedNode | null) ?? this.absent(from.range?.[0] ?? 0));
		return { kind: "seq", ...this.at(from.range), items, flow: from.flow === true };
	}

	private map(from: YAMLMap.Parsed): MapNode {
		const written: Entry[] = [];
		const merged: Entry[] = [];
		const seen = new Map<string, Entry>();
		for (const pair of from.items) {
			const key = this.node(pair.key as ParsedNode | null) ?? this.absent(from.range[0]);
			const value = this.node(pair.value) ?? this.absent(key.end);
			if (key.kind !== "scalar") continue;
			if (key.text === "<<" && key.style === "plain") {
				merged.push(...this.merged(key, value));
				continue;
			}
			const entry: Entry = { name: readKey(key.value), key, value, merged: false };
			const earlier = seen.get(entry.name);
			if (earlier) this.duplicates.push(earlier);
			seen.set(entry.name, entry);
			written.push(entry);
		}
		return {
			kind: "map",
			...this.at(from.range),
			entries: merged.length > 0 ? [...merged, ...written] : written,
			flow: from.flow === true,
		};
	}

	/** Of several merged maps the first one with a key wins, so it comes last. */
	private merged(key: ScalarNode, value: Node): Entry[] {
		const items = value.kind === "seq" ? value.items : [value];
		const maps = items.filter((item) => item.kind === "map");
		if (maps.length < items.length) {
			this.problems.push({ start: key.start, end: key.end, message: "A merge key wants a map or a list of maps" });
			return [];
		}
		return [...maps].reverse().flatMap((map) => effectiveEntries(map).map((entry) => ({ ...entry, merged: true })));
	}
}

const STYLES: Readonly<Record<string, ScalarNode["style"]>> = {
	PLAIN: "plain",
	QUOTE_SINGLE: "single",
	QUOTE_DOUBLE: "double",
	BLOCK_LITERAL: "block",
	BLOCK_FOLDED: "block",
};

function scalarValue(text: string, style: ScalarNode["style"], tag: string | undefined): ScalarValue {
	const typed = tag !== undefined && /^tag:yaml\.org,2002:(int|float|bool|null)$/.test(tag);
	if (typed) return readPlain(text);
	return style === "plain" && (tag === undefined || tag === "") ? readPlain(text) : text;
}
