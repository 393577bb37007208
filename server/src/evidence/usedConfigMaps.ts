import type { Workload } from "../model/workload.ts";
import { type Node, valueAt } from "../yaml/nodes.ts";

/** The names of the ConfigMaps that a workload's Pods mount, or take variables from. */
export function configMapsOf({ template }: Workload): ReadonlySet<string> {
	const volumes = items(valueAt(template.spec, "volumes"));
	const projected = volumes.flatMap((volume) => items(valueAt(volume, "projected", "sources")));
	const containers = [...template.initContainers, ...template.containers];
	const nodes = [
		...[...volumes, ...projected].map((volume) => valueAt(volume, "configMap", "name")),
		...containers.flatMap(({ envFrom }) => items(envFrom).map((source) => valueAt(source, "configMapRef", "name"))),
		...containers.flatMap(({ env }) => env.map(({ valueFrom }) => valueAt(valueFrom, "configMapKeyRef", "name"))),
	];
	return new Set(nodes.flatMap((node) => (node?.kind === "scalar" ? [node.text] : [])));
}

function items(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}
