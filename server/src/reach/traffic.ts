import type { Cluster } from "../settings/settings.ts";
import type { ClientAddress, From, WhichNode } from "./path.ts";

export type Policy = "Cluster" | "Local";

/** What becomes of a connection to a Service, apart from where its Pods are. */
export interface Outcome {
	readonly node: WhichNode | null;
	readonly client: string | null;
	readonly verdict: "arrives" | "dropped";
	readonly clientAddress: ClientAddress | null;
}

export type ProxiedBy = "clusterIP" | "nodePort" | "loadBalancer" | "externalIP";

/** One outcome for each kind of client and node that it differs for; none where that client cannot use the address at all. */
export function outcomesOf({ podCIDR, proxy }: Cluster, by: ProxiedBy, policy: Policy, from: From): readonly Outcome[] {
	const known = TABLE[`${by} ${policy}`][from];
	const detects = podCIDR === undefined || podCIDR.length > 0;
	if (by !== "clusterIP") return detects || policy === "Cluster" || from !== "pod" ? known : UNDETECTED[by];
	const all = proxy.masqueradeAll ? "replaced" : detects ? undefined : "kept";
	return all === undefined ? known : known.map((outcome) => (outcome.verdict === "arrives" ? { ...outcome, clientAddress: all } : outcome));
}

function arrives(clientAddress: ClientAddress, node: WhichNode | null = null, client: string | null = null): Outcome {
	return { node, client, verdict: "arrives", clientAddress };
}

function dropped(node: WhichNode | null, client: string | null = null): Outcome {
	return { node, client, verdict: "dropped", clientAddress: null };
}

const ANY_NODE = [arrives("replaced", "any")];
const REPLACED = [arrives("replaced")];
const KEPT = [arrives("kept")];

function onNodes(clientAddress: ClientAddress): readonly Outcome[] {
	return [arrives(clientAddress, null, "on a node with a Pod"), dropped(null, "on a node without a Pod")];
}

/**
 * What kube-proxy does with connections to a Service that has Pods, for the policy that concerns the address: internal for
 * cluster IPs, external for the others. Source: kube-proxy's TestInternalExternalMasquerade; with a local-traffic detector
 * and without masqueradeAll, as clusters come. masqueradeAll concerns cluster IPs only; without a detector nothing is masqueraded on
 * the way to one.
 *
 * - A Pod's connection to a cluster IP keeps its address, a node's is masqueraded (it is not in the Pod network).
 * - Under Cluster every connection to a node port, load balancer or external IP is masqueraded, whoever opens it.
 * - Under Local a node hands out its own Pods only and drops where it has none. But a client's own node sees a local packet
 *   leave and lets it go to every Pod: a Pod's unchanged, a node's masqueraded. To another node's address the packet arrives
 *   like one from outside; a Pod's then usually carries its node's address already, which the network plugin put there.
 * - A load balancer sends to nodes with a Pod only, for the others fail its health check.
 */
const TABLE: Readonly<Record<`${ProxiedBy} ${Policy}`, Readonly<Record<From, readonly Outcome[]>>>> = {
	"clusterIP Cluster": { outside: [], node: REPLACED, pod: KEPT },
	"clusterIP Local": { outside: [], node: onNodes("replaced"), pod: onNodes("kept") },
	"nodePort Cluster": { outside: ANY_NODE, node: ANY_NODE, pod: ANY_NODE },
	"nodePort Local": {
		outside: [arrives("kept", "with-pod"), dropped("without-pod")],
		node: [arrives("replaced", "own"), arrives("kept", "with-pod"), dropped("without-pod")],
		pod: [arrives("kept", "own"), arrives("replaced", "with-pod"), dropped("without-pod")],
	},
	"loadBalancer Cluster": { outside: REPLACED, node: REPLACED, pod: REPLACED },
	"loadBalancer Local": { outside: KEPT, node: REPLACED, pod: KEPT },
	"externalIP Cluster": { outside: REPLACED, node: REPLACED, pod: REPLACED },
	"externalIP Local": {
		outside: [arrives("kept", null, "routed to a node with a Pod"), dropped(null, "routed to a node without a Pod")],
		node: REPLACED,
		pod: KEPT,
	},
};

/** Under Local, kube-proxy without a detector takes a Pod's connections for ones from outside, on the Pod's own node, too. */
const UNDETECTED: Readonly<Record<Exclude<ProxiedBy, "clusterIP">, readonly Outcome[]>> = {
	nodePort: [
		arrives("kept", "own", "on a node with a Pod"),
		dropped("own", "on a node without a Pod"),
		arrives("replaced", "with-pod"),
		dropped("without-pod"),
	],
	loadBalancer: onNodes("kept"),
	externalIP: onNodes("kept"),
};
