import type { Source, Span } from "../text/source.ts";
import { Builder, type Problem } from "./build.ts";
import { compose } from "./compose.ts";
import { SyntaxProblem } from "./cursor.ts";
import { parsesAsJson } from "./json.ts";
import type { Entry, Node } from "./nodes.ts";
import { recover } from "./recover.ts";
import { readRepaired } from "./repair.ts";
import { Scanner } from "./scanner.ts";

export type { Problem } from "./build.ts";

/** One document as nodes. Whatever can be read is in `root`; `problems` says what Kubernetes could not. */
export interface Parsed {
	readonly source: Source;
	readonly root: Node | undefined;
	readonly problems: readonly Problem[];
	/** It is no YAML, so that what stands behind the first problem may be another thing than is meant. */
	readonly broken: boolean;
	/** Entries that a later entry of the same map overrides. */
	readonly duplicates: readonly Entry[];
	/** Nodes that stand in several places of the document, through an anchor and its aliases. */
	readonly shared: ReadonlySet<Node>;
	/** A broken document with its faults in it, which tells what they swallowed. */
	readonly faulty: Node | undefined;
	/** What follows the end of the document (a `...` line, or a root that is complete) and is lost without a message. */
	readonly trailing: Span | undefined;
	/** What follows is not lost but refused: it stands behind a JSON object, and is neither another one nor YAML. */
	readonly refusesTrailing: boolean;
}

const cache = new WeakMap<Source, Parsed>();

/**
 * Reads a document as Kubernetes does, and where that fails as far as it goes. Never throws: what is broken becomes a problem,
 * what is too deep a document without a root.
 */
export function parseSource(source: Source): Parsed {
	for (const _ of parseInSteps(source));
	return cache.get(source) ?? unread(source, "It cannot be read");
}

/** Reads a document as `parseSource` does, a little at each step, for one who has other things to do; afterwards that gives it at once. */
export function* parseInSteps(source: Source): Iterable<void> {
	if (!cache.has(source)) cache.set(source, yield* read(source));
}

/** Whether `parseSource` gives a document at once. */
export function isParsed(source: Source): boolean {
	return cache.has(source);
}

function* read(source: Source): Generator<void, Parsed> {
	try {
		return yield* readWhole(source);
	} catch (error) {
		if (!(error instanceof SyntaxProblem)) return tooDeep(source, error);
		return yield* readBroken(source, error);
	}
}

function* readWhole(source: Source): Generator<void, Parsed> {
	const { text } = source;
	const control = CONTROL.exec(text);
	if (control) throw new SyntaxProblem("YAML has no place for control characters", control.index);
	const builder = new Builder(source);
	const start = passSeparator(text, builder);
	const { root, end } = yield* compose(new Scanner(text, start, isJson(text, start)), builder);
	const behind = trailing(text, end);
	const refusesTrailing = behind !== undefined && start === 0 && text[0] !== "-" && isJson(text.slice(0, end), 0);
	return { ...parsed(source, builder, root, behind), refusesTrailing };
}

/** Of two readings of a broken document, without its faults and with them, the one that tells more. */
function* readBroken(source: Source, problem: SyntaxProblem): Generator<void, Parsed> {
	const separator = new Builder(source);
	const start = passSeparator(source.text, separator);
	const text = separator.problems.length > 0 ? " ".repeat(start) + source.text.slice(start) : source.text;
	try {
		const faulty = recover(source, text, problem);
		const repaired = yield* readRepaired(source, start);
		const { builder, root } = repaired && repaired.builder.size >= faulty.builder.size ? repaired : faulty;
		const read = parsed(source, builder, root, undefined);
		if (builder.bomb) return read;
		return { ...read, problems: [...separator.problems, ...faulty.faults, ...read.problems], broken: true, faulty: faulty.root };
	} catch (error) {
		return tooDeep(source, error);
	}
}

function parsed(source: Source, builder: Builder, root: Node | undefined, trailing: Span | undefined): Parsed {
	if (builder.bomb) return unread(source, "Aliases make this document far larger than Kubernetes reads");
	return {
		source,
		root,
		problems: builder.problems.length > 0 ? builder.problems : NONE,
		broken: false,
		duplicates: builder.duplicates.length > 0 ? builder.duplicates : NONE,
		shared: builder.shared.size > 0 ? builder.shared : NO_NODES,
		faulty: undefined,
		trailing,
		refusesTrailing: false,
	};
}

const NONE: readonly never[] = [];
const NO_NODES: ReadonlySet<Node> = new Set();

function tooDeep(source: Source, error: unknown): Parsed {
	if (error instanceof RangeError) return unread(source, "Nested too deeply to be read");
	throw error;
}

function unread(source: Source, message: string): Parsed {
	const problems = [{ start: 0, end: source.text.length, message }];
	return {
		source,
		root: undefined,
		problems,
		broken: true,
		duplicates: [],
		shared: new Set(),
		faulty: undefined,
		trailing: undefined,
		refusesTrailing: false,
	};
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * Where the document begins: at its separator line, which YAML knows too, or behind it. Nothing but a comment may stand on it.
 * Source: YAMLReader of k8s.io/apimachinery/pkg/util/yaml/decoder.go.
 */
function passSeparator(text: string, builder: Builder): number {
	const [line, rest = ""] = /^---([^\n]*)\n?/.exec(text) ?? [""];
	const content = rest.trim();
	if (content === "" || content.startsWith("#")) return rest.startsWith("#") || text.startsWith("\ufeff", line.length) ? line.length : 0;
	builder.refuse(
		{ start: 0, end: line.trimEnd().length },
		"Kubernetes takes this line for a document separator and refuses what follows ---",
	);
	return /^[[{]/.test(content) ? 3 : line.length;
}

/** Kubernetes tries JSON first, which takes a little that is no YAML. */
function isJson(text: string, start: number): boolean {
	const body = start === 0 ? text.replace(/^---[^\n]*\n/, "") : text.slice(start);
	return /^\s*\{/.test(body) && parsesAsJson(body);
}

function trailing(text: string, from: number): Span | undefined {
	for (let at = from; at < text.length; ) {
		const lineEnd = text.indexOf("\n", at);
		const end = lineEnd < 0 ? text.length : lineEnd;
		const line = text.slice(at, end);
		const content = line.trimStart();
		if (content !== "" && !content.startsWith("#") && !/^(\.\.\.|---)\s*$/.test(content)) {
			return { start: end - content.length, end: text.trimEnd().length };
		}
		at = end + 1;
	}
	return undefined;
}
