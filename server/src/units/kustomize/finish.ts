import { entryOf, type MapNode, type Node, valueAt } from "../../yaml/nodes.ts";
import type { Accumulated } from "./build.ts";
import { atField } from "./fieldSpec.ts";
import { hashed } from "./hash.ts";
import { inOrder } from "./order.ts";
import { metadataAsked, withOrigin } from "./origins.ts";
import type { Problem } from "./problem.ts";
import { withReferences } from "./references.ts";
import { idOf, keyOf, label, type Resource, textAt } from "./resource.ts";
import { asTexts, changed, textNode, withValue } from "./tree.ts";
import { resolved } from "./variables.ts";

/** What is done once for the whole, which stands in `folder`: hashes of generated names, references to names that changed, variables, local objects left out, the order. */
export function finished(
	{ resources, config, variables }: Accumulated,
	spec: MapNode | undefined,
	folder: string,
	problems: Problem[],
): readonly Resource[] {
	const named = withReferences(resources.map(hashed), config.nameReference, problems);
	const whole = resolved(named, variables, config.varReference, problems);
	noteRepeats(whole, problems);
	const managed = metadataAsked(spec, "managedByLabel");
	const labelled = managed ? whole.map((resource) => withManager(resource, managed)) : whole;
	const noted = labelled.map((resource) => withOrigin(resource, spec, folder));
	return inOrder(noted.filter(isDeployed).map(withPlainAnnotations), entryOf(spec, "sortOptions")?.value);
}

/** Two objects of one name are refused at the end, too. */
function noteRepeats(resources: readonly Resource[], problems: Problem[]): void {
	const known = new Set<string>();
	for (const resource of resources) {
		const id = idOf(resource);
		if (known.has(keyOf(id))) {
			const at = valueAt(resource.root, "metadata", "name");
			problems.push({ kind: "same-object", message: `${label(id)} is there twice in the end`, uri: resource.uri, at });
		}
		known.add(keyOf(id));
	}
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

const MANAGER = "app.kubernetes.io/managed-by";

/** A label says which kustomize built it, which is not known here. */
function withManager(resource: Resource, at: Node): Resource {
	const label = (node: Node) => (node.kind === "map" ? withValue(node, MANAGER, textNode(at, "kustomize"), textNode(at, MANAGER)) : node);
	const root = atField(resource.root, { path: ["metadata", "labels"], create: true }, label, { kind: "map", at });
	return { ...resource, root, unknown: [...resource.unknown, "/metadata/labels/app.kubernetes.io~1managed-by"] };
}
