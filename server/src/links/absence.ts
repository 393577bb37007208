import { isWorkload, type Manifest } from "../model/manifest.ts";
import { type KubeObject, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Gap, Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import { effectiveSelector, linksOf, selects } from "./links.ts";

/**
 * Whether workloads may be deployed with a unit that are not in it: a file that could not be read, a template, a document that
 * is broken and may hold one. Then nothing can be said about Pods that are not there.
 */
export function mayLackWorkloads(unit: Unit): boolean {
	if (unit.complete) return false;
	const manifests = new Map(unit.manifests.map((manifest) => [manifest.source, manifest]));
	return unit.gaps.some((gap) => !isHarmless(gap, gap.at && manifests.get(gap.at.source)));
}

const NO_WORKLOADS: ReadonlySet<string> = new Set([
	"ConfigMap",
	"EndpointSlice",
	"Endpoints",
	"Ingress",
	"Namespace",
	"NetworkPolicy",
	"Node",
	"PersistentVolume",
	"PersistentVolumeClaim",
	"Secret",
	"Service",
	"ServiceAccount",
	"StorageClass",
]);

/** A broken document of a kind that makes no Pods. */
function isHarmless(gap: Gap, manifest: Manifest | undefined): boolean {
	if (!gap.at || !manifest) return false;
	const kind = valueAt(manifest.parsed?.root, "kind");
	return kind?.kind === "scalar" && NO_WORKLOADS.has(kind.text) && !manifest.objects.some(isWorkload);
}

/** Whether workloads of other units may be what a Service selects. */
export function mayMatchIn(units: readonly Unit[], service: Service): boolean {
	const selector = effectiveSelector(service);
	if (!selector) return false;
	const sameSpace = (workload: KubeObject) => sameNamespace(service, workload) !== "no";
	return units.some((unit) => linksOf(unit).workloads.some((workload) => sameSpace(workload) && selects(selector, workload) !== "no"));
}
