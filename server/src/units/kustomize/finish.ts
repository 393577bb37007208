import type { Accumulated } from "./build.ts";
import type { Problem } from "./problem.ts";
import type { Resource } from "./resource.ts";

/** What is done once for the whole: hashes of generated names, references to names that changed, variables, local objects left out. */
export function finished({ resources }: Accumulated, _problems: Problem[]): readonly Resource[] {
	return resources;
}
