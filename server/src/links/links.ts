import { isPlaceholder } from "../model/field.ts";
import { type Label, type LabelMap, labelOf } from "../model/labels.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { type KubeObject, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { sees, type Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";

export type Verdict = "yes" | "no" | "cannot-tell";

/** The workloads whose Pods a Service selects. */
export interface Selection {
	/** Every pair matches and the namespace is the same. Versions of one workload in alternative files are all here. */
	readonly workloads: readonly Workload[];
	/** Those that may be selected: a placeholder, a namespace written on one side only, a manifest that is broken. */
	readonly uncertain: readonly Workload[];
}

/** Who refers to whom inside a unit, worked out when it is asked for and kept as long as the unit. */
export interface Links {
	readonly services: readonly Service[];
	readonly workloads: readonly Workload[];
	/** The Pods behind a Service of this unit; empty for one without a selector and for an ExternalName. */
	readonly selection: (service: Service) => Selection;
	/** The Services of this unit that select a workload's Pods for certain. */
	readonly servicesOf: (workload: Workload) => readonly Service[];
	/** Workloads of this unit that a Service of another one would select. */
	readonly matchesFor: (service: Service) => readonly Workload[];
}

const cache = new WeakMap<Unit, Links>();

export function linksOf(unit: Unit): Links {
	let links = cache.get(unit);
	if (!links) {
		links = link(unit);
		cache.set(unit, links);
	}
	return links;
}

function link(unit: Unit): Links {
	const services = unit.objects.filter(isService);
	const workloads = unit.objects.filter(isWorkload).filter((workload) => !workload.metadata.controlled);
	const index = labelIndex(workloads);
	const selections = new Map<Service, Selection>();
	const selection = (service: Service): Selection => {
		let found = selections.get(service);
		if (!found) {
			found = select(service, index, (workload) => sees(unit, service, workload));
			selections.set(service, found);
		}
		return found;
	};
	let reverse: ReadonlyMap<Workload, readonly Service[]> | undefined;
	return {
		services,
		workloads,
		selection,
		servicesOf: (workload) => {
			reverse ??= reversed(services, selection);
			return reverse.get(workload) ?? [];
		},
		matchesFor: (service) => select(service, index, () => true).workloads,
	};
}

function reversed(services: readonly Service[], selection: (service: Service) => Selection): ReadonlyMap<Workload, readonly Service[]> {
	const found = new Map<Workload, Service[]>();
	for (const service of services) {
		for (const workload of selection(service).workloads) {
			const known = found.get(workload);
			if (known) known.push(service);
			else found.set(workload, [service]);
		}
	}
	return found;
}

/** Workloads by each of their label pairs, and those that may carry any label; all with their place in the unit. */
interface LabelIndex {
	readonly order: ReadonlyMap<Workload, number>;
	readonly byPair: ReadonlyMap<string, readonly Workload[]>;
	readonly open: readonly Workload[];
}

function labelIndex(workloads: readonly Workload[]): LabelIndex {
	const byPair = new Map<string, Workload[]>();
	const open: Workload[] = [];
	for (const workload of workloads) {
		const labels = workload.template.labels;
		if (mayCarryMore(workload) || labels?.pairs.some((pair) => pair.value === undefined)) open.push(workload);
		else for (const pair of labels?.pairs ?? []) entered(byPair, pairKey(pair)).push(workload);
	}
	return { order: new Map(workloads.map((workload, index) => [workload, index])), byPair, open };
}

function entered<K, V>(map: Map<K, V[]>, key: K): V[] {
	const known = map.get(key) ?? [];
	if (known.length === 0) map.set(key, known);
	return known;
}

function pairKey(pair: Pick<Label, "name" | "value">): string {
	return `${pair.name}=${pair.value}`;
}

function select(service: Service, index: LabelIndex, visible: (workload: Workload) => boolean): Selection {
	const selector = effectiveSelector(service);
	if (!selector) return { workloads: [], uncertain: [] };
	const read: Verdict = service.broken ? "cannot-tell" : "yes";
	const workloads: Workload[] = [];
	const uncertain: Workload[] = [];
	for (const workload of candidates(selector, index)) {
		if (!visible(workload)) continue;
		const verdict = [selects(selector, workload), sameNamespace(service, workload)].reduce(both, read);
		if (verdict === "yes") workloads.push(workload);
		else if (verdict === "cannot-tell") uncertain.push(workload);
	}
	return { workloads: inTextOrder(workloads, index), uncertain: inTextOrder(uncertain, index) };
}

/** Every workload that may be selected: those with the rarest pair, and those that may carry any. */
function candidates(selector: LabelMap, { order, byPair, open }: LabelIndex): Iterable<Workload> {
	const fixed = selector.pairs.filter((pair) => pair.value !== undefined && isComparable(pair));
	const [rarest] = fixed.map((pair) => byPair.get(pairKey(pair)) ?? []).sort((a, b) => a.length - b.length);
	return rarest ? [...rarest, ...open] : order.keys();
}

/** By file, then as in the unit. */
function inTextOrder(workloads: Workload[], { order }: LabelIndex): readonly Workload[] {
	const byFile = (a: Workload, b: Workload) => (a.source.uri === b.source.uri ? 0 : a.source.uri < b.source.uri ? -1 : 1);
	return workloads.sort((a, b) => byFile(a, b) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

/** The selector that makes endpoints: none where it is absent or empty, and none for an ExternalName. */
export function effectiveSelector(service: Service): LabelMap | undefined {
	const selector = service.selector;
	if (!selector || serviceType(service) === "ExternalName") return undefined;
	return selector.pairs.length > 0 || !selector.complete ? selector : undefined;
}

function both(a: Verdict, b: Verdict): Verdict {
	if (a === "no" || b === "no") return "no";
	return a === "yes" && b === "yes" ? "yes" : "cannot-tell";
}

/**
 * Whether a selector takes the Pods of a workload: every pair must be on its Pod template. Pairs that controllers set are
 * left out, but for the kinds of workloads whose Pods never carry them; a selector of only such pairs can be told where it names
 * a Pod of a StatefulSet.
 */
export function selects(selector: LabelMap, workload: Workload): Verdict {
	const pairs = selector.pairs.filter(isComparable);
	const verdicts = pairs.map((pair) => carries(workload, pair));
	const set = selector.pairs.filter(({ name }) => isSetByController(name)).map((pair) => carriesFromController(workload, pair));
	if (verdicts.includes("no") || set.includes("no")) return "no";
	if (pairs.length === 0 && selector.complete && set.length > 0 && set.every((verdict) => verdict === "yes")) return "yes";
	return pairs.length === 0 || !selector.complete || verdicts.includes("cannot-tell") ? "cannot-tell" : "yes";
}

/** Whether a pair of a selector can be looked for in manifests. */
function isComparable(pair: Label): boolean {
	return !isSetByController(pair.name) && !isPlaceholder(pair.key);
}

/** Whether the Pods of a workload carry a pair. */
export function carries(workload: Workload, pair: Label): Verdict {
	const found = labelOf(workload.template.labels, pair.name);
	if (!found) return mayCarryMore(workload) ? "cannot-tell" : "no";
	if (found.value === undefined || pair.value === undefined) return sameWritten(found, pair) ? "yes" : "cannot-tell";
	return found.value === pair.value ? "yes" : "no";
}

/** Two placeholders of the same spelling are filled in alike. */
function sameWritten(a: Label, b: Label): boolean {
	return (
		a.state === "placeholder" &&
		b.state === "placeholder" &&
		a.node.kind === "scalar" &&
		b.node.kind === "scalar" &&
		a.node.text === b.node.text
	);
}

/** Whether labels may be on the Pods that are not written: an unreadable part, or a custom kind whose operator may add some. */
function mayCarryMore(workload: Workload): boolean {
	return workload.broken || workload.custom || workload.template.labels?.complete === false;
}

const POD_NAME = "statefulset.kubernetes.io/pod-name";
const JOBS = ["Job", "CronJob"];

/** The kinds whose Pods carry a label. */
const BY_CONTROLLERS: ReadonlyMap<string, readonly string[]> = new Map([
	[POD_NAME, ["StatefulSet"]],
	["apps.kubernetes.io/pod-index", ["StatefulSet"]],
	["controller-revision-hash", ["StatefulSet", "DaemonSet"]],
	["pod-template-hash", ["Deployment", "ReplicaSet"]],
	["pod-template-generation", ["DaemonSet"]],
	["job-name", JOBS],
	["controller-uid", JOBS],
]);

/** Labels that no manifest carries: a controller sets them on the Pods. */
export function isSetByController(name: string): boolean {
	return BY_CONTROLLERS.has(name) || name.startsWith("batch.kubernetes.io/");
}

/** Whether the controller of a workload sets this pair on its Pods. */
function carriesFromController(workload: Workload, pair: Label): Verdict {
	if (workload.broken || workload.custom || labelOf(workload.template.labels, pair.name)) return "cannot-tell";
	if (workload.template.labels?.complete === false && workload.kind === "Pod") return "cannot-tell";
	if (!(BY_CONTROLLERS.get(pair.name) ?? JOBS).includes(workload.kind)) return "no";
	const name = workload.metadata.name?.value;
	if (pair.name !== POD_NAME || name === undefined || pair.value === undefined) return "cannot-tell";
	const [, owner, ordinal] = /^(.*)-(\d+)$/.exec(pair.value) ?? [];
	if (owner !== name) return "no";
	return hasPod(workload, Number(ordinal)) ? "yes" : "cannot-tell";
}

/** Whether a StatefulSet makes the Pod of that number: replicas are 1, and numbers begin with 0, where they are not written. */
function hasPod({ replicas, spec }: Workload, ordinal: number): boolean {
	const count = replicas && replicas.state !== "unset" ? replicas.value : 1;
	return count !== undefined && ordinal < count && valueAt(spec, "ordinals") === undefined;
}

/** The versions of one object in alternative files, itself included. */
export function versionsOf<T extends KubeObject>(object: T, among: readonly T[]): readonly T[] {
	return among.filter((other) => sameIdentity(object, other));
}

/** Same kind and name, and a namespace that is the same or defaults to it. */
export function sameIdentity(a: KubeObject, b: KubeObject): boolean {
	const name = a.metadata.name?.value;
	return a === b || (name !== undefined && name === b.metadata.name?.value && a.kind === b.kind && sameNamespace(a, b) === "yes");
}
