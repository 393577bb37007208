import type { Workload } from "../model/workload.ts";
import { KUSTOMIZED } from "../units/content.ts";
import type { Unit } from "../units/unit.ts";

/**
 * Whether what a workload does not say is not said anywhere: it is no patch, which names a container without its image, and
 * nothing adds to it before it is deployed.
 */
export function isWrittenOut({ template }: Workload, unit: Unit): boolean {
	const { containers } = template;
	return !isAddedTo(unit) && containers.length > 0 && containers.every(({ image }) => image !== undefined && image.state !== "unset");
}

/** Whether something that is not known may add to the objects of a unit: they may be patches that their kustomization does not name any more. */
export function isAddedTo(unit: Unit): boolean {
	return unit.patched || (!unit.complete && unit.gaps.some(({ reason }) => reason === KUSTOMIZED));
}
