import { entryOf, type MapNode } from "../../yaml/nodes.ts";
import type { Accumulated } from "./build.ts";
import { hashed } from "./hash.ts";
import { inOrder } from "./order.ts";
import type { Problem } from "./problem.ts";
import { withReferences } from "./references.ts";
import { type Resource, textAt } from "./resource.ts";
import { resolved } from "./variables.ts";

/** What is done once for the whole: hashes of generated names, references to names that changed, variables, local objects left out, the order. */
export function finished(
	{ resources, config, variables }: Accumulated,
	spec: MapNode | undefined,
	problems: Problem[],
): readonly Resource[] {
	const named = withReferences(resources.map(hashed), config.nameReference, problems);
	const whole = resolved(named, variables, config.varReference, problems);
	return inOrder(whole.filter(isDeployed), entryOf(spec, "sortOptions")?.value);
}

/** An annotation keeps an object out of the cluster. */
function isDeployed({ root }: Resource): boolean {
	const local = textAt(root, "metadata", "annotations", "config.kubernetes.io/local-config");
	return local === "" || local === "false";
}
