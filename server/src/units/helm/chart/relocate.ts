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
	const unknown: string[] = [];
	const span = ({ start, end }: Span): Span => ({ start: start + shift, end: end + shift });
	const node = (old: Node, pointer: string): Node => {
		if (old.kind === "scalar") {
			if (locator.isUnknown(span(old))) unknown.push(pointer);
			return scalar(old);
		}
		const found = locator.container(span(old));
		return old.kind === "map" ? map(old, found, pointer) : list(old, found, pointer);
	};
	const scalar = (old: ScalarNode): ScalarNode => {
		if (old.start === old.end) return moved(old, locator.between(old.start + shift));
		const whole = span(old);
		return moved(old, locator.scalar(locator.isOne(whole) ? whole : span(contentOf(old))));
	};
	const map = (old: MapNode, found: Located, pointer: string): MapNode => {
		const entries = old.entries.map((entry): Entry => {
			if (locator.isUnknown(span(entry.key))) unknown.push(pointer);
			return { ...entry, key: scalar(entry.key), value: node(entry.value, `${pointer}/${escaped(entry.name)}`) };
		});
		return { ...moved(old, found), entries };
	};
	const list = (old: SeqNode, found: Located, pointer: string): SeqNode => {
		return { ...moved(old, found), items: old.items.map((item, index) => node(item, `${pointer}/${index}`)) };
	};
	return { root: node(root, ""), unknown: [...new Set(unknown)] };
}

function moved<Moved extends Node>(node: Moved, { at, via }: Located): Moved {
	const { source, start, end } = at;
	return via.length === 0 ? { ...node, source, start, end } : { ...node, source, start, end, via };
}

/** The characters of a scalar without its quotes, where there are some. */
function contentOf({ style, start, end }: ScalarNode): Span {
	return (style === "single" || style === "double") && end - start > 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

function escaped(name: string): string {
	return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
