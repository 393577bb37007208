import { effectiveEntries, type Node } from "../../yaml/nodes.ts";

/** A value as JSON has it, keys sorted. */
export function plainOf(node: Node): unknown {
	if (node.kind === "scalar") return node.value;
	if (node.kind === "seq") return node.items.map(plainOf);
	const entries = [...effectiveEntries(node)].sort((a, b) => (a.name < b.name ? -1 : 1));
	return Object.fromEntries(entries.map(({ name, value }) => [name, plainOf(value)]));
}
