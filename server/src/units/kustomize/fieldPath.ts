import { RE2JS } from "re2js";
import type { Place } from "../../text/source.ts";
import { entryOf, type Node, type SeqNode } from "../../yaml/nodes.ts";
import { pathOf } from "./fieldSpec.ts";
import { Refusal } from "./problem.ts";
import { mapNode, scalarNode, textNode, withValue } from "./tree.ts";

/** The parts of a path with dots; what stands in brackets is one part. Source: SmarterPathSplitter() of kyaml. */
export function fieldPathOf(text: string): readonly string[] {
	const parts: string[] = [];
	let open: string[] | undefined;
	for (const part of pathOf(text, ".")) {
		if (open) open.push(part);
		else if (part.startsWith("[") && !part.endsWith("]")) open = [part];
		else parts.push(part);
		if (open && open.length > 1 && part.endsWith("]")) {
			const whole = open.join(".");
			parts.push(whole.includes("=") ? whole : whole.slice(1, -1));
			open = undefined;
		}
	}
	return open ? [...parts, open.join(".")] : parts;
}

/** The one value that a path leads to. Source: PathGetter of kyaml. */
export function valueAtPath(root: Node, path: readonly string[]): Node | undefined {
	return path.reduce<Node | undefined>((node, part) => {
		if (!node || part === "") return node;
		if (node.kind === "seq") {
			if (part === "-") return node.items.at(-1);
			const wanted = bracketed(part);
			if (wanted)
				return node.items.find((item) => textOf(wanted.field === "" ? item : entryOf(item, wanted.field)?.value) === wanted.pattern);
			return /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
		}
		return entryOf(node, part)?.value;
	}, root);
}

function textOf(node: Node | undefined): string | undefined {
	return node?.kind === "scalar" ? node.text : undefined;
}

function bracketed(part: string): { readonly field: string; readonly pattern: string } | undefined {
	const match = /^\[([^=]*)=(.*)\]$/s.exec(part);
	return match ? { field: match[1] ?? "", pattern: match[2] ?? "" } : undefined;
}

/** What is made where a path leads to nothing. */
export interface Making {
	readonly kind: Node["kind"];
	readonly at: Place;
}

/** A node with everything that a path leads to changed, and how much that is. Source: PathMatcher of kyaml. */
export interface Matched {
	readonly node: Node;
	readonly count: number;
}

export function atPath(node: Node, path: readonly string[], making: Making | undefined, set: (node: Node) => Node): Matched {
	const [part, ...rest] = path;
	if (part === undefined) return { node: set(node), count: 1 };
	const inner = (child: Node) => atPath(child, rest, making, set);
	if (/^\d+$/.test(part) && (node.kind === "seq" || making === undefined)) return atIndex(node, Number(part), rest, making, inner);
	const wanted = bracketed(part);
	if (wanted) return inItems(asList(node, part), wanted, making, inner);
	if (part === "*") return matchedItems(asList(node, part), () => true, inner);
	if (node.kind !== "map") throw new Refusal("no-target", `There is no ${part} here`, node, { name: part });
	const found = entryOf(node, part);
	if (!found && !making) return { node, count: 0 };
	const child = found?.value ?? (making && empty(rest[0], making)) ?? node;
	const { node: value, count } = inner(child);
	return { node: withValue(node, part, value, found?.key ?? textNode(making?.at ?? node, part)), count };
}

function asList(node: Node, part: string): SeqNode {
	if (node.kind === "seq") return node;
	throw new Refusal("no-target", `${part} is looked for in something that is no list`, node, { name: part });
}

/** What stands on the way to the next part. */
function empty(next: string | undefined, { kind, at }: Making): Node {
	const { source, start, end } = at;
	if (next === undefined ? kind === "seq" : /^\[.*\]$|^\d+$/.test(next)) return { kind: "seq", source, start, end, items: [], flow: false };
	return next !== undefined || kind === "map" ? mapNode(at) : scalarNode(at, null, "");
}

function atIndex(node: Node, index: number, rest: readonly string[], making: Making | undefined, inner: (child: Node) => Matched): Matched {
	const list = asList(node, String(index));
	const item = list.items[index] ?? (index === list.items.length && making ? empty(rest[0], making) : undefined);
	if (!item) throw new Refusal("no-target", `There are only ${list.items.length} items here, none ${index}`, node, { name: String(index) });
	const { node: value, count } = inner(item);
	return { node: value === list.items[index] ? list : { ...list, items: list.items.toSpliced(index, 1, value) }, count };
}

/** Items whose field, or that themselves, are matched by an expression anywhere. */
function inItems(
	list: SeqNode,
	{ field, pattern }: { readonly field: string; readonly pattern: string },
	making: Making | undefined,
	inner: (child: Node) => Matched,
): Matched {
	const expression = compiled(pattern, list);
	const matches = (item: Node) => {
		const text = textOf(field === "" ? item : entryOf(item, field)?.value);
		return text !== undefined && expression.matcher(text).find();
	};
	const result = matchedItems(list, matches, inner);
	if (result.count > 0 || !making) return result;
	const text = textNode(making.at, pattern);
	const item = field === "" ? text : mapNode(making.at, [{ name: field, key: textNode(making.at, field), value: text, merged: false }]);
	return matchedItems({ ...list, items: [...list.items, item] }, matches, inner);
}

function compiled(pattern: string, at: Place): RE2JS {
	try {
		return RE2JS.compile(pattern);
	} catch {
		throw new Refusal("invalid", `${pattern} is no regular expression`, at);
	}
}

function matchedItems(list: SeqNode, matches: (item: Node) => boolean, inner: (child: Node) => Matched): Matched {
	let count = 0;
	const items = list.items.map((item) => {
		if (!matches(item)) return item;
		const result = inner(item);
		count += result.count;
		return result.node;
	});
	return { node: items.every((item, index) => item === list.items[index]) ? list : { ...list, items }, count };
}
