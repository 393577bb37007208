import { given } from "../model/field.ts";
import { describe } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { type Node, valueAt } from "../yaml/nodes.ts";

const BY_REPLICAS: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "StatefulSet", "ReplicationController"]);

/**
 * How many Pods a workload asks for; `undefined` where the cluster decides (a DaemonSet, a CronJob) or it cannot be told.
 * Absent replicas and parallelism are 1 (SetDefaults_Deployment and its like).
 */
export function podCount(workload: Workload): number | undefined {
	if (workload.kind === "Pod") return 1;
	if (workload.kind === "Job") return numberAt(workload, "parallelism");
	if (workload.custom) return workload.replicas?.value;
	return BY_REPLICAS.has(workload.kind) ? numberAt(workload, "replicas") : undefined;
}

function numberAt(workload: Workload, name: string): number | undefined {
	const node = valueAt(workload.spec, name);
	if (node === undefined || (node.kind === "scalar" && node.value === null)) return 1;
	return node.kind === "scalar" && typeof node.value === "number" && Number.isInteger(node.value) ? node.value : undefined;
}

/**
 * Why a Pod takes no connections, by what the cluster said of it: it has ended, or is not ready. Source: podEndpointsChanged and
 * ShouldPodBeInEndpoints of k8s.io/endpointslice.
 */
export function idleWords(workload: Workload, publishNotReady: boolean): string | undefined {
	if (workload.kind !== "Pod") return undefined;
	const phase = valueAt(workload.root, "status", "phase");
	if (phase?.kind === "scalar" && (phase.value === "Succeeded" || phase.value === "Failed")) return `${describe(workload)} has ended`;
	const list = valueAt(workload.root, "status", "conditions");
	const ready = list?.kind === "seq" ? list.items.find((item) => isScalar(valueAt(item, "type"), "Ready")) : undefined;
	return !publishNotReady && ready && isScalar(valueAt(ready, "status"), "False") ? `${describe(workload)} is not ready` : undefined;
}

function isScalar(node: Node | undefined, text: string): boolean {
	return node?.kind === "scalar" && node.value === text;
}

/** More Pods than this are not named one by one. */
const MOST_NAMES = 32;

/**
 * The host names that a workload's Pods have below a headless Service: those of a StatefulSet by its `serviceName`, else
 * `hostname` where `subdomain` names the Service. Source: ShouldSetHostname of k8s.io/endpointslice/util.
 */
export function podHostnames(workload: Workload, service: string): readonly string[] {
	const { subdomain, hostname } = workload.template;
	if (workload.kind !== "StatefulSet") {
		const name = given(hostname);
		return name !== undefined && subdomain?.value === service ? [name] : [];
	}
	const name = workload.metadata.name?.value;
	const named = valueAt(workload.spec, "serviceName");
	if (name === undefined || named?.kind !== "scalar" || named.value !== service) return [];
	const first = valueAt(workload.spec, "ordinals", "start");
	const start = first?.kind === "scalar" && typeof first.value === "number" ? first.value : 0;
	const count = podCount(workload);
	if (count === undefined) return [`${name}-<ordinal>`];
	if (count > MOST_NAMES) return [`${name}-<${start}..${start + count - 1}>`];
	return Array.from({ length: Math.max(0, count) }, (_, index) => `${name}-${start + index}`);
}
