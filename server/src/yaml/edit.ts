import { type Edit, ofWholeText, type Place, type Source, type Span, textAt } from "../text/source.ts";
import { BYTE_ORDER_MARK, isBreak } from "./chars.ts";
import { readPlain } from "./dialect.ts";
import { parsesAsJson } from "./json.ts";
import type { Entry, MapNode, Node, SeqNode } from "./nodes.ts";

/** Replaces the characters of a place, nothing around them. A comment may follow a quote at once, but other characters after a space only. */
export function replace(at: Place, text: string): Edit {
	const runsOn = at.source.text[at.end] === "#" && /[^\s"']$/.test(text);
	return { source: at.source, start: at.start, end: at.end, text: runsOn ? `${text} ` : text };
}

/** A text as a YAML scalar, quoted only where it would be read as something else. */
export function asScalar(value: string | number): string {
	if (typeof value === "number") return String(value);
	const plain = /^[A-Za-z0-9_./][\w./@-]*(:[\w./@-]+)*$/.test(value) && typeof readPlain(value) === "string";
	if (plain) return value;
	const json = JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
	// YAML has no escape for half of a pair of surrogates.
	return json.replace(/\\(?:u(d[89a-f]..)|.)/g, (written, half?: string) =>
		half ? String.fromCharCode(Number.parseInt(half, 16)) : written,
	);
}

function escaped(char: string): string {
	return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Sets the value of an entry, whose tag goes; one that is absent (`key:`) is written behind the colon. `text` is YAML, or JSON where the map is. */
export function setValue(entry: Pick<Entry, "key"> & ({ readonly value: Node } | { readonly node: Node }), text: string): Edit {
	const node = "node" in entry ? entry.node : entry.value;
	const tag = node.end > node.start ? tagBefore(node) : undefined;
	if (tag && !/[\n#]/.test(node.source.text.slice(tag.start, node.start)))
		return replace({ source: node.source, start: tag.start, end: node.end }, tag.rest + text);
	if (node.end > node.start) return replace(node, isUnindented(node, entry.key) ? `  ${text}` : text);
	const colon = node.source === entry.key.source && node.source.text.slice(entry.key.end, node.start).includes(":");
	return { source: node.source, start: node.start, end: node.start, text: colon ? ` ${text}` : `: ${text}` };
}

/** Only a list may stand below its key at the key's column. */
function isUnindented(node: Node, key: Place): boolean {
	return (
		node.kind === "seq" &&
		!node.flow &&
		node.source === key.source &&
		node.source.text.slice(key.end, node.start).includes("\n") &&
		columnOf(node) <= columnOf(key)
	);
}

/** Not the end of a key that has an exclamation mark in it. */
const TAG = /(?<![^\s,[{])(&\S+\s+)?!(?:<[^>\s]*>|[^\s,[\]{}:]*(?::[^\s,[\]{}:]+)*)\s+(&\S+\s+)?$/;

/** The tag in front of a value, which gives it a type whatever is written; `rest` is an anchor that stands between the two. */
export function tagBefore(node: Place): { readonly start: number; readonly rest: string } | undefined {
	const [written, before = "", rest = ""] = TAG.exec(textBefore(node)) ?? [];
	return written === undefined ? undefined : { start: node.start - written.length, rest: before + rest };
}

/** Whether a tag or an anchor stands in front of a value. */
export function hasProperties(node: Place): boolean {
	return tagBefore(node) !== undefined || ANCHOR.test(textBefore(node));
}

const ANCHOR = /(?<![^\s,[{])&[\w-]+\s+$/;

/** As much as a tag and an anchor may take. */
function textBefore({ source, start }: Place): string {
	return source.text.slice(Math.max(0, start - 200), start);
}

/**
 * Writes a new entry behind the last one of a map, in the map's own style; a value of several lines is indented with it, and may begin with a
 * line break. `key` is YAML, but plain text in a map that is written as JSON, where `value` must be JSON. `undefined` where the map has no
 * place for it (`[a: 1]`).
 */
export function addEntry(map: MapNode, key: string, value: string): Edit | undefined {
	if (!map.flow) return addLine(map, `${key}:${value.startsWith("\n") ? "" : " "}${value}`, "");
	if (map.source.text[map.start] !== "{") return undefined;
	const last = writtenEntries(map).at(-1);
	const json = isJsonMap(map);
	if (json && !parsesAsJson(value)) return undefined;
	return addInFlow(map, last && { start: last.key.start, end: endOfEntry(last) }, `${json ? JSON.stringify(key) : key}: ${value}`);
}

/** Whether a map is written as in JSON, with its keys in quotes; one without entries where the text begins so. */
export function isJsonMap(map: MapNode): boolean {
	if (!map.flow) return false;
	const last = writtenEntries(map).at(-1);
	return last ? textAt(last.key).startsWith('"') : /^\s*\{\s*"/.test(map.source.text);
}

/** Writes a new entry as `addEntry` does, but before another one where the map is in block style. */
export function addEntryBefore(map: MapNode, before: Entry | undefined, key: string, value: string): Edit | undefined {
	const start = before ? lineStart(map, before.key.start) : 0;
	const indent = before ? map.source.text.slice(start, before.key.start) : "";
	if (!before || map.flow || !writtenEntries(map).includes(before) || indent.trim() !== "") return addEntry(map, key, value);
	const newline = newlineOf(map);
	const text = `${indent}${key}:${value.startsWith("\n") ? "" : " "}${value}`.replaceAll("\n", `${newline}${indent}`);
	return { source: map.source, start, end: start, text: `${text}${newline}` };
}

/** Writes a new item behind the last one of a list, in the list's own style. */
export function addItem(list: SeqNode, value: string): Edit | undefined {
	return list.flow ? addInFlow(list, list.items.at(-1), value) : addLine(list, `- ${value}`, "  ");
}

/** Takes an entry away: in block style its whole lines, in flow style it and one comma. `undefined` where this would hurt what is around it. */
export function removeEntry(map: MapNode, entry: Entry): Edit | undefined {
	const { text } = map.source;
	const written = writtenEntries(map);
	if (entry.merged || !written.includes(entry)) return undefined;
	const span = map.flow ? flowSpan(map, entry) : blockSpan(map, entry, written.length);
	if (!span || bringsMarkToTop(map.source, span[0], span[1])) return undefined;
	const lost = text.slice(span[0], span[1]);
	const rest = text.slice(0, span[0]) + text.slice(span[1]);
	const named = [...lost.matchAll(/&([\w-]+)/g)].some(([, name]) => rest.includes(`*${name}`));
	return named ? undefined : { source: map.source, start: span[0], end: span[1], text: "" };
}

/** Whether taking something away lets a text begin with what is a character of its first key, and would be a byte order mark then. */
export function bringsMarkToTop({ text }: Source, start: number, end: number): boolean {
	return start === 0 && text.charCodeAt(end) === BYTE_ORDER_MARK;
}

function flowSpan(map: MapNode, entry: Entry): [number, number] | undefined {
	const { text } = map.source;
	if (text[map.start] !== "{") return undefined;
	const end = endOfEntry(entry);
	const comma = /^\s*,/.exec(text.slice(end, map.end))?.[0];
	if (comma !== undefined) {
		const blank = /^\s*/.exec(text.slice(end + comma.length, map.end))?.[0] ?? "";
		return [entry.key.start, end + comma.length + (text[end + comma.length + blank.length] === "#" ? 0 : blank.length)];
	}
	const before = /,?\s*$/.exec(text.slice(map.start + 1, entry.key.start))?.[0] ?? "";
	return [entry.key.start - before.length, end];
}

function blockSpan(map: MapNode, entry: Entry, entries: number): [number, number] | undefined {
	const { text } = map.source;
	if (entries < 2) return undefined;
	const start = lineStart(map, entry.key.start);
	const end = endOfLine(map, endOfEntry(entry));
	const next = end + breakAt(text, end).length;
	const before = text.slice(start, entry.key.start);
	// A block text that keeps empty lines would take those behind the entry.
	if (/[|>][0-9]?\+/.test(text.slice(map.start, start)) && /^[ \t]*\r?$/m.test(text.slice(next, next + columnOf(entry.key) + 2)))
		return undefined;
	if (before.trim() === "") return [start, next];
	// The first entry of a list item: the next one comes to stand behind the dash.
	if (!/^\s*(-\s+)+$/.test(before) || end >= map.end) return undefined;
	const indent = " ".repeat(columnOf(entry.key));
	return [entry.key.start, text.startsWith(indent, next) ? next + indent.length : end];
}

/** Where the line of an offset begins, behind a byte order mark; a line ends with any of YAML's breaks. */
export function startOfLine(text: string, offset: number): number {
	let start = offset;
	while (start > 0 && !isBreak(text.charCodeAt(start - 1)) && text.charCodeAt(start - 1) !== BYTE_ORDER_MARK) start--;
	return start;
}

/** Where the line of an offset ends, before its break. */
export function endOfLineIn(text: string, offset: number): number {
	let end = offset;
	while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
	return end;
}

/** The lines of a text, each with its break. */
export function linesOf(text: string): readonly string[] {
	return text.split(/(?<=\r\n|[\n\x85\u2028\u2029]|\r(?!\n))/);
}

/** The column at which a place begins, in UTF-16 units. */
export function columnOf(at: Place): number {
	return at.start - lineStart(at, at.start);
}

/** The line break that the document uses. */
export function newlineOf({ source }: Place): string {
	return lineBreak(source);
}

const lineBreak = ofWholeText((text) => (text.includes("\r\n") ? "\r\n" : text.includes("\n") || !text.includes("\r") ? "\n" : "\r"));

/** Entries that stand in the map's own text, in its order. */
function writtenEntries(map: MapNode): readonly Entry[] {
	return map.entries.filter(({ merged, key }) => !merged && key.source === map.source && key.start >= map.start && key.end <= map.end);
}

/** Where an entry's text ends; the node of an alias stands further up. */
function endOfEntry({ key, value }: Entry): number {
	// What a patch replaced is still written here.
	const written = value.source === key.source ? value : value.via?.find(({ source, start }) => source === key.source && start >= key.end);
	if (written && written.start >= key.end) return written.end;
	const alias = /\s*:\s*\*[\w-]+/y;
	alias.lastIndex = key.end;
	return key.end + (alias.exec(key.source.text)?.[0].length ?? 0);
}

function addLine(block: MapNode | SeqNode, text: string, more: string): Edit | undefined {
	if (block.end === block.start) return undefined;
	const newline = newlineOf(block);
	const indent = " ".repeat(columnOf(block));
	const at = endOfBlock(block);
	return { source: block.source, start: at, end: at, text: `${newline}${indent}${text.replaceAll("\n", `${newline}${indent}${more}`)}` };
}

/** The end of a block collection's last line; behind the empty lines of a block text that keeps them. */
function endOfBlock(block: MapNode | SeqNode): number {
	let last: Node | undefined = block;
	while (last && last.kind !== "scalar") last = last.kind === "map" ? writtenEntries(last).at(-1)?.value : last.items.at(-1);
	const keeps = last?.kind === "scalar" && last.style === "block" && last.end === block.end && /^[|>][0-9]?\+/.test(textAt(last));
	if (!keeps) return endOfLine(block, block.end);
	const empty = /(?:\r?\n[ \t]*)*(?=\r?\n)/y;
	empty.lastIndex = block.end;
	return block.end + (empty.exec(block.source.text)?.[0].length ?? 0);
}

/** Writes behind the last entry, on a line of its own where that one has one. */
function addInFlow(collection: MapNode | SeqNode, last: Span | undefined, text: string): Edit | undefined {
	const { source, start, end, kind } = collection;
	const inner = source.text.slice(start + 1, end - 1);
	if (!last) return inner.trim() === "" ? replace(collection, kind === "map" ? `{ ${text} }` : `[${text}]`) : undefined;
	// An alias is known by the node that it stands for, which is further up.
	if (last.start < start) return undefined;
	// The whole text may be one line, which is not looked through for its beginning.
	const several = source.text.slice(start, last.start).includes("\n");
	const indent = several ? source.text.slice(lineStart(collection, last.start), last.start) : undefined;
	return {
		source,
		start: last.end,
		end: last.end,
		text: indent?.trim() === "" ? `,${newlineOf(collection)}${indent}${text}` : `, ${text}`,
	};
}

function lineStart(at: Place, offset: number): number {
	return startOfLine(at.source.text, offset);
}

/** The offset behind the last character of the line, a comment on it included, before its line break. */
function endOfLine(at: Place, offset: number): number {
	return endOfLineIn(at.source.text, offset);
}

/** The line break at an offset; "" at the end of the text. */
export function breakAt(text: string, at: number): string {
	return text.startsWith("\r\n", at) ? "\r\n" : text.slice(at, at + 1);
}
