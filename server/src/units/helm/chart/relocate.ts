import type { Span } from "../../../text/source.ts";
import type { Entry, MapNode, Node, ScalarNode, SeqNode } from "../../../yaml/nodes.ts";
import type { Located, Locator } from "./locate.ts";

/** A document's nodes at the places where their characters come from, and what in them is not known. */
export interface Relocated {
	readonly root: Node;
	/** JSON pointers. */
	readonly unknown: readonly string[];
}

/** `shift` is where the document begins in the output. */
export function relocate(root: Node, locator: Locator, shift: number): Relocated {
	const unknown = new Set<string>();
	const note = (at: Span, pointer: string) => {
		if (locator.mysteryIn(at)) unknown.add(pointer);
	};
	const node = (old: Node, pointer: string): Node => {
		const at = { start: old.start + shift, end: old.end + shift };
		if (old.kind === "scalar") {
			note(at, pointer);
			return scalar(old, at);
		}
		return old.kind === "map" ? map(old, locator.container(at), pointer) : list(old, locator.container(at), pointer);
	};
	const scalar = (old: ScalarNode, at: Span): ScalarNode => {
		if (old.start === old.end) return moved(old, locator.between(at.start));
		const isQuoted = (old.style === "single" || old.style === "double") && old.end - old.start > 2 && !locator.isOne(at);
		return moved(old, locator.scalar(isQuoted ? { start: at.start + 1, end: at.end - 1 } : at));
	};
	const map = (old: MapNode, found: Located, pointer: string): MapNode => {
		const entries = old.entries.map((entry): Entry => {
			const at = { start: entry.key.start + shift, end: entry.key.end + shift };
			note(at, pointer);
			const below = locator.hasUnknown ? `${pointer}/${escaped(entry.name)}` : "";
			return { name: entry.name, key: scalar(entry.key, at), value: node(entry.value, below), merged: entry.merged };
		});
		return moved({ ...old, entries }, found);
	};
	const list = (old: SeqNode, found: Located, pointer: string): SeqNode => {
		const items = old.items.map((item, index) => {
			// Where not even its dash is certain, there may be no such item.
			if (locator.hasUnknown) note({ start: (old.items[index - 1]?.end ?? old.start) + shift, end: item.start + shift }, pointer);
			return node(item, locator.hasUnknown ? `${pointer}/${index}` : "");
		});
		return moved({ ...old, items }, found);
	};
	return { root: node(root, ""), unknown: [...unknown] };
}

function moved<Moved extends Node>(node: Moved, { at, via }: Located): Moved {
	const { source, start, end } = at;
	return via.length === 0 ? { ...node, source, start, end } : { ...node, source, start, end, via };
}

function escaped(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
