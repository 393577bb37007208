import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import type { Accumulated } from "./build.ts";
import { hashed } from "./hash.ts";
import { inOrder } from "./order.ts";
import type { Problem } from "./problem.ts";
import { withReferences } from "./references.ts";
import { type Resource, textAt } from "./resource.ts";
import { changed, textNode } from "./tree.ts";
import { resolved } from "./variables.ts";

/** What is done once for the whole: hashes of generated names, references to names that changed, variables, local objects left out, the order. */
export function finished(
	{ resources, config, variables }: Accumulated,
	spec: MapNode | undefined,
	problems: Problem[],
): readonly Resource[] {
	const named = withReferences(resources.map(hashed), config.nameReference, problems);
	const whole = resolved(named, variables, config.varReference, problems);
	return inOrder(whole.filter(isDeployed).map(withPlainAnnotations), entryOf(spec, "sortOptions")?.value);
}

/** An annotation keeps an object out of the cluster. */
function isDeployed({ root }: Resource): boolean {
	const local = textAt(root, "metadata", "annotations", "config.kubernetes.io/local-config");
	return local === "" || local === "false";
}

/** kustomize keeps notes in annotations and writes them anew without: then all are texts, and no empty map stays. */
function withPlainAnnotations(resource: Resource): Resource {
	const root = changed(resource.root, "metadata", (metadata) =>
		metadata.kind === "map" ? changed(metadata, "annotations", asTexts) : metadata,
	);
	return root === resource.root ? resource : { ...resource, root };
}

function asTexts(annotations: Node): Node | undefined {
	if (annotations.kind !== "map" || annotations.entries.length === 0) return undefined;
	const entries = annotations.entries.map((each) => {
		if (each.value.kind === "scalar" && typeof each.value.value === "string") return each;
		return { ...each, value: textNode(each.value, each.value.kind === "scalar" ? each.value.text : "", each.value.via) };
	});
	return entries.every((each, index) => each === annotations.entries[index]) ? annotations : { ...annotations, entries };
}
