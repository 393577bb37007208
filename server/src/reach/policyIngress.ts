import { NOTHING } from "../model/field.ts";
import type { NetworkPolicy, PolicyPeer, PolicyRule } from "../model/networkPolicy.ts";
import { describe, nameOf } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import type { Scope } from "./landing.ts";
import { closingOf, policiesOf } from "./policies.ts";
import { type Clients, clientsOf, relation } from "./policyClients.ts";
import { holdsBlock, isOnHost, type PodEnd, takesPort } from "./policyRules.ts";

/** A block of addresses that a policy lets in. */
export interface Block {
	readonly words: string;
	readonly of: NonNullable<PolicyPeer["ipBlock"]>;
}

/** Who may connect to a port of Pods that policies close. */
export interface Closed {
	readonly by: readonly NetworkPolicy[];
	/** `NetworkPolicy deny closes Deployment api`. */
	readonly words: string;
	/** The same object for all ends that the same rules open. */
	readonly openTo: OpenTo;
	/** Why nothing can be told about anybody. */
	readonly doubt: string | undefined;
	/** Why those that nothing lets in may be let in all the same. */
	readonly otherDoubt: string | undefined;
}

/** Whom rules let in. */
export interface OpenTo {
	readonly clients: readonly Clients[];
	/** What the clients are called. */
	readonly names: ReadonlySet<string>;
	/** Those of which it cannot be told. */
	readonly doubtful: readonly { readonly clients: Clients; readonly why: string }[];
	readonly blocks: readonly Block[];
}

/** More peers than this are not looked at one by one. */
const MOST_PEERS = 2000;

/** `undefined` where everybody may connect; the same object for ports that the rules treat alike. Knows nothing of the settings. */
export function closedFor({ unit }: Pick<Scope, "unit">, end: PodEnd): Closed | undefined {
	const { certain, uncertain } = closingOf(unit, end.workload, "ingress");
	if (certain.length === 0 && uncertain.length === 0) return undefined;
	const rules = certain.flatMap((policy) => policy.rules.ingress.map((rule) => ({ policy, rule, port: takesPort(rule, end) })));
	if (certain.length > 0 && rules.some(({ rule, port }) => port === "yes" && rule.peers.length === 0)) return undefined;
	const through = rules.filter(({ port }) => port !== "no");
	const found = foundIn(unit);
	const ids = through.map(({ rule }) => idOf(found, rule)).join();
	const doubt = doubtOf(certain, uncertain, through, end);
	const ofWorkload = found.closed.get(end.workload) ?? new Map<string, Closed>();
	found.closed.set(end.workload, ofWorkload);
	const key = `${ids} ${doubt ?? ""}`;
	let closed = ofWorkload.get(key);
	if (!closed) {
		const openTo = found.openTo.get(ids) ?? openedBy(unit, through);
		found.openTo.set(ids, openTo);
		const otherDoubt = uncertain.length > 0 ? `${certainly(uncertain)} may let them in` : lackingDoubt(unit, certain);
		closed = { by: certain, words: closingWords(certain, end), openTo, doubt, otherDoubt };
		ofWorkload.set(key, closed);
	}
	return closed;
}

/** What is known of a unit's rules, so that their peers are not looked at again for each port and each workload. */
interface Found {
	readonly ids: Map<PolicyRule, number>;
	/** By the ids of the rules. */
	readonly openTo: Map<string, OpenTo>;
	/** By the ids of the rules and the doubt. */
	readonly closed: Map<Workload, Map<string, Closed>>;
}

const cache = new WeakMap<Unit, Found>();

function foundIn(unit: Unit): Found {
	const found = cache.get(unit) ?? { ids: new Map(), openTo: new Map(), closed: new Map() };
	cache.set(unit, found);
	return found;
}

function idOf({ ids }: Found, rule: PolicyRule): number {
	const id = ids.get(rule) ?? ids.size;
	ids.set(rule, id);
	return id;
}

function openedBy(unit: Unit, through: readonly Through[]): OpenTo {
	const meant = through.flatMap(({ policy, rule }) => rule.peers.map((peer) => peerOf(unit, policy, peer)));
	const named = distinct(meant.flatMap(({ certain }) => certain));
	const clients = widest(named, isWithin);
	const doubtful = meant.flatMap(({ uncertain, why }) => uncertain.map((each) => ({ clients: each, why: why ?? "" })));
	return {
		clients,
		names: new Set(named.map(({ words }) => words)),
		doubtful:
			clients.length > MOST_COMPARED ? doubtful : doubtful.filter((each) => !clients.some((other) => isWithin(each.clients, other))),
		blocks: widest(distinct(meant.flatMap(({ blocks }) => blocks)), (inner, outer) => holdsBlock(outer.of, inner.of)),
	};
}

function isWithin(a: Clients, b: Clients): boolean {
	return relation(a, b) === "within";
}

/** More than this are not compared with each other. */
const MOST_COMPARED = 200;

/** Those that lie in no other one; of several that are the same the first. */
function widest<T>(items: readonly T[], within: (inner: T, outer: T) => boolean): readonly T[] {
	if (items.length > MOST_COMPARED) return items;
	return items.filter(
		(inner, index) => !items.some((outer, at) => at !== index && within(inner, outer) && (at < index || !within(outer, inner))),
	);
}

function peerOf(unit: Unit, policy: NetworkPolicy, peer: PolicyPeer) {
	const { ipBlock } = peer;
	if (!ipBlock) return { ...clientsOf(unit, policy, peer), blocks: [] };
	const except = ipBlock.except.map(({ value }) => value ?? NOTHING);
	const words = `${ipBlock.cidr?.value ?? NOTHING}${except.length > 0 ? ` except ${except.join(", ")}` : ""}`;
	return { certain: [], uncertain: [], why: undefined, blocks: [{ words, of: ipBlock }] };
}

interface Through {
	readonly policy: NetworkPolicy;
	readonly rule: PolicyRule;
	readonly port: "yes" | "no" | "cannot-tell";
}

function doubtOf(
	certain: readonly NetworkPolicy[],
	uncertain: readonly NetworkPolicy[],
	through: readonly Through[],
	end: PodEnd,
): string | undefined {
	const target = describe(end.workload);
	if (certain.length === 0) return `Whether ${certainly(uncertain)} closes ${target} cannot be told`;
	if (isOnHost(end.workload)) return `${certainly(certain)} selects Pods on the host network, where its effect is not defined`;
	const unsure = through.find(({ rule, port }) => port === "cannot-tell" || !isReadable(rule));
	if (unsure)
		return `Whether ${describe(unsure.policy)} lets ${end.port === null ? "traffic to" : `port ${end.port} of`} ${target} through cannot be told`;
	const peers = through.reduce((sum, { rule }) => sum + rule.peers.length, 0);
	return peers > MOST_PEERS ? `${certainly(certain)} has more than ${MOST_PEERS} peers` : undefined;
}

const readableRules = new WeakMap<PolicyRule, boolean>();

function isReadable(rule: PolicyRule): boolean {
	const known = readableRules.get(rule) ?? rule.peers.every(({ readable }) => readable);
	readableRules.set(rule, known);
	return known;
}

function lackingDoubt(unit: Unit, certain: readonly NetworkPolicy[]): string | undefined {
	return policiesOf(unit).open ? `${certainly(certain)} closes the Pods, and a policy that could not be read may open them` : undefined;
}

const MOST_NAMES = 3;

/** `NetworkPolicy deny-all`, `NetworkPolicies a, b`. */
export function certainly(policies: readonly NetworkPolicy[]): string {
	const names = [...new Set(policies.map((policy) => nameOf(policy) ?? "without a name"))];
	const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
	return `${names.length > 1 ? "NetworkPolicies" : "NetworkPolicy"} ${names.slice(0, MOST_NAMES).join(", ")}${more}`;
}

function closingWords(policies: readonly NetworkPolicy[], { workload }: PodEnd): string {
	const several = new Set(policies.map(nameOf)).size > 1;
	return `${certainly(policies)} ${several ? "close" : "closes"} ${describe(workload)}`;
}

export function distinct<T extends { readonly words: string }>(items: readonly T[]): readonly T[] {
	return [...new Map(items.map((item) => [item.words, item])).values()];
}
