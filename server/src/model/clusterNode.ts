import { entryOf, type Node, valueAt } from "../yaml/nodes.ts";
import type { KubeObject } from "./object.ts";

/** A machine of the cluster: a Node object, with the addresses that its status names. */
export interface ClusterNode extends KubeObject {
	readonly kind: "Node";
	/** InternalIP and ExternalIP addresses, in the order written. */
	readonly addresses: readonly string[];
	/** Those of them that are of type InternalIP. */
	readonly internal: readonly string[];
}

export function readClusterNode(object: KubeObject): ClusterNode {
	const list = valueAt(object.root, "status", "addresses");
	const items = list?.kind === "seq" ? list.items : [];
	const ofType = (type: RegExp) => items.flatMap((item) => (type.test(textOf(item, "type")) ? [textOf(item, "address")] : []));
	return { ...object, kind: "Node", addresses: ofType(/^(InternalIP|ExternalIP)$/), internal: ofType(/^InternalIP$/) };
}

function textOf(node: Node, name: string): string {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" ? value.text : "";
}
