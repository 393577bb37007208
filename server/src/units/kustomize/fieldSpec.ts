import type { Place } from "../../text/source.ts";
import { entryOf, isNull, type MapNode, type Node } from "../../yaml/nodes.ts";
import { Refusal } from "./problem.ts";
import { idOf, isOfKind, type Kinds } from "./resource.ts";
import { changedItems, mapNode, scalarNode, textNode, withValue } from "./tree.ts";

/** A place in objects of a kind. Lists on the way mean all of their items. */
export interface FieldSpec extends Kinds {
	readonly path: readonly string[];
	/** What is missing on the way is made. */
	readonly create: boolean;
}

/** What is made where nothing is. */
export interface Creation {
	readonly kind: "map" | "scalar";
	/** What asks for it. */
	readonly at: Place;
}

/** The parts of a path; a slash behind a backslash belongs to its part. Source: PathSplitter() of kyaml. */
export function pathOf(text: string, separator = "/"): readonly string[] {
	const parts = text.split(separator);
	const joined: string[] = [];
	for (const part of parts) {
		const last = joined.at(-1);
		if (last?.endsWith("\\")) joined[joined.length - 1] = last.slice(0, -1) + separator + part;
		else joined.push(part);
	}
	return joined[0] === "" ? joined.slice(1) : joined;
}

/** The object with what stands at a place changed; the same object where nothing changes. Source: the fieldspec filter of kustomize. */
export function atField(root: MapNode, spec: FieldSpec, set: (node: Node) => Node, creation?: Creation): MapNode {
	if (!isOfKind(idOf({ root }), spec)) return root;
	return below(root, spec.path, 0, set, spec.create ? creation : undefined) as MapNode;
}

function below(node: Node, path: readonly string[], index: number, set: (node: Node) => Node, creation: Creation | undefined): Node {
	const part = path[index];
	if (part === undefined) return set(node);
	if (isNull(node)) return node;
	if (node.kind === "seq") return changedItems(node, (item) => below(item, path, index, set, creation));
	if (node.kind === "scalar") throw new Refusal("invalid", `${node.text} stands where ${path.slice(index).join(".")} is looked for`, node);
	const isList = part.endsWith("[]");
	const name = isList ? part.slice(0, -2) : part;
	const made = isList ? undefined : creation;
	const found = entryOf(node, name);
	if (!found && !made) return node;
	const isLast = index === path.length - 1;
	const old = found && !(isNull(found.value) && made) ? found.value : made && empty(isLast ? made.kind : "map", made.at);
	if (!old) return node;
	const value = below(old, path, index + 1, set, creation);
	if (found && value === found.value) return node;
	return withValue(node, name, value, found?.key ?? textNode(made?.at ?? node, name));
}

function empty(kind: Creation["kind"], at: Place): Node {
	return kind === "map" ? mapNode(at) : scalarNode(at, null, "");
}
