import { NOTHING } from "../model/field.ts";
import type { NetworkPolicy, PolicyPeer, PolicyRule } from "../model/networkPolicy.ts";
import { describe, nameOf } from "../model/object.ts";
import type { Unit } from "../units/unit.ts";
import type { Scope } from "./landing.ts";
import { closingOf, policiesOf } from "./policies.ts";
import { type Clients, clientsOf } from "./policyClients.ts";
import { isOnHost, type PodEnd, takesPort } from "./policyRules.ts";

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
	readonly clients: readonly Clients[];
	/** Those of which it cannot be told. */
	readonly doubtful: readonly { readonly clients: Clients; readonly why: string }[];
	readonly blocks: readonly Block[];
	/** Why nothing can be told about anybody. */
	readonly doubt: string | undefined;
	/** Why those that nothing lets in may be let in all the same. */
	readonly otherDoubt: string | undefined;
}

/** More peers than this are not looked at one by one. */
const MOST_PEERS = 2000;

/** `undefined` where everybody may connect. Knows nothing of the settings. */
export function closedFor({ unit }: Pick<Scope, "unit">, end: PodEnd): Closed | undefined {
	const { certain, uncertain } = closingOf(unit, end.workload, "ingress");
	if (certain.length === 0 && uncertain.length === 0) return undefined;
	const rules = certain.flatMap((policy) => policy.rules.ingress.map((rule) => ({ policy, rule, port: takesPort(rule, end) })));
	if (certain.length > 0 && rules.some(({ rule, port }) => port === "yes" && rule.peers.length === 0)) return undefined;
	const through = rules.filter(({ port }) => port !== "no");
	const meant = through.flatMap(({ policy, rule }) => rule.peers.map((peer) => peerOf(unit, policy, peer)));
	return {
		by: certain,
		words: closingWords(certain, end),
		clients: distinct(meant.flatMap(({ certain: sure }) => sure)),
		doubtful: meant.flatMap(({ uncertain: doubtful, why }) => doubtful.map((clients) => ({ clients, why: why ?? "" }))),
		blocks: distinct(meant.flatMap(({ blocks }) => blocks)),
		doubt: doubtOf(certain, uncertain, through, end),
		otherDoubt: uncertain.length > 0 ? `${certainly(uncertain)} may let them in` : lackingDoubt(unit, certain),
	};
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
	const unsure = through.find(({ rule, port }) => port === "cannot-tell" || rule.peers.some(({ readable }) => !readable));
	if (unsure)
		return `Whether ${describe(unsure.policy)} lets ${end.port === null ? "traffic to" : `port ${end.port} of`} ${target} through cannot be told`;
	const peers = through.reduce((sum, { rule }) => sum + rule.peers.length, 0);
	return peers > MOST_PEERS ? `${certainly(certain)} has more than ${MOST_PEERS} peers` : undefined;
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
