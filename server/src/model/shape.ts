import { effectiveEntries, isNull, type MapNode, type Node, type ScalarNode } from "../yaml/nodes.ts";
import { bool, int32, intOrText, isPlaceholder, text } from "./field.ts";

/** What a field holds besides its type, as far as rules tell fields apart. */
export type Role =
	/** The number of a port, or the name of one. */
	| "port"
	/** A text that names or labels something: quotes are all that a number or a boolean lacks. */
	| "label"
	/** Any text: quotes are all that a number or a boolean lacks. */
	| "free"
	/** A map of labels, or one that selects them. */
	| "labels";

/** The type that the API machinery decodes a field into. Source: k8s.io/api, core/v1/types.go and its like. */
export type Shape =
	| { readonly is: "text" | "int32" | "bool" | "int-or-text"; readonly role?: Role }
	/** A map of texts. */
	| { readonly is: "texts"; readonly role?: Role }
	| { readonly is: "list"; readonly of: Shape }
	| MapShape
	/** Not looked into. */
	| { readonly is: "any" };

export interface MapShape {
	readonly is: "map";
	readonly fields: Fields;
	/** `fields` names every key that the map can have. */
	readonly closed?: boolean;
}

export type Fields = Readonly<Record<string, Shape>>;

/** A value of another type than its field has, which the API machinery refuses to decode. */
export interface Misfit {
	readonly node: Node;
	/** The key that the value stands behind; of an item the list's. */
	readonly key: ScalarNode | undefined;
	/** `spec.ports[0].name`. */
	readonly path: string;
	readonly wanted: Shape;
	/** The shape of the map of texts that the value is in. */
	readonly within?: Shape;
}

/** Every value of another type than the shape wants. A null is the zero value and fits; a placeholder cannot be told. */
export function* misfits(node: Node, shape: Shape, path = "", key?: ScalarNode): Iterable<Misfit> {
	if (shape.is === "any" || isNull(node) || isPlaceholder(node)) return;
	if (shape.is === "map" && node.kind === "map") yield* entryMisfits(node, (name) => fieldOf(shape, name), path);
	else if (shape.is === "texts" && node.kind === "map") {
		for (const misfit of entryMisfits(node, () => ({ is: "text", role: shape.role ?? "free" }), path)) yield { ...misfit, within: shape };
	} else if (shape.is === "list" && node.kind === "seq") {
		for (const [index, item] of node.items.entries()) yield* misfits(item, shape.of, `${path}[${index}]`, key);
	} else if (!isScalarOf(node, shape)) yield { node, key, path, wanted: shape };
}

export function fieldOf({ fields }: MapShape, name: string): Shape | undefined {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function* entryMisfits(map: MapNode, shapeOf: (name: string) => Shape | undefined, path: string): Iterable<Misfit> {
	for (const { name, key, value } of effectiveEntries(map)) {
		const shape = shapeOf(name);
		if (shape) yield* misfits(value, shape, path === "" ? name : `${path}.${name}`, key);
	}
}

function isScalarOf(node: Node, shape: Shape): boolean {
	if (shape.is === "text") return text(node) !== undefined;
	if (shape.is === "int32") return int32(node) !== undefined;
	if (shape.is === "bool") return bool(node) !== undefined;
	return shape.is === "int-or-text" && intOrText(node) !== undefined;
}

/** Every map of a closed shape below a node, with its path. */
export function* closedMaps(node: Node, shape: Shape, path = ""): Iterable<{ map: MapNode; shape: MapShape; path: string }> {
	if (shape.is === "list" && node.kind === "seq") {
		for (const [index, item] of node.items.entries()) yield* closedMaps(item, shape.of, `${path}[${index}]`);
	} else if (shape.is === "map" && node.kind === "map") {
		if (shape.closed) yield { map: node, shape, path };
		for (const { name, value } of effectiveEntries(node)) {
			const inner = fieldOf(shape, name);
			if (inner) yield* closedMaps(value, inner, path === "" ? name : `${path}.${name}`);
		}
	}
}

/** What a value is, in words: `the boolean true`, `the number 1.10`, `a list`. */
export function describeValue(node: Node, written: string): string {
	if (node.kind !== "scalar") return node.kind === "map" ? "a map" : "a list";
	if (typeof node.value === "boolean") return written === String(node.value) ? `the boolean ${written}` : `the boolean ${node.value}`;
	return typeof node.value === "number" ? `the number ${written}` : "a text";
}
