import { isUnreadable } from "../model/field.ts";
import type { Ingress, IngressBackend, IngressRoute } from "../model/ingress.ts";
import { labelOf } from "../model/labels.ts";
import { isIngress, isService } from "../model/manifest.ts";
import { nameOf, sameNamespace } from "../model/object.ts";
import type { Service, ServicePort } from "../model/service.ts";
import { type Entry, objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";

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
	const known = unit.find(BY_NAME, name).filter((service) => sees(unit, ingress, service));
	const inSpace = (wanted: string) => known.filter((service) => sameNamespace(ingress, service) === wanted);
	return { services: inSpace("yes"), uncertain: inSpace("cannot-tell"), elsewhere: inSpace("no") };
}

/** What leads to a Service through Ingresses of its unit, in the order of the text. */
export function ingressWays(unit: Unit, service: Service): readonly IngressWay[] {
	const name = nameOf(service);
	const ways = name === undefined ? [] : unit.find(WAYS, name);
	return ways.filter(({ ingress }) => sameNamespace(ingress, service) !== "no" && sees(unit, ingress, service));
}

/** Whether Ingresses of a unit lead to a Service of that name. */
export function hasIngress(unit: Unit, name: string): boolean {
	return unit.find(WAYS, name).length > 0;
}

/** The port's name by which an AWS controller's backend says that an annotation has the action. */
const USE_ANNOTATION = "use-annotation";

/** The AWS controller: an annotation of the Service's name says what becomes of the requests, and there is no Service. */
export function isAnnotated({ metadata: { annotations } }: Ingress, { port, service }: IngressBackend): boolean {
	if (port?.value !== USE_ANNOTATION) return false;
	return annotations?.complete === false || labelOf(annotations, `alb.ingress.kubernetes.io/actions.${service?.value}`) !== undefined;
}

/** The entry of a Service that a backend means: by its `port` or its name, never by its target port or node port. */
export function portOfBackend(service: Service, { port }: IngressBackend): ServicePort | undefined {
	const written = port?.value;
	if (written === undefined) return undefined;
	// Old versions take a number in quotes.
	const wanted = typeof written === "string" && /^\d+$/.test(written) ? Number(written) : written;
	return service.ports.find((entry) => (typeof wanted === "number" ? entry.port?.value : entry.name?.value) === wanted);
}

/** Whether a Service may have a port of that number or name that cannot be read here. */
export function hasOpenPorts(service: Service, wanted: number | string): boolean {
	const { portList, ports, broken } = service;
	const read = portList?.value?.items.length ?? 0;
	const isNumber = typeof wanted === "number" || /^\d+$/.test(wanted);
	return broken || isUnreadable(portList) || read !== ports.length || ports.some(({ port, name }) => isUnreadable(isNumber ? port : name));
}

const BY_NAME = objectIndex((object) => (isService(object) && nameOf(object) !== undefined ? [[nameOf(object) ?? "", object]] : []));

/** What Ingresses lead to, by the name of the Service. */
const WAYS = objectIndex((ingress): readonly Entry<IngressWay>[] => {
	if (!isIngress(ingress)) return [];
	return ingress.routes.flatMap((route): readonly Entry<IngressWay>[] => {
		const name = route.backend.service?.value;
		return name === undefined ? [] : [[name, { ingress, route }]];
	});
});
