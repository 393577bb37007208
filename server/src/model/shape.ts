import { effectiveEntries, isNull, type MapNode, type Node, type ScalarNode, type SeqNode, writtenKey } from "../yaml/nodes.ts";
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

export type Fields = ReadonlyMap<string, Shape>;

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
export function misfits(node: Node, shape: Shape): readonly Misfit[] {
	const found: Misfit[] = [];
	collectMisfits(node, shape, { way: [], key: undefined, within: undefined, found });
	return found;
}

interface Search {
	/** The keys and numbers that lead to the node, which are joined only for what is found. */
	readonly way: (string | number)[];
	key: ScalarNode | undefined;
	within: Shape | undefined;
	readonly found: Misfit[];
}

function collectMisfits(node: Node, shape: Shape, search: Search): void {
	if (shape.is === "any" || isNull(node) || isPlaceholder(node)) return;
	if (shape.is === "map" && node.kind === "map") entryMisfits(node, shape, undefined, search);
	else if (shape.is === "texts" && node.kind === "map") {
		search.within = shape;
		entryMisfits(node, undefined, { is: "text", role: shape.role ?? "free" }, search);
		search.within = undefined;
	} else if (shape.is === "list" && node.kind === "seq") itemMisfits(node, shape.of, search);
	else if (!isScalarOf(node, shape)) {
		const { key, way, within } = search;
		search.found.push({ node, key, path: joined(way), wanted: shape, ...(within && { within }) });
	}
}

function entryMisfits(map: MapNode, fields: MapShape | undefined, each: Shape | undefined, search: Search): void {
	const { key: outer } = search;
	for (const { name, key, value } of effectiveEntries(map)) {
		const shape = each ?? (fields && fieldOf(fields, name));
		if (!shape) continue;
		search.key = key;
		search.way.push(each ? writtenKey({ name, key }) : name);
		collectMisfits(value, shape, search);
		search.way.pop();
	}
	search.key = outer;
}

function itemMisfits({ items }: SeqNode, shape: Shape, search: Search): void {
	for (const [index, item] of items.entries()) {
		search.way.push(index);
		collectMisfits(item, shape, search);
		search.way.pop();
	}
}

/** `spec.ports[0].name` */
function joined(way: readonly (string | number)[]): string {
	return way.reduce<string>((path, step) => (typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`), "");
}

export function fieldOf({ fields }: MapShape, name: string): Shape | undefined {
	return fields.get(name);
}

function isScalarOf(node: Node, shape: Shape): boolean {
	if (shape.is === "text") return text(node) !== undefined;
	if (shape.is === "int32") return int32(node) !== undefined;
	if (shape.is === "bool") return bool(node) !== undefined;
	return shape.is === "int-or-text" && intOrText(node) !== undefined;
}

/** A map of a closed shape, and where it stands. */
export interface ClosedMap {
	readonly map: MapNode;
	readonly shape: MapShape;
	readonly path: string;
}

/** Every map of a closed shape below a node. */
export function closedMaps(node: Node, shape: Shape): readonly ClosedMap[] {
	const found: ClosedMap[] = [];
	collectMaps(node, shape, [], found);
	return found;
}

function collectMaps(node: Node, shape: Shape, way: (string | number)[], found: ClosedMap[]): void {
	if (shape.is === "list" && node.kind === "seq" && shape.of.is !== "text") {
		for (const [index, item] of node.items.entries()) {
			way.push(index);
			collectMaps(item, shape.of, way, found);
			way.pop();
		}
	} else if (shape.is === "map" && node.kind === "map") {
		if (shape.closed) found.push({ map: node, shape, path: joined(way) });
		for (const { name, value } of effectiveEntries(node)) {
			const inner = value.kind === "scalar" ? undefined : fieldOf(shape, name);
			if (!inner) continue;
			way.push(name);
			collectMaps(value, inner, way, found);
			way.pop();
		}
	}
}

/** What a value is, in words: `the boolean true`, `the number 1.10`, `a list`. */
export function describeValue(node: Node, written: string): string {
	if (node.kind !== "scalar") return node.kind === "map" ? "a map" : "a list";
	if (typeof node.value === "boolean") {
		return written === String(node.value) ? `the boolean ${written}` : `the boolean ${node.value} (written ${written})`;
	}
	return typeof node.value === "number" ? `the number ${written}` : "a text";
}
