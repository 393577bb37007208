import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";

/**
 * Whether what a workload does not say is not said anywhere: it is no patch, which names a container without its image, and
 * nothing adds to it before it is deployed.
 */
export function isWrittenOut({ template }: Workload, unit: Unit): boolean {
	const { containers } = template;
	return !unit.addedTo && containers.length > 0 && containers.every(({ image }) => image !== undefined && image.state !== "unset");
}
