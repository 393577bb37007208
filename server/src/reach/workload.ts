import { type ImageAnswer, imageAnswer } from "../evidence/imageAnswer.ts";
import { linksOf } from "../links/links.ts";
import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { type DeclaredPort, declaredPorts } from "../links/targetPort.ts";
import { type Address, kindOfAddress, parseAddress, printAddress } from "../model/address.ts";
import { given, isUnreadable } from "../model/field.ts";
import { describe } from "../model/object.ts";
import type { Container, ContainerPort } from "../model/podTemplate.ts";
import { isHeadless, type Service, type ServicePort } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import { nodeHosts, serviceDomainName, spelling, withPort } from "./address.ts";
import { resolveTarget, type Scope } from "./landing.ts";
import type { ClientAddress, From, Path } from "./path.ts";
import { podCount, podHostnames } from "./pods.ts";
import { underPolicies } from "./policyPaths.ts";
import { hasProtocol, meantProtocol } from "./protocol.ts";
import { untilRendered } from "./unrendered.ts";

/** Every path that leads to a workload's Pods directly, past every Service: Pod addresses and names, host ports, the host network. */
export function pathsOfWorkload(snapshot: Snapshot, unit: Unit, workload: Workload): readonly Path[] {
	const scope: Scope = { unit, settings: settingsOf(snapshot, unit) };
	const services = linksOf(unit).servicesOf(workload);
	const ports = portsOf(scope, services, workload);
	const hosts = nodeHosts(scope.settings, unit);
	const onHost = isOnHost(workload);
	const inside = onHost ? HOST_POD : POD_NETWORK;
	const ways = [
		...(onHost ? ports.flatMap((port) => hostNetworkWays(hosts, port)) : hostPortWays(scope, hosts, workload)),
		...services.flatMap((service) => podNameWays(scope, service, workload, ports)),
		...ports.map((port): Way => ({ ...port, by: "podIP", address: withPort(podHost(workload), port.port), clients: inside })),
	];
	const paths = FROM.flatMap((from) => ways.filter(({ clients }) => from in clients).map((way) => pathOf(workload, from, way)));
	return untilRendered(scope.unit, underPolicies(scope, paths));
}

const FROM: readonly From[] = ["outside", "node", "pod"];

/** A port of a workload's Pods, and the text that tells of it. */
interface PodPort {
	readonly port: number | null;
	readonly protocol: string;
	readonly container: Container | undefined;
	readonly at: Place;
	/** What the images say against it. */
	readonly image?: ImageAnswer | undefined;
}

interface Way extends PodPort {
	readonly by: "podIP" | "dns" | "hostPort" | "hostNetwork";
	readonly address: string;
	/** What the client dials, where that is another number than the Pod's. */
	readonly dials?: number | null;
	readonly entry?: ServicePort;
	readonly servicePort?: number | null;
	/** Who can use it, and whether the Pod sees their address. */
	readonly clients: Clients;
	readonly doubt?: string | undefined;
}

type Clients = Readonly<Partial<Record<From, ClientAddress | null>>>;

/** Inside the Pod network nothing is rewritten; from outside no Pod address can be reached. */
const POD_NETWORK: Clients = { node: "kept", pod: "kept" };

/**
 * The portmap plugin translates and does not masquerade; but a Pod's connection comes from its node's address where it leaves
 * the node, and is marked for masquerading where it does not (hairpin).
 */
const HOST: Clients = { outside: "kept", node: "kept", pod: "replaced" };

/** On the host network a Pod's own address is its node's. */
const HOST_POD: Clients = { node: "kept", pod: "replaced" };

/** Connections from 127.0.0.1 to a hostPort are masqueraded. */
const LOOPBACK: Clients = { node: "replaced" };
const IPV6_LOOPBACK: Clients = { node: null };

function pathOf(workload: Workload, from: From, way: Way): Path {
	const { by, address, port, protocol, container, at, doubt } = way;
	const answer = way.image;
	const why = doubt ?? unsure(workload) ?? (answer?.verdict === "perhaps" ? answer.why : undefined);
	return {
		from,
		by,
		client: null,
		address,
		node: by === "hostPort" || by === "hostNetwork" ? "with-pod" : null,
		protocol,
		port: way.dials === undefined ? port : way.dials,
		servicePort: way.servicePort ?? null,
		to: [{ object: workload, podPort: port, container }],
		clientAddress: way.clients[from] ?? null,
		verdict: why !== undefined ? "cannot-tell" : answer ? "refused" : "reaches",
		why: why ?? answer?.why ?? null,
		entry: way.entry,
		at,
	};
}

function unsure(workload: Workload): string | undefined {
	const count = podCount(workload);
	return count !== undefined && count <= 0 ? `${describe(workload)} asks for no Pods` : undefined;
}

/** Declared ports of the containers that serve, and the target ports of the Services that select the Pods. */
function portsOf(scope: Scope, services: readonly Service[], workload: Workload): readonly PodPort[] {
	const found = new Map<string, PodPort>();
	const add = (port: PodPort) => {
		const key = `${port.port}/${port.protocol}`;
		if (!found.has(key)) found.set(key, port);
	};
	for (const { container, port } of declaredPorts(workload)) {
		const number = port.containerPort?.value;
		const protocol = meantProtocol(port);
		if (number !== undefined)
			add({ port: number, protocol, container, at: port.node, image: imageAnswer(scope, workload, number, protocol) });
	}
	for (const service of services) {
		for (const entry of service.ports) {
			const port = targetOf(scope, workload, entry);
			if (port) add(port);
		}
	}
	return [...found.values()];
}

function targetOf(scope: Scope, workload: Workload, entry: ServicePort): PodPort | undefined {
	const { podPort, container, image } = resolveTarget(scope, workload, entry);
	if (podPort === null || !hasProtocol(entry)) return undefined;
	return { port: podPort, protocol: meantProtocol(entry), container, at: entry.node, image };
}

function isOnHost({ template }: Workload): boolean {
	return template.hostNetwork?.value === true;
}

/** The Pod's address where the object is one Pod that runs, else the word `podIP`. */
function podHost(workload: Workload): string {
	const known = workload.kind === "Pod" ? valueAt(workload.root, "status", "podIP") : undefined;
	return known?.kind === "scalar" && known.text !== "" ? known.text : "podIP";
}

function hostNetworkWays(hosts: readonly string[], port: PodPort): readonly Way[] {
	return hosts.map((host): Way => ({ ...port, by: "hostNetwork", address: withPort(host, port.port), clients: HOST }));
}

/**
 * Host ports of regular containers. The kubelet hands over neither those of sidecars nor those of a Pod on the host network,
 * and of two ports with one name in a container only the first.
 */
function hostPortWays(scope: Scope, hosts: readonly string[], workload: Workload): readonly Way[] {
	const mapped = workload.template.containers.flatMap((container) =>
		container.ports.filter((port, index) => !repeatsName(container, port, index)).map((port): DeclaredPort => ({ container, port })),
	);
	return mapped.flatMap((one, index) => {
		const first = mapped.slice(0, index).find((earlier) => takesHostPortOf(earlier.port, one.port));
		const { value } = one.port.containerPort ?? {};
		const image = value === undefined ? undefined : imageAnswer(scope, workload, value, meantProtocol(one.port));
		return hostPortWaysOf(hosts, one, first).map((way): Way => ({ ...way, image }));
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

function hostPortWaysOf(hosts: readonly string[], { container, port }: DeclaredPort, first: DeclaredPort | undefined): readonly Way[] {
	const field = port.hostPort;
	const number = given(field) ?? null;
	if (number === null && !isUnreadable(field)) return [];
	const unreadable = [field, port.containerPort, port.protocol, port.hostIP].find(isUnreadable);
	const address = hostAddress(port);
	const kind = address && kindOfAddress(address);
	const way = {
		by: "hostPort" as const,
		port: port.containerPort?.value ?? null,
		dials: number,
		protocol: meantProtocol(port),
		container,
		at: port.node,
		doubt: unreadable
			? `${unreadable.key.text} ${spelling(unreadable)} cannot be read`
			: (unfit(port) ?? shadowed(first, number) ?? noLoopback(address)),
	};
	const only = isUnreadable(port.hostIP) ? undefined : given(port.hostIP);
	const anywhere = only === undefined || kind === "unspecified";
	const clients = kind !== "loopback" ? HOST : address?.family === "IPv6" ? IPV6_LOOPBACK : LOOPBACK;
	const those = anywhere ? hosts.filter((host) => isOfFamily(host, address)) : [only];
	return those.map((host): Way => ({ ...way, address: withPort(host, number ?? spelling(field)), clients }));
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
	return port.containerPort?.value === undefined ? "The port has no containerPort" : undefined;
}

/** Names of single Pods below a headless Service that selects them; without ports of its own, every port of the Pods. */
function podNameWays(scope: Scope, service: Service, workload: Workload, ports: readonly PodPort[]): readonly Way[] {
	const name = service.metadata.name?.value;
	if (name === undefined || !isHeadless(service)) return [];
	const entries = service.ports.flatMap((entry): readonly Omit<Way, "by" | "address" | "clients">[] => {
		const port = targetOf(scope, workload, entry);
		return port ? [{ ...port, entry, servicePort: entry.port?.value ?? null }] : [];
	});
	const any = { port: null, protocol: "TCP", container: undefined, at: service.root };
	const reached = service.ports.length > 0 ? entries : ports.length > 0 ? ports : [any];
	const domain = serviceDomainName(scope.settings, service);
	const seen = isOnHost(workload) ? "replaced" : "kept";
	return podHostnames(workload, name).flatMap((host) =>
		reached.map((port): Way => ({ ...port, by: "dns", address: withPort(`${host}.${domain}`, port.port), clients: { pod: seen } })),
	);
}
