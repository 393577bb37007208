import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";

/**
 * Whether what a workload does not say is not said anywhere: it is no patch, which names a container without its image, and
 * nothing is known to add to it before it is deployed.
 */
export function isWrittenOut({ template }: Workload, unit: Unit): boolean {
	const { containers } = template;
	if (unit.patched || (unit.kind === "kustomize" && !unit.complete) || containers.length === 0) return false;
	return containers.every(({ image }) => image !== undefined && image.state !== "unset");
}
