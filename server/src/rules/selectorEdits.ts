import { isJson } from "../model/fieldEdits.ts";
import { addPairs, isLabel, type Pair } from "../model/labelEdits.ts";
import type { Label } from "../model/labels.ts";
import { nameOf } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import { addEntry, addEntryBefore, asScalar, columnOf, linesOf, newlineOf, replace } from "../yaml/edit.ts";
import { type Entry, entryOf, type MapNode } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** Labels that change with a release or say who made the object: a selector, which never changes, does not want them. */
const PASSING = /(^|\/|[-.])(version|chart|heritage|release-date|managed-by|revision|pod-template-hash|helm\.sh)$/;

/** Writes the labels of the Pod template as the selector, and where there are none the workload's name as both. */
export function writeSelector(workload: Workload): readonly Fix[] {
	const { holder, template } = workload;
	const labels = (template.labels?.pairs ?? []).filter(({ value }) => value !== undefined);
	const lasting = labels.filter(({ name }) => !PASSING.test(name));
	const wanted = asPairs(lasting.length > 0 ? lasting : labels);
	const pairs = wanted.length > 0 ? wanted : named(workload);
	const put = wanted.length > 0 ? [] : [labelTemplate(workload, pairs)];
	const edits = [holder && selectPairs(workload, holder, pairs), ...put];
	if (pairs.length === 0 || !pairs.every(isLabel) || !edits.every((edit) => edit !== undefined)) return [];
	return [{ title: `Select ${pairs.map(({ name, value }) => `${name}=${value}`).join(",")}`, safe: false, edits }];
}

function selectPairs({ kind }: Workload, holder: MapNode, pairs: readonly Pair[]): Edit | undefined {
	const newline = newlineOf(holder);
	const [selector, template] = [entryOf(holder, "selector"), entryOf(holder, "template")];
	const inner = kind === "ReplicationController" ? block(pairs, "  ") : `\n  matchLabels:${block(pairs, "    ")}`;
	const json = isJson(holder);
	const flow = kind === "ReplicationController" ? flowOf(pairs, json) : `{ ${keyIn("matchLabels", json)}: ${flowOf(pairs, json)} }`;
	if (!selector) return addEntryBefore(holder, template, "selector", holder.flow ? flow : inner);
	if (selector.merged || selector.value.start < selector.key.end) return undefined;
	if (selector.value.end > selector.value.start) return selector.value.source === holder.source ? replace(selector.value, flow) : undefined;
	const indent = " ".repeat(columnOf(selector.key));
	const at = selector.value.start;
	return { source: holder.source, start: at, end: at, text: holder.flow ? ` ${flow}` : inner.replaceAll("\n", newline + indent) };
}

function block(pairs: readonly Pair[], indent: string): string {
	return pairs.map(({ name, value }) => `\n${indent}${asScalar(name)}: ${asScalar(value)}`).join("");
}

function flowOf(pairs: readonly Pair[], json: boolean): string {
	const write = json ? JSON.stringify : asScalar;
	return `{ ${pairs.map(({ name, value }) => `${write(name)}: ${write(value)}`).join(", ")} }`;
}

function keyIn(name: string, json: boolean): string {
	return json ? JSON.stringify(name) : name;
}

function named(workload: Workload): readonly Pair[] {
	const value = nameOf(workload);
	return value === undefined ? [] : [{ name: "app", value }];
}

function asPairs(labels: readonly Label[]): readonly Pair[] {
	return labels.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
}

/** Puts what the selector wants on the Pod template. */
export function writeLabels(workload: Workload, labels: readonly Label[]): readonly Fix[] {
	const pairs = asPairs(labels);
	const edit = pairs.length === labels.length ? labelTemplate(workload, pairs) : undefined;
	return edit
		? [{ title: `Put ${pairs.map(({ name, value }) => `${name}=${value}`).join(",")} on the Pod template`, safe: false, edits: [edit] }]
		: [];
}

function labelTemplate({ template }: Workload, pairs: readonly Pair[]): Edit | undefined {
	const { node, metadata } = template;
	const labels = entryOf(metadata, "labels");
	if (pairs.length === 0 || !pairs.every(isLabel) || node.end === node.start) return undefined;
	if (labels) return labels.value.kind === "map" ? addPairs(labels.value, pairs) : undefined;
	if (metadata) return addEntry(metadata, "labels", metadata.flow ? flowOf(pairs, isJson(metadata)) : block(pairs, "  "));
	if (entryOf(node, "metadata")) return undefined;
	const inner = `\n  labels:${block(pairs, "    ")}`;
	const json = isJson(node);
	return addEntryBefore(
		node,
		entryOf(node, "spec"),
		"metadata",
		node.flow ? `{ ${keyIn("labels", json)}: ${flowOf(pairs, json)} }` : inner,
	);
}

/** Moves pairs that stand directly in the selector into its matchLabels. */
export function nestPairs(selector: MapNode, stray: readonly Entry[]): readonly Fix[] {
	const { source, start, end, flow } = selector;
	if (selector.entries.length !== stray.length) return [];
	const text = source.text.slice(start, end);
	const indent = " ".repeat(columnOf(selector));
	const key = keyIn("matchLabels", isJson(selector));
	const nested = flow ? `{ ${key}: ${text} }` : `${key}:${newlineOf(selector)}${indent}  ${indented(text)}`;
	return [{ title: "Put the labels below matchLabels", safe: false, edits: [replace(selector, nested)] }];
}

/** The text with its lines but the first moved to the right. */
function indented(text: string): string {
	const [first = "", ...rest] = linesOf(text);
	return [first, ...rest.map((line) => (line.trim() === "" ? line : `  ${line}`))].join("");
}
