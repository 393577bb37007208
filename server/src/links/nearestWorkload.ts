import { type Label, type LabelMap, labelOf } from "../model/labels.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { type KubeObject, nameOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { ofWholeText } from "../text/source.ts";
import { type Entry, type Index, objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { CARRYING, candidates, carries, effectiveSelector, isSetByController, pairKey, rarestOf, workloadIndex } from "./links.ts";
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
	// A document that is broken for a moment silences this and changes nothing about it.
	return unit.partOf(service, "nearest workload", (seen) => nearest(seen, service));
}

function nearest(unit: Unit, service: Service): NearWorkload | undefined {
	const selector = effectiveSelector(service);
	if (!selector) return undefined;
	const isVisible = (workload: Workload) => sees(unit, service, workload);
	const pairs = selector.pairs.filter(({ name }) => !isSetByController(name) && !isSetByOperator(unit, name, isVisible));
	if (pairs.length === 0) return undefined;
	if (candidates(unit, { ...selector, pairs }, (workload) => isTaken(service, workload, pairs)).some(isVisible)) return undefined;
	const alone = aloneInFile(unit, service);
	const judge = (workload: Workload) => judged(service, workload, pairs, workload === alone);
	let best: Judged | undefined;
	// What ranks behind the best may change as it likes.
	const matters = (workload: Workload) => {
		const found = judge(workload);
		return found !== undefined && (best === undefined || rank(service, found) <= best.rank);
	};
	const near = new Set(placesOf(unit, service, pairs).flatMap(([index, key]) => unit.find(index, key, matters)));
	for (const { workload } of closeByValue(unit, pairs, matters)) near.add(workload);
	for (const workload of near) {
		const found = isVisible(workload) ? judge(workload) : undefined;
		if (found && rankWithoutName(service, found) <= (best?.rank ?? Number.POSITIVE_INFINITY)) {
			best = nearer(unit, best, { near: found, rank: rank(service, found) });
		}
	}
	return best?.near;
}

interface Judged {
	readonly near: NearWorkload;
	readonly rank: number;
}

function nearer(unit: Unit, a: Judged | undefined, b: Judged): Judged {
	return a && (a.rank - b.rank || unit.compare(a.near.workload, b.near.workload)) <= 0 ? a : b;
}

function judged(service: Service, workload: Workload, pairs: readonly Label[], alone: boolean): NearWorkload | undefined {
	if (runsToCompletion(workload) || workload.broken) return undefined;
	const missing = pairs.filter((pair) => carries(workload, pair) !== "yes");
	const because = reason(service, workload, pairs, missing, alone);
	return because && { workload, because, pairs: missing };
}

/** Where every workload stands that may be near: at most one pair is not carried, or the labels are its own, or it is in the file. */
function placesOf(unit: Unit, service: Service, pairs: readonly Label[]): readonly Place[] {
	const own = rarestOf(unit, BY_OWN_PAIR, pairs, pairKey);
	const places = pairs.slice(0, 2).map((pair): Place => (pair.value === undefined ? [BY_KEY, pair.name] : [CARRYING, pairKey(pair)]));
	const file = fileOf(service);
	const isCrowded = unit.find(COUNTED, `workload ${file}`).length > MOST_IN_FILE;
	return [
		...places,
		...(own === undefined ? [] : [[BY_OWN_PAIR, pairKey(own)] as const]),
		...(isCrowded ? [] : [[IN_FILE, file] as const]),
	];
}

/** Among more workloads than this it says nothing that one of them is in the Service's file. */
const MOST_IN_FILE = 500;

type Place = readonly [index: Index<Workload>, key: string];

/** With one pair alone nothing has to be carried: workloads whose label has a value like it. */
function closeByValue(unit: Unit, [pair, second]: readonly Label[], matters: (workload: Workload) => boolean): readonly Labelled[] {
	const wanted = pair?.value;
	if (!pair || second || wanted === undefined) return [];
	return unit.find(BY_KEY_WITH_VALUE, pair.name, ({ value, workload }) => nearness(wanted, value) !== undefined && matters(workload));
}

interface Labelled {
	readonly value: string;
	readonly workload: Workload;
}

const BY_KEY_WITH_VALUE = objectIndex((object): readonly Entry<Labelled>[] => {
	if (!isWorkload(object) || object.metadata.controlled) return [];
	const pairs = object.template.labels?.pairs ?? [];
	return pairs.map(({ name, value = "" }) => [name, { value, workload: object }]);
});

/** Workloads by the names of their Pods' labels. */
const BY_KEY = workloadIndex(({ template }) => (template.labels?.pairs ?? []).map(({ name }) => name));
/** Workloads by the labels that they have themselves. */
const BY_OWN_PAIR = workloadIndex(({ metadata }) => (metadata.labels?.pairs ?? []).map(pairKey));
/** Workloads by the names of labels, their own or their Pods'. */
const NAMING = workloadIndex(({ metadata, template }) => [
	...new Set([...(metadata.labels?.pairs ?? []), ...(template.labels?.pairs ?? [])].map(({ name }) => name)),
]);
const IN_FILE = workloadIndex((workload) => [fileOf(workload)]);
/** How many Services with a selector, and how many workloads, a file holds. */
const COUNTED = objectIndex<true>((object) => {
	if (isService(object)) return effectiveSelector(object) ? [[`Service ${fileOf(object)}`, true]] : [];
	return isWorkload(object) && !object.metadata.controlled ? [[`workload ${fileOf(object)}`, true]] : [];
});

/** Without the pairs that an operator sets it may be selected. */
function isTaken(service: Service, workload: Workload, pairs: readonly Label[]): boolean {
	return sameNamespace(service, workload) !== "no" && pairs.every((pair) => carries(workload, pair) !== "no");
}

/** A key of a custom resource's group that nobody wrote on a workload of the unit. */
function isSetByOperator(unit: Unit, name: string, isVisible: (workload: Workload) => boolean): boolean {
	if (!/^[^/]+\.[^/]+\//.test(name) || name.startsWith("app.kubernetes.io/")) return false;
	return !unit.find(NAMING, name).some(isVisible);
}

function aloneInFile(unit: Unit, service: Service): Workload | undefined {
	const file = fileOf(service);
	const alone = ["Service", "workload"].every((kind) => unit.find(COUNTED, `${kind} ${file}`).length === 1);
	return alone ? unit.find(IN_FILE, file)[0] : undefined;
}

/** Written in one file; of a rendered stream that is the template that Helm names above each document. */
export function sameFile(a: KubeObject, b: KubeObject): boolean {
	return a.source.uri === b.source.uri && templateOf(a) === templateOf(b);
}

function fileOf(object: KubeObject): string {
	return `${object.source.uri} ${templateOf(object) ?? ""}`;
}

function templateOf({ source }: KubeObject): string | undefined {
	return templateNamed(source);
}

const templateNamed = ofWholeText((text) => /^(?:---[^\n]*\n)?# Source: (\S+)/.exec(text)?.[1]);

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
function rank(service: Service, near: NearWorkload): number {
	const names = Math.min(99, editDistance(nameOf(near.workload) ?? "", nameOf(service) ?? ""));
	return rankWithoutName(service, near) + names;
}

function rankWithoutName(service: Service, { workload, because, pairs }: NearWorkload): number {
	const apart =
		because === "close-value" ? (nearness(pairs[0]?.value ?? "", valueAs(workload.template.labels, pairs[0])) ?? 0) : pairs.length;
	const otherFile = sameFile(workload, service) ? 0 : 1;
	return ORDER.indexOf(because) * 10_000 + Math.min(apart, 9) * 1000 + otherFile * 100;
}

function valueAs(labels: LabelMap | undefined, pair: Label | undefined): string {
	return labelOf(labels, pair?.name ?? "")?.value ?? "";
}
