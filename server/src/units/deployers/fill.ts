import type { Node, ScalarNode, Via } from "../../yaml/nodes.ts";
import { changedEntries, changedItems, viaOf } from "../kustomize/tree.ts";
import type { Parameters } from "./parameters.ts";

/** A template of an ApplicationSet with parameters in the place of what names them. What names none stays. */
export function filled(node: Node, parameters: Parameters, isGo: boolean): Node {
	if (node.kind === "scalar") return node.text.includes("{{") ? filledText(node, parameters, isGo) : node;
	if (node.kind === "seq") return changedItems(node, (item) => filled(item, parameters, isGo));
	return changedEntries(node, ({ value }) => filled(value, parameters, isGo));
}

function filledText(node: ScalarNode, { texts }: Parameters, isGo: boolean): ScalarNode {
	const used: ScalarNode[] = [];
	const text = node.text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (whole, expression: string) => {
		const name = isGo ? fieldOf(expression) : expression;
		const found = name === undefined ? undefined : texts.get(name);
		if (found) used.push(found);
		return found ? found.text : whole;
	});
	const [only] = used;
	if (!only) return node;
	const isWhole = used.length === 1 && /^\{\{-?[^{}]*\}\}$/.test(node.text);
	const at = isWhole ? only : node;
	const via: readonly Via[] = isWhole
		? viaOf(node, "base")
		: [...used.map((value) => viaOf(value, "value")[0] as Via), ...viaOf(node, "base")];
	const { source, start, end } = at;
	return { kind: "scalar", source, start, end, value: text, text, style: isWhole ? only.style : "double", via };
}

/** `.a.b` and `index .path.segments 1` name a parameter; other expressions of Go's language are not worked out. */
function fieldOf(expression: string): string | undefined {
	const [, path] = /^\.([\w.-]+)$/.exec(expression) ?? [];
	const [, list, index] = /^index\s+\.([\w.-]+)\s+(\d+)$/.exec(expression) ?? [];
	return path ?? (list === undefined ? undefined : `${list}[${index}]`);
}
