import type { Place, Source } from "../../../text/source.ts";
import type { MapNode, Node, ScalarNode, Via } from "../../../yaml/nodes.ts";
import { effectiveEntries } from "../../../yaml/nodes.ts";
import type { Origin, Step } from "./origin.ts";
import { isUnknownIn, placeIn, runsIn, slice, type Text, text } from "./text.ts";
import { dict, float, list, NIL, unknown, type Value } from "./values.ts";

/**
 * What Helm makes of the YAML of a values file: every number is a float, of two equal keys the last one holds. Each scalar and
 * key knows its place.
 */
export function valueOfNode(node: Node | undefined): Value {
	return node ? convert(node, scalarOfFile, keyOfFile) : NIL;
}

/** The same of a text that a template made, whose characters keep the places that they have there. */
export function valueOfText(node: Node | undefined, written: Text): Value {
	if (!node) return NIL;
	const scalar = (at: ScalarNode) => scalarOfText(at, written);
	return convert(node, scalar, (key) => originIn(written, key));
}

function convert(node: Node, scalar: (node: ScalarNode) => Value, key: (node: ScalarNode) => Origin | undefined): Value {
	switch (node.kind) {
		case "scalar":
			return scalar(node);
		case "seq":
			return list(node.items.map((item) => convert(item, scalar, key)));
		default:
			return mapOf(node, scalar, key);
	}
}

function mapOf(node: MapNode, scalar: (node: ScalarNode) => Value, key: (node: ScalarNode) => Origin | undefined): Value {
	const result = dict();
	for (const entry of effectiveEntries(node)) {
		result.entries.set(entry.name, convert(entry.value, scalar, key));
		const origin = key(entry.key);
		if (origin) result.keys.set(entry.name, origin);
	}
	return result;
}

function scalarOfFile(node: ScalarNode): Value {
	const origin: Origin = { at: placeOf(node), from: "value", through: stepsOf(node.via ?? []) };
	return typed(node, origin, () => text(textOf(node), origin, startOf(node, node.source)));
}

function typed(node: ScalarNode, origin: Origin | undefined, string: () => Value): Value {
	switch (typeof node.value) {
		case "string":
			return string();
		case "number":
			return float(node.value, origin);
		case "boolean":
			return { kind: "bool", value: node.value, origin };
		default:
			return origin ? { kind: "nil", origin } : NIL;
	}
}

/** What Kubernetes reads always ends with a line break, what Helm reads ends as it does. */
function textOf({ value, style, end, source }: ScalarNode): string {
	const text = String(value);
	const unended = style === "block" && end === source.text.length && !source.text.endsWith("\n");
	return unended && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function keyOfFile(node: ScalarNode): Origin {
	return { at: placeOf(node), from: "value", through: stepsOf(node.via ?? []) };
}

function placeOf({ source, start, end }: Place): Place {
	return { source, start, end };
}

/** What a value came through before, as steps. */
export function stepsOf(via: readonly Via[], index = 0): Step | undefined {
	const step = via[index];
	return step && { at: placeOf(step), how: step.how, outer: stepsOf(via, index + 1) };
}

/** Where the first character of a text is written, if all follow one after the other; else -1. */
function startOf({ text: value, style, start, end }: ScalarNode, { text: whole }: Source): number {
	const from = style === "single" || style === "double" ? start + 1 : start;
	return from + value.length <= end && whole.startsWith(value, from) ? from : -1;
}

function scalarOfText(node: ScalarNode, written: Text): Value {
	const { start, end } = node;
	const hidden = written.unknown && runsIn(written, start, end).find(({ origin }) => origin?.unknown)?.origin?.unknown;
	if (hidden && typeof node.value !== "string") return unknown("interface {}", hidden);
	return typed(node, originIn(written, node), () => {
		const from = startOf(node, node.source);
		if (from >= 0) return slice(written, from, from + node.text.length);
		const origin = originIn(written, node);
		return text(textOf(node), hidden && origin ? { ...origin, unknown: hidden } : origin);
	});
}

/** Where the characters of a node come from. */
function originIn(written: Text, { start, end }: Place): Origin | undefined {
	const [run] = runsIn(written, start, end);
	const at = placeIn(written, start, Math.max(end, start + 1));
	if (!run?.origin || !at) return undefined;
	return { ...run.origin, at, unknown: isUnknownIn(written, start, end) ? run.origin.unknown : undefined };
}
