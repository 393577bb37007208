import { entryOf, isNull, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { type Build, problemOf } from "./build.ts";
import { atField, type Creation, type FieldSpec } from "./fieldSpec.ts";
import { Refusal } from "./problem.ts";
import { idOf, keyOf, label, type Resource, remembered } from "./resource.ts";
import { isClusterScoped } from "./scope.ts";
import { changed, changedItems, textNode, viaOf, withValue } from "./tree.ts";

/** How a namespace is set. */
export interface NamespaceOptions {
	/** Where it is written. */
	readonly namespace: ScalarNode;
	readonly specs: readonly FieldSpec[];
	/** Only where none is. */
	readonly unsetOnly: boolean;
	/** Which subjects of role bindings get it: those called default, all service accounts, or none. */
	readonly subjects: "defaultOnly" | "allServiceAccounts" | "none";
}

const METADATA: FieldSpec = { path: ["metadata", "namespace"], create: true };
const BINDING = /^(Cluster)?RoleBinding$/;

/** Sets the namespace of what has one, also where another is written. Source: the namespace filter of kustomize. */
export function namespaced(build: Build, resources: readonly Resource[], options: NamespaceOptions): readonly Resource[] {
	const result = resources.map((resource) =>
		resource.fromHelm ? resource : { ...remembered(resource), root: inNamespace(resource.root, options) },
	);
	const seen = new Set<string>();
	for (const id of result.map(idOf)) {
		if (seen.has(keyOf(id))) {
			const message = `In namespace ${id.namespace} there would be two of ${label(id)}`;
			build.problems.push(problemOf(new Refusal("same-object", message, options.namespace), build.uri));
		}
		seen.add(keyOf(id));
	}
	return result;
}

function inNamespace(root: MapNode, { namespace, specs, unsetOnly, subjects }: NamespaceOptions): MapNode {
	const id = idOf({ root });
	const set = (node: Node) => (unsetOnly && node.kind === "scalar" && node.text !== "" ? node : valueFrom(namespace, node));
	const creation: Creation = { kind: "scalar", at: namespace };
	const isBinding = BINDING.test(id.kind);
	let result = isClusterScoped(id) ? root : atField(root, METADATA, set, creation);
	if (isBinding) result = changed(result, "subjects", (list) => inSubjects(list, subjects, namespace, set));
	for (const spec of specs) {
		const path = spec.path.join("/");
		if (path === "metadata/namespace" || (path === "metadata/name" && (id.group !== "" || id.version !== "v1"))) continue;
		if (isBinding && BINDING.test(spec.kind ?? "") && path === "subjects/namespace") continue;
		result = atField(result, spec, set, creation);
	}
	return result;
}

/** A text of a kustomization in the place of a value. */
function valueFrom(text: ScalarNode, node: Node): Node {
	return textNode(text, text.text, isNull(node) || node.source === text.source ? [] : viaOf(node, "base"));
}

function inSubjects(list: Node, which: NamespaceOptions["subjects"], namespace: ScalarNode, set: (node: Node) => Node): Node {
	if (which === "none" || isNull(list)) return list;
	if (list.kind !== "seq") throw new Refusal("invalid", "The subjects of a role binding are a list", list);
	const [field, value] = which === "defaultOnly" ? ["name", "default"] : ["kind", "ServiceAccount"];
	return changedItems(list, (subject) => {
		const found = entryOf(subject, field)?.value;
		if (subject.kind !== "map" && !isNull(subject)) throw new Refusal("invalid", "A subject of a role binding is a map", subject);
		if (subject.kind !== "map" || found?.kind !== "scalar" || found.text !== value) return subject;
		const old = entryOf(subject, "namespace");
		return withValue(subject, "namespace", set(old?.value ?? textNode(namespace, "")), old?.key ?? textNode(namespace, "namespace"));
	});
}
