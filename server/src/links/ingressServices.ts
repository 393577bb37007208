import { isUnreadable } from "../model/field.ts";
import type { Ingress, IngressBackend, IngressRoute } from "../model/ingress.ts";
import { isIngress } from "../model/manifest.ts";
import { nameOf, sameNamespace } from "../model/object.ts";
import type { Service, ServicePort } from "../model/service.ts";
import { sees, type Unit } from "../units/unit.ts";
import { linksOf } from "./links.ts";

/** A way from an Ingress to a Service. */
export interface IngressWay {
	readonly ingress: Ingress;
	readonly route: IngressRoute;
}

/** The Services of a unit that a backend means. */
export interface Named {
	/** In the Ingress' namespace; several only in files that define it differently. */
	readonly services: readonly Service[];
	/** In a namespace that is written on one side only. */
	readonly uncertain: readonly Service[];
	/** In another namespace, where an Ingress cannot reach. */
	readonly elsewhere: readonly Service[];
}

export function servicesNamed(unit: Unit, ingress: Ingress, name: string): Named {
	const known = (indexOf(unit).services.get(name) ?? []).filter((service) => sees(unit, ingress, service));
	const inSpace = (wanted: string) => known.filter((service) => sameNamespace(ingress, service) === wanted);
	return { services: inSpace("yes"), uncertain: inSpace("cannot-tell"), elsewhere: inSpace("no") };
}

/** What leads to a Service through Ingresses of its unit, in the order of the text. */
export function ingressWays(unit: Unit, service: Service): readonly IngressWay[] {
	const name = nameOf(service);
	const ways = name === undefined ? [] : (indexOf(unit).ways.get(name) ?? []);
	return ways.filter(({ ingress }) => sameNamespace(ingress, service) !== "no" && sees(unit, ingress, service));
}

/** The names of the Services that Ingresses of a unit lead to. */
export function ingressServices(unit: Unit): { readonly has: (name: string) => boolean } {
	return indexOf(unit).ways;
}

/** The name by which an AWS controller's backend says that an annotation has the action. */
export const USE_ANNOTATION = "use-annotation";

/** The entry of a Service that a backend means: by its `port` or its name, never by its target port or node port. */
export function portOfBackend(service: Service, { port }: IngressBackend): ServicePort | undefined {
	const written = port?.value;
	if (written === undefined) return undefined;
	// Old versions take a number in quotes.
	const wanted = typeof written === "string" && /^\d+$/.test(written) ? Number(written) : written;
	return service.ports.find((entry) => (typeof wanted === "number" ? entry.port?.value : entry.name?.value) === wanted);
}

/** Whether a Service may have ports that cannot be read here. */
export function hasOpenPorts(service: Service): boolean {
	const { portList, ports, broken } = service;
	const read = portList?.value?.items.length ?? 0;
	return (
		broken || isUnreadable(portList) || read !== ports.length || ports.some(({ port, name }) => isUnreadable(port) || isUnreadable(name))
	);
}

interface Index {
	readonly services: ReadonlyMap<string, readonly Service[]>;
	readonly ways: ReadonlyMap<string, readonly IngressWay[]>;
}

const cache = new WeakMap<Unit, Index>();

function indexOf(unit: Unit): Index {
	let index = cache.get(unit);
	if (!index) {
		const services = new Map<string, Service[]>();
		const ways = new Map<string, IngressWay[]>();
		for (const service of linksOf(unit).services) entered(services, nameOf(service)).push(service);
		for (const ingress of unit.objects.filter(isIngress)) {
			for (const route of ingress.routes) entered(ways, route.backend.service?.value).push({ ingress, route });
		}
		index = { services, ways };
		cache.set(unit, index);
	}
	return index;
}

function entered<V>(map: Map<string, V[]>, key: string | undefined): V[] {
	if (key === undefined) return [];
	const known = map.get(key) ?? [];
	if (known.length === 0) map.set(key, known);
	return known;
}
