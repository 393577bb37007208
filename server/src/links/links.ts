import { isPlaceholder } from "../model/field.ts";
import { type Label, type LabelMap, labelOf } from "../model/labels.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { type KubeObject, nameOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type AnyIndex, type Finder, fittingIndex, type Index, objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import { orphans } from "./orphans.ts";

export type Verdict = "yes" | "no" | "cannot-tell";

/** The workloads whose Pods a Service selects. */
export interface Selection {
	/** Every pair matches and the namespace is the same. Versions of one workload in alternative files are all here. */
	readonly workloads: readonly Workload[];
	/** Those that may be selected: a placeholder, a namespace written on one side only, a manifest that is broken. */
	readonly uncertain: readonly Workload[];
}

/** Who refers to whom inside a unit, worked out when it is asked for. */
export interface Links {
	readonly services: readonly Service[];
	readonly workloads: readonly Workload[];
	/** The Pods behind a Service of this unit; empty for one without a selector and for an ExternalName. */
	readonly selection: (service: Service) => Selection;
	/** The Services of this unit that select a workload's Pods for certain. */
	readonly servicesOf: (workload: Workload) => readonly Service[];
}

const cache = new WeakMap<Unit, Links>();

export function linksOf(unit: Unit): Links {
	let links = cache.get(unit);
	if (!links) {
		links = new LinksOfUnit(unit);
		cache.set(unit, links);
	}
	return links;
}

/** One is made for each document that is checked, and most are asked for next to nothing. */
class LinksOfUnit implements Links {
	private readonly unit: Unit;
	private selections: Map<Service, Selection> | undefined;
	private selectors: Map<Workload, readonly Service[]> | undefined;

	constructor(unit: Unit) {
		this.unit = unit;
	}

	get services(): readonly Service[] {
		return this.unit.find(SERVICES, "");
	}

	get workloads(): readonly Workload[] {
		return merged(this.unit, this.unit.find(WORKLOADS, ""), orphans(this.unit, everyone));
	}

	readonly selection = (service: Service): Selection => {
		this.selections ??= new Map();
		let found = this.selections.get(service);
		if (!found) {
			found = select(this.unit, service);
			this.selections.set(service, found);
		}
		return found;
	};

	readonly servicesOf = (workload: Workload): readonly Service[] => {
		this.selectors ??= new Map();
		let found = this.selectors.get(workload);
		if (!found) {
			found = selecting(this.unit, workload);
			this.selectors.set(workload, found);
		}
		return found;
	};
}

const SERVICES = objectIndex((object) => (isService(object) ? [["", object]] : []));
const WORKLOADS = workloadIndex(() => [""]);
/** Workloads by each pair that their Pods carry. */
export const CARRYING = workloadIndex(({ template }) =>
	(template.labels?.pairs ?? []).flatMap((pair) => (isFixed(pair) ? pairKey(pair) : [])),
);
/** Workloads whose Pods may carry pairs that are not written. */
const OPEN = workloadIndex((workload) => (isOpen(workload) ? [""] : []));
/** Those of them that may carry any value of a label. */
const OPEN_TO = fittingIndex(OPEN, (name, { template }) => labelOf(template.labels, name)?.value === undefined);
/** Services by one pair of their selector; by nothing where none is written out. */
const SELECTING = objectIndex((object) => {
	const selector = isService(object) ? effectiveSelector(object) : undefined;
	return selector ? [[keyOf(selector), object as Service]] : [];
});

const BY_NAME = objectIndex((object) => (isService(object) && nameOf(object) !== undefined ? [[nameOf(object) ?? "", object]] : []));

/** The Services of a unit with that name, whatever their namespaces. */
export function servicesNamed(unit: Unit, name: string): readonly Service[] {
	return unit.find(BY_NAME, name);
}

/** An index of the workloads that are none of another's. */
export function workloadIndex(keys: (workload: Workload) => readonly string[]): Index<Workload> {
	return objectIndex((object) => {
		if (!isWorkload(object) || object.metadata.controlled) return [];
		return keys(object).map((key) => [key, object]);
	});
}

function isFixed(pair: Pick<Label, "value">): boolean {
	return pair.value !== undefined;
}

function isOpen(workload: Workload): boolean {
	return mayCarryMore(workload) || workload.template.labels?.pairs.some((pair) => pair.value === undefined) === true;
}

export function pairKey(pair: Pick<Label, "name" | "value">): string {
	return `${pair.name}=${pair.value}`;
}

/** The longest value most likely tells a Service from others. */
function keyOf(selector: LabelMap): string {
	const fixed = fixedPairs(selector);
	const [longest] = [...fixed].sort((a, b) => (b.value ?? "").length - (a.value ?? "").length);
	return longest ? pairKey(longest) : "";
}

function fixedPairs(selector: LabelMap): readonly Label[] {
	return selector.pairs.filter((pair) => isFixed(pair) && isComparable(pair));
}

function select(unit: Unit, service: Service): Selection {
	const selector = effectiveSelector(service);
	const workloads: Workload[] = [];
	const uncertain: Workload[] = [];
	const isTaken = (candidate: Workload) => takes(service, selector, candidate) !== "no";
	for (const workload of merged(unit, candidates(unit, selector, isTaken), selector ? orphans(unit, isTaken) : [])) {
		if (sees(unit, service, workload)) (takes(service, selector, workload) === "yes" ? workloads : uncertain).push(workload);
	}
	return { workloads, uncertain };
}

/** Whether a Service selects a workload, if the two see each other. */
function takes(service: Service, selector: LabelMap | undefined, workload: Workload): Verdict {
	const verdict = selector ? selects(selector, workload) : "no";
	if (verdict === "no") return "no";
	const together = both(verdict, sameNamespace(service, workload));
	return service.broken ? both(together, "cannot-tell") : together;
}

/** Workloads that a Service from elsewhere selects for certain, but for its namespace's sake. */
export function matchesIn(place: Finder, service: Service): readonly Workload[] {
	const selector = effectiveSelector(service);
	return candidates(place, selector, (workload) => takes(service, selector, workload) === "yes");
}

/** The workloads that `accept` takes, which must be no others than a selector may take; in the order of the text. */
export function candidates(place: Finder, selector: LabelMap | undefined, accept: (workload: Workload) => boolean): readonly Workload[] {
	if (!selector) return [];
	const rarest = rarestOf(place, CARRYING, fixedPairs(selector), pairKey);
	if (rarest === undefined) return place.find(WORKLOADS, "", accept);
	return merged(place, place.find(CARRYING, pairKey(rarest), accept), place.find(OPEN_TO, rarest.name, accept));
}

/** Of what all holds for what is looked for, the one under whose key to look. */
export function rarestOf<T>(place: Finder, index: AnyIndex, all: readonly T[], keyOf: (one: T) => string): T | undefined {
	const [first, ...others] = all;
	const count = (one: T | undefined) => (one === undefined ? 0 : place.count(index, keyOf(one)));
	return others.reduce((rarest, one) => (count(one) < count(rarest) ? one : rarest), first);
}

function everyone(): boolean {
	return true;
}

function merged<T extends KubeObject>(place: Finder, a: readonly T[], b: readonly T[]): readonly T[] {
	if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
	return [...a, ...b].sort((one, other) => place.compare(one, other));
}

/** Workloads whose Pods carry all of some pairs, and that `accept` takes. */
export function carrying(
	unit: Unit,
	pairs: readonly Pick<Label, "name" | "value">[],
	accept: (workload: Workload) => boolean,
): readonly Workload[] {
	const all = (workload: Workload) => pairs.every(({ name, value }) => labelOf(workload.template.labels, name)?.value === value);
	const rarest = rarestOf(unit, CARRYING, pairs, pairKey);
	return rarest === undefined ? [] : unit.find(CARRYING, pairKey(rarest), (workload) => all(workload) && accept(workload));
}

function selecting(unit: Unit, workload: Workload): readonly Service[] {
	const pairs = (workload.template.labels?.pairs ?? []).filter(isFixed);
	const found = ["", ...pairs.map(pairKey)].flatMap((key) =>
		unit.find(SELECTING, key, (service) => takes(service, effectiveSelector(service), workload) === "yes"),
	);
	return found.filter((service) => sees(unit, service, workload)).sort((a, b) => unit.compare(a, b));
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
	let compared: Verdict | undefined;
	let set: Verdict | undefined;
	for (const pair of selector.pairs) {
		const ofController = isSetByController(pair.name);
		if (!ofController && isPlaceholder(pair.key)) continue;
		const verdict = ofController ? carriesFromController(workload, pair) : carries(workload, pair);
		if (verdict === "no") return "no";
		if (ofController) set = both(set ?? "yes", verdict);
		else compared = both(compared ?? "yes", verdict);
	}
	if (!selector.complete) return "cannot-tell";
	return compared ?? (set === "yes" ? "yes" : "cannot-tell");
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
const JOB_NAMES: ReadonlySet<string> = new Set(["job-name", "batch.kubernetes.io/job-name"]);

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
	if (JOB_NAMES.has(pair.name)) return carriesJobName(workload, name, pair.value);
	if (pair.name !== POD_NAME || name === undefined || pair.value === undefined) return "cannot-tell";
	const [, owner, ordinal] = /^(.*)-(\d+)$/.exec(pair.value) ?? [];
	if (owner !== name) return "no";
	return hasPod(workload, Number(ordinal)) ? "yes" : "cannot-tell";
}

/**
 * Only a Job of that name may have it: where it selects its Pods by hand it labels none. One that a CronJob makes is named after that
 * and the minute. Source: generateSelector of pkg/registry/batch/job/strategy.go, getJobName of pkg/controller/cronjob/utils.go.
 */
function carriesJobName({ kind }: Workload, name: string | undefined, value: string | undefined): Verdict {
	if (name === undefined || value === undefined) return "cannot-tell";
	if (kind !== "CronJob") return value === name ? "cannot-tell" : "no";
	return value.startsWith(`${name}-`) && /^\d+$/.test(value.slice(name.length + 1)) ? "cannot-tell" : "no";
}

/** Whether a StatefulSet makes the Pod of that number: replicas are 1, and numbers begin with 0, where they are not written. */
function hasPod({ replicas, spec }: Workload, ordinal: number): boolean {
	const count = replicas && replicas.state !== "unset" ? replicas.value : 1;
	return count !== undefined && ordinal < count && valueAt(spec, "ordinals") === undefined;
}

/** Same kind and name, and a namespace that is the same or defaults to it. */
export function sameIdentity(a: KubeObject, b: KubeObject): boolean {
	const name = a.metadata.name?.value;
	return a === b || (name !== undefined && name === b.metadata.name?.value && a.kind === b.kind && sameNamespace(a, b) === "yes");
}
