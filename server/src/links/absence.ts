import { isService, isWorkload, type Manifest } from "../model/manifest.ts";
import { sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Finder, Index } from "../units/indexes.ts";
import type { Piece } from "../units/piece.ts";
import type { Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import { candidates, effectiveSelector, selects } from "./links.ts";

/** The same for all pieces that may be or hold workloads that are not read, so that one that changes is none that comes or goes. */
const LACKING: Index<true> = { entries: (piece) => (piece.gap && !isHarmless(piece) ? [["", true]] : []) };

/**
 * Whether workloads may be deployed with a unit that are not in it: a file that could not be read, a template, a document that
 * is broken and may hold one. Then nothing can be said about Pods that are not there.
 */
export function mayLackWorkloads(unit: Unit): boolean {
	return unit.find(LACKING, "").length > 0;
}

const WITHOUT_SERVICES: Index<true> = { entries: (piece) => (piece.gap && !isHarmlessToServices(piece) ? [["", true]] : []) };

/** The same for Services. */
export function mayLackServices(unit: Unit): boolean {
	return unit.find(WITHOUT_SERVICES, "").length > 0;
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
function isHarmless({ manifest }: Piece): boolean {
	return manifest !== undefined && NO_WORKLOADS.has(kindOf(manifest)) && !manifest.objects.some(isWorkload);
}

/** A broken document of a kind of Kubernetes' own that is no Service. */
function isHarmlessToServices({ manifest }: Piece): boolean {
	if (!manifest || manifest.objects.some(isService)) return false;
	const kind = kindOf(manifest);
	return kind !== "Service" && (NO_WORKLOADS.has(kind) || manifest.objects.some((object) => isWorkload(object) && !object.custom));
}

function kindOf({ parsed }: Manifest): string {
	const kind = valueAt(parsed?.root, "kind");
	return kind?.kind === "scalar" ? kind.text : "";
}

/** Whether workloads of other units may be what a Service selects. */
export function mayMatchIn(near: Finder, service: Service): boolean {
	const selector = effectiveSelector(service);
	const mayMatch = (workload: Workload) =>
		selector !== undefined && sameNamespace(service, workload) !== "no" && selects(selector, workload) !== "no";
	return candidates(near, selector, mayMatch).length > 0;
}
