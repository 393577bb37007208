import { entryOf, type MapNode, type Node, type ScalarNode, type SeqNode } from "../../yaml/nodes.ts";
import { entry, mapNode, scalarNode, textNode, withValue } from "../kustomize/tree.ts";

/** A change of what a kustomization says. */
export type Edit = (spec: MapNode) => MapNode;

/** Has a field say something else; nothing where there is nothing to say. */
export function setting(field: string, value: ScalarNode | undefined): Edit {
	return (spec) => (value && value.text !== "" ? withValue(spec, field, value, textNode(value, field)) : spec);
}

/** Adds items to a list of a kustomization. */
export function appending(field: string, items: readonly Node[]): Edit {
	return (spec) => {
		const [first] = items;
		const old = entryOf(spec, field)?.value;
		if (!first) return spec;
		if (old?.kind === "seq") return withValue(spec, field, { ...old, items: [...old.items, ...items] }, textNode(first, field));
		return withValue(spec, field, listAround(first, items), textNode(first, field));
	};
}

function listAround({ source, start, end }: Node, items: readonly Node[]): SeqNode {
	return { kind: "seq", source, start, end, items, flow: false };
}

/** Adds entries to a map of texts; those that are there already get the new value. */
export function merging(field: string, pairs: MapNode | undefined): Edit {
	return (spec) => {
		if (!pairs || pairs.entries.length === 0) return spec;
		const old = entryOf(spec, field)?.value;
		const map = pairs.entries.reduce(
			(all, { name, key, value }) => withValue(all, name, value, key),
			old?.kind === "map" ? old : mapNode(pairs),
		);
		return withValue(spec, field, map, textNode(pairs, field));
	};
}

/** Adds items that a field tells apart, in the place of those that have the same there. */
export function replacing(list: string, field: string, items: readonly Node[]): Edit {
	const nameOf = (item: Node) => {
		const name = entryOf(item, field)?.value;
		return name?.kind === "scalar" ? name.text : undefined;
	};
	const names = new Set(items.map(nameOf));
	return (spec) => {
		const old = entryOf(spec, list)?.value;
		const others = old?.kind === "seq" ? old.items.filter((item) => !names.has(nameOf(item))) : [];
		const kept = old?.kind === "seq" ? withValue(spec, list, { ...old, items: others }, textNode(old, list)) : spec;
		return appending(list, items)(kept);
	};
}

/** One change after the other. */
export function inTurn(edits: readonly Edit[]): Edit {
	return (spec) => edits.reduce((all, edit) => edit(all), spec);
}

/**
 * An image as `kustomize edit set image` takes it (`name=new/name:tag`, `name:tag`, `name@digest`), as an item of `images`; `undefined`
 * for a text that is none.
 */
export function imageItem(image: ScalarNode): MapNode | undefined {
	const [, name = "", rest = image.text] = /^([^=]+)=(.*)$/s.exec(image.text) ?? [];
	const [, path = "", tag, digest] = /^([^@]*?)(?::([^:/@]+))?(?:@(.+))?$/s.exec(rest) ?? [];
	if (path === "" || path === "*") return undefined;
	const fields = { name: name === "" ? path : name, newName: name === "" ? undefined : path, newTag: tag, digest };
	return mapNode(
		image,
		Object.entries(fields).flatMap(([field, text]) => (text ? [entry(field, image, textNode(image, text))] : [])),
	);
}

/** A flag that a tool sets in a kustomization, at the place that has it do so. */
export function flag(at: Node, name: string): MapNode["entries"][number] {
	return entry(name, at, scalarNode(at, true, "true"));
}
