import { type Source, textAt } from "../text/source.ts";
import type { Node, ScalarNode } from "./nodes.ts";
import { parseSource } from "./parse.ts";

/** Whether the characters at a scalar's place say just what it holds: not where a renderer made something else of them. */
export function isLiteral(node: ScalarNode): boolean {
	const written = textAt(node);
	if (node.style === "plain" && written === node.text) return true;
	if (node.style === "block" && !node.via) return true;
	if (/^(["'])(.*)\1$/s.exec(written)?.[2] === node.text && !written.includes("\\")) return true;
	return scalarsOf(node.source).get(keyOf(node)) === node.text;
}

const cache = new WeakMap<Source, ReadonlyMap<string, string>>();

/** The texts of a document's scalars, by their places. */
function scalarsOf(source: Source): ReadonlyMap<string, string> {
	let found = cache.get(source);
	if (!found) {
		found = new Map(scalarsIn(parseSource(source).root, new Set()));
		cache.set(source, found);
	}
	return found;
}

/** A node that stands in several places, through an anchor, is looked at once. */
function* scalarsIn(node: Node | undefined, seen: Set<Node>): Iterable<readonly [string, string]> {
	if (!node || seen.has(node)) return;
	seen.add(node);
	if (node.kind === "scalar") yield [keyOf(node), node.text];
	else if (node.kind === "seq") for (const item of node.items) yield* scalarsIn(item, seen);
	else {
		for (const { key, value } of node.entries) {
			yield [keyOf(key), key.text];
			yield* scalarsIn(value, seen);
		}
	}
}

function keyOf({ start, end }: ScalarNode): string {
	return `${start} ${end}`;
}
