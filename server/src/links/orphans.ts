import { isWorkload } from "../model/manifest.ts";
import { nameOf, sameNamespace } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";

/**
 * Pods and other workloads that a controller made which is not in the unit, as `kubectl get pods` prints them: they stand for
 * themselves. `accept` takes those that are looked for.
 */
export function orphans(unit: Unit, accept: (workload: Workload) => boolean): readonly Workload[] {
	return unit.find(CONTROLLED, "", (workload) => accept(workload) && !isBesideController(unit, workload));
}

const CONTROLLED = objectIndex((object) => (isWorkload(object) && object.metadata.controller ? [["", object]] : []));
const BY_NAME = objectIndex((object) => (isWorkload(object) ? [[nameOf(object) ?? "", object]] : []));

/** Its controller, or that one's: a ReplicaSet is named after its Deployment, a Job after its CronJob. */
function isBesideController(unit: Unit, workload: Workload): boolean {
	const { kind = "", name = "" } = workload.metadata.controller ?? {};
	if (name === "") return true;
	const isMaker = (other: Workload) => other !== workload && sameNamespace(other, workload) !== "no" && sees(unit, workload, other);
	if (unit.find(BY_NAME, name).some((other) => other.kind === kind && isMaker(other))) return true;
	const [, first] = /^(.+)-[^-]+$/.exec(name) ?? [];
	return first !== undefined && unit.find(BY_NAME, first).some((other) => other.kind !== "Pod" && isMaker(other));
}
