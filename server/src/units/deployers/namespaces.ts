import { entryOf, type MapNode, type ScalarNode } from "../../yaml/nodes.ts";
import { idOf, textAt, withMetadata } from "../kustomize/resource.ts";
import { isClusterScoped } from "../kustomize/scope.ts";
import { textNode } from "../kustomize/tree.ts";
import type { RenderedObject } from "../rendered.ts";

/** Objects of which those that name no namespace stand in the one that a tool deploys them to. */
export function inNamespace(objects: readonly RenderedObject[], namespace: ScalarNode | undefined): readonly RenderedObject[] {
	if (!namespace || namespace.text === "") return objects;
	return objects.map((object) => {
		const root = placed(object.root, namespace);
		return root === object.root ? object : { ...object, root };
	});
}

/** The same for a namespace that no manifest says: it stands at the metadata of each object. */
export function inNamedNamespace(objects: readonly RenderedObject[], namespace: string): readonly RenderedObject[] {
	return objects.flatMap((object) => {
		const key = entryOf(object.root, "metadata")?.key;
		return key ? inNamespace([object], textNode(key, namespace)) : [object];
	});
}

function placed(root: MapNode, namespace: ScalarNode): MapNode {
	if (entryOf(root, "metadata")?.value.kind !== "map" || textAt(root, "metadata", "namespace") !== "" || hasNone(root)) return root;
	return withMetadata(root, "namespace", textNode(namespace, namespace.text, namespace.via));
}

/** Custom resources of a whole cluster are nearly always called so. */
const OF_A_CLUSTER = /^(Cluster[A-Z].*|GatewayClass)$/;

function hasNone(root: MapNode): boolean {
	const id = idOf({ root });
	return isClusterScoped(id) || isClusterScoped({ ...id, version: "v1" }) || OF_A_CLUSTER.test(id.kind);
}
