import type { Span } from "../text/source.ts";
import type { Node } from "./nodes.ts";
import type { Parsed, Problem } from "./parse.ts";

/**
 * Says in words that need no knowledge of YAML's grammar what is wrong first in a document, at the characters to change;
 * `undefined` for one that can be read.
 */
export function firstProblem(parsed: Parsed): Problem | undefined {
	const [first] = parsed.problems;
	if (!first) return undefined;
	const found = explained.get(parsed) ?? explain(first, parsed);
	explained.set(parsed, found);
	return found;
}

const explained = new WeakMap<Parsed, Problem>();

function explain(problem: Problem, parsed: Parsed): Problem {
	const { text } = parsed.source;
	const found =
		foreignLine(problem, text) ??
		EXPLANATIONS.find(([pattern]) => pattern.test(problem.message))?.[1](text, problem.start, parsed.faulty ?? parsed.root) ??
		problem;
	return found.end > found.start ? found : atSomething(found, text);
}

type Explanation = (text: string, at: number, root: Node | undefined) => Problem | undefined;

/** By the messages of the `yaml` library; most of our own stay as they are. */
const EXPLANATIONS: readonly (readonly [RegExp, Explanation])[] = [
	[
		/^Tabs are not allowed|start with a tab/,
		(text, at) => ({ ...blanks(text, at), message: "A tab indents this line; YAML takes only spaces" }),
	],
	[/^Block scalars with more-indented/, deeperStart],
	[/^Nested mappings are not allowed/, nestedMap],
	[/^All sequence items must start/, (text, at) => restOfLine(text, at, "This list item stands in another column than the items above it")],
	[/^Invalid escape sequence/, (text, at) => unknownEscape(text, at)],
	[/^A block sequence may not be used/, (text, at) => word(text, skipBlank(text, at), "A list item stands in the same column as a key")],
	[/^Implicit (map )?keys? need/, missingColon],
	[
		/^Sequence item without/,
		(text, at) => word(text, skipBlank(text, at), "The indentation fits neither the list item above nor a new one"),
	],
	[/^All mapping items must start/, (text, at) => word(text, skipBlank(text, at), "The indentation of this line fits no line above it")],
	[
		/^Missing closing|(and|must) end with a/,
		(text, at, root) =>
			notClosed(
				text,
				openerOf(root, (node) => node.end === at && !isClosed(text, node)),
			),
	],
	[/at node end/, (text, at, root) => swallowed(text, at, root) ?? afterEnd(text, at)],
	[/^Unexpected (,|empty item) in flow/, (_text, at) => ({ start: at, end: at + 1, message: "This comma separates nothing" })],
	[/^A key of a map cannot be a map/, templateAction],
	[/flow-(map|seq)-end token/, (text, at) => ({ start: at, end: at + 1, message: `"${text[at] ?? ""}" closes nothing` })],
	[/^Block scalar header/, (text, at) => restOfLine(text, at, "Only a digit, + or - may follow | or > on its line")],
	[/^Missing , or :/, (text, at) => missingInPair(text, at)],
	[
		/^Block collections are not allowed|^Missing ,|^Unexpected (double|single)-quoted-scalar token/,
		(text, at) => restOfLine(text, at, "A comma or a closing bracket is missing here"),
	],
	[/^There is no anchor|^The name of an anchor/, anchorName],
	[
		/cannot start with|cannot be an empty string/,
		(text, at) => word(text, at, `A text cannot begin with ${text[at] ?? ""} unless it is quoted`),
	],
];

/** Lines of another language: the marks that a merge leaves, fences of Markdown, and `//` comments where a key or a value should be. */
function foreignLine({ message, start: at }: Problem, text: string): Problem | undefined {
	const line = lineAt(text, at);
	if (/^[ \t]*(--|[ \t]---)$/.test(line.text))
		return { ...trimmed(line), message: "A separator of documents is --- at the beginning of its line" };
	if (line.text.startsWith("```")) return { ...line, message: "This line is Markdown, not YAML" };
	if (!/^(Implicit|Nested mappings|A block sequence|A map wants|A second :|A list item|A , or)/.test(message)) return undefined;
	if (/^(<{7}|={7}|>{7})/.test(line.text)) return { ...line, message: "A merge conflict is not resolved here" };
	const above = lineAt(text, Math.max(0, line.start - 1));
	for (const { text: written, start, end } of /^[^"'#]*:\s*\/\/|[,{[]\s+\/\//.test(above.text) ? [above, line] : [line]) {
		const found = /(?<=^|\s)\/\/.*$/.exec(written);
		if (found) return { start: start + found.index, end, message: "A comment begins with # in YAML, not with //" };
	}
	return undefined;
}

function nestedMap(text: string, at: number): Problem {
	const rest = restOfLine(text, at, 'A second ": " on one line: quote the value, or begin a new line');
	if (/:(\s|$)/.test(text.slice(rest.start, rest.end))) return rest;
	return word(text, skipBlank(text, rest.end), "This line is indented deeper than the key above it, which already has a value");
}

function missingColon(text: string, at: number): Problem {
	const rest = restOfLine(text, skipBlank(text, at), "");
	const written = text.slice(rest.start, rest.end);
	const quote = /^["']/.exec(written)?.[0] ?? "";
	if (quote && !written.includes(quote, 1)) return { ...rest, message: `This ${quote} is closed by a quote on another line` };
	const shown = shortened(written);
	const message = /^[\w.-]+:\S/.test(written) ? `"${shown}" needs a space after its colon` : `"${shown}" has no colon behind its key`;
	return { ...rest, message };
}

/** The lines above the one that says how deep a block text is indented: a tab among their blanks, or more blanks than it has. */
function deeperStart(text: string, at: number): Problem {
	const line = lineAt(text, at);
	const tab = /^ *\t/.exec(line.text);
	if (tab)
		return {
			start: line.start + tab[0].length - 1,
			end: line.start + tab[0].length,
			message: "A tab stands where spaces must indent the block text",
		};
	return restOfLine(text, at, "This block text begins with an empty line that is indented deeper than the text");
}

/** `\d` in double quotes, in which a backslash begins an escape. */
function unknownEscape(text: string, at: number): Problem {
	const end = at + 1 + ([...text.slice(at + 1, at + 3)][0]?.length ?? 0);
	return { start: at, end, message: `${text.slice(at, end)} is no escape that YAML knows; write \\\\ for a backslash` };
}

/** `{{ .Values.x }}` is a map with a map as its key where nobody renders it. */
function templateAction(text: string, at: number): Problem | undefined {
	const start = text.slice(0, at).trimEnd().length - 1;
	const action = /^\{\{[^\r\n]*?\}\}/.exec(text.slice(start, start + 200));
	return action
		? { start, end: start + action[0].length, message: `${shortened(action[0])} is for a template; a text that begins with { needs quotes` }
		: undefined;
}

/** A key and its value, or two entries: which sign is missing between them depends on whether the second one has a colon. */
function missingInPair(text: string, at: number): Problem {
	const rest = restOfLine(text, at, "A comma or a closing bracket is missing here");
	const isKey = /^("(\\.|[^"\\])*"|'(''|[^'])*'|[^\s,[\]{}:]+)\s*:/.test(text.slice(rest.start, rest.end));
	return isKey ? rest : { ...rest, message: "A colon or a comma is missing before this" };
}

function notClosed(text: string, opener: number | undefined): Problem | undefined {
	if (opener === undefined) return undefined;
	const mark = text[opener] ?? "";
	return restOfLine(text, opener, `This ${mark} has no closing ${{ "{": "}", "[": "]" }[mark] ?? mark}`);
}

/** A quoted text over several lines right before the error: its own closing quote is missing, and the next text's took its place. */
function swallowed(text: string, at: number, root: Node | undefined): Problem | undefined {
	const before = (node: Node) =>
		node.end <= at && text.slice(node.end, at).trim() === "" && text.slice(node.start, node.end).includes("\n");
	const opener = openerOf(root, (node) => node.kind === "scalar" && before(node));
	return opener === undefined ? undefined : restOfLine(text, opener, `This ${text[opener]} is closed by a quote on another line`);
}

function afterEnd(text: string, at: number): Problem {
	const rest = restOfLine(text, at, "");
	const [last = "", next = ""] = [text.slice(0, at).trimEnd().at(-1), text[at]];
	if (/[}\]]/.test(last) && /[{[]/.test(next)) return { ...rest, message: "A comma is missing between these two" };
	if (last === "'" && /^[^\s,]*'/.test(text.slice(rest.start, rest.end)))
		return { ...rest, message: "The text has ended at the quote before; within single quotes, a quote is written twice" };
	return { ...rest, message: `"${shortened(text.slice(rest.start, rest.end))}" follows a value that has ended; quote the whole value` };
}

function shortened(written: string): string {
	return written.length > 40 ? `${written.slice(0, 40)}...` : written;
}

/** Where the last quoted text or flow collection begins that fits. */
function openerOf(root: Node | undefined, fits: (node: Node) => boolean): number | undefined {
	let found: number | undefined;
	const seen = new Set<Node>();
	const waiting = root ? [root] : [];
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		if (seen.has(node)) continue;
		seen.add(node);
		const opens = node.kind === "scalar" ? node.style === "double" || node.style === "single" : node.flow;
		if (opens && node.end > node.start && fits(node) && node.start >= (found ?? 0)) found = node.start;
		if (node.kind === "seq") waiting.push(...node.items);
		else if (node.kind === "map") waiting.push(...node.entries.flatMap(({ key, value }) => [key, value]));
	}
	return found;
}

/** Whether a quoted text or flow collection that was read ends with its own closing sign. */
function isClosed(text: string, { start, end }: Node): boolean {
	const written = text.slice(start, end);
	const [first = ""] = written;
	if (first === '"') return /^"(\\.|[^"\\])*"$/s.test(written);
	if (first === "'") return /^'(''|[^'])*'$/.test(written);
	const signs = written.replace(/"(\\.|[^"\\])*"|'(''|[^'])*'/gs, "").match(/[[\]{}]/g) ?? [];
	return signs.reduce((depth, sign) => depth + (sign === "[" || sign === "{" ? 1 : -1), 0) === 0;
}

function anchorName(text: string, at: number): Problem {
	const sign = text[at] ?? "";
	const name = { ...word(text, at, ""), end: at + (/^[&*][^\s,[\]{}]*/.exec(text.slice(at, at + 200))?.[0].length ?? 1) };
	const missing = `${text.slice(at, name.end)} refers to an anchor that does not stand above it`;
	return { ...name, message: `${sign === "*" ? missing : "This is no name for an anchor"}; quote a text that begins with ${sign}` };
}

interface Line extends Span {
	readonly text: string;
}

/** The line around an offset, without white space at its end. */
function lineAt(text: string, at: number): Line {
	const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
	const next = text.indexOf("\n", at);
	const written = text.slice(start, next < 0 ? text.length : next).trimEnd();
	return { start, end: start + written.length, text: written };
}

/** Without the white space that it begins with. */
function trimmed({ start, end, text }: Line): Span {
	return { start: start + text.length - text.trimStart().length, end };
}

function restOfLine(text: string, at: number, message: string): Problem {
	return { start: at, end: Math.max(at, lineAt(text, at).end), message };
}

/** What stands at an offset up to its colon or the end of its line. */
function word(text: string, at: number, message: string): Problem {
	const rest = restOfLine(text, at, message);
	const key = /^[^\s:]+(?=:(\s|$))/.exec(text.slice(rest.start, rest.end));
	return key ? { ...rest, end: at + key[0].length } : rest;
}

/** The white space at an offset, to its end or the line's. */
function blanks(text: string, at: number): Span {
	return { start: at, end: at + (/^[ \t]+/.exec(text.slice(at, at + 200))?.[0].length ?? 0) };
}

/** Behind white space and comments. */
function skipBlank(text: string, at: number): number {
	const blank = /(?:\s|(?<=\s|^)#[^\n\r]*)*/y;
	blank.lastIndex = at;
	return at + (blank.exec(text)?.[0].length ?? 0);
}

/** A problem of no width is shown on the rest of its line, else on the character before it. */
function atSomething(problem: Problem, text: string): Problem {
	const rest = restOfLine(text, problem.start, problem.message);
	if (rest.end > rest.start) return rest;
	const end = text.slice(0, problem.start).trimEnd().length;
	return { start: Math.max(0, end - 1), end: Math.max(end, Math.min(1, text.length)), message: problem.message };
}
