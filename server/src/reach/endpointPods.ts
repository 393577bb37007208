import { isWorkload } from "../model/manifest.ts";
import { qualifiedName } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import type { WrittenEndpoints } from "./endpoints.ts";

/** The workloads of the unit behind what an object lists, and the addresses that are none of theirs. */
export interface Members {
	readonly workloads: readonly Workload[];
	readonly addresses: readonly string[];
}

/** By the Pod that an entry names, else by its address, where Pods of the unit have one. */
export function membersOf(unit: Unit, { members }: WrittenEndpoints): Members {
	const workloads = new Set<Workload>();
	const addresses: string[] = [];
	for (const member of members) {
		const named = member.pod === undefined ? [] : podsNamed(unit, member.pod);
		const found = named.length > 0 ? named : member.addresses.flatMap((address) => unit.find(BY_ADDRESS, address));
		for (const workload of found) workloads.add(workload);
		if (found.length === 0) addresses.push(...member.addresses);
	}
	return { workloads: [...workloads], addresses };
}

/** A Pod of that name, or the StatefulSet whose Pods are called so. */
function podsNamed(unit: Unit, pod: string): readonly Workload[] {
	const [, owner] = /^(.*)-\d+$/.exec(pod) ?? [];
	const found = unit.find(BY_NAME, `Pod ${pod}`);
	return found.length > 0 || owner === undefined ? found : unit.find(BY_NAME, `StatefulSet ${owner}`);
}

const BY_NAME = objectIndex((object) =>
	isWorkload(object) && (object.kind === "Pod" || object.kind === "StatefulSet")
		? [[`${object.kind} ${qualifiedName(object)}`, object]]
		: [],
);

const BY_ADDRESS = objectIndex((object) => (isWorkload(object) ? addressesOf(object).map((address) => [address, object] as const) : []));

/** The addresses of one Pod that runs; a workload's Pods have none that is known. */
export function addressesOf(workload: Workload): readonly string[] {
	if (workload.kind !== "Pod") return [];
	const list = valueAt(workload.root, "status", "podIPs");
	const first = valueAt(workload.root, "status", "podIP");
	const all = list?.kind === "seq" ? list.items.map((item) => valueAt(item, "ip")) : [first];
	return all.flatMap((node) => (node?.kind === "scalar" && node.text !== "" ? [node.text] : []));
}
