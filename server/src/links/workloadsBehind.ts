import { nameOf, sameNamespace } from "../model/object.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { type Selection, sameIdentity } from "./links.ts";

/**
 * The workloads that answer for a Service, each with its versions in alternative files. Those that run to completion count only
 * where there are no others: a Job that happens to share the labels is not what a Service is for.
 */
export function workloadsBehind(selection: Selection): readonly (readonly Workload[])[] {
	const lasting = selection.workloads.filter((workload) => !runsToCompletion(workload));
	const groups: Workload[][] = [];
	const byName = new Map<string | undefined, Workload[][]>();
	for (const workload of lasting.length > 0 ? lasting : selection.workloads) {
		const alike = byName.get(nameOf(workload)) ?? [];
		const group = alike.find(([first]) => first && sameIdentity(first, workload) && sameNamespace(first, workload) === "yes");
		if (group) {
			group.push(workload);
			continue;
		}
		const own = [workload];
		groups.push(own);
		alike.push(own);
		byName.set(nameOf(workload), alike);
	}
	return groups;
}
