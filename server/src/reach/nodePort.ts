import { given, isUnreadable } from "../model/field.ts";
import { hasNodePorts, type Service, type ServicePort, serviceType } from "../model/service.ts";
import type { Settings } from "../settings/settings.ts";
import { spelling } from "./address.ts";

/** The port that every node opens for an entry of a Service. */
export interface NodePort {
	/** null where the cluster assigns it, or where it cannot be read. */
	readonly number: number | null;
	/** `30080`, `<30000-32767>` for one that is assigned, or what is written. */
	readonly text: string;
	readonly doubt: string | undefined;
}

/** `undefined` where the Service has no node port for the entry. Numbers count as written, whether they are in the range or not. */
export function nodePortOf(settings: Settings, service: Service, entry: ServicePort): NodePort | undefined {
	const field = entry.nodePort;
	const written = given(field);
	if (!hasNodePorts(service) && !(isUnknownType(service) && field)) return undefined;
	if (isUnreadable(field)) return { number: null, text: spelling(field), doubt: `nodePort ${spelling(field)} cannot be read` };
	const number = written ?? requestedBySibling(service, entry);
	if (number !== undefined) return { number, text: String(number), doubt: undefined };
	if (service.allocateLoadBalancerNodePorts?.value === false && serviceType(service) === "LoadBalancer") return undefined;
	const { first, last } = settings.cluster.nodePortRange;
	return { number: null, text: `<${first}-${last}>`, doubt: undefined };
}

const cache = new WeakMap<Service, ReadonlyMap<number, number>>();

/** Entries with the same `port` (one for each protocol) share the first node port among them (initNodePorts of the Service's storage). */
function requestedBySibling(service: Service, entry: ServicePort): number | undefined {
	let requested = cache.get(service);
	if (!requested) {
		const pairs = service.ports.flatMap(({ port, nodePort }): [number, number][] => {
			const number = given(nodePort);
			return port?.value === undefined || number === undefined ? [] : [[port.value, number]];
		});
		requested = new Map(pairs.reverse());
		cache.set(service, requested);
	}
	return entry.port?.value === undefined ? undefined : requested.get(entry.port.value);
}

const TYPES: ReadonlySet<string | undefined> = new Set(["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]);

/** A type that Kubernetes does not have, or that cannot be read: what addresses the Service gets cannot be told. */
export function isUnknownType(service: Service): boolean {
	return !TYPES.has(serviceType(service));
}
