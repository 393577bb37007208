import { isSetByController, pairKey } from "../links/links.ts";
import type { Label } from "../model/labels.ts";
import type { NetworkPolicy, PolicyPeer } from "../model/networkPolicy.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { type Policies, policiesOf } from "./policies.ts";
import { type End, isOnHost } from "./policyRules.ts";

/** Policies that let their Pods out to nothing but Pods with labels. */
interface Aims {
	readonly all: ReadonlySet<NetworkPolicy>;
	/** By a pair that these must carry, one for each peer. */
	readonly byPair: ReadonlyMap<string, readonly NetworkPolicy[]>;
}

/**
 * Whether a policy opens nothing to what is dialled, as its peers want labels that this does not have; false where that is to be looked
 * at more closely.
 */
export function aimsElsewhere(unit: Unit, ends: readonly End[]): (policy: NetworkPolicy) => boolean {
	const workloads = ends.flatMap(({ workload }) => workload ?? []);
	if (workloads.length < ends.length || workloads.some(mayCarryAny)) return () => false;
	const { all, byPair } = aimsOf(policiesOf(unit));
	const near = new Set(
		workloads.flatMap(({ template }) => (template.labels?.pairs ?? []).flatMap((pair) => byPair.get(pairKey(pair)) ?? [])),
	);
	return (policy) => all.has(policy) && !near.has(policy);
}

function mayCarryAny(workload: Workload): boolean {
	const { labels } = workload.template;
	const isOpen = workload.broken || workload.custom || labels?.complete === false;
	return isOpen || isOnHost(workload) || labels?.pairs.some(({ value }) => value === undefined) === true;
}

const cache = new WeakMap<Policies, Aims>();

function aimsOf(policies: Policies): Aims {
	let found = cache.get(policies);
	if (!found) {
		const all = new Set<NetworkPolicy>();
		const byPair = new Map<string, NetworkPolicy[]>();
		for (const policy of policies.sound) {
			const aims = policy.rules.egress.flatMap(({ peers }) => (peers.length === 0 ? [undefined] : peers.map(aimOf)));
			if (!policy.closes.egress || aims.includes(undefined)) continue;
			all.add(policy);
			for (const key of new Set(aims.flatMap((pair) => (pair ? [pairKey(pair)] : []))))
				byPair.set(key, [...(byPair.get(key) ?? []), policy]);
		}
		found = { all, byPair };
		cache.set(policies, found);
	}
	return found;
}

/** A pair that Pods must carry to be meant. */
function aimOf({ readable, ipBlock, podSelector }: PolicyPeer): Label | undefined {
	if (!readable || ipBlock) return undefined;
	return podSelector?.labels?.pairs.find(({ name, value }) => value !== undefined && !isSetByController(name));
}
