import type { Node, ScalarNode } from "../yaml/nodes.ts";
import { effectiveEntries, entryOf, isNull, type MapNode, writtenKey } from "../yaml/nodes.ts";
import { isPlaceholder, writtenAs } from "./field.ts";

/**
 * One pair of a label map. A null value is "" for Kubernetes (and selects Pods whose label is empty); a placeholder or a
 * value of another type has no `value`.
 */
export interface Label {
	readonly name: string;
	readonly value: string | undefined;
	readonly key: ScalarNode;
	readonly node: Node;
	readonly state: "set" | "placeholder" | "wrong-type";
}

/** A map of labels (or a selector, or annotations) with its place. `node` is not a map where the type is wrong. */
export interface LabelMap {
	readonly key: ScalarNode;
	readonly node: Node;
	readonly pairs: readonly Label[];
	/** False when pairs may come from somewhere that is not read: a placeholder as a key, a value that is no map. */
	readonly complete: boolean;
}

/** `undefined` when the key is absent or null. */
export function readLabels(parent: Node | undefined, name: string): LabelMap | undefined {
	const entry = entryOf(parent, name);
	if (!entry || isNull(entry.value)) return undefined;
	const { key, value: node } = entry;
	if (node.kind !== "map" || isPlaceholder(node)) return { key, node, pairs: [], complete: false };
	const pairs = readPairs(node);
	return { key, node, pairs, complete: pairs.every((pair) => !isPlaceholder(pair.key)) };
}

function readPairs(node: MapNode): readonly Label[] {
	return effectiveEntries(node).map(({ name, key, value }): Label => {
		if (isNull(value)) return { name, key, node: value, value: "", state: "set" };
		if (isPlaceholder(value)) return { name, key, node: value, value: undefined, state: "placeholder" };
		const text = value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
		return { name, key, node: value, value: text, state: text === undefined ? "wrong-type" : "set" };
	});
}

export function labelOf(labels: LabelMap | undefined, name: string): Label | undefined {
	return labels?.pairs.find((pair) => pair.name === name);
}

/** `app=web,tier=front`, as kubectl prints labels. */
export function printLabels(
	pairs: readonly (Pick<Label, "name" | "value"> & { readonly key?: ScalarNode; readonly node?: Node })[],
): string {
	return pairs.map(({ name, key, value, node }) => `${key ? writtenKey({ name, key }) : name}=${value ?? writtenAs(node)}`).join(",");
}
