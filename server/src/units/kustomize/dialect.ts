import { type Entry, effectiveEntries, type Node, type ScalarNode } from "../../yaml/nodes.ts";

/**
 * A document as kustomize reads it: words such as `yes` and `off` are text, dates become times, a block text that ends
 * with the file and without a line break has none. Of a map's entries only those stay that count. Nodes that are the same for
 * both are kept.
 * Source: resolve() of go.yaml.in/yaml/v3, which kyaml decodes with before it prints JSON.
 */
export function inKustomizeDialect(node: Node): Node {
	if (node.kind === "scalar") return scalar(node);
	if (node.kind === "seq") {
		const items = node.items.map(inKustomizeDialect);
		return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
	}
	const old = effectiveEntries(node);
	const entries = old.map(inEntry);
	return old === node.entries && entries.every((each, index) => each === old[index]) ? node : { ...node, entries };
}

function inEntry(entry: Entry): Entry {
	const value = inKustomizeDialect(entry.value);
	const name = entry.key.text === "" ? entry.name : entry.key.text;
	return value === entry.value && name === entry.name ? entry : { ...entry, name, value };
}

function scalar(node: ScalarNode): ScalarNode {
	if (node.style === "block" && node.end === node.source.text.length && node.text.endsWith("\n")) {
		const text = node.text.slice(0, -1);
		return { ...node, value: text, text };
	}
	if (node.style !== "plain") return node;
	if (typeof node.value === "boolean") return WORD.test(node.text) ? { ...node, value: node.text } : node;
	if (typeof node.value !== "string" || !DATE.test(node.text)) return node;
	const time = timeOf(node.text);
	return time === undefined ? node : { ...node, value: time };
}

/** Booleans of YAML 1.1 alone. */
const WORD = /^([yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/** A day as a time, which is what Go prints in JSON. What has a time of day stays as it is written. */
function timeOf(text: string): string | undefined {
	const [, year = "", month = "", day = ""] = DATE.exec(text) ?? [];
	const known = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	if (year === "" || known.getUTCMonth() !== Number(month) - 1 || known.getUTCDate() !== Number(day)) return undefined;
	return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T00:00:00Z`;
}

/**
 * A key of an inner map that is no text, which kustomize cannot print. Source: MarshalJSON() of kyaml's RNode, which decodes such
 * a map into one that JSON does not have.
 */
export function oddKeyIn(node: Node, isRoot = true): ScalarNode | undefined {
	if (node.kind === "scalar") return undefined;
	for (const child of node.kind === "seq" ? node.items : node.entries) {
		if ("key" in child && !isRoot && !isTextKey(child.key)) return child.key;
		const found = oddKeyIn("key" in child ? child.value : child, false);
		if (found) return found;
	}
	return undefined;
}

function isTextKey({ style, value, text }: ScalarNode): boolean {
	if (style !== "plain") return true;
	return typeof value === "string" ? !DATE.test(text) || timeOf(text) === undefined : WORD.test(text);
}
