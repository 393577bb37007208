import type { Node, ScalarNode } from "../../yaml/nodes.ts";
import { atField, type FieldSpec } from "./fieldSpec.ts";
import { isOfKind, originalId, type Resource, remembered } from "./resource.ts";
import { scalarNode, viaAt } from "./tree.ts";

/** Kinds whose names mean something to Kubernetes. */
const SKIPPED = [{ kind: "CustomResourceDefinition" }, { group: "apiregistration.k8s.io", kind: "APIService" }, { kind: "Namespace" }];

/** Puts a prefix or a suffix to names. The name stays where it is written: there is what a person would change. */
export function renamed(
	resources: readonly Resource[],
	text: ScalarNode,
	where: "prefix" | "suffix",
	specs: readonly FieldSpec[],
): readonly Resource[] {
	const set = (node: Node): Node => {
		const old = node.kind === "scalar" ? node.text : "";
		const name = where === "prefix" ? text.text + old : old + text.text;
		return { ...scalarNode(node, name, name), via: [viaAt(text, "kustomization"), ...(node.via ?? [])] };
	};
	return resources.map((resource) => {
		const first = originalId(resource);
		if (SKIPPED.some((kinds) => isOfKind(first, kinds))) return resource;
		return specs.reduce((each, spec) => {
			if (!isOfKind(originalId(each), spec)) return each;
			const isName = spec.path.join("/") === "metadata/name";
			const noted = isName ? withContext(remembered(each), text.text, where) : each;
			return { ...noted, root: atField(noted.root, spec, set, { kind: "scalar", at: text }) };
		}, resource);
	});
}

function withContext(resource: Resource, text: string, where: "prefix" | "suffix"): Resource {
	const parts = text.split(",");
	return where === "prefix"
		? { ...resource, prefixes: [...resource.prefixes, ...parts] }
		: { ...resource, suffixes: [...resource.suffixes, ...parts] };
}

/** Whether objects got the same prefixes and suffixes last; with `loosely` also where one of them has none. */
export function inSameContext(a: Resource, b: Resource, loosely: boolean): boolean {
	const same = (mine: readonly string[], theirs: readonly string[]) =>
		(loosely && (mine.length === 0 || theirs.length === 0)) || endsAlike(mine, theirs);
	return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes);
}

function endsAlike(a: readonly string[], b: readonly string[]): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (short.length === 0) return long.length === 0;
	return short.every((each, index) => each === long[long.length - short.length + index]);
}
