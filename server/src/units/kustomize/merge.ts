import { entryOf, isNull, type MapNode, type Node, type SeqNode } from "../../yaml/nodes.ts";
import { fieldOf, type Schema } from "./mergeKeys.ts";
import { type MergeNote, mergeList } from "./mergeList.ts";
import { Refusal } from "./problem.ts";
import { through, viaOf, without } from "./tree.ts";

/**
 * A value with a strategic merge patch applied to it; `undefined` where nothing remains. What the patch does not touch is the
 * same node as before. Throws a Refusal where the two do not fit.
 * Source: walk.go and merge2.go of kyaml, whose order of lists and whose losses count, not those of kubectl.
 */
export function merge(target: Node | undefined, patch: Node | undefined, schema: Schema | undefined, notes: MergeNote[]): Node | undefined {
	const kind = (isNull(target) ? undefined : target?.kind) ?? (isNull(patch) ? "null" : patch?.kind);
	for (const node of [target, patch]) {
		if (node && !isNull(node) && node.kind !== kind) {
			throw new Refusal("invalid", `${KINDS[node.kind]} where ${KINDS[kind as Node["kind"]]} is patched`, patch ?? node);
		}
	}
	if (kind === "scalar") return !patch ? target : isNull(patch) ? undefined : replaced(target, patch);
	if (kind !== "seq") return mergeMaps(target, patch, schema, notes);
	if (!schema?.keys) return patch ? (isNull(patch) ? undefined : replaced(target, patch)) : target;
	return mergeLists(target, patch, schema, notes);
}

const KINDS = { map: "A map", seq: "a list", scalar: "a scalar" } as const;

/** What a patch puts in the place of a value. A scalar is written in the style of the old one, so that quotes make a number text. */
function replaced(target: Node | undefined, patch: Node): Node {
	if (!target || target === patch) return patch;
	const via = viaOf(target, "base");
	if (patch.kind === "scalar" && target.kind === "scalar" && target.style !== "plain" && patch.value !== patch.text) {
		return through({ ...patch, value: patch.text }, via);
	}
	return through(patch, via);
}

function mergeMaps(target: Node | undefined, patch: Node | undefined, schema: Schema | undefined, notes: MergeNote[]): Node | undefined {
	const directive = directiveOf(patch);
	const body = directive && patch?.kind === "map" ? without(patch, "$patch") : patch;
	if (!target || isNull(target)) {
		if (directive === "delete") return undefined;
		if (!patch && target?.kind === "scalar" && target.text !== "") return target;
		if (body?.kind !== "map") return body && isNull(body) ? undefined : body;
		return mergeEntries(body, body, schema, notes);
	}
	if (patch && isNull(patch)) return undefined;
	if (directive === "delete") return undefined;
	if (target.kind !== "map") return target;
	if (target === patch && directive === "merge" && body?.kind === "map") return mergeEntries(body, body, schema, notes);
	if (directive === "replace" && body?.kind === "map") return replaced(target, mergeEntries(body, body, schema, notes));
	return mergeEntries(target, body?.kind === "map" ? body : undefined, schema, notes);
}

function mergeEntries(target: MapNode, patch: MapNode | undefined, schema: Schema | undefined, notes: MergeNote[]): MapNode {
	const entries = [];
	let same = true;
	for (const entry of target.entries) {
		const other = patch === target ? entry : entryOf(patch, entry.name);
		const value = merge(entry.value, other?.value, fieldOf(schema, entry.name), notes);
		if (value === entry.value) entries.push(entry);
		else {
			same = false;
			if (value) entries.push({ ...entry, key: other && value.source === other.key.source ? other.key : entry.key, value });
		}
	}
	for (const entry of patch === target ? [] : (patch?.entries ?? [])) {
		if (entryOf(target, entry.name)) continue;
		const value = merge(undefined, entry.value, fieldOf(schema, entry.name), notes);
		if (!value) continue;
		same = false;
		entries.push(value === entry.value ? entry : { ...entry, value });
	}
	return same ? target : { ...target, entries };
}

function mergeLists(target: Node | undefined, patch: Node | undefined, schema: Schema, notes: MergeNote[]): Node | undefined {
	checkItems(target, schema);
	checkItems(patch, schema);
	if (!target || isNull(target)) return patch?.kind === "seq" ? mergeList(patch, patch, schema, merge, notes) : undefined;
	if (patch && isNull(patch)) return undefined;
	if (target.kind !== "seq") return target;
	const directive = patch?.kind === "seq" ? listDirectiveOf(patch) : undefined;
	if (directive?.does === "delete") return undefined;
	if (directive?.does === "replace")
		return replaced(target, mergeList(directive.rest, directive.rest, schema, merge, notes) ?? directive.rest);
	const rest = directive?.rest ?? patch;
	return mergeList(target, rest?.kind === "seq" ? rest : undefined, schema, merge, notes);
}

/** A list whose items have keys has nothing but maps. */
function checkItems(list: Node | undefined, { keys = [] }: Schema): void {
	if (keys.length === 0 || list?.kind !== "seq") return;
	const odd = list.items.find((item) => item.kind !== "map" && !isNull(item));
	if (odd) throw new Refusal("invalid", `This list is merged by ${keys.join(" and ")}, and this item is no map`, odd);
}

type Directive = "delete" | "replace" | "merge";

function directiveOf(patch: Node | undefined): Directive | undefined {
	const value = entryOf(patch, "$patch")?.value;
	return value ? directive(value) : undefined;
}

function directive(value: Node): Directive {
	const text = value.kind === "scalar" ? value.text : "";
	if (text === "delete" || text === "replace" || text === "merge") return text;
	throw new Refusal("invalid", `$patch is ${text}, which is none of delete, replace and merge`, value);
}

/** An item that says nothing but `$patch` speaks about the list. */
function listDirectiveOf(patch: SeqNode): { readonly does: Directive; readonly rest: SeqNode } | undefined {
	const first = patch.items.find((item) => entryOf(item, "$patch"));
	if (first?.kind !== "map" || first.entries.length > 1) return undefined;
	const value = entryOf(first, "$patch")?.value;
	if (!value) return undefined;
	const does = directive(value);
	const text = value.kind === "scalar" ? value.text : "";
	return { does, rest: { ...patch, items: patch.items.filter((item) => textOf(item, "$patch") !== text) } };
}

function textOf(item: Node, name: string): string | undefined {
	const value = entryOf(item, name)?.value;
	return value?.kind === "scalar" ? value.text : undefined;
}
