import fc from "fast-check";
import { entryOf, type Node } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { splitStream } from "../../server/src/yaml/stream.ts";
import { type Data, PLAIN, printYaml, type Style } from "../support/styles.ts";
import { CHARACTERS, KEYS, LINES, SCALARS } from "./words.ts";

/** One thing that happens to a file. It names no offsets, so that a list of steps still makes sense when some are taken out. */
export interface Step {
	/** Which file of the workspace. */
	readonly file: number;
	readonly op: OpName;
	/** Where, each as a share of whatever there is. */
	readonly at: number;
	readonly to: number;
	/** Which word, key, line or style. */
	readonly pick: number;
	readonly text: string;
}

/** Texts longer than this only get shorter. */
const LONGEST = 12_000;

/** The texts that a step makes of a text, one after the other: one for each key that is pressed. `original` is what the text once was. */
export function textsAfter(text: string, step: Step, original: string, others: readonly string[]): readonly string[] {
	const texts = OPS[step.op]({ text, at: step.at, to: step.to, pick: step.pick, word: step.text, original, others });
	return texts.filter((after) => after.length <= Math.max(LONGEST, text.length));
}

interface Job {
	readonly text: string;
	readonly at: number;
	readonly to: number;
	readonly pick: number;
	readonly word: string;
	readonly original: string;
	/** The texts of the workspace. */
	readonly others: readonly string[];
}

const BIG = 0x7fffffff;

function scaled(share: number, size: number): number {
	return Math.min(size, Math.floor((share / BIG) * (size + 1)));
}

function chosen<T>(list: readonly T[], pick: number): T {
	return list[pick % list.length] as T;
}

const OPS = {
	setValue: (job) => [inLine(job, (line) => line.replace(/^(\s*(?:- )*(?:[^\s:]+:)?)( ?).*$/, `$1 ${escaped(chosen(SCALARS, job.pick))}`))],
	setPart: (job) => [
		inLine(job, (line) => {
			const words = [...line.matchAll(/[\w./"'-]+/g)];
			const word = words[scaled(job.to, words.length - 1)];
			return word ? line.slice(0, word.index) + chosen(SCALARS, job.pick) + line.slice(word.index + word[0].length) : line;
		}),
	],
	setKey: (job) => [inLine(job, (line) => line.replace(/^(\s*(?:- )*)[^\s:]+(?=:)/, `$1${escaped(chosen(KEYS, job.pick))}`))],
	duplicateLines: (job) => [onLines(job, (lines, from, to) => [...lines.slice(0, to), ...lines.slice(from)])],
	deleteLines: (job) => [onLines(job, (lines, from, to) => [...lines.slice(0, from), ...lines.slice(to)])],
	moveLines: (job) => [
		onLines(job, (lines, from, to) => {
			const rest = [...lines.slice(0, from), ...lines.slice(to)];
			const target = job.pick % (rest.length + 1);
			return [...rest.slice(0, target), ...lines.slice(from, to), ...rest.slice(target)];
		}),
	],
	indentLines: (job) => [
		onLines(job, (lines, from, to) => lines.map((line, index) => (index >= from && index < to ? shifted(line, job.pick) : line))),
	],
	comment: (job) => [inLine(job, (line) => line + chosen([" # note", " // note", "# note", "  #", "\t# note"], job.pick))],
	anchor: (job) => [inLine(job, (line) => line.replace(/:( |$)/, chosen([": &a ", ": *a", ": &b ", ": *b #", ": !!str "], job.pick)))],
	insertLine: (job) => [job.text.slice(0, lineAt(job)) + indented(job) + job.text.slice(lineAt(job))],
	typeLine: (job) => typed(job.text, lineAt(job), indented(job)),
	typeText: (job) => typed(job.text, scaled(job.at, job.text.length), job.word),
	erase: (job) => erased(job.text, scaled(job.at, job.text.length), 1 + (job.pick % 24)),
	insertCharacter: (job) => [spliced(job.text, job.at, job.at, chosen(CHARACTERS, job.pick))],
	replaceRange: (job) => [
		spliced(job.text, job.at, job.to, job.pick % 3 === 0 ? "" : job.pick % 3 === 1 ? job.word : chosen(CHARACTERS, job.pick)),
	],
	paste: (job) => {
		const other = chosen(job.others, job.pick);
		const [a, b] = inOrder(scaled(job.to, other.length), scaled(job.at, other.length));
		return [spliced(job.text, job.at, job.at, other.slice(a, b))];
	},
	newlines: (job) => [
		job.pick % 4 === 0
			? job.text.replace(/\r?\n/g, "\r\n")
			: job.pick % 4 === 1
				? job.text.replaceAll("\r\n", "\n")
				: job.pick % 4 === 2
					? job.text.replace(/\r?\n/g, "\r")
					: job.text.trimEnd(),
	],
	byteOrderMark: (job) => [job.pick % 2 === 0 ? `\ufeff${job.text}` : job.text.replace(/^---/m, "---\ufeff")],
	tabs: (job) => [inLine(job, (line) => line.replace(/^ +| +(?=\S*$)/, "\t"))],
	cutShort: (job) => [job.text.slice(0, scaled(job.at, job.text.length))],
	restyle: (job) => [restyled(job)],
	addDocument: (job) => {
		const other = chosen(job.others, job.pick);
		return [job.at % 2 === 0 ? `${job.text}\n---\n${other}` : `${other}\n---\n${job.text}`];
	},
	undo: (job) => [job.original],
	wrapInList: (job) => [`apiVersion: v1\nkind: List\nitems:\n- ${job.text.replace(/\n(?=.)/g, "\n  ")}`],
} as const satisfies Readonly<Record<string, (job: Job) => readonly string[]>>;

export type OpName = keyof typeof OPS;

/** How often each thing happens; typing is what people do. */
const WEIGHTS: Readonly<Partial<Record<OpName, number>>> = {
	setValue: 10,
	setPart: 6,
	setKey: 5,
	typeLine: 4,
	typeText: 2,
	erase: 3,
	restyle: 2,
	undo: 8,
};

export const step: fc.Arbitrary<Step> = fc.record({
	file: fc.nat(5),
	op: fc.oneof(...(Object.keys(OPS) as OpName[]).map((op) => ({ weight: WEIGHTS[op] ?? 1, arbitrary: fc.constant(op) }))),
	at: fc.nat(BIG),
	to: fc.nat(BIG),
	pick: fc.nat(10_000),
	text: fc.oneof(
		fc.string({ unit: fc.constantFrom(...CHARACTERS, ..."abcport019".split("")), maxLength: 10 }),
		fc.string({ unit: "binary-ascii", maxLength: 6 }),
		fc.constantFrom(...SCALARS),
	),
});

function spliced(text: string, from: number, to: number, inserted: string): string {
	const [a, b] = inOrder(scaled(from, text.length), scaled(to, text.length));
	return text.slice(0, a) + inserted + text.slice(Math.min(b, a + 400));
}

function inOrder(a: number, b: number): readonly [number, number] {
	return a < b ? [a, b] : [b, a];
}

/** In the replacement of a regular expression `$` has a meaning. */
function escaped(text: string): string {
	return text.replaceAll("$", "$$$$");
}

function linesOf(text: string): readonly string[] {
	return text.split(/(?<=\n)/);
}

function inLine({ text, at }: Job, change: (line: string) => string): string {
	const lines = linesOf(text);
	const index = scaled(at, lines.length - 1);
	return lines
		.map((line, each) => {
			if (each !== index) return line;
			const end = /\r?\n$/.exec(line)?.[0] ?? "";
			return change(line.slice(0, line.length - end.length)) + end;
		})
		.join("");
}

/** A few lines, at most six. */
function onLines({ text, at, to }: Job, change: (lines: readonly string[], from: number, to: number) => readonly string[]): string {
	const lines = linesOf(text);
	const from = scaled(at, lines.length - 1);
	return change(lines, from, Math.min(lines.length, from + 1 + (to % 6))).join("");
}

function shifted(line: string, pick: number): string {
	return pick % 5 === 4 ? `\t${line}` : pick % 2 === 0 ? " ".repeat(1 + (pick % 3)) + line : line.replace(/^ {1,2}/, "");
}

/** Where a line begins. */
function lineAt({ text, at }: Job): number {
	return text.lastIndexOf("\n", scaled(at, text.length) - 1) + 1;
}

function indented(job: Job): string {
	const above = job.text.slice(0, lineAt(job)).trimEnd().split("\n").at(-1) ?? "";
	return `${chosen(LINES, job.pick).replace("%", /^\s*/.exec(above)?.[0] ?? "")}\n`;
}

function typed(text: string, at: number, inserted: string): readonly string[] {
	return [...inserted].map((_, index, all) => text.slice(0, at) + all.slice(0, index + 1).join("") + text.slice(at));
}

function erased(text: string, end: number, count: number): readonly string[] {
	const length = Math.min(count, end);
	return Array.from({ length }, (_, index) => text.slice(0, end - index - 1) + text.slice(end));
}

const FORMS: readonly Style["form"][] = ["json", "flow", "leaves", "block"];

/** Writes one document in another style, if it can be read. */
function restyled({ text, at, pick }: Job): string {
	const spans = splitStream(text);
	const span = spans[scaled(at, spans.length - 1)];
	if (!span) return text;
	const source = { uri: "restyled", text: text.slice(span.start, span.end) };
	const { root, problems } = parseSource(source);
	if (!root || problems.length > 0 || root.kind === "scalar") return text;
	const style: Style = {
		...PLAIN,
		form: chosen(FORMS, pick),
		indent: pick % 8 < 4 ? 2 : 4,
		hanging: pick % 16 < 8,
		quotes: pick % 3 === 0 ? "double" : "none",
	};
	const separator = /^---[^\n]*\n/.exec(source.text)?.[0] ?? "";
	return text.slice(0, span.start) + separator + printYaml(dataOf(root), style) + text.slice(span.end);
}

function dataOf(node: Node): Data {
	if (node.kind === "seq") return node.items.map(dataOf);
	if (node.kind === "scalar") return typeof node.value === "number" && !Number.isFinite(node.value) ? node.text : node.value;
	return Object.fromEntries(node.entries.map(({ name }) => [name, dataOf(entryOf(node, name)?.value as Node)]));
}
