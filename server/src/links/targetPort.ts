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
	readonly unsure: string | undefined;
}

const cache = new WeakMap<Workload, Ports>();

function portsOf(workload: Workload): Ports {
	let ports = cache.get(workload);
	if (!ports) {
		const all = servingContainers(workload.template).flatMap((container) => container.ports.map((port) => ({ container, port })));
		const named = all.map((found): [string, DeclaredPort] => [`${protocolOf(found.port)} "${found.port.name?.value}"`, found]);
		const numbered = all.map((found): [string, DeclaredPort] => [`${protocolOf(found.port)} ${found.port.containerPort?.value}`, found]);
		ports = { all, first: new Map([...named.reverse(), ...numbered.reverse()]), unsure: unsureAbout(workload, all) };
		cache.set(workload, ports);
	}
	return ports;
}

/** Why ports may be there that are not written in this workload, or may be others; `undefined` when what is written is all. */
export function unsureAboutPorts(workload: Workload): string | undefined {
	return portsOf(workload).unsure;
}

function unsureAbout(workload: Workload, ports: readonly DeclaredPort[]): string | undefined {
	if (workload.broken) return "its manifest could not be read as a whole";
	if (workload.custom) return `a ${workload.kind} may change its Pods`;
	if (isPatchy(workload.template) || servingContainers(workload.template).some(({ portList }) => isUnreadable(portList))) {
		return "its containers are not written out";
	}
	const unreadable = ports.some(({ port }) => [port.name, port.containerPort, port.protocol].some(isUnreadable));
	if (unreadable) return "one of its ports is not written out";
	return ports.every(({ port }) => knownProtocol(port)) ? undefined : "one of its ports has a protocol that Kubernetes does not have";
}
