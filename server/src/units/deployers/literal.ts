import { entryOf, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";

/** The characters of a text that is what it looks like: nothing is filled in before it is used. */
export function literalAt(node: Node | undefined, ...path: readonly string[]): string | undefined {
	return scalarAt(node, ...path)?.text;
}

/** A scalar that is what it looks like, and not null. */
export function scalarAt(node: Node | undefined, ...path: readonly string[]): ScalarNode | undefined {
	const found = path.length === 0 ? node : valueAt(node, ...path);
	return found?.kind === "scalar" && found.value !== null && isLiteral(found.text) ? found : undefined;
}

/** Whether a text has nothing in it that is filled in: by a template, by Argo CD or Flux, by a shell. */
export function isLiteral(text: string): boolean {
	return !/\{\{|\$\{|\$\(|\$ARGOCD_/.test(text);
}

/** The first scalar below a node that is not what it looks like. */
export function placeholderIn(node: Node | undefined): ScalarNode | undefined {
	if (!node) return undefined;
	if (node.kind === "scalar") return isLiteral(node.text) ? undefined : node;
	for (const each of node.kind === "seq" ? node.items : node.entries.map(({ value }) => value)) {
		const found = placeholderIn(each);
		if (found) return found;
	}
	return undefined;
}

/** The items of a list; none where there is no list. */
export function listAt(node: Node | undefined, ...path: readonly string[]): readonly Node[] {
	const found = valueAt(node, ...path);
	return found?.kind === "seq" ? found.items : [];
}

export function isTrue(node: Node | undefined, name: string): boolean {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" && value.value === true;
}

/** Whether something is said: no empty map or list, and not null. */
export function isSaid(node: Node | undefined): boolean {
	if (!node) return false;
	return node.kind === "scalar" ? node.value !== null : node.kind === "seq" ? node.items.length > 0 : node.entries.length > 0;
}
