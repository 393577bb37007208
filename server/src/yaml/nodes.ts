import type { Place } from "../text/source.ts";
import type { ScalarValue } from "./dialect.ts";

export type Node = ScalarNode | MapNode | SeqNode;

/** Characters that a rendered value came through. */
export interface Via extends Place {
	readonly how: "base" | "patch" | "kustomization" | "value" | "include" | "template";
}

/** What every node has beside its place: in a rendered unit, what its value came through, the nearest first. */
interface Rendering {
	readonly via?: readonly Via[];
}

/**
 * A scalar. `value` is what Kubernetes reads, `text` the characters after quotes, escapes and folding are undone.
 * An absent value (`key:`) is a plain null of no width.
 */
export interface ScalarNode extends Place, Rendering {
	readonly kind: "scalar";
	readonly value: ScalarValue;
	readonly text: string;
	readonly style: "plain" | "single" | "double" | "block";
}

/** A map. `entries` are in the order of the text, duplicates included; merged ones come first, so that the last one wins. */
export interface MapNode extends Place, Rendering {
	readonly kind: "map";
	readonly entries: readonly Entry[];
	readonly flow: boolean;
}

export interface SeqNode extends Place, Rendering {
	readonly kind: "seq";
	readonly items: readonly Node[];
	readonly flow: boolean;
}

/** `name` is the key as Kubernetes reads it. `merged` entries came through a merge key and stand where their anchor does. */
export interface Entry {
	readonly name: string;
	readonly key: ScalarNode;
	readonly value: Node;
	readonly merged: boolean;
}

/** A key as it is written, with what it is read as where that is something else: `n (read as false)`, as YAML 1.1 has it. */
export function writtenKey({ name, key }: Pick<Entry, "name" | "key">): string {
	return key.text === name || key.text === "" ? name : `${key.text} (read as ${name})`;
}

/** The entry of that key; of duplicates the last, which is the one that reaches the cluster through kubectl. */
export function entryOf(node: Node | undefined, name: string): Entry | undefined {
	if (node?.kind !== "map") return undefined;
	for (let index = node.entries.length - 1; index >= 0; index--) {
		const entry = node.entries[index];
		if (entry?.name === name) return entry;
	}
	return undefined;
}

/** The value below a path of keys, or `undefined` when one of them is absent or no map. */
export function valueAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
	return path.reduce<Node | undefined>((at, name) => entryOf(at, name)?.value, node);
}

export function isNull(node: Node | undefined): boolean {
	return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** The value's characters, or the key's where the value is absent: a place that can be seen. */
export function visiblePlace(entry: { readonly key: Place; readonly node: Place }): Place {
	return entry.node.end > entry.node.start ? entry.node : entry.key;
}

/** Entries that Kubernetes would see: duplicates and overridden merges are left out, the last of each name stays. */
export function effectiveEntries({ entries }: MapNode): readonly Entry[] {
	return areDistinct(entries) ? entries : [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

/** Up to so many, comparing all of them with each other is the fastest way. */
const FEW = 16;

/** Whether every entry has a name of its own. */
export function areDistinct(entries: readonly Entry[]): boolean {
	if (entries.length > FEW) return new Set(entries.map(({ name }) => name)).size === entries.length;
	for (let at = 1; at < entries.length; at++) {
		for (let before = 0; before < at; before++) if (entries[at]?.name === entries[before]?.name) return false;
	}
	return true;
}
