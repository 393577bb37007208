import { refusalOf } from "../evidence/refusal.ts";
import { linksOf } from "../links/links.ts";
import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { declaredPorts } from "../links/targetPort.ts";
import { given } from "../model/field.ts";
import { describe } from "../model/object.ts";
import { isHeadless, type Service, type ServicePort } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { valueAt } from "../yaml/nodes.ts";
import { podNodeHosts, serviceDomainName, withPort } from "./address.ts";
import { hostNetworkWays, hostPortWays } from "./hostPort.ts";
import { resolveTarget, type Scope } from "./landing.ts";
import type { From, Path } from "./path.ts";
import { podCount, podHostnames } from "./pods.ts";
import type { Clients, PodPort, PodWay } from "./podWay.ts";
import { underPolicies } from "./policyPaths.ts";
import { hasProtocol, meantProtocol } from "./protocol.ts";
import { remembered } from "./remembered.ts";
import { untilRendered } from "./unrendered.ts";

/** Every path that leads to a workload's Pods directly, past every Service: Pod addresses and names, host ports, the host network. */
export const pathsOfWorkload = remembered(direct);

function direct(snapshot: Snapshot, unit: Unit, workload: Workload): readonly Path[] {
	const scope: Scope = { unit, settings: settingsOf(snapshot, unit) };
	const services = linksOf(unit).servicesOf(workload);
	const ports = portsOf(scope, services, workload);
	const hosts = podNodeHosts(scope.settings, unit, workload);
	const onHost = isOnHost(workload);
	const inside = onHost ? HOST_POD : POD_NETWORK;
	const ways = [
		...(onHost ? ports.flatMap((port) => hostNetworkWays(hosts, port)) : hostPortWays(scope, hosts, workload)),
		...services.flatMap((service) => podNameWays(scope, service, workload, ports)),
		...ports.map((port): PodWay => ({ ...port, by: "podIP", address: withPort(podHost(workload), port.port), clients: inside })),
	];
	const paths = FROM.flatMap((from) => ways.filter(({ clients }) => from in clients).map((way) => pathOf(workload, from, way)));
	return untilRendered(scope.unit, underPolicies(scope, paths));
}

const FROM: readonly From[] = ["outside", "node", "pod"];

/** Inside the Pod network nothing is rewritten; from outside no Pod address can be reached. */
const POD_NETWORK: Clients = { node: "kept", pod: "kept" };

/** On the host network a Pod's own address is its node's. */
const HOST_POD: Clients = { node: "kept", pod: "replaced" };

function pathOf(workload: Workload, from: From, way: PodWay): Path {
	const { by, address, port, protocol, container, at, doubt } = way;
	const { refusal } = way;
	const why = doubt ?? unsure(workload) ?? (refusal?.verdict === "perhaps" ? refusal.why : undefined);
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
		verdict: why !== undefined ? "cannot-tell" : refusal ? "refused" : "reaches",
		why: why ?? refusal?.why ?? null,
		entry: way.entry,
		...(by === "dns" && { direct: true }),
		...(refusal && (doubt ?? unsure(workload)) === undefined && { byProcess: true }),
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
		const number = given(port.containerPort);
		const protocol = meantProtocol(port);
		if (number !== undefined)
			add({ port: number, protocol, container, at: port.node, refusal: refusalOf(scope, workload, number, protocol) });
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
	const { podPort, container, refusal } = resolveTarget(scope, workload, entry);
	if (podPort === null || !hasProtocol(entry)) return undefined;
	return { port: podPort, protocol: meantProtocol(entry), container, at: entry.node, refusal };
}

function isOnHost({ template }: Workload): boolean {
	return template.hostNetwork?.value === true;
}

/** The Pod's address where the object is one Pod that runs, else the word `podIP`. */
function podHost(workload: Workload): string {
	const known = workload.kind === "Pod" ? valueAt(workload.root, "status", "podIP") : undefined;
	return known?.kind === "scalar" && known.text !== "" ? known.text : "podIP";
}

/** Names of single Pods below a headless Service that selects them; without ports of its own, every port of the Pods. */
function podNameWays(scope: Scope, service: Service, workload: Workload, ports: readonly PodPort[]): readonly PodWay[] {
	const name = service.metadata.name?.value;
	if (name === undefined || !isHeadless(service)) return [];
	const entries = service.ports.flatMap((entry): readonly Omit<PodWay, "by" | "address" | "clients">[] => {
		const port = targetOf(scope, workload, entry);
		return port ? [{ ...port, entry, servicePort: entry.port?.value ?? null }] : [];
	});
	const any = { port: null, protocol: "TCP", container: undefined, at: service.root };
	const reached = service.ports.length > 0 ? entries : ports.length > 0 ? ports : [any];
	const domain = serviceDomainName(scope.settings, service);
	const seen = isOnHost(workload) ? "replaced" : "kept";
	return podHostnames(workload, name).flatMap((host) =>
		reached.map((port): PodWay => ({ ...port, by: "dns", address: withPort(`${host}.${domain}`, port.port), clients: { pod: seen } })),
	);
}
