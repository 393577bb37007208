import { effectiveEntries, type Node } from "../../../yaml/nodes.ts";
import { parseSource } from "../../../yaml/parse.ts";
import { runsIn, type Text } from "../template/text.ts";

/**
 * What is shown in the place of what is not known in a document, by JSON pointers: its text with `<random>`, `<date>` and the like for the
 * characters that only stand in for others. Where these have no text of their own, nothing else is shown.
 */
export function markedIn(document: Text, pointers: readonly string[]): ReadonlyMap<string, string> {
	const why = document.unknown ?? "unknown";
	const { root } = parseSource({ uri: "", text: markedText(document) });
	return new Map(pointers.map((pointer) => [pointer, textAt(root, pointer.split("/").slice(1)) ?? `<${why}>`]));
}

/** The text with a mark for each piece that is not known. */
export function markedText(written: Text): string {
	const { value, unknown } = written;
	if (!unknown) return value;
	let at = 0;
	let marked = "";
	let last: string | undefined;
	for (const { end, origin } of runsIn(written, 0, value.length)) {
		const mark = origin?.unknown && `<${origin.unknown}>`;
		if (mark === undefined) marked += value.slice(at, end);
		else if (mark !== last) marked += mark;
		last = mark;
		at = end;
	}
	return marked;
}

function textAt(node: Node | undefined, [name, ...rest]: readonly string[]): string | undefined {
	if (name === undefined) return node?.kind === "scalar" && node.text.includes("<") ? node.text : undefined;
	if (node?.kind === "seq") return textAt(node.items[Number(name)], rest);
	const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
	return node?.kind === "map" ? textAt(effectiveEntries(node).find((entry) => entry.name === key)?.value, rest) : undefined;
}
