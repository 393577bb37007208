import { stringify } from "yaml";
import { effectiveEntries, type Node } from "./nodes.ts";

/** What a node holds, as JSON has it, in the order in which it is written; of keys that stand twice the last. */
export function dataOf(node: Node): unknown {
	if (node.kind === "scalar") return node.value;
	if (node.kind === "seq") return node.items.map(dataOf);
	return Object.fromEntries(effectiveEntries(node).map(({ name, value }) => [name, dataOf(value)]));
}

/** A node as YAML of our own style, with quotes wherever YAML 1.1 or 1.2 would read a text as something else. */
export function writeYaml(node: Node): string {
	return stringify(dataOf(node), STYLE);
}

/** The same with the keys of all maps in order. */
export function writeSortedYaml(node: Node): string {
	return stringify(dataOf(node), { ...STYLE, sortMapEntries: true });
}

const STYLE = { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false } as const;
