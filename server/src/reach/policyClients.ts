import { NOTHING } from "../model/field.ts";
import { isEmptySelector, type LabelSelector, type Labels, type Match, meetsSelector } from "../model/labelSelector.ts";
import { printLabels } from "../model/labels.ts";
import type { NetworkPolicy, PolicyPeer } from "../model/networkPolicy.ts";
import { nameOf, namespaceOf } from "../model/object.ts";
import type { Unit } from "../units/unit.ts";
import { NAMESPACE_NAME, namesOfNamespaces, namespaceLabels, namespacesNamed } from "./policies.ts";

/** Pods that a policy speaks of, whether they are known or not. */
export interface Clients {
	/** `namespace web, app=gateway`. */
	readonly words: string;
	readonly namespace: Namespaces;
	/** Absent for all Pods of the namespace. */
	readonly pods: LabelSelector | undefined;
}

/** The Pods that a policy selects for itself. */
export function subjectOf(policy: NetworkPolicy): Clients {
	let found = subjects.get(policy);
	if (!found) {
		found = clients(ownNamespace(policy), policy.podSelector);
		subjects.set(policy, found);
	}
	return found;
}

const subjects = new WeakMap<NetworkPolicy, Clients>();

/** The Pods that a peer means for certain, and those of which it cannot be told, for the labels of their namespaces are not written. */
export interface Meant {
	readonly certain: readonly Clients[];
	readonly uncertain: readonly Clients[];
	/** Why. */
	readonly why: string | undefined;
}

export function clientsOf(unit: Unit, policy: NetworkPolicy, { namespaceSelector, podSelector }: PolicyPeer): Meant {
	if (!namespaceSelector) return { certain: [clients(ownNamespace(policy), podSelector)], uncertain: [], why: undefined };
	const { certain, uncertain } = namespacesOf(unit, namespaceSelector);
	return {
		certain: certain.map((namespace) => clients(namespace, podSelector)),
		uncertain: uncertain.map((namespace) => clients(namespace, podSelector)),
		why: `NetworkPolicy ${nameOf(policy)} lets in namespaces with ${printSelector(namespaceSelector)}, and which labels they have is not written here`,
	};
}

export interface Namespaces {
	readonly words: string;
	/** "*" for all, `undefined` where it is not known which. */
	readonly name: string | undefined;
}

const ALL: Namespaces = { words: "any namespace", name: "*" };
const UNDEFINED: Namespaces = { words: "a namespace that is not defined here", name: undefined };

function named(name: string): Namespaces {
	return { words: `namespace ${name}`, name };
}

function ownNamespace(policy: NetworkPolicy): Namespaces {
	const name = namespaceOf(policy);
	return name === undefined ? { words: "the same namespace", name } : named(name);
}

function clients(namespace: Namespaces, selector: LabelSelector | undefined): Clients {
	const pods = selector && !isEmptySelector(selector) ? selector : undefined;
	const words = pods ? `${namespace.words}, ${printSelector(pods)}` : namespace.words;
	return { words, namespace, pods };
}

/** A name that no namespace has. */
const NOBODY = "?";

/**
 * The namespaces that a selector takes: by their objects in the unit, and all others by their names, which is the one label
 * that they have for certain.
 */
function namespacesOf(unit: Unit, selector: LabelSelector): { certain: readonly Namespaces[]; uncertain: readonly Namespaces[] } {
	if (isEmptySelector(selector)) return { certain: [ALL], uncertain: [] };
	const any = meetsSelector(namespaceLabels(unit, NOBODY), selector);
	if (any === "yes") return { certain: [{ words: `namespaces with ${printSelector(selector)}`, name: undefined }], uncertain: [] };
	const candidates = [...new Set([...namesOfNamespaces(unit), ...namesIn(selector)])];
	const taken = (wanted: Match) => candidates.filter((name) => meetsSelector(namespaceLabels(unit, name), selector) === wanted);
	const doubtful = taken("cannot-tell").filter((name) => any === "no" || namespacesNamed(unit, name).length > 0);
	return { certain: taken("yes").map(named), uncertain: [...doubtful.map(named), ...(any === "cannot-tell" ? [UNDEFINED] : [])] };
}

function namesIn({ labels, expressions }: LabelSelector): readonly string[] {
	const pairs = (labels?.pairs ?? []).filter(({ name }) => name === NAMESPACE_NAME).flatMap(({ value }) => value ?? []);
	const lists = expressions.filter(({ key }) => key?.value === NAMESPACE_NAME).flatMap(({ values }) => values ?? []);
	return [...pairs, ...lists.flatMap(({ value }) => value ?? [])];
}

/** `app=web,tier in (a, b),!old`, as kubectl prints selectors. */
export function printSelector({ labels, expressions }: LabelSelector): string {
	const pairs = labels && labels.pairs.length > 0 ? [printLabels(labels.pairs)] : [];
	const others = expressions.map(({ key, operator, values = [] }) => {
		const name = key?.value ?? NOTHING;
		const list = values.map(({ value }) => value ?? NOTHING);
		if (operator?.value === "Exists") return name;
		if (operator?.value === "DoesNotExist") return `!${name}`;
		if (operator?.value === "In" && list.length === 1) return `${name}=${list[0]}`;
		return `${name} ${operator?.value === "NotIn" ? "notin" : "in"} (${list.join(", ")})`;
	});
	return [...pairs, ...others].join(",");
}

/** How the Pods of `a` lie to those of `b`. */
export type Relation = "within" | "apart" | "overlaps";

export function relation(a: Clients, b: Clients): Relation {
	if (a.pods && b.pods && isOther(a.pods, b.pods)) return "apart";
	const namespaces = namespaceRelation(a, b);
	const pods = namespaces === "apart" ? "apart" : podRelation(a.pods, b.pods);
	if (pods === "apart") return "apart";
	return namespaces === "overlaps" ? "overlaps" : pods;
}

/** A quick answer for most: a label has another value. */
function isOther({ labels: a }: LabelSelector, { labels: b }: LabelSelector): boolean {
	const [first] = b?.pairs ?? [];
	const own = first && a?.pairs.find(({ name }) => name === first.name);
	return own?.value !== undefined && first?.value !== undefined && own.value !== first.value;
}

function namespaceRelation({ namespace: a }: Clients, { namespace: b }: Clients): Relation {
	if (b.name === "*" || (a.words === b.words && a !== UNDEFINED)) return "within";
	return a.name === "*" || a.name === undefined || b.name === undefined ? "overlaps" : "apart";
}

/** The Pods that are both; `undefined` where it cannot be told which namespaces both have. Not for those that lie apart. */
export function meetOf(a: Clients, b: Clients): Clients | undefined {
	if (relation(a, b) === "within") return a;
	if (relation(b, a) === "within") return b;
	const namespace = namespaceRelation(a, b) === "within" ? a.namespace : namespaceRelation(b, a) === "within" ? b.namespace : undefined;
	return namespace && clients(namespace, joined(a.pods, b.pods));
}

function joined(a: LabelSelector | undefined, b: LabelSelector | undefined): LabelSelector | undefined {
	if (!a || !b) return a ?? b;
	const pairs = new Map([...(a.labels?.pairs ?? []), ...(b.labels?.pairs ?? [])].map((pair) => [pair.name, pair]));
	const labels = a.labels ?? b.labels;
	return {
		node: a.node,
		labels: labels && { ...labels, pairs: [...pairs.values()] },
		expressions: [...a.expressions, ...b.expressions],
		complete: a.complete && b.complete,
	};
}

/** What tells some of the clients from the others: their labels, where they stand in one namespace. */
export function wordsWithin(all: Clients, some: Clients): string {
	return some.pods && some.namespace.words === all.namespace.words ? printSelector(some.pods) : some.words;
}

/** Every Pod of the cluster. */
export function isEverybody({ namespace, pods }: Clients): boolean {
	return namespace.name === "*" && !pods;
}

function podRelation(a: LabelSelector | undefined, b: LabelSelector | undefined): Relation {
	if (!b) return "within";
	const known: Labels = { pairs: a?.labels?.pairs ?? [], complete: false };
	const answer = meetsSelector(known, b);
	if (answer === "cannot-tell") return a && printSelector(a) === printSelector(b) ? "within" : "overlaps";
	return answer === "yes" ? "within" : "apart";
}
