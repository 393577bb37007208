import type { Match } from "../model/labelSelector.ts";
import type { NetworkPolicy, PolicyPeer, PolicyRule } from "../model/networkPolicy.ts";
import { namespaceOf } from "../model/object.ts";
import { sees } from "../units/unit.ts";
import type { Scope } from "./landing.ts";
import type { Path } from "./path.ts";
import { any, both, policiesOf } from "./policies.ts";
import { aimsElsewhere } from "./policyAims.ts";
import { type Clients, relation, subjectOf } from "./policyClients.ts";
import { certainly } from "./policyIngress.ts";
import { type AddressEnd, type End, isOnHost, letsThrough, takesAddresses, takesPort } from "./policyRules.ts";

/** The Pods that policies close for what they open themselves, by what becomes of connections to some Pods. */
export interface Egress {
	readonly open: readonly Clients[];
	readonly shut: readonly Kept[];
	readonly unsure: readonly Kept[];
}

export interface Kept {
	readonly clients: Clients;
	readonly why: string;
}

/** `undefined` where no policy closes anybody for egress. */
export function egressTo(scope: Scope, path: Path, ends: readonly End[]): Egress | undefined {
	const { egress, sound } = policiesOf(scope.unit);
	const objects = ends.map((end) => end.workload ?? end.object);
	const seesAll = objects.some(({ source }) => !scope.unit.hasAlternatives(source.uri));
	const closing = seesAll ? egress : egress.filter((policy) => objects.some((object) => sees(scope.unit, object, policy)));
	if (closing.length === 0) return undefined;
	const way = wayOf(path);
	const isElsewhere = way === "other" ? () => false : aimsElsewhere(scope.unit, ends);
	const open: Clients[] = [];
	const shut: NetworkPolicy[] = [];
	const unsure: NetworkPolicy[] = [];
	const nameless: NetworkPolicy[] = [];
	for (const policy of closing) {
		if (isElsewhere(policy)) {
			shut.push(policy);
			continue;
		}
		const answers = ends.map((end) => (sound.has(policy) && policy.closes.egress ? answerFor(scope, way, policy, end) : "cannot-tell"));
		if (answers.every((answer) => answer === "no")) shut.push(policy);
		else if (!answers.every((answer) => answer === "yes")) unsure.push(policy);
		else if (path.by === "dns" && !resolves(closing, subjectOf(policy))) nameless.push(policy);
		else open.push(subjectOf(policy));
	}
	if (shut.length === closing.length) return allShut(closing);
	return {
		open,
		shut: keptBy(shut, shutWords),
		unsure: [
			...keptBy(unsure, () => "may keep them from connecting"),
			...keptBy(nameless, (one) => `${one ? "lets" : "let"} nothing out to port 53 of a DNS server, so the name may not resolve`),
		],
	};
}

const shutBy = new WeakMap<readonly NetworkPolicy[], Egress>();

/** Whatever is dialled: nobody opens it. */
function allShut(closing: readonly NetworkPolicy[]): Egress {
	let found = shutBy.get(closing);
	if (!found) {
		found = { open: [], shut: keptBy(closing, shutWords), unsure: [] };
		shutBy.set(closing, found);
	}
	return found;
}

function shutWords(one: boolean): string {
	return `${one ? "lets" : "let"} them open no connection there`;
}

/** Policies that do the same are told together. */
function keptBy(policies: readonly NetworkPolicy[], words: (one: boolean) => string): readonly Kept[] {
	const why = policies.length === 0 ? "" : `${certainly(policies)} ${words(policies.length === 1)}`;
	return policies.map((policy) => ({ clients: subjectOf(policy), why }));
}

/** What policies may compare with the addresses of Pods: what is dialled, what that is translated to, or nobody knows. */
type Way = "itself" | "translated" | "other";

function wayOf({ by, direct }: Pick<Path, "by" | "direct">): Way {
	if (direct || by === "podIP") return "itself";
	return by === "dns" || by === "clusterIP" ? "translated" : "other";
}

/** What an answer of `egressTo` depends on beside the ends. */
export function egressKey(path: Pick<Path, "by" | "direct">): string {
	return `${wayOf(path)} ${path.by === "dns"}`;
}

function answerFor(scope: Scope, way: Way, policy: NetworkPolicy, end: End): "yes" | "no" | "cannot-tell" {
	const everywhere = policy.rules.egress.filter(({ peers }) => peers.length === 0).map((rule) => takesPort(rule, end));
	if (everywhere.includes("yes")) return "yes";
	if (way === "other" || (end.workload && isOnHost(end.workload))) return policy.rules.egress.length === 0 ? "no" : "cannot-tell";
	return end.workload
		? letsThrough(scope, policy, "egress", end.workload, end, way !== "itself")
		: letsOut(scope, policy, end, way !== "itself");
}

/** What a Service's address is translated to is compared with blocks of addresses before or after that, which is not defined. */
function letsOut(scope: Scope, policy: NetworkPolicy, end: AddressEnd, translated: boolean): Match {
	return any(
		policy.rules.egress.map((rule) => {
			const port = takesPort(rule, end);
			if (port === "no" || rule.peers.length === 0) return port;
			return both(
				port,
				any(rule.peers.map((peer) => (peer.ipBlock && translated ? "cannot-tell" : takesAddresses(scope, peer, end.addresses)))),
			);
		}),
	);
}

/** Whether a policy for some of these Pods may open the port of DNS to where names are resolved. */
function resolves(policies: readonly NetworkPolicy[], clients: Clients): boolean {
	return policies.some(
		(policy) => relation(clients, subjectOf(policy)) !== "apart" && policy.rules.egress.some((rule) => mayResolve(policy, rule)),
	);
}

/** DNS is at home in kube-system, so that Pods of another namespace alone are no way to it. */
function mayResolve(policy: NetworkPolicy, { peers, ports, readable }: PolicyRule): boolean {
	if (!readable) return true;
	const inReach = peers.length === 0 || namespaceOf(policy) === "kube-system" || peers.some(leavesNamespace);
	return inReach && (ports.length === 0 || ports.some(({ port }) => port?.value === undefined || isDns(port.value)));
}

function leavesNamespace({ namespaceSelector, ipBlock, readable }: PolicyPeer): boolean {
	return !readable || namespaceSelector !== undefined || ipBlock !== undefined;
}

/** A name may be that of any port; some clusters have theirs on 5353. */
function isDns(port: number | string): boolean {
	return typeof port === "string" || port === 53 || port === 5353;
}
