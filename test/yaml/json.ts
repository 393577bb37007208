import { effectiveEntries, type Node } from "../../server/src/yaml/nodes.ts";
import type { Json } from "./facts.ts";

/** What Kubernetes makes of a node. */
export function toJson(node: Node | undefined): Json {
	if (!node) return null;
	if (node.kind === "scalar") return node.value;
	if (node.kind === "seq") return node.items.map(toJson);
	return Object.fromEntries(effectiveEntries(node).map(({ name, value }) => [name, toJson(value)]));
}

/** Every node of a tree, keys included, each once. */
export function* allNodes(root: Node | undefined, seen = new Set<Node>()): Iterable<Node> {
	if (!root || seen.has(root)) return;
	seen.add(root);
	yield root;
	if (root.kind === "seq") for (const item of root.items) yield* allNodes(item, seen);
	if (root.kind !== "map") return;
	for (const { key, value } of root.entries) {
		yield* allNodes(key, seen);
		yield* allNodes(value, seen);
	}
}
