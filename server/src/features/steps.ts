import type { Place } from "../text/source.ts";
import { effectiveEntries, type Node } from "../yaml/nodes.ts";

/** A key or an item on the way to an offset. */
export interface Step {
	/** The key, or the index of the item. */
	readonly name: string;
	readonly value: Node;
	/** What stands at the offset: the key, or the value. */
	readonly at: Place;
}

/** The keys and items that lead to an offset, the outermost first; none where nothing stands there. */
export function stepsTo(node: Node | undefined, offset: number): readonly Step[] {
	const holds = ({ start, end }: Place) => start <= offset && offset <= end;
	if (node?.kind === "map") {
		for (const { name, key, value } of effectiveEntries(node)) {
			if (holds(key)) return [{ name, value, at: key }];
			if (holds(value)) return [{ name, value, at: value.kind === "scalar" ? value : key }, ...stepsTo(value, offset)];
		}
	}
	if (node?.kind === "seq") {
		const index = node.items.findIndex(holds);
		const item = node.items[index];
		if (item) return [{ name: String(index), value: item, at: item }, ...stepsTo(item, offset)];
	}
	return [];
}
