import { entryOf, isNull, type MapNode, type Node, type SeqNode } from "../../yaml/nodes.ts";
import type { Schema } from "./mergeKeys.ts";
import type { PortPatch } from "./problem.ts";
import { withValue } from "./tree.ts";

/** What a strategic merge patch does that its author may not expect. */
export interface MergeNote {
	readonly kind: "lost-port" | "added-port";
	readonly ports: PortPatch;
}

/** How a value is merged with a patch for it. */
export type Merge = (target: Node | undefined, patch: Node | undefined, schema: Schema | undefined, notes: MergeNote[]) => Node | undefined;

/** The values of an item's keys; "" for one that is absent. */
type Values = readonly string[];

/**
 * Merges lists whose items have keys: the patch's items first, in their order, then the others. With two keys of which one is
 * optional (a port and its protocol), an item that leaves it out takes part in the grouping of items but meets none that has
 * it, so that what it says is lost. `undefined` where nothing remains.
 * Source: walkAssociativeSequence() and setAssociativeSequenceElements() of kyaml's walk package, ElementSetter of its fns.go.
 */
export function mergeList(
	target: SeqNode,
	patch: SeqNode | undefined,
	schema: Schema,
	mergeItem: Merge,
	notes: MergeNote[],
): SeqNode | undefined {
	const keys = schema.keys && schema.keys.length > 0 ? schema.keys : [""];
	const alone = patch === target;
	const lists = { target: [...target.items], patch: alone ? undefined : patch?.items.slice() };
	let values = valuesOf([...(patch?.items ?? []), ...target.items], keys);
	if (keys.length > 1) values = grouped(values);
	let added: Node[] = [];
	let used: readonly string[] = keys;
	const met = new Set<Node>();
	for (const each of values) {
		const [names, wanted] = validKeys(values, each, keys);
		used = names;
		const [mine, theirs] = [find(lists.target, names, wanted), alone ? undefined : find(lists.patch ?? [], names, wanted)];
		if (theirs) met.add(theirs);
		const other = alone ? mine : theirs;
		const item = mergeItem(mine, other, schema.items, notes);
		if (!item || isNull(item) || (item.kind === "map" && item.entries.length === 0)) {
			lists.target = set(lists.target, names, wanted, undefined);
			continue;
		}
		const whole = withKeys(item, names, wanted);
		const replaces = mine && !isReplacement(other, alone);
		if (replaces && whole !== mine) lists.target = lists.target.map((old) => (old === mine ? whole : old));
		added = set(added, names, wanted, whole);
	}
	if (values.length > 0) lists.target = appended(added, lists.target, used);
	note(target, alone ? undefined : patch, keys, met, notes);
	const items = lists.target;
	return items.length === target.items.length && items.every((item, index) => item === target.items[index]) ? target : { ...target, items };
}

/** Whether the patch's item stands in for the whole of what is there. */
function isReplacement(item: Node | undefined, alone: boolean): boolean {
	const directive = alone ? undefined : entryOf(item, "$patch")?.value;
	return directive?.kind === "scalar" && directive.text === "replace";
}

function valuesOf(items: readonly Node[], keys: readonly string[]): readonly Values[] {
	const seen = new Map<string, Values>();
	for (const item of items) {
		const values = keys.map((key) => (key === "" ? (item.kind === "scalar" ? item.text : "") : textOf(item, key)));
		seen.set(JSON.stringify(values), values);
	}
	return [...seen.values()];
}

function textOf(item: Node, key: string): string {
	const value = entryOf(item, key)?.value;
	return value?.kind === "scalar" && value.value !== null ? value.text : "";
}

/** Values that differ only in what one of them leaves out become the same. */
function grouped(all: readonly Values[]): readonly Values[] {
	const values = [...all];
	for (let i = 0; i < values.length; i++) {
		const own = values[i] ?? [];
		for (let j = 0; j < values.length; j++) {
			const same = common(own, values[j] ?? []);
			if (same) values[i] = values[j] = same;
		}
	}
	return values;
}

function common(a: Values, b: Values): Values | undefined {
	let equal = false;
	const both: string[] = [];
	for (const [index, value] of a.entries()) {
		const other = b[index] ?? "";
		if (value === other) equal = true;
		else if (value !== "" && other !== "") return undefined;
		both.push(value === "" ? other : value);
	}
	return equal ? both : undefined;
}

/** The keys that some item has, and the values of one item for them; all of them where no item has any. */
function validKeys(all: readonly Values[], values: Values, keys: readonly string[]): readonly [readonly string[], Values] {
	const valid = keys.map((_, index) => all.some((each) => each[index] !== ""));
	if (!valid.includes(true)) return [keys, values];
	return [keys.filter((_, index) => valid[index]), values.filter((_, index) => valid[index])];
}

/** The first item that has these values. A key whose value is wanted empty does not count where another one is given. */
function find(items: readonly Node[], keys: readonly string[], values: Values): Node | undefined {
	const given = keys.filter((_, index) => values[index] !== "");
	const [names, wanted] = given.length === 0 ? [keys, values] : [given, values.filter((value) => value !== "")];
	if (names[0] === "") return items.find((item) => item.kind === "scalar" && item.text === wanted[0]);
	return items.find((item) => item.kind === "map" && names.every((name, index) => has(item, name, wanted[index] ?? "")));
}

function has(item: MapNode, name: string, value: string): boolean {
	const found = entryOf(item, name)?.value;
	return found !== undefined && (found.kind === "scalar" ? found.text : "") === value;
}

/** Puts an item in the place of those that have these values, behind all others where none has; without an item takes them out. */
function set(items: readonly Node[], keys: readonly string[], values: Values, item: Node | undefined): Node[] {
	const forMaps = (keys[0] ?? "") !== "" && (values[0] ?? "") !== "";
	const result: Node[] = [];
	let found = false;
	for (const old of items) {
		if (isNull(old) || (old.kind === "map" && old.entries.length === 0)) continue;
		if (old.kind !== "map" && forMaps) {
			result.push(old);
			continue;
		}
		// Without values nothing matches, and nothing is kept.
		if (values.length === 0) continue;
		if (!values.every((value, index) => matches(old, keys[index] ?? "", value))) {
			result.push(old);
			continue;
		}
		found = true;
		if (item) result.push(item);
	}
	if (item && !found) result.push(item);
	return result;
}

/** A value that is wanted empty is any value. */
function matches(item: Node, key: string, value: string): boolean {
	if (key === "") return item.kind === "scalar" && item.text === value;
	const found = entryOf(item, key)?.value;
	return found !== undefined && (value === "" || (found.kind === "scalar" ? found.text : "") === value);
}

function withKeys(item: Node, keys: readonly string[], values: Values): Node {
	if (item.kind !== "map" || keys[0] === "") return item;
	return keys.reduce((map, key, index) => {
		const value = values[index] ?? "";
		if (value === "" || entryOf(map, key)) return map;
		const at = { source: map.source, start: map.start, end: map.start };
		const text = { kind: "scalar", ...at, value, text: value, style: "plain" } as const;
		return withValue(map, key, text, { ...text, value: key, text: key });
	}, item);
}

/** The other list's items, each in the place of the one that has its keys or behind all others. */
function appended(first: readonly Node[], others: readonly Node[], keys: readonly string[]): Node[] {
	let result = [...first];
	for (const item of others) {
		if (keys[0] === "") {
			result = set(result, [""], [item.kind === "scalar" ? item.text : ""], item);
			continue;
		}
		const values: string[] = [];
		for (const key of keys) {
			const value = entryOf(item, key)?.value;
			// The item is there once for each key that it has not.
			if (!value || isNull(value)) result.push(item);
			else values.push(value.kind === "scalar" ? value.text : "");
		}
		if (keys.length > 1) result = set(result, keys, values, undefined);
		result = set(result, keys, values, item);
	}
	return result;
}

/** Whether an entry has a protocol and those of its number have none, or the other way round: then it meets none of them. */
function isLost(item: MapNode, same: readonly MapNode[]): boolean {
	const own = textOf(item, "protocol");
	const others = same.map((each) => textOf(each, "protocol"));
	return others.length > 0 && !others.includes(own) && (own === "" || others.includes(""));
}

function note(target: SeqNode, patch: SeqNode | undefined, keys: readonly string[], met: ReadonlySet<Node>, notes: MergeNote[]): void {
	if (!patch || keys[1] !== "protocol" || target.items.length === 0) return;
	const key = keys[0] ?? "";
	const patched = new Set(patch.items.map((item) => textOf(item, key)));
	const isPort = (node: Node): node is MapNode => node.kind === "map";
	for (const item of patch.items) {
		if (item.kind !== "map") continue;
		const port = textOf(item, key);
		const same = target.items.filter(isPort).filter((each) => textOf(each, key) === port);
		const others = target.items.filter(isPort).filter((each) => !patched.has(textOf(each, key)));
		if (isLost(item, same)) notes.push({ kind: "lost-port", ports: { item, list: patch, key, there: same } });
		else if (met.has(item) && same.length === 0 && others.length > 0)
			notes.push({ kind: "added-port", ports: { item, list: patch, key, there: others } });
	}
}
