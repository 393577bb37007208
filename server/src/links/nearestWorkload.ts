import { type Label, type LabelMap, labelOf } from "../model/labels.ts";
import { isService } from "../model/manifest.ts";
import { type KubeObject, nameOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { sees, type Unit } from "../units/unit.ts";
import { carries, effectiveSelector, isSetByController, linksOf } from "./links.ts";
import { editDistance, nearness } from "./nearness.ts";

/** A workload that a Service does not select and very likely should, and why not. */
export interface NearWorkload {
	readonly workload: Workload;
	readonly because: /** It has the labels, in another written namespace. */
		| "namespace"
		/** The labels stand on the workload itself and not on its Pod template. */
		| "own-labels"
		/** All keys are there, and one value is a slip away. */
		| "close-value"
		/** All pairs but one are there, and the key of that one is not. */
		| "missing-key"
		/** All keys are there with other values, in the same file. */
		| "other-values"
		/** The file holds this one Service with a selector and this one workload. */
		| "alone";
	/** The pairs of the selector that its Pods do not carry. */
	readonly pairs: readonly Label[];
}

/**
 * The workload that a Service most likely means, where its selector takes no Pods of the unit and there is evidence that it
 * should; `undefined` where there is none. Pairs that a controller or an operator sets are left out of the comparison.
 */
export function nearestWorkload(unit: Unit, service: Service): NearWorkload | undefined {
	const selector = effectiveSelector(service);
	if (!selector) return undefined;
	const workloads = linksOf(unit).workloads.filter((workload) => sees(unit, service, workload));
	const pairs = selector.pairs.filter(({ name }) => !isSetByController(name) && !isSetByOperator(name, workloads));
	if (pairs.length === 0 || workloads.some((workload) => isTaken(service, workload, pairs))) return undefined;
	const alone = aloneInFile(unit, service);
	const near = workloads.flatMap((workload): NearWorkload[] => {
		if (runsToCompletion(workload) || workload.broken) return [];
		const missing = pairs.filter((pair) => carries(workload, pair) !== "yes");
		const because = reason(service, workload, pairs, missing, workload === alone);
		return because ? [{ workload, because, pairs: missing }] : [];
	});
	return near.sort((a, b) => rank(service, a) - rank(service, b))[0];
}

/** Without the pairs that an operator sets it may be selected. */
function isTaken(service: Service, workload: Workload, pairs: readonly Label[]): boolean {
	return sameNamespace(service, workload) !== "no" && pairs.every((pair) => carries(workload, pair) !== "no");
}

/** A key of a custom resource's group that nobody wrote on a workload of the unit. */
function isSetByOperator(name: string, workloads: readonly Workload[]): boolean {
	if (!/^[^/]+\.[^/]+\//.test(name) || name.startsWith("app.kubernetes.io/")) return false;
	return !workloads.some(({ template, metadata }) => labelOf(template.labels, name) ?? labelOf(metadata.labels, name));
}

function aloneInFile(unit: Unit, service: Service): Workload | undefined {
	const services = unit.objects
		.filter((object) => sameFile(object, service))
		.filter(isService)
		.filter(effectiveSelector);
	const workloads = linksOf(unit).workloads.filter((workload) => sameFile(workload, service));
	return services.length === 1 && workloads.length === 1 ? workloads[0] : undefined;
}

/** Written in one file; of a rendered stream that is the template that Helm names above each document. */
export function sameFile(a: KubeObject, b: KubeObject): boolean {
	return a.source.uri === b.source.uri && templateOf(a) === templateOf(b);
}

function templateOf({ source }: KubeObject): string | undefined {
	return /^(?:---[^\n]*\n)?# Source: (\S+)/.exec(source.text)?.[1];
}

function reason(
	service: Service,
	workload: Workload,
	pairs: readonly Label[],
	missing: readonly Label[],
	alone: boolean,
): NearWorkload["because"] | undefined {
	const namespace = sameNamespace(service, workload);
	if (namespace !== "yes") return namespace === "no" && missing.length === 0 ? "namespace" : undefined;
	if (missing.some((pair) => carries(workload, pair) === "cannot-tell")) return undefined;
	const labels = workload.template.labels;
	if (pairs.every((pair) => pair.value !== undefined && labelOf(workload.metadata.labels, pair.name)?.value === pair.value))
		return "own-labels";
	const [pair] = missing;
	if (pair && missing.length === 1) {
		const found = labelOf(labels, pair.name)?.value;
		if (found !== undefined && nearness(pair.value ?? "", found) !== undefined) return "close-value";
		if (found === undefined && pairs.length > 1) return "missing-key";
	}
	if (sameFile(service, workload) && missing.every(({ name }) => labelOf(labels, name))) return "other-values";
	return alone ? "alone" : undefined;
}

const ORDER: readonly NearWorkload["because"][] = ["namespace", "own-labels", "close-value", "missing-key", "other-values", "alone"];

/** Smaller is nearer: the reason, how far the values are apart, the same file, a name like the Service's. */
function rank(service: Service, { workload, because, pairs }: NearWorkload): number {
	const apart =
		because === "close-value" ? (nearness(pairs[0]?.value ?? "", valueAs(workload.template.labels, pairs[0])) ?? 0) : pairs.length;
	const otherFile = sameFile(workload, service) ? 0 : 1;
	const names = Math.min(99, editDistance(nameOf(workload) ?? "", nameOf(service) ?? ""));
	return ORDER.indexOf(because) * 10_000 + Math.min(apart, 9) * 1000 + otherFile * 100 + names;
}

function valueAs(labels: LabelMap | undefined, pair: Label | undefined): string {
	return labelOf(labels, pair?.name ?? "")?.value ?? "";
}
