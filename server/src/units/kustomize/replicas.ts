import { entryOf, type Node } from "../../yaml/nodes.ts";
import type { Build, Transformer } from "./build.ts";
import type { Config } from "./config.ts";
import { atField, type FieldSpec } from "./fieldSpec.ts";
import { Refusal } from "./problem.ts";
import { allIds, idOf, isOfKind, type Resource } from "./resource.ts";
import { itemsAt, textIn } from "./shape.ts";
import { scalarNode, viaOf } from "./tree.ts";

export function replicasOf(build: Build, config: Config): readonly Transformer[] {
	return itemsAt(build.spec, "replicas").map(
		(item): Transformer =>
			(resources) =>
				withReplicas(resources, item, config.replicas),
	);
}

/** Sets how many there are of the workloads of a name, one that they have or had. That there is none is refused. */
export function withReplicas(resources: readonly Resource[], item: Node, specs: readonly FieldSpec[]): readonly Resource[] {
	const name = textIn(item, "name");
	const count = entryOf(item, "count")?.value;
	const written = count?.kind === "scalar" && typeof count.value === "number" ? count.value : 0;
	let found = false;
	// A number that is written in quotes stays text.
	const set = (node: Node): Node => {
		const value = node.kind === "scalar" && node.style !== "plain" ? String(written) : written;
		return scalarNode(count ?? item, value, String(written), node.kind === "scalar" && node.text === "" ? [] : viaOf(node, "base"));
	};
	const result = resources.map((resource) => {
		let { root } = resource;
		for (const spec of specs) {
			if (!allIds(resource).some((id) => id.name === name && isOfKind(id, spec))) continue;
			found = true;
			root = atField(root, spec, set, { kind: "scalar", at: count ?? item });
		}
		return root === resource.root ? resource : { ...resource, root };
	});
	if (found) return result;
	const known = resources.map(idOf).filter((id) => specs.some((spec) => isOfKind(id, spec)));
	throw new Refusal("no-target", `There is no workload ${name} whose replicas could be set`, entryOf(item, "name")?.value ?? item, {
		name,
		known: known.map((id) => id.name),
	});
}
