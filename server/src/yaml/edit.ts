import type { Edit, Place } from "../text/source.ts";
import { textAt } from "../text/source.ts";
import { readPlain } from "./dialect.ts";
import type { Entry, MapNode, Node, SeqNode } from "./nodes.ts";

/** Replaces the characters of a place, nothing around them. */
export function replace(at: Place, text: string): Edit {
	return { source: at.source, start: at.start, end: at.end, text };
}

/** A text as a YAML scalar, quoted only where it would be read as something else. */
export function asScalar(value: string | number): string {
	if (typeof value === "number") return String(value);
	const plain = /^[A-Za-z0-9_./][\w./@-]*(:[\w./@-]+)*$/.test(value) && typeof readPlain(value) === "string";
	return plain ? value : JSON.stringify(value);
}

/** Sets the value of an entry; one that is absent (`key:`) is written behind the colon. */
export function setValue(entry: Pick<Entry, "key"> & ({ readonly value: Node } | { readonly node: Node }), text: string): Edit {
	const node = "value" in entry ? entry.value : entry.node;
	if (node.end > node.start) return replace(node, text);
	const colon = node.source.text.indexOf(":", entry.key.end);
	const at = colon < 0 ? entry.key.end : colon + 1;
	return { source: node.source, start: at, end: at, text: ` ${text}` };
}

/** Writes a new entry behind the last one of a map, in the map's own style; a value of several lines is indented with it. */
export function addEntry(map: MapNode, key: string, value: string): Edit | undefined {
	const last = map.entries.filter((entry) => !entry.merged).at(-1);
	if (map.flow) {
		const json = last ? textAt(last.key).startsWith('"') : false;
		const pair = `${json ? JSON.stringify(key) : key}: ${value}`;
		const at = last ? Math.max(last.value.end, last.key.end) : map.start + 1;
		return { source: map.source, start: at, end: at, text: last ? `, ${pair}` : ` ${pair} ` };
	}
	if (!last) return undefined;
	const indent = " ".repeat(columnOf(last.key));
	const at = endOfLine(map, Math.max(last.value.end, last.key.end));
	return { source: map.source, start: at, end: at, text: `${newlineOf(map)}${indent}${indented(map, `${key}: ${value}`, indent)}` };
}

/** Writes a new item behind the last one of a list, in the list's own style. */
export function addItem(list: SeqNode, value: string): Edit | undefined {
	const last = list.items.at(-1);
	if (list.flow) {
		const at = last ? last.end : list.start + 1;
		return { source: list.source, start: at, end: at, text: last ? `, ${value}` : value };
	}
	if (!last) return undefined;
	const indent = " ".repeat(columnOf(list));
	const at = endOfLine(list, last.end);
	return { source: list.source, start: at, end: at, text: `${newlineOf(list)}${indent}- ${indented(list, value, `${indent}  `)}` };
}

/** Takes an entry away: in block style its whole lines, in flow style it and one comma. `undefined` where it shares a line in a way that this would hurt. */
export function removeEntry(map: MapNode, entry: Entry): Edit | undefined {
	const { text } = map.source;
	const end = Math.max(entry.value.end, entry.key.end);
	if (map.flow) {
		const after = /^\s*,\s*/.exec(text.slice(end));
		if (after) return { source: map.source, start: entry.key.start, end: end + after[0].length, text: "" };
		const before = /\s*,\s*$/.exec(text.slice(0, entry.key.start));
		return { source: map.source, start: entry.key.start - (before?.[0].length ?? 0), end, text: "" };
	}
	const start = text.lastIndexOf("\n", entry.key.start - 1) + 1;
	const lineEnd = endOfLine(map, end);
	if (text.slice(start, entry.key.start).trim() === "") {
		if (map.entries.length < 2) return undefined;
		const next = text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : Math.min(lineEnd + 1, text.length);
		return { source: map.source, start, end: next, text: "" };
	}
	const following = map.entries[map.entries.indexOf(entry) + 1];
	return following ? { source: map.source, start: entry.key.start, end: following.key.start, text: "" } : undefined;
}

/** The column at which a place begins, in UTF-16 units. */
export function columnOf(at: Place): number {
	return at.start - (at.source.text.lastIndexOf("\n", at.start - 1) + 1);
}

/** The line break that the document uses. */
export function newlineOf(at: Place): string {
	return at.source.text.includes("\r\n") ? "\r\n" : "\n";
}

/** The offset behind the last character of the line, a comment on it included, before its line break. */
function endOfLine(at: Place, offset: number): number {
	const { text } = at.source;
	if (offset > 0 && text[offset - 1] === "\n") return text[offset - 2] === "\r" ? offset - 2 : offset - 1;
	const found = text.indexOf("\n", offset);
	if (found < 0) return text.length;
	return text[found - 1] === "\r" ? found - 1 : found;
}

function indented(at: Place, value: string, indent: string): string {
	return value.replaceAll("\n", `${newlineOf(at)}${indent}`);
}
