import { Composer, type Document, isAlias, isMap, isSeq, type ParsedNode, Parser, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Source } from "../text/source.ts";
import { Builder, type Pair, type Problem } from "./build.ts";
import type { SyntaxProblem } from "./cursor.ts";
import type { Node, ScalarNode } from "./nodes.ts";

/** More do not help whoever repairs a document; a template gives thousands. */
const MOST_PROBLEMS = 20;
/** Longer documents are not read beyond what is wrong: the library reads one as a whole, and nobody gets an answer meanwhile. */
const LONGEST = 2 ** 18;

/** What could be read of a broken document, and what made of it. */
export interface Recovered {
	readonly root: Node | undefined;
	readonly builder: Builder;
}

/**
 * Reads a document that is not YAML, faults and all, with the `yaml` library, which goes on behind an error. `faults` is where
 * it is broken; `problem` is why it was not read, which is said where the library itself sees nothing wrong.
 */
export function recover(source: Source, text: string, problem: SyntaxProblem): Recovered & { readonly faults: readonly Problem[] } {
	const document = text.length > LONGEST ? undefined : withoutStackTraces(() => firstDocument(text));
	const errors = document?.errors.slice(0, MOST_PROBLEMS) ?? [];
	const faults = errors.map(({ message, pos }): Problem => {
		const start = Math.min(pos[0], text.length);
		return { start, end: Math.min(Math.max(pos[1], start), text.length), message: message.split(/ at line \d+|:?\n/)[0] ?? message };
	});
	if (faults.length === 0) faults.push({ start: problem.at, end: endOfWord(text, problem.at), message: problem.message });
	const builder = new Builder(source);
	return { root: document?.contents ? copy(document.contents, builder) : undefined, builder, faults };
}

function firstDocument(text: string): Document.Parsed | undefined {
	const composer = new Composer({ schema: "failsafe", merge: false, uniqueKeys: false, strict: false, logLevel: "silent" });
	const documents: Document.Parsed[] = [];
	for (const token of new Parser().parse(text)) for (const document of composer.next(token)) documents.push(document as Document.Parsed);
	for (const document of composer.end(false, text.length)) documents.push(document as Document.Parsed);
	return documents[0];
}

/** The library makes an Error of each problem, and tracing where takes longer than all the reading. */
function withoutStackTraces<T>(run: () => T): T {
	const limit = Error.stackTraceLimit;
	Error.stackTraceLimit = 0;
	try {
		return run();
	} finally {
		Error.stackTraceLimit = limit;
	}
}

function endOfWord(text: string, start: number): number {
	const word = /\S*/y;
	word.lastIndex = start;
	return start + (word.exec(text)?.[0].length ?? 0);
}

/** Copies the library's nodes into compact ones that know their place, so that the library's Document can go. */
function copy(from: ParsedNode, builder: Builder): Node {
	const [start, end] = from.range;
	if (isAlias(from)) return builder.alias(from.source, { start, end });
	const announced = from.anchor ? builder.anchor(from.anchor) : undefined;
	const made = isMap(from) ? copyMap(from, builder) : isSeq(from) ? copyList(from, builder) : copyScalar(from, builder);
	if (announced) builder.anchored(announced, made);
	return made;
}

const STYLES: Readonly<Record<string, ScalarNode["style"]>> = {
	PLAIN: "plain",
	QUOTE_SINGLE: "single",
	QUOTE_DOUBLE: "double",
	BLOCK_LITERAL: "block",
	BLOCK_FOLDED: "block",
};

function copyScalar(from: Scalar.Parsed, builder: Builder): Node {
	const [start, end] = from.range;
	const style = STYLES[from.type ?? "PLAIN"] ?? "plain";
	return builder.scalar(
		start,
		style === "block" ? builder.trimmed(start, end) : end,
		String(from.value ?? ""),
		style,
		from.tag || undefined,
	);
}

function copyList(from: YAMLSeq.Parsed, builder: Builder): Node {
	const [start, end] = from.range;
	const items = from.items.map((item) => (item ? copy(item as ParsedNode, builder) : builder.absent(start)));
	return builder.list(start, from.flow ? end : lastEnd(start, end, items), items, from.flow === true);
}

function copyMap(from: YAMLMap.Parsed, builder: Builder): Node {
	const [start, end] = from.range;
	const pairs = from.items.map((pair): Pair => {
		const key = pair.key ? copy(pair.key as ParsedNode, builder) : builder.absent(start);
		return { key, value: pair.value ? copy(pair.value, builder) : builder.absent(key.end) };
	});
	const nodes = pairs.flatMap(({ key, value }) => [key, value]);
	return builder.map(start, from.flow ? end : lastEnd(start, end, nodes), pairs, from.flow === true);
}

/** Where a block collection's last value ends, which is before the comments that the library counts in; aliases stand further up. */
function lastEnd(start: number, end: number, nodes: readonly Node[]): number {
	return nodes.reduce((last, node) => (node.start >= start && node.end <= end ? Math.max(last, node.end) : last), start);
}
