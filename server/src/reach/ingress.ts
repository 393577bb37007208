import { hasOpenPorts, type IngressWay, ingressWays, isAnnotated, portOfBackend, servicesNamed } from "../links/ingressServices.ts";
import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { type Field, given, isUnreadable } from "../model/field.ts";
import { type Ingress, type IngressRoute, isSecured } from "../model/ingress.ts";
import { isWorkload } from "../model/manifest.ts";
import { describe, sameNamespace } from "../model/object.ts";
import { type Service, type ServicePort, serviceType, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import { backendsOf } from "./backends.ts";
import { membersOf } from "./endpointPods.ts";
import { type Landing, landingOf, type Scope } from "./landing.ts";
import type { Path } from "./path.ts";
import { closedFor } from "./policyIngress.ts";

/** The paths that lead to a Service through Ingresses of its unit. */
export function ingressPaths(snapshot: Snapshot, unit: Unit, service: Service, only?: Workload): readonly Path[] {
	return ingressWays(unit, service).map((way) => pathThrough(snapshot, unit, way, service, only));
}

/** The paths of an Ingress' routes that lead to no Service of its unit. */
export function lostPaths(snapshot: Snapshot, unit: Unit, ingress: Ingress): readonly Path[] {
	const lost = ingress.routes.filter(({ backend }) => {
		const name = backend.service?.value;
		const { services, uncertain } = name === undefined ? NOBODY : servicesNamed(unit, ingress, name);
		return services.length + uncertain.length === 0;
	});
	return lost.map((route) => pathOfRoute(snapshot, unit, ingress, route));
}

const NOBODY = { services: [], uncertain: [] };

/** The path of one route of an Ingress, wherever it leads. */
export function pathOfRoute(snapshot: Snapshot, unit: Unit, ingress: Ingress, route: IngressRoute): Path {
	const { service: field, resource } = route.backend;
	const name = field?.value;
	if (name === undefined) {
		const what = resource
			? `The backend is ${resource.kind} ${resource.name}, no Service`
			: `The backend ${spelling(field)} cannot be read`;
		return lost(ingress, route, what);
	}
	const { services, uncertain, elsewhere } = servicesNamed(unit, ingress, name);
	const [service] = [...services, ...uncertain];
	if (service) return pathThrough(snapshot, unit, { ingress, route }, service);
	if (isAnnotated(ingress, route.backend)) return lost(ingress, route, "An annotation says what becomes of the requests");
	const [other] = elsewhere;
	const why = other ? `${describe(other)} is in another namespace, where an Ingress cannot reach` : `Service ${name} is not deployed here`;
	return lost(ingress, route, why);
}

/** What controllers make of a route: they end the connection and open one of their own to a Pod of the Service. */
function pathThrough(snapshot: Snapshot, unit: Unit, { ingress, route }: IngressWay, service: Service, only?: Workload): Path {
	const path = common(ingress, route);
	const entry = portOfBackend(service, route.backend);
	const doubt = doubtAbout(unit, ingress, route, service);
	if (doubt !== undefined) return { ...path, entry, servicePort: entry?.port?.value ?? null, verdict: "cannot-tell", why: doubt };
	if (!entry) return { ...path, ...withoutPort(service, route) };
	const scope: Scope = { unit, settings: settingsOf(snapshot, unit) };
	const landing = landingOf(scope, service, backendsOf(snapshot, unit, service, only), entry);
	const arrives = landing.to.length > 0 && landing.verdict !== "refused";
	const servicePort = entry.port?.value ?? null;
	return { ...path, entry, servicePort, ...closedLanding(scope, entry, landing), clientAddress: arrives ? "replaced" : null };
}

function doubtAbout(unit: Unit, ingress: Ingress, { backend }: IngressRoute, service: Service): string | undefined {
	if (ingress.broken) return "The manifest of the Ingress cannot be read as a whole";
	if (sameNamespace(ingress, service) !== "yes") {
		return "Only one of the two names its namespace, so kubectl -n decides whether the Ingress reaches the Service";
	}
	const name = backend.service?.value ?? "";
	if (servicesNamed(unit, ingress, name).services.length > 1) return `Files that define Service ${name} differ`;
	if (isAnnotated(ingress, backend)) return "An annotation says what becomes of the requests";
	if (!backend.port || isUnreadable(backend.port))
		return backend.port ? "The port of the backend cannot be read" : "The backend names no port, or two";
	if (serviceType(service) === "ExternalName") return "What becomes of requests to an ExternalName is up to the controller";
	return undefined;
}

function withoutPort(service: Service, { backend }: IngressRoute): Pick<Path, "verdict" | "why"> {
	const wanted = backend.port?.value;
	const lacks = `${describe(service)} has no port ${typeof wanted === "string" ? "named " : ""}${wanted}`;
	if (wanted === undefined || hasOpenPorts(service, wanted)) return { verdict: "cannot-tell", why: `${lacks} that can be read` };
	const asTarget = service.ports.some((entry) => targetPortOf(entry) === wanted);
	const asNodePort = service.ports.some(({ nodePort }) => nodePort?.value === wanted);
	const what = asTarget ? "; that is a target port" : asNodePort ? "; that is a node port" : "";
	return { verdict: "refused", why: `${lacks}${what}` };
}

/** Where policies close Pods it depends on the controller's own, which are not known here. */
function closedLanding(scope: Scope, entry: ServicePort, landing: Landing): Landing {
	if (landing.verdict !== "reaches" && landing.verdict !== "partly") return landing;
	const protocol = given(entry.protocol) ?? "TCP";
	for (const { object, podPort, endpoints } of landing.to) {
		const workloads = isWorkload(object) ? [object] : endpoints ? membersOf(scope.unit, endpoints).workloads : [];
		const [closed] = workloads.flatMap((workload) => closedFor(scope, { workload, port: podPort, protocol }) ?? []);
		if (closed) {
			const words = closed.by.length > 0 ? closed.words : (closed.doubt ?? "");
			return { ...landing, verdict: "cannot-tell", why: `${words}, and where the Ingress controller runs is not known` };
		}
	}
	return landing;
}

function lost(ingress: Ingress, route: IngressRoute, why: string): Path {
	return { ...common(ingress, route), verdict: "cannot-tell", why };
}

function common(ingress: Ingress, route: IngressRoute) {
	const host = route.isDefault ? undefined : hostOf(route.host);
	const secured = isSecured(ingress, host);
	return {
		from: "outside" as const,
		by: "ingress" as const,
		client: null,
		address: `${secured ? "https" : "http"}://${host ?? "*"}${pathOf(route)}`,
		node: null,
		protocol: "TCP",
		port: secured ? 443 : 80,
		servicePort: null,
		to: [],
		clientAddress: null,
		entry: undefined,
		via: describe(ingress),
		at: route.backend.node,
	};
}

function hostOf(host: Field<string> | undefined): string | undefined {
	return isUnreadable(host) ? spelling(host) : given(host);
}

function pathOf({ path }: IngressRoute): string {
	const written = isUnreadable(path) ? spelling(path) : given(path);
	return written === undefined ? "/" : written.startsWith("/") ? written : `/${written}`;
}
