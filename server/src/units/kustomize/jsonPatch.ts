import { entryOf, isNull, type MapNode, type Node, type SeqNode } from "../../yaml/nodes.ts";
import { plainOf } from "./plain.ts";
import { Refusal } from "./problem.ts";
import { textIn } from "./shape.ts";
import { changedEntries, changedItems, scalarNode, textNode, through, viaOf, without, withValue } from "./tree.ts";

/** Whether a document is a list of operations. */
export function isJsonPatch(node: Node | undefined): node is SeqNode {
	return node?.kind === "seq" && node.items.length > 0 && node.items.every((item) => item.kind === "map");
}

/**
 * An object with the operations of RFC 6902 applied to it. A value that they bring stands where they are written.
 * Source: patch.go of gopkg.in/evanphx/json-patch.v4, which replaces absent keys of maps and takes negative indexes.
 */
export function jsonPatched(root: MapNode, patch: SeqNode): Node {
	return asJson(patch.items.reduce<Node>((node, operation) => apply(node, operation), root));
}

/** The object goes through JSON, so that nothing is left of how its values were spelled. */
function asJson(node: Node): Node {
	if (node.kind === "seq") return changedItems(node, asJson);
	if (node.kind === "scalar") {
		const text = String(node.value);
		return node.text === text ? node : { ...node, text };
	}
	return changedEntries(node, ({ value }) => asJson(value));
}

function apply(root: Node, operation: Node): Node {
	const op = textIn(operation, "op");
	const path = pointerAt(operation, "path");
	const value = entryOf(operation, "value")?.value ?? scalarNode(operation, null, "null");
	switch (op) {
		case "add":
			return at(root, path, (parent, key) => added(parent, key, value, path));
		case "remove":
			return at(root, path, (parent, key) => removed(parent, key, path));
		case "replace":
			return path.text === "" ? value : at(root, path, (parent, key) => replaced(parent, key, value, path));
		case "test":
			return tested(root, path, value);
		case "copy":
			return at(root, path, (parent, key) => added(parent, key, find(root, pointerAt(operation, "from")) ?? value, path));
		case "move": {
			const from = pointerAt(operation, "from");
			const moved = find(root, from) ?? value;
			const rest = at(root, from, (parent, key) => removed(parent, key, from));
			return at(rest, path, (parent, key) => added(parent, key, moved, path));
		}
		default:
			throw new Refusal("invalid", `A JSON patch has no operation ${op === "" ? "without a name" : op}`, operation);
	}
}

interface Pointer {
	readonly text: string;
	readonly parts: readonly string[];
	readonly node: Node;
}

function pointerAt(operation: Node, name: string): Pointer {
	const node = entryOf(operation, name)?.value;
	if (node?.kind !== "scalar" || typeof node.value !== "string") throw new Refusal("invalid", `This operation has no ${name}`, operation);
	const parts = node.value.split("/").slice(1);
	return { text: node.value, parts: parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")), node };
}

/** Where a path ends early: in a map, a list or a scalar that has not the part of that index. */
function nowhere({ text, node, parts }: Pointer, parent?: Node, index = parts.length - 1): Refusal {
	const part = parts[index] ?? "";
	const way = parts.slice(0, index).map(escaped).join("/");
	const inside = way === "" ? "the object" : way;
	const reason =
		parent?.kind === "map"
			? `: ${inside} has no ${part}`
			: parent?.kind === "seq"
				? /^[-+]?\d+$/.test(part)
					? `: ${inside} has ${parent.items.length} ${parent.items.length === 1 ? "item" : "items"}`
					: `: ${inside} is a list`
				: parent
					? `: ${inside} is a value`
					: "";
	const near = parent?.kind === "map" ? parent.entries.map(({ name }) => `/${parts.with(index, name).map(escaped).join("/")}`) : undefined;
	return new Refusal("no-target", `The path ${text} leads nowhere${reason}`, node, { name: text, ...(near && { known: near }) });
}

function escaped(part: string): string {
	return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Changes the map or list that a pointer's last part is looked up in. */
function at(root: Node, pointer: Pointer, change: (parent: MapNode | SeqNode, key: string) => Node): Node {
	const key = pointer.parts.at(-1);
	if (key === undefined) throw nowhere(pointer);
	const descend = (node: Node, index: number): Node => {
		if (node.kind === "scalar") throw nowhere(pointer, node, index);
		const part = pointer.parts[index] ?? "";
		if (index === pointer.parts.length - 1) return change(node, key);
		if (node.kind === "map") {
			const entry = entryOf(node, part);
			if (!entry) throw nowhere(pointer, node, index);
			return withValue(node, part, descend(entry.value, index + 1), entry.key);
		}
		const position = indexIn(part, pointer, node, index);
		const item = node.items[position];
		if (!item) throw nowhere(pointer, node, index);
		return { ...node, items: node.items.with(position, descend(item, index + 1)) };
	};
	return descend(root, 0);
}

/** A negative index counts from behind. */
function indexIn(part: string, pointer: Pointer, list: SeqNode, at: number, size = list.items.length): number {
	if (!/^[-+]?\d+$/.test(part)) throw nowhere(pointer, list, at);
	const index = Number(part);
	const position = index < 0 ? index + size : index;
	if (position < 0 || position >= size) throw nowhere(pointer, list, at);
	return position;
}

function added(parent: MapNode | SeqNode, key: string, value: Node, pointer: Pointer): Node {
	if (parent.kind === "map") {
		const old = entryOf(parent, key);
		return withValue(parent, key, old ? through(value, viaOf(old.value, "base")) : value, textNode(pointer.node, key));
	}
	const index = key === "-" ? parent.items.length : indexIn(key, pointer, parent, pointer.parts.length - 1, parent.items.length + 1);
	return { ...parent, items: parent.items.toSpliced(index, 0, value) };
}

function removed(parent: MapNode | SeqNode, key: string, pointer: Pointer): Node {
	if (parent.kind === "map") {
		if (!entryOf(parent, key)) throw nowhere(pointer, parent);
		return without(parent, key);
	}
	return { ...parent, items: parent.items.toSpliced(indexIn(key, pointer, parent, pointer.parts.length - 1), 1) };
}

function replaced(parent: MapNode | SeqNode, key: string, value: Node, pointer: Pointer): Node {
	if (parent.kind === "map") return added(parent, key, value, pointer);
	const index = indexIn(key, pointer, parent, pointer.parts.length - 1);
	const old = parent.items[index];
	return { ...parent, items: parent.items.with(index, old ? through(value, viaOf(old, "base")) : value) };
}

function tested(root: Node, pointer: Pointer, value: Node): Node {
	const found = pointer.text === "" ? root : find(root, pointer);
	const [own, wanted] = [found && !isNull(found) ? plainOf(found) : null, plainOf(value)];
	if (sorted(own) === sorted(wanted)) return root;
	throw new Refusal("no-target", `What is tested at ${pointer.text} is another value`, pointer.node, { name: pointer.text });
}

/** Equal for values that differ in the order of their keys only. */
function sorted(value: unknown): string {
	const inOrder = (_: string, each: unknown) =>
		typeof each === "object" && each !== null && !Array.isArray(each)
			? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
			: each;
	return JSON.stringify(value, inOrder);
}

/** What a pointer leads to; `undefined` for an absent key of a map that is there. */
function find(root: Node, pointer: Pointer): Node | undefined {
	let node: Node | undefined = root;
	for (const [index, part] of pointer.parts.entries()) {
		if (!node || node.kind === "scalar") throw nowhere(pointer, node, index);
		node = node.kind === "map" ? entryOf(node, part)?.value : node.items[indexIn(part, pointer, node, index)];
	}
	return node;
}
