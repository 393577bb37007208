import { isPlaceholder, isUnreadable } from "../model/field.ts";
import { type LabelMap, labelOf, readLabels } from "../model/labels.ts";
import { isClusterNode } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import { isNull, type Node, valueAt } from "../yaml/nodes.ts";
import { type Taint, taintsOf, toleratesAll } from "./taints.ts";

/** A machine that Pods may run on, as far as it is known. */
export interface KnownNode {
	readonly name: string | undefined;
	readonly labels: ReadonlyMap<string, string>;
	/** Those of the Node object of its name. */
	readonly taints: readonly Taint[];
}

/** The nodes of the configuration and the Node objects of a unit; empty where nobody says which there are. */
export function knownNodes(unit: Unit, settings: Settings): readonly KnownNode[] {
	const written = unit.find(NODES, "");
	const configured = configuredNodes(unit, settings);
	return [...configured, ...written.filter(({ name }) => name === undefined || !configured.some((node) => node.name === name))];
}

/** The nodes of the configuration, in their order. */
export function configuredNodes(unit: Unit, settings: Settings): readonly KnownNode[] {
	return settings.cluster.nodes.map(({ name, labels }): KnownNode => {
		const object = name === undefined ? undefined : unit.find(NODES, "").find((node) => node.name === name);
		return { name, labels: new Map(Object.entries(labels)), taints: object?.taints ?? [] };
	});
}

const NODES = objectIndex((object) => (isClusterNode(object) ? [["", knownNode(object)]] : []));

export function knownNode({ metadata, root }: KubeObject): KnownNode {
	const pairs = metadata.labels?.pairs ?? [];
	const labels = new Map(pairs.flatMap((pair) => (pair.value === undefined ? [] : [[pair.name, pair.value]])));
	return { name: metadata.name?.value, labels, taints: taintsOf(root) };
}

/** Whether Pods of two workloads come to stand on one node: always, perhaps, or never as far as it matters. */
export type Sharing = "must" | "may" | "never";

/**
 * With known nodes it is counted whether each Pod can have a node of its own, since two that exclude each other on a node are
 * then kept apart by the scheduler.
 */
export function sharing(a: Workload, b: Workload, nodes: readonly KnownNode[]): Sharing {
	if (podsOf(a, 1) === 0 || podsOf(b, 1) === 0 || (runsToCompletion(a) && runsToCompletion(b))) return "never";
	const [one, other] = [wanted(a), wanted(b)];
	if (one.every((x) => other.every((y) => contradict(x, y))) || keepsApart(a, b) || keepsApart(b, a)) return "never";
	const bound = a.template.nodeName?.value;
	if (bound && bound === b.template.nodeName?.value) return "must";
	if (nodes.length > 0) return counted(a, b, nodes);
	return a.kind === "DaemonSet" && b.kind === "DaemonSet" ? "must" : "may";
}

function counted(a: Workload, b: Workload, nodes: readonly KnownNode[]): Sharing {
	const possible = (workload: Workload) => nodes.filter((node) => stands(workload, node) !== "no");
	const certain = (workload: Workload) => nodes.filter((node) => stands(workload, node) === "yes");
	const [one, other] = [possible(a), possible(b)];
	if (!one.some((node) => other.includes(node))) return "never";
	const room = new Set([...one, ...other]).size;
	const pods = [a, b].map((workload) => podsOf(workload, certain(workload).length));
	return pods.every((count) => count !== undefined) && (pods[0] ?? 0) + (pods[1] ?? 0) > room ? "must" : "never";
}

/** How many Pods stand at one time; `undefined` when it cannot be told. */
function podsOf(workload: Workload, nodes: number): number | undefined {
	if (workload.kind === "DaemonSet") return nodes;
	if (workload.kind === "Pod" || runsToCompletion(workload)) return 1;
	if (isUnreadable(workload.replicas)) return undefined;
	return workload.replicas?.value ?? 1;
}

/** One demand on a node's labels, or on its name (`metadata.name`). "unknown" is one that cannot be judged. */
interface Requirement {
	readonly key: string;
	readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "unknown";
	readonly values: readonly string[];
}

/** Demands that all hold. */
type Term = readonly Requirement[];

const NAME = "field metadata.name";
const HOST_NAME = "kubernetes.io/hostname";

const cache = new WeakMap<Workload, readonly Term[]>();

/** The nodes that a workload's Pods may run on: those for which one of the terms holds. */
function wanted(workload: Workload): readonly Term[] {
	let terms = cache.get(workload);
	if (!terms) {
		terms = readTerms(workload);
		cache.set(workload, terms);
	}
	return terms;
}

function readTerms({ template }: Workload): readonly Term[] {
	const name = template.nodeName && !isNull(template.nodeName.node) ? [isIn(NAME, template.nodeName.value)] : [];
	const selected = (template.nodeSelector?.pairs ?? []).map((pair) => isIn(pair.name, pair.value));
	const terms = items(valueAt(template.affinity, "nodeAffinity", REQUIRED, "nodeSelectorTerms")).map((term) => [
		...items(valueAt(term, "matchExpressions")).map((item) => requirement(item, "")),
		...items(valueAt(term, "matchFields")).map((item) => requirement(item, "field ")),
	]);
	return (terms.length > 0 ? terms : [[]]).map((term) => [...name, ...selected, ...term]);
}

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

function isIn(key: string, value: string | undefined): Requirement {
	return value === undefined ? { key, operator: "unknown", values: [] } : { key, operator: "In", values: [value] };
}

function requirement(item: Node, prefix: string): Requirement {
	const written = textOf(valueAt(item, "operator"));
	const values = items(valueAt(item, "values"));
	const known = written === "In" || written === "NotIn" || written === "Exists" || written === "DoesNotExist";
	const operator = known && !values.some(isPlaceholder) ? written : "unknown";
	return { key: prefix + textOf(valueAt(item, "key")), operator, values: values.map(textOf) };
}

function contradict(a: Term, b: Term): boolean {
	return a.some((one) => b.some((other) => one.key === other.key && (excludes(one, other) || excludes(other, one))));
}

function excludes(a: Requirement, b: Requirement): boolean {
	if (b.operator === "DoesNotExist") return a.operator === "In" || a.operator === "Exists";
	if (a.operator !== "In") return false;
	if (b.operator === "In") return !a.values.some((value) => b.values.includes(value));
	return b.operator === "NotIn" && a.values.every((value) => b.values.includes(value));
}

/** Whether a workload's Pods may stand on a node: by its labels, its name and its taints. */
function stands(workload: Workload, node: KnownNode): "yes" | "no" | "maybe" {
	const tolerated = toleratesAll(workload, node.taints);
	const placed = tolerated === "no" ? [] : wanted(workload).map((term) => fits(term, node));
	if (placed.includes("yes")) return tolerated;
	return placed.includes("maybe") ? "maybe" : "no";
}

function fits(term: Term, node: KnownNode): "yes" | "no" | "maybe" {
	const verdicts = term.map((requirement) => meets(requirement, node));
	return verdicts.includes("no") ? "no" : verdicts.includes("maybe") ? "maybe" : "yes";
}

function meets({ key, operator, values }: Requirement, { name, labels }: KnownNode): "yes" | "no" | "maybe" {
	const value = key === NAME || (key === HOST_NAME && !labels.has(key)) ? name : labels.get(key);
	if (operator === "unknown") return "maybe";
	// Labels that the kubelet or a cloud sets are seldom written down.
	if (value === undefined && (key === NAME || /(^|\.)(kubernetes|k8s)\.io\//.test(key))) return "maybe";
	if (operator === "Exists" || operator === "DoesNotExist") return (value !== undefined) === (operator === "Exists") ? "yes" : "no";
	return (value !== undefined && values.includes(value)) === (operator === "In") ? "yes" : "no";
}

/** Whether a required anti-affinity of one names, or may name, the Pods of the other. */
function keepsApart(a: Workload, b: Workload): boolean {
	return items(valueAt(a.template.affinity, "podAntiAffinity", REQUIRED)).some((term) => {
		const selector = valueAt(term, "labelSelector");
		const labels = readLabels(selector, "matchLabels");
		if (!labels && items(valueAt(selector, "matchExpressions")).length === 0) return false;
		return mayCarry(b, labels);
	});
}

function mayCarry({ template }: Workload, labels: LabelMap | undefined): boolean {
	return (labels?.pairs ?? []).every(({ name, value }) => {
		const own = labelOf(template.labels, name);
		return own !== undefined && (own.value === undefined || value === undefined || own.value === value);
	});
}

function items(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

function textOf(node: Node | undefined): string {
	return node?.kind === "scalar" ? node.text : "";
}

/** Whether its Pods may stand on a node, as far as its labels and taints are known: of a node without any nothing is. */
export function mayRunOn(workload: Workload, node: KnownNode): boolean {
	const isKnown = ({ key }: Requirement) => node.labels.size > 0 || key === NAME || key === HOST_NAME;
	return toleratesAll(workload, node.taints) !== "no" && wanted(workload).some((term) => fits(term.filter(isKnown), node) !== "no");
}

/** How many nodes a workload's Pods can have at most; `undefined` where nobody says which nodes there are. */
export function nodesFor(workload: Workload, nodes: readonly KnownNode[]): number | undefined {
	const terms = wanted(workload);
	if (nodes.length > 0) return nodes.filter((node) => stands(workload, node) !== "no").length;
	const names = terms.map((term) => term.find(({ key, operator }) => operator === "In" && (key === NAME || key === HOST_NAME)));
	return names.every((name) => name !== undefined) ? new Set(names.flatMap(({ values }) => values)).size : undefined;
}

/** Whether something says on which nodes its Pods run: a name, a selector, a required affinity. */
export function isBound(workload: Workload): boolean {
	return wanted(workload).every((term) => term.length > 0);
}
