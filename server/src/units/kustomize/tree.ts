import type { Place } from "../../text/source.ts";
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Via } from "../../yaml/nodes.ts";

/** A map with that value for a key: in the old one's place, or behind all others. The same map where nothing changes. */
export function withValue(map: MapNode, name: string, value: Node, key: ScalarNode): MapNode {
	const index = map.entries.findIndex((entry) => entry.name === name);
	const old = map.entries[index];
	if (!old) return { ...map, entries: [...map.entries, { name, key, value, merged: false }] };
	if (old.value === value) return map;
	return { ...map, entries: map.entries.with(index, { name, key: keyFor(old, value, key), value, merged: old.merged }) };
}

/** A key stands beside its value: where the value is another text's, the key is, too. */
function keyFor(old: Entry, value: Node, key: ScalarNode): ScalarNode {
	return value.source === key.source && value.source !== old.key.source ? key : old.key;
}

export function without(map: MapNode, name: string): MapNode {
	const entries = map.entries.filter((entry) => entry.name !== name);
	return entries.length === map.entries.length ? map : { ...map, entries };
}

/** A map whose entry of that name has another value, or none; the same map where nothing changes. */
export function changed(map: MapNode, name: string, change: (value: Node) => Node | undefined): MapNode {
	const entry = map.entries.find((each) => each.name === name);
	if (!entry) return map;
	const value = change(entry.value);
	return value === undefined ? without(map, name) : withValue(map, name, value, entry.key);
}

/** A map with other values; the same map where nothing changes. */
export function changedEntries(map: MapNode, change: (entry: Entry) => Node): MapNode {
	let entries: Entry[] | undefined;
	for (let index = 0; index < map.entries.length; index++) {
		const old = map.entries[index];
		const value = old && change(old);
		if (!old || !value || value === old.value) continue;
		entries ??= map.entries.slice();
		entries[index] = { ...old, value };
	}
	return entries ? { ...map, entries } : map;
}

/** A list whose items are changed; the same list where nothing changes. */
export function changedItems(list: SeqNode, change: (item: Node) => Node): SeqNode {
	let items: Node[] | undefined;
	for (let index = 0; index < list.items.length; index++) {
		const old = list.items[index];
		const item = old && change(old);
		if (!item || item === old) continue;
		items ??= list.items.slice();
		items[index] = item;
	}
	return items ? { ...list, items } : list;
}

export function textNode(at: Place, text: string, via: readonly Via[] = []): ScalarNode {
	return scalarNode(at, text, text, via);
}

/** A scalar that is not written so anywhere; it stands at what makes it what it is. */
export function scalarNode({ source, start, end }: Place, value: ScalarNode["value"], text: string, via: readonly Via[] = []): ScalarNode {
	const node = { kind: "scalar", source, start, end, value, text, style: typeof value === "string" ? "double" : "plain" } as const;
	return via.length > 0 ? { ...node, via } : node;
}

export function mapNode({ source, start, end }: Place, entries: readonly Entry[] = []): MapNode {
	return { kind: "map", source, start, end, entries, flow: false };
}

export function entry(name: string, key: Place, value: Node): Entry {
	return { name, key: textNode(key, name), value, merged: false };
}

/** The characters of what a value was before, and what that came through. */
export function viaOf(node: Node, how: Via["how"]): readonly Via[] {
	const { source, start, end } = node;
	return [{ source, start, end, how }, ...(node.via ?? [])];
}

export function viaAt({ source, start, end }: Place, how: Via["how"]): Via {
	return { source, start, end, how };
}

/** The same node with more that it came through; a node that stands where it stood before keeps what it has. */
export function through(node: Node, via: readonly Via[]): Node {
	return via.length > 0 ? { ...node, via: [...(node.via ?? []), ...via] } : node;
}

/** Labels or annotations all of which are text; nothing where there are none. */
export function asTexts(annotations: Node): Node | undefined {
	if (annotations.kind !== "map" || annotations.entries.length === 0) return undefined;
	return changedEntries(annotations, ({ value }) =>
		value.kind === "scalar" && value.value === value.text ? value : textNode(value, value.kind === "scalar" ? value.text : "", value.via),
	);
}
