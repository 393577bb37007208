import { readPlain } from "../../yaml/dialect.ts";
import type { MapNode, Node, ScalarNode, Via } from "../../yaml/nodes.ts";
import { textAt } from "../kustomize/resource.ts";
import { changedEntries, changedItems, viaOf } from "../kustomize/tree.ts";
import type { RenderedObject } from "../rendered.ts";

/** What Flux fills in after a kustomization is built. */
export interface Variables {
	readonly known: ReadonlyMap<string, ScalarNode>;
	/** Others may have a value that nobody can tell from the workspace, so a default need not hold. */
	readonly isOpen: boolean;
}

const DISABLED = "kustomize.toolkit.fluxcd.io/substitute";

/**
 * Objects with variables filled in (`${name}`, `${name:=default}`). What has no value that is known stays as it is written. Source:
 * SubstituteVariables() of fluxcd/pkg/kustomize, which does nothing where no variable has a value.
 */
export function substituted(objects: readonly RenderedObject[], variables: Variables): readonly RenderedObject[] {
	if (variables.known.size === 0) return objects;
	return objects.map((object) => {
		if (["labels", "annotations"].some((field) => textAt(object.root, "metadata", field, DISABLED) === "disabled")) return object;
		const root = inNode(object.root, variables) as MapNode;
		return root === object.root ? object : { ...object, root };
	});
}

function inNode(node: Node, variables: Variables): Node {
	if (node.kind === "scalar") return node.text.includes("${") && typeof node.value === "string" ? inText(node, variables) : node;
	if (node.kind === "seq") return changedItems(node, (item) => inNode(item, variables));
	return changedEntries(node, ({ value }) => inNode(value, variables));
}

/** A text that kustomize writes without quotes is read anew once it is filled in, so that it may become a number. */
function inText(node: ScalarNode, variables: Variables): ScalarNode {
	const used: ScalarNode[] = [];
	const text = filledIn(node.text, variables, used);
	if (text === node.text) return node;
	const isPlain = isWrittenPlain(node.text);
	// What is more than a scalar then cannot be told.
	if (isPlain && !isWrittenPlain(text) && text !== "") return node;
	const [only] = used;
	const at = only && used.length === 1 && /^\$\{\w+\}$/.test(node.text) ? only : node;
	const own: readonly Via[] =
		at === node ? [...used.map((value) => viaOf(value, "value")[0] as Via), ...viaOf(node, "template")] : viaOf(node, "base");
	const { source, start, end } = at;
	const value = isPlain ? readPlain(text) : text;
	return { kind: "scalar", source, start, end, value, text, style: typeof value === "string" ? "double" : "plain", via: own };
}

/** Whether a text needs no quotes. */
function isWrittenPlain(text: string): boolean {
	return /^[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\n#:]|:(?=\S)|(?<=\S)#)*$/.test(text) && !text.endsWith(" ") ? true : /^-?\d[\w.]*$/.test(text);
}

/** `$${name}` is the text `${name}`; functions on values other than defaults are not known here, and stay. */
const VARIABLE = /\$\$\{|\$\{([A-Za-z_]\w*)(?:(:=|:-|=)([^${}]*))?\}/g;

function filledIn(text: string, { known, isOpen }: Variables, used: ScalarNode[]): string {
	return text.replace(VARIABLE, (whole, name: string | undefined, how: string | undefined, otherwise: string | undefined) => {
		const value = name === undefined ? undefined : known.get(name);
		if (name === undefined) return "${";
		if (value && (value.text !== "" || how === undefined)) {
			used.push(value);
			return value.text.replaceAll("\n", "");
		}
		return how !== undefined && !isOpen ? (otherwise ?? "") : whole;
	});
}
