import { entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import type { Resource, Shared } from "./resource.ts";
import { withValue } from "./tree.ts";

/**
 * A resource with another root, in which a value that it holds for several places is the same in all of them: kustomize puts a new
 * label as one node into the metadata, the selector and the template, and later changes that node.
 * Source: SetEntry() of kustomize's filtersutil and SetYNode() of kyaml.
 */
export function settled(resource: Resource, root: MapNode): Resource {
	if (root === resource.root) return resource;
	if (resource.shared.length === 0) return { ...resource, root };
	let result = root;
	const shared: Shared[] = [];
	for (const { value, paths } of resource.shared) {
		const there = paths.flatMap((path) => {
			const node = at(result, path);
			return node?.kind === "scalar" ? [{ path, node }] : [];
		});
		const changed = there.filter(({ node }) => node !== value);
		const now = changed[0]?.node ?? value;
		const agree = changed.every(({ node }) => node.value === now.value);
		for (const { path, node } of there) if (node !== now && (node === value || agree)) result = put(result, path, now) as MapNode;
		if (there.length > 1) shared.push({ value: now, paths: there.map(({ path }) => path) });
	}
	return { ...resource, root: result, shared };
}

/** Where a node stands in a tree. */
export function pathsTo(root: Node, wanted: ScalarNode, path: readonly string[] = []): readonly (readonly string[])[] {
	if (root === wanted) return [path];
	if (root.kind === "scalar") return [];
	if (root.kind === "seq") return root.items.flatMap((item, index) => pathsTo(item, wanted, [...path, String(index)]));
	return root.entries.flatMap(({ name, value }) => pathsTo(value, wanted, [...path, name]));
}

function at(root: Node, path: readonly string[]): Node | undefined {
	return path.reduce<Node | undefined>(
		(node, part) => (node?.kind === "seq" ? node.items[Number(part)] : entryOf(node, part)?.value),
		root,
	);
}

function put(node: Node, path: readonly string[], value: Node): Node {
	const [part, ...rest] = path;
	if (part === undefined) return value;
	if (node.kind === "seq") {
		const item = node.items[Number(part)];
		return item ? { ...node, items: node.items.with(Number(part), put(item, rest, value)) } : node;
	}
	const entry = entryOf(node, part);
	return node.kind === "map" && entry ? withValue(node, part, put(entry.value, rest, value), entry.key) : node;
}
