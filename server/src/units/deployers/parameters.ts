import type { ScalarNode } from "../../yaml/nodes.ts";

/** What one Application is made with. */
export interface Parameters {
	/** By their names: `cluster.name`, `path.basename`, `path[1]`. */
	readonly texts: ReadonlyMap<string, ScalarNode>;
	/** The files that they stand in. */
	readonly reads: readonly string[];
}
