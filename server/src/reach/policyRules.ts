import { declaredPorts, unsureAboutPorts } from "../links/targetPort.ts";
import { contains, parseAddress, parseNetwork } from "../model/address.ts";
import { isUnreadable } from "../model/field.ts";
import { isEmptySelector, type Match, meetsSelector } from "../model/labelSelector.ts";
import type { Direction, NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from "../model/networkPolicy.ts";
import { type KubeObject, namespaceOf, sameNamespace } from "../model/object.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import { addressesOf } from "./endpointPods.ts";
import type { Scope } from "./landing.ts";
import { any, both, closingOf, namespaceLabels, podsMeet } from "./policies.ts";

/** A port of a workload's Pods that somebody dials. */
export interface PodEnd {
	readonly workload: Workload;
	readonly port: number | null;
	readonly protocol: string;
}

/** A port of something that is dialled through an object which lists its addresses, and that is no Pod of the unit. */
export interface AddressEnd {
	readonly workload: undefined;
	/** The object that lists them. */
	readonly object: KubeObject;
	readonly addresses: readonly string[];
	readonly port: number | null;
	readonly protocol: string;
}

export type End = PodEnd | AddressEnd;

/**
 * Whether the unit's policies let the Pods of one workload dial a port of another's, at the Pod's own address. Both ends must
 * allow it. Source: k8s.io/api networking/v1 types.go.
 */
export function mayConnect(scope: Scope, client: Workload, end: PodEnd): Match {
	return both(allows(scope, "ingress", end.workload, client, end), allows(scope, "egress", client, end.workload, end));
}

function allows(scope: Scope, direction: Direction, subject: Workload, other: Workload, end: PodEnd): Match {
	const { certain, uncertain } = closingOf(scope.unit, subject, direction);
	if (certain.length === 0 && uncertain.length === 0) return "yes";
	if (isOnHost(subject) || isOnHost(other)) return "cannot-tell";
	const answer = any(certain.map((policy) => letsThrough(scope, policy, direction, other, end)));
	if (certain.length === 0) return "cannot-tell";
	return answer === "no" && uncertain.length > 0 ? "cannot-tell" : answer;
}

/** What policies do with Pods on the host network is not defined; mostly they pass by. */
export function isOnHost(workload: Workload): boolean {
	return workload.template.hostNetwork?.value === true || isUnreadable(workload.template.hostNetwork);
}

/**
 * Whether a rule of a policy takes the Pods at the other end, at that port. Through a Service it is not defined whether a block
 * of addresses is compared before or after the address is translated.
 */
export function letsThrough(
	scope: Scope,
	policy: NetworkPolicy,
	direction: Direction,
	other: Workload,
	end: PodEnd,
	translated = false,
): Match {
	return any(
		policy.rules[direction].map((rule) => {
			const port = takesPort(rule, end);
			if (port === "no" || rule.peers.length === 0) return port;
			return both(
				port,
				any(rule.peers.map((peer) => (translated && peer.ipBlock ? "cannot-tell" : takesPods(scope, policy, peer, other)))),
			);
		}),
	);
}

/** Ports of policies are those of Pods, never of Services; names are looked up in the Pods that are dialled. */
export function takesPort({ ports, readable }: PolicyRule, end: End): Match {
	if (!readable) return "cannot-tell";
	return ports.length === 0 ? "yes" : any(ports.map((port) => isPort(port, end)));
}

function isPort({ node, port, endPort, protocol }: PolicyPort, end: End): Match {
	const written = protocolOf({ protocol });
	if (written === undefined || !/^(TCP|UDP|SCTP)$/.test(written)) return "cannot-tell";
	if (written !== end.protocol) return "no";
	if (isUnreadable(port) || isUnreadable(endPort) || node.kind !== "map") return "cannot-tell";
	if (port?.value === undefined) return endPort?.value === undefined ? "yes" : "cannot-tell";
	if (end.port === null) return "cannot-tell";
	if (typeof port.value === "string") return isNamed(port.value, end);
	const last = endPort?.value ?? port.value;
	return port.value <= end.port && end.port <= last ? "yes" : "no";
}

function isNamed(name: string, { workload, port, protocol }: End): Match {
	if (!workload) return "cannot-tell";
	const named = declaredPorts(workload).filter((declared) => declared.port.name?.value === name && protocolOf(declared.port) === protocol);
	const [first] = named;
	if (first?.port.containerPort?.value === port) return "yes";
	const perhaps = named.some((declared) => declared.port.containerPort?.value === port) || unsureAboutPorts(workload) !== undefined;
	return perhaps ? "cannot-tell" : "no";
}

/** Whether a peer means the Pods of a workload. */
export function takesPods({ unit, settings }: Scope, policy: NetworkPolicy, peer: PolicyPeer, other: Workload): Match {
	if (!peer.readable) return "cannot-tell";
	if (peer.ipBlock) return blockTakes(settings, peer.ipBlock, addressesOf(other));
	const { namespaceSelector, podSelector } = peer;
	const namespace = !namespaceSelector
		? sameNamespace(policy, other)
		: isEmptySelector(namespaceSelector)
			? "yes"
			: meetsSelector(namespaceLabels(unit, isUnreadable(other.metadata.namespace) ? undefined : namespaceOf(other)), namespaceSelector);
	return both(namespace, podSelector ? podsMeet(other, podSelector) : "yes");
}

/** Whether a peer means what has these addresses, and may be Pods that are not known here. */
export function takesAddresses({ settings }: Scope, peer: PolicyPeer, addresses: readonly string[]): Match {
	if (!peer.readable) return "cannot-tell";
	if (peer.ipBlock) return addresses.length === 0 ? "cannot-tell" : blockTakes(settings, peer.ipBlock, addresses);
	const pods = settings.cluster.podCIDR?.map(networkOf);
	if (!pods || pods.length === 0 || addresses.length === 0) return "cannot-tell";
	const parsed = addresses.map(parseAddress);
	return parsed.every((address) => address && pods.every((range) => range && !contains(range, address))) ? "no" : "cannot-tell";
}

/** Whether a block holds the Pods with these addresses; of Pods without known ones as far as the Pod network is known. */
export function blockTakes(settings: Settings, block: NonNullable<PolicyPeer["ipBlock"]>, addresses: readonly string[]): Match {
	const inside = networkOf(block.cidr?.value);
	const except = block.except.map(({ value }) => networkOf(value));
	if (!inside || except.includes(undefined)) return "cannot-tell";
	const holes = except.flatMap((hole) => hole ?? []);
	if (addresses.length > 0) {
		const answers = addresses.map((text): Match => {
			const address = parseAddress(text);
			if (!address) return "cannot-tell";
			return contains(inside, address) && !holes.some((hole) => contains(hole, address)) ? "yes" : "no";
		});
		return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? "cannot-tell") : "cannot-tell";
	}
	const ranges = (settings.cluster.podCIDR ?? []).map(networkOf);
	if (ranges.length === 0 || ranges.includes(undefined)) return "cannot-tell";
	const pods = ranges.flatMap((range) => range ?? []);
	if (pods.every((range) => isApart(range, inside))) return "no";
	const whole = pods.every((range) => isWithin(range, inside) && holes.every((hole) => isApart(hole, range)));
	if (whole) return "yes";
	return pods.every((range) => isApart(range, inside) || holes.some((hole) => isWithin(range, hole))) ? "no" : "cannot-tell";
}

type IpBlock = NonNullable<PolicyPeer["ipBlock"]>;

/** Whether every address of one block is in another. */
export function holdsBlock(outer: IpBlock, inner: IpBlock): boolean {
	const [outside, inside] = [networkOf(outer.cidr?.value), networkOf(inner.cidr?.value)];
	if (!outside || !inside || !isWithin(inside, outside)) return false;
	return outer.except.every(({ value }) => {
		const hole = networkOf(value);
		return hole !== undefined && isApart(hole, inside);
	});
}

/** Whether two blocks have no address in common, exceptions aside. */
export function areApart(a: IpBlock, b: IpBlock): boolean {
	const [one, other] = [networkOf(a.cidr?.value), networkOf(b.cidr?.value)];
	return one !== undefined && other !== undefined && isApart(one, other);
}

function networkOf(text: string | undefined) {
	return text === undefined ? undefined : parseNetwork(text.trim());
}

type Range = NonNullable<ReturnType<typeof parseNetwork>>;

function isWithin(inner: Range, outer: Range): boolean {
	return outer.prefix <= inner.prefix && contains(outer, inner.address);
}

function isApart(a: Range, b: Range): boolean {
	return !isWithin(a, b) && !isWithin(b, a);
}
