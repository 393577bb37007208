import type { Edit } from "../text/source.ts";
import { addEntry, asScalar, removeEntry, replace, setValue } from "../yaml/edit.ts";
import type { MapNode, Node } from "../yaml/nodes.ts";
import { isJson, isWithin, spelled } from "./fieldEdits.ts";
import { isLabelValue, isQualifiedName } from "./forms.ts";
import type { Label, LabelMap } from "./labels.ts";

export interface Pair {
	readonly name: string;
	readonly value: string;
}

/** Whether Kubernetes takes a pair as a label: no other is ever written. */
export function isLabel({ name, value }: Pair): boolean {
	return isQualifiedName(name) && isLabelValue(value);
}

/**
 * Replaces some pairs of a label map by others, each in the place of one of the same key where there is one. Quotes stay as
 * they are. `undefined` where this cannot be done without harm: a pair that comes from an anchor, a map of another shape, no label.
 */
export function replacePairs(labels: LabelMap, old: readonly Label[], wanted: readonly Pair[]): readonly Edit[] | undefined {
	const { node } = labels;
	if (!wanted.every(isLabel)) return undefined;
	const json = isJson(node);
	const stays = ({ name }: Label) => wanted.some((pair) => pair.name === name);
	const isOutside = (pair: Label) => !isWithin(pair.key, node) || !isWithin(pair.node, node);
	if (node.kind !== "map" || old.some((pair) => isOutside(pair) && !(stays(pair) && isSetElsewhere(pair, node)))) return undefined;
	const rest = wanted.filter(({ name }) => !old.some((pair) => pair.name === name));
	const edits: (Edit | undefined)[] = [];
	const removed: Label[] = [];
	for (const pair of old) {
		const same = wanted.find(({ name }) => name === pair.name);
		const next = same ?? rest.shift();
		if (!next) removed.push(pair);
		else {
			if (!same) edits.push(replace(pair.key, spelled(pair.key, next.name)));
			if (same && isSetElsewhere(pair, node)) edits.push(replace(pair.node, inPlaceOf(pair.node, same.value, json)));
			else edits.push(setValue(pair, inPlaceOf(pair.node, next.value, json)));
		}
	}
	if (node.flow && removed.length > 1) return undefined;
	edits.push(...removed.map((pair) => entryEdit(node, pair)));
	if (rest.length > 0) edits.push(addPairs(node, rest));
	return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

function inPlaceOf(node: Node, value: string, json: boolean): string {
	return node.kind === "scalar" && !(json && node.style === "plain") ? spelled(node, value) : write(value, json);
}

/** Another text than the map's sets the value, a patch: it may be written anew there. An anchor further up in the same one may not. */
function isSetElsewhere({ node: value }: Label, node: Node): boolean {
	return value.source !== node.source && value.kind === "scalar" && value.end > value.start;
}

/** Writes pairs behind the last one of a label map; `undefined` where one is no label. */
export function addPairs(node: MapNode, pairs: readonly Pair[]): Edit | undefined {
	if (!pairs.every(isLabel)) return undefined;
	const json = isJson(node);
	const [first, ...rest] = pairs.map(({ name, value }) => [write(name, json), write(value, json)] as const);
	if (!first) return undefined;
	const more = rest.map(([name, value]) => `${node.flow ? ", " : "\n"}${name}: ${value}`);
	return addEntry(node, json ? JSON.parse(first[0]) : first[0], first[1] + more.join(""));
}

function write(text: string, json: boolean): string {
	return json ? JSON.stringify(text) : asScalar(text);
}

function entryEdit(node: MapNode, pair: { readonly key: Node }): Edit | undefined {
	const entry = node.entries.find(({ key }) => key === pair.key);
	return entry && removeEntry(node, entry);
}
