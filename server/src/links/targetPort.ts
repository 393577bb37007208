import { isUnreadable } from "../model/field.ts";
import { type Container, type ContainerPort, isPatchy, servingContainers } from "../model/podTemplate.ts";
import { knownProtocol, protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";

/** A container port, and the container that declares it. */
export interface DeclaredPort {
	readonly container: Container;
	readonly port: ContainerPort;
}

/**
 * The port that a Service finds by its name in the Pods of a workload: the first one with that name and protocol, over
 * regular containers in order and then over sidecars. Source: FindPort of k8s.io/endpointslice/utils.go; sidecars since 1.33.
 */
export function portNamed(workload: Workload, name: string, protocol: string): DeclaredPort | undefined {
	return portsOf(workload).first.get(`${protocol} "${name}"`);
}

/** The port that declares a number with a protocol; nothing needs to, for a number works undeclared. */
export function portNumbered(workload: Workload, number: number, protocol: string): DeclaredPort | undefined {
	return portsOf(workload).first.get(`${protocol} ${number}`);
}

/** Ports of the containers that serve, in the order in which names are looked up. */
export function declaredPorts(workload: Workload): readonly DeclaredPort[] {
	return portsOf(workload).all;
}

interface Ports {
	readonly all: readonly DeclaredPort[];
	/** The first port of each protocol and name (in quotes), and of each protocol and number. */
	readonly first: ReadonlyMap<string, DeclaredPort>;
	/** Why there may be more or others: at all, and for what any of them says. */
	readonly unsureAtAll: string | undefined;
	readonly unsure: string | undefined;
}

const cache = new WeakMap<Workload, Ports>();

function portsOf(workload: Workload): Ports {
	let ports = cache.get(workload);
	if (!ports) {
		const all = servingContainers(workload.template).flatMap((container) => container.ports.map((port) => ({ container, port })));
		const named = all.map((found): [string, DeclaredPort] => [`${protocolOf(found.port)} "${found.port.name?.value}"`, found]);
		const numbered = all.map((found): [string, DeclaredPort] => [`${protocolOf(found.port)} ${found.port.containerPort?.value}`, found]);
		const unsureAtAll = unsureAboutContainers(workload);
		const unsure = unsureAtAll ?? unsureAboutAny(all);
		ports = { all, first: new Map([...named.reverse(), ...numbered.reverse()]), unsureAtAll, unsure };
		cache.set(workload, ports);
	}
	return ports;
}

/** Why ports may be there that are not written in this workload, or may be others; `undefined` when what is written is all. */
export function unsureAboutPorts(workload: Workload): string | undefined {
	return portsOf(workload).unsure;
}

/** Why a container of this workload may have a port of that name; what is wrong elsewhere in its ports is no reason. */
export function unsureAboutName(workload: Workload, name: string): string | undefined {
	const { all, unsureAtAll } = portsOf(workload);
	if (unsureAtAll) return unsureAtAll;
	if (all.some(({ port }) => isUnreadable(port.name))) return UNREADABLE;
	return all.some(({ port }) => port.name?.value === name && !knownProtocol(port)) ? UNKNOWN_PROTOCOL : undefined;
}

/** Why a container of this workload may have a port of that number. */
export function unsureAboutNumber(workload: Workload, number: number): string | undefined {
	const { all, unsureAtAll } = portsOf(workload);
	if (unsureAtAll) return unsureAtAll;
	if (all.some(({ port }) => mayBe(port.containerPort, number))) return UNREADABLE;
	return all.some(({ port }) => port.containerPort?.value === number && !knownProtocol(port)) ? UNKNOWN_PROTOCOL : undefined;
}

/** A number in quotes is none that Kubernetes takes, but it says which one is meant. */
function mayBe(field: ContainerPort["containerPort"], number: number): boolean {
	if (!field || !isUnreadable(field)) return false;
	return (
		field.state === "placeholder" || field.node.kind !== "scalar" || !/^\d+$/.test(field.node.text) || Number(field.node.text) === number
	);
}

const UNREADABLE = "one of its ports is not written out";
const UNKNOWN_PROTOCOL = "one of its ports has a protocol that Kubernetes does not have";

/** Why containers or lists of ports may be others than are written. */
function unsureAboutContainers(workload: Workload): string | undefined {
	if (workload.broken) return "its manifest could not be read as a whole";
	if (workload.custom) return `a ${workload.kind} may change its Pods`;
	if (isPatchy(workload.template) || servingContainers(workload.template).some(({ portList }) => isUnreadable(portList))) {
		return "its containers are not written out";
	}
	return undefined;
}

function unsureAboutAny(ports: readonly DeclaredPort[]): string | undefined {
	const unreadable = ports.some(({ port }) => [port.name, port.containerPort, port.protocol].some(isUnreadable));
	if (unreadable) return UNREADABLE;
	return ports.every(({ port }) => knownProtocol(port)) ? undefined : UNKNOWN_PROTOCOL;
}
