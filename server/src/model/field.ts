import { textAt } from "../text/source.ts";
import { type Entry, entryOf, isNull, type MapNode, type Node, type ScalarNode, type SeqNode } from "../yaml/nodes.ts";

/**
 * One field as written. `value` is there only when `state` is "set". A null is "unset", as Kubernetes leaves the zero value;
 * "placeholder" is a text that something fills in before it reaches the cluster, so nothing can be said of it;
 * "wrong-type" is what the API machinery's typed decoding refuses. A field that is not written is `undefined`.
 */
export interface Field<T> {
	readonly key: ScalarNode;
	readonly node: Node;
	readonly state: "set" | "unset" | "placeholder" | "wrong-type";
	readonly value: T | undefined;
}

/** What a field's node is read as: the value, or `undefined` when the type is not the wanted one. */
export type Reader<T> = (node: Node) => T | undefined;

/** Text; the API machinery refuses booleans and numbers where text is wanted (kind "wrong-type"). */
export const text: Reader<string> = (node) => (node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined);

/** A 32-bit integer in any of YAML's spellings (`80.0`, `0x50`); a quoted number, a fraction and 2^31 are refused. */
export const int32: Reader<number> = (node) => {
	if (node.kind !== "scalar" || typeof node.value !== "number" || !Number.isInteger(node.value)) return undefined;
	return Math.abs(node.value) < 2 ** 31 || node.value === -(2 ** 31) ? node.value : undefined;
};

export const bool: Reader<boolean> = (node) => (node.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined);

/** IntOrString: a number or a name. */
export const intOrText: Reader<number | string> = (node) => int32(node) ?? text(node);

export const map: Reader<MapNode> = (node) => (node.kind === "map" ? node : undefined);

export const list: Reader<SeqNode> = (node) => (node.kind === "seq" ? node : undefined);

export function readField<T>(parent: Node | undefined, name: string, read: Reader<T>): Field<T> | undefined {
	const entry = entryOf(parent, name);
	return entry && fieldOf(entry, read);
}

export function fieldOf<T>(entry: Entry, read: Reader<T>): Field<T> {
	const { key, value: node } = entry;
	if (isNull(node)) return { key, node, state: "unset", value: undefined };
	if (isPlaceholder(node)) return { key, node, state: "placeholder", value: undefined };
	const value = read(node);
	return { key, node, state: value === undefined ? "wrong-type" : "set", value };
}

/**
 * Whether a value is filled in by something else before it reaches the cluster: `${X}`, `$(X)`, `$NAME`, what is left of a
 * template's `{{ }}`, `<your-node>` of an example.
 */
export function isPlaceholder(node: Node): boolean {
	if (node.kind === "scalar") {
		// In a flow collection `${X}` is no YAML before it is filled in, and ends behind the `$`.
		return /\$[{(A-Za-z_]|\{\{|^[\w.-]*<[^<>]+>[\w.-]*$/.test(node.text) || (node.text.endsWith("$") && node.source.text[node.end] === "{");
	}
	return node.kind === "map" && node.flow && /^\{\s*\{/.test(textAt(node));
}

/** The value where it is set and not the zero value, which Kubernetes reads as "not given" (0, "", null). */
export function given<T>(field: Field<T> | undefined): T | undefined {
	const value = field?.value;
	return value === 0 || value === "" ? undefined : value;
}

/** Whether what Kubernetes will see in this field cannot be told: a placeholder, or a value that it refuses. */
export function isUnreadable(field: Field<unknown> | undefined): boolean {
	return field?.state === "placeholder" || field?.state === "wrong-type";
}

const LONGEST = 60;

/** What is written where a value has no reading: its text, `{...}` and `[...]` for what is no text, `<none>` for nothing. */
export function writtenAs(node: Node | undefined): string {
	if (node?.kind === "map") return "{...}";
	if (node?.kind === "seq") return "[...]";
	if (!node || node.text === "" || node.value === null) return NOTHING;
	const [line = ""] = node.text.split("\n");
	return line.length > LONGEST || line !== node.text ? `${line.slice(0, LONGEST)}...` : line;
}

/** Stands where something is missing that is shown. */
export const NOTHING = "<none>";
