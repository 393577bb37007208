import { refusalOf } from "../evidence/refusal.ts";
import { usesOfNodePort } from "../links/nodePorts.ts";
import type { DeclaredPort } from "../links/targetPort.ts";
import { type Address, kindOfAddress, parseAddress, printAddress } from "../model/address.ts";
import { given, isUnreadable } from "../model/field.ts";
import { describe } from "../model/object.ts";
import type { Container, ContainerPort } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import { sees, type Unit } from "../units/unit.ts";
import { type PodHosts, spelling, withPort } from "./address.ts";
import type { Scope } from "./landing.ts";
import type { Clients, PodPort, PodWay } from "./podWay.ts";
import { hasProtocol, meantProtocol } from "./protocol.ts";

export function hostNetworkWays({ hosts, doubt }: PodHosts, port: PodPort): readonly PodWay[] {
	return hosts.map((host): PodWay => ({ ...port, doubt, by: "hostNetwork", address: withPort(host, port.port), clients: HOST }));
}

/**
 * Host ports of regular containers. The kubelet hands over neither those of sidecars nor those of a Pod on the host network,
 * and of two ports with one name in a container only the first.
 */
export function hostPortWays(scope: Scope, nodes: PodHosts, workload: Workload): readonly PodWay[] {
	const mapped = workload.template.containers.flatMap((container) =>
		container.ports.filter((port, index) => !repeatsName(container, port, index)).map((port): DeclaredPort => ({ container, port })),
	);
	return mapped.flatMap((one, index) => {
		const first = mapped.slice(0, index).find((earlier) => takesHostPortOf(earlier.port, one.port));
		const number = given(one.port.containerPort);
		const refusal = number === undefined ? undefined : refusalOf(scope, workload, number, meantProtocol(one.port));
		return hostPortWaysOf(nodes, one, first, takenByService(scope.unit, workload, one.port)).map((way): PodWay => ({ ...way, refusal }));
	});
}

/** The rules of the mappings stand in their order, and the first that fits takes the connection. */
function takesHostPortOf(earlier: ContainerPort, port: ContainerPort): boolean {
	const same = given(port.hostPort) !== undefined && earlier.hostPort?.value === port.hostPort?.value;
	return same && meantProtocol(earlier) === meantProtocol(port) && overlaps(hostAddress(earlier), hostAddress(port));
}

/** `undefined` where it is not written, so that every address is meant. */
function hostAddress({ hostIP }: ContainerPort): Address | undefined {
	return parseAddress(hostIP?.value ?? "");
}

function overlaps(a: Address | undefined, b: Address | undefined): boolean {
	if (!a || !b) return true;
	if (a.family !== b.family) return false;
	return [a, b].some((address) => kindOfAddress(address) === "unspecified") || printAddress(a) === printAddress(b);
}

function repeatsName(container: Container, port: ContainerPort, index: number): boolean {
	const name = given(port.name);
	return name !== undefined && container.ports.slice(0, index).some((earlier) => earlier.name?.value === name);
}

function hostPortWaysOf(
	nodes: PodHosts,
	{ container, port }: DeclaredPort,
	first: DeclaredPort | undefined,
	taken: string | undefined,
): readonly PodWay[] {
	const field = port.hostPort;
	const number = given(field) ?? null;
	if (number === null && !isUnreadable(field)) return [];
	const unreadable = [field, port.containerPort, port.protocol, port.hostIP].find(isUnreadable);
	const address = hostAddress(port);
	const kind = address && kindOfAddress(address);
	const way = {
		by: "hostPort" as const,
		port: given(port.containerPort) ?? null,
		dials: number,
		protocol: meantProtocol(port),
		container,
		at: port.node,
		doubt: unreadable
			? `${unreadable.key.text} ${spelling(unreadable)} cannot be read`
			: (unfit(port) ?? taken ?? shadowed(first, number) ?? noLoopback(address) ?? nodes.doubt),
	};
	const only = isUnreadable(port.hostIP) ? undefined : given(port.hostIP);
	const anywhere = only === undefined || kind === "unspecified";
	const clients = kind !== "loopback" ? HOST : address?.family === "IPv6" ? IPV6_LOOPBACK : LOOPBACK;
	const those = anywhere ? nodes.hosts.filter((host) => isOfFamily(host, address)) : [only];
	return those.map((host): PodWay => ({ ...way, address: withPort(host, number ?? spelling(field)), clients }));
}

/** kube-proxy's rules stand before those of the portmap plugin. */
function takenByService(unit: Unit, workload: Workload, port: ContainerPort): string | undefined {
	const number = given(port.hostPort);
	if (number === undefined) return undefined;
	const use = usesOfNodePort(unit, number).find(({ service, name, parent }) => {
		const entry = service.ports.find(({ node }) => node === parent);
		return name === "nodePort" && entry && meantProtocol(entry) === meantProtocol(port) && sees(unit, workload, service);
	});
	return use && `${describe(use.service)} takes port ${number} of the nodes first, as its node port`;
}

/** Source: the portmap plugin, which writes no rule where the families differ, also for 0.0.0.0 and ::. */
function isOfFamily(host: string, wanted: Address | undefined): boolean {
	const known = parseAddress(host);
	return !known || !wanted || known.family === wanted.family;
}

function shadowed(first: DeclaredPort | undefined, number: number | null): string | undefined {
	if (!first) return undefined;
	const { container, port } = first;
	return `Host port ${number} goes to port ${spelling(port.containerPort)} of container ${container.name?.value ?? "without a name"} first`;
}

/** Source: the portmap plugin, which routes 127.0.0.0/8 to Pods and leaves ::1 alone. */
function noLoopback(address: Address | undefined): string | undefined {
	if (address?.family !== "IPv6" || kindOfAddress(address) !== "loopback") return undefined;
	return "Most network plugins do not forward IPv6 connections to a loopback address";
}

function unfit(port: ContainerPort): string | undefined {
	if (!hasProtocol(port)) return `protocol ${spelling(port.protocol)} is none of TCP, UDP and SCTP`;
	return given(port.containerPort) === undefined ? "The port has no containerPort" : undefined;
}

/**
 * The portmap plugin translates and does not masquerade; but a Pod's connection comes from its node's address where it leaves
 * the node, and is marked for masquerading where it does not (hairpin).
 */
const HOST: Clients = { outside: "kept", node: "kept", pod: "replaced" };

/** Connections from 127.0.0.1 to a hostPort are masqueraded. */
const LOOPBACK: Clients = { node: "replaced" };
const IPV6_LOOPBACK: Clients = { node: null };
