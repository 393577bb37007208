import { isSetByController, sameIdentity } from "../links/links.ts";
import { hasPair, type LabelSelector, type Labels, type Match, meetsExpression } from "../model/labelSelector.ts";
import { isNetworkPolicy } from "../model/manifest.ts";
import type { Direction, NetworkPolicy } from "../model/networkPolicy.ts";
import { type KubeObject, nameOf, namespaceOf, sameNamespace } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { derivedIndex, type Index, objectIndex } from "../units/indexes.ts";
import type { Piece } from "../units/piece.ts";
import { sees, type Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";

/** What the unit's policies are. */
export interface Policies {
	readonly all: readonly NetworkPolicy[];
	/** Those of them that close Pods for what these open themselves, or may. */
	readonly egress: readonly NetworkPolicy[];
	/** Policies that can be judged: everything in them can be read, and no file defines them differently. */
	readonly sound: ReadonlySet<NetworkPolicy>;
	/** Policies may be there that could not be read, and open what the others close. */
	readonly open: boolean;
}

const POLICIES = objectIndex((object) => (isNetworkPolicy(object) ? [["", object]] : []));
const POLICIES_BY_NAME = objectIndex((object) => (isNetworkPolicy(object) ? [[nameOf(object) ?? "", object]] : []));
const NAMESPACES = objectIndex((object) => (object.kind === "Namespace" ? [[nameOf(object) ?? "", object]] : []));
const IN_NAMESPACE = objectIndex<true>((object) => {
	const name = object.kind === "Namespace" ? nameOf(object) : undefined;
	return [[name ?? namespaceOf(object) ?? "", true]];
});
const NAMES = derivedIndex(IN_NAMESPACE, (name, objects) => (name === "" || objects.length === 0 ? [] : [["", name]]));
const LACKING: Index<true> = { entries: (piece) => (mayHoldPolicies(piece) ? [["", true]] : []) };

const cache = new WeakMap<Unit, Policies>();

export function policiesOf(unit: Unit): Policies {
	let found = cache.get(unit);
	if (!found) {
		found = collect(unit);
		cache.set(unit, found);
	}
	return found;
}

function collect(unit: Unit): Policies {
	const all = unit.find(POLICIES, "");
	const isSound = (policy: NetworkPolicy) =>
		policy.readable &&
		policy.podSelector?.complete !== false &&
		!unit.find(POLICIES_BY_NAME, nameOf(policy) ?? "").some((other) => other !== policy && sameIdentity(policy, other));
	return {
		all,
		egress: all.filter(({ closes }) => closes.egress !== false),
		sound: new Set(all.filter(isSound)),
		open: unit.find(LACKING, "").length > 0,
	};
}

/** Namespace objects of that name. */
export function namespacesNamed(unit: Unit, name: string): readonly KubeObject[] {
	return unit.find(NAMESPACES, name);
}

/** Every namespace that an object of the unit names, itself or as the one that it is in. */
export function namesOfNamespaces(unit: Unit): readonly string[] {
	return unit.find(NAMES, "");
}

/** Whether something is missing that is not a document whose kind can be read, and is another one. */
function mayHoldPolicies({ gap, manifest }: Piece): boolean {
	const kind = valueAt(manifest?.parsed?.root, "kind");
	return gap !== undefined && (kind?.kind !== "scalar" || kind.text === "NetworkPolicy" || kind.text.endsWith("List"));
}

/** The policies that close a workload's Pods for a direction. Without any the Pods are open. */
export interface Closing {
	readonly certain: readonly NetworkPolicy[];
	/** Those that perhaps do. */
	readonly uncertain: readonly NetworkPolicy[];
}

type Closings = Readonly<Record<Direction, Closing>>;

const closings = new WeakMap<Unit, Map<Workload, Closings>>();

export function closingOf(unit: Unit, workload: Workload, direction: Direction): Closing {
	const known = closings.get(unit) ?? new Map<Workload, Closings>();
	closings.set(unit, known);
	let found = known.get(workload);
	if (!found) {
		found = { ingress: close(unit, workload, "ingress"), egress: close(unit, workload, "egress") };
		known.set(workload, found);
	}
	return found[direction];
}

function close(unit: Unit, workload: Workload, direction: Direction): Closing {
	const { all, sound } = policiesOf(unit);
	const certain: NetworkPolicy[] = [];
	const uncertain: NetworkPolicy[] = [];
	for (const policy of all) {
		if (policy.closes[direction] === false || isForOthers(policy, workload) || !sees(unit, workload, policy)) continue;
		const selected = both(sameNamespace(policy, workload), policy.podSelector ? podsMeet(workload, policy.podSelector) : "yes");
		if (selected === "no") continue;
		if (selected === "yes" && policy.closes[direction] && sound.has(policy)) certain.push(policy);
		else uncertain.push(policy);
	}
	return { certain, uncertain };
}

/** A quick "no" for most policies: a label has another value. */
function isForOthers({ podSelector }: NetworkPolicy, { template }: Workload): boolean {
	const [first] = podSelector?.labels?.pairs ?? [];
	const own = first && template.labels?.pairs.find(({ name }) => name === first.name);
	return own?.value !== undefined && first?.value !== undefined && own.value !== first.value;
}

export function both(a: Match, b: Match): Match {
	if (a === "no" || b === "no") return "no";
	return a === "yes" && b === "yes" ? "yes" : "cannot-tell";
}

/** "yes" where one says so; "no" where all do. */
export function any(answers: readonly Match[]): Match {
	if (answers.includes("yes")) return "yes";
	return answers.includes("cannot-tell") ? "cannot-tell" : "no";
}

/** Whether a workload's Pods meet a selector. Labels that controllers set are on no template, so they cannot be told. */
export function podsMeet(workload: Workload, { labels, expressions, complete }: LabelSelector): Match {
	const { template } = workload;
	const written = template.labels?.complete !== false && !workload.broken && !workload.custom;
	const own: Labels = { pairs: template.labels?.pairs ?? [], complete: written };
	const answers = [
		...(labels?.pairs ?? []).map((pair) => (isSetByController(pair.name) ? "cannot-tell" : hasPair(own, pair))),
		...expressions.map((expression) => (isSetByController(expression.key?.value ?? "") ? "cannot-tell" : meetsExpression(own, expression))),
		complete ? ("yes" as const) : ("cannot-tell" as const),
	];
	return answers.reduce(both, "yes");
}

/** The label that every namespace has: its name. */
export const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/**
 * The labels of a namespace: those of its object, where the unit has it; else only its name is known. `undefined` is a
 * namespace that kubectl decides.
 */
export function namespaceLabels(unit: Unit, name: string | undefined): Labels {
	const own = { name: NAMESPACE_NAME, value: name };
	const [object, second] = name === undefined ? [] : namespacesNamed(unit, name);
	if (!object || second || object.broken || unit.patched) return { pairs: [own], complete: false };
	const { labels } = object.metadata;
	const pairs = labels?.pairs.filter((pair) => pair.name !== NAMESPACE_NAME) ?? [];
	return { pairs: [...pairs, own], complete: labels?.complete !== false };
}
