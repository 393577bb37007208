import { type Field, given, isUnreadable } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import { placeOf } from "../model/places.ts";
import { hasNodePorts, protocolOf, type Service, type ServicePort, serviceType } from "../model/service.ts";
import { type Report, rule } from "./rule.ts";

export const duplicateServicePort = rule({
	name: "duplicate-service-port",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "Two ports of a Service with one number and protocol, one name, or one node port.",
	why: "Kubernetes refuses the Service. One node port may serve several protocols, but only of one port number.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
    - name: admin
      port: 80
      targetPort: 9090
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
    - name: admin
      port: 81
      targetPort: 9090
`,
	*check(service) {
		const { ports } = service;
		yield* repeated(
			ports,
			({ port }) => port,
			numberOf,
			(key) => `Port ${key}`,
		);
		yield* repeated(
			ports,
			({ name }) => name,
			({ name }) => given(name),
			(key) => `The port name ${key}`,
		);
		if (hasNodePorts(service)) yield* takenNodePorts(service);
		else if (serviceType(service) === "ExternalName")
			yield* repeated(
				ports,
				({ nodePort }) => nodePort,
				nodePortOf,
				(key) => `nodePort ${key}`,
			);
	},
});

/** Entries whose key an earlier one has; one without a key is not compared. */
function* repeated(
	ports: readonly ServicePort[],
	fieldOf: (port: ServicePort) => Field<unknown> | undefined,
	keyOf: (port: ServicePort) => string | undefined,
	what: (key: string) => string,
): Iterable<Report> {
	const seen = new Map<string, Field<unknown>>();
	for (const port of ports) {
		const field = fieldOf(port);
		const key = keyOf(port);
		if (!field || key === undefined) continue;
		const first = seen.get(key);
		if (first) yield duplicate(field, what(key), first);
		else seen.set(key, field);
	}
}

function numberOf(port: ServicePort): string | undefined {
	const number = port.port?.value;
	const protocol = protocolOf(port);
	return number === undefined || !isPortNumber(number) || protocol === undefined ? undefined : `${number} with protocol ${protocol}`;
}

/** An ExternalName's node port is not allocated, only compared. Source: ValidateService of pkg/apis/core/validation/validation.go. */
function nodePortOf(port: ServicePort): string | undefined {
	const number = given(port.nodePort);
	const protocol = protocolOf(port);
	return number === undefined || protocol === undefined ? undefined : `${number} with protocol ${protocol}`;
}

/**
 * Allocates the written node ports in order, as Kubernetes does: entries of one `port` share the number of the first that asks
 * for one; any other number can be had once. What cannot be read takes nothing.
 * Source: initNodePorts and allocHealthCheckNodePort of pkg/registry/core/service/storage/alloc.go.
 */
function* takenNodePorts(service: Service): Iterable<Report> {
	const ports = service.ports.filter(({ port, nodePort, protocol }) => ![port, nodePort, protocol].some(isUnreadable));
	const asked = firstAsked(ports);
	const shared = new Map<number | undefined, number>();
	const taken = new Map<number, Field<number>>();
	for (const { port, nodePort } of ports) {
		const own = shared.get(port?.value);
		const field = own === undefined ? asked.get(port?.value) : nodePort;
		const number = given(field);
		if (!field || number === undefined || number === own) continue;
		const holder = taken.get(number);
		if (holder) yield duplicate(field, `nodePort ${number}`, holder, "; only entries with one port number share a node port");
		else taken.set(number, field);
		if (own === undefined) shared.set(port?.value, number);
	}
	const { healthCheckNodePort, externalTrafficPolicy } = service;
	const checked = serviceType(service) === "LoadBalancer" && externalTrafficPolicy?.value === "Local";
	const holder = checked ? taken.get(given(healthCheckNodePort) ?? 0) : undefined;
	if (healthCheckNodePort && holder) yield duplicate(healthCheckNodePort, `healthCheckNodePort ${healthCheckNodePort.value}`, holder);
}

/** For each port number the first node port that is written with it. */
function firstAsked(ports: readonly ServicePort[]): ReadonlyMap<number | undefined, Field<number>> {
	const asked = new Map<number | undefined, Field<number>>();
	for (const { port, nodePort } of ports) {
		if (nodePort && given(nodePort) !== undefined && !asked.has(port?.value)) asked.set(port?.value, nodePort);
	}
	return asked;
}

function duplicate(field: Field<unknown>, what: string, first: Field<unknown>, more = ""): Report {
	return {
		at: placeOf(field),
		message: `${what} is in this Service twice${more}`,
		kubernetes: "refuses",
		related: [{ at: placeOf(first), message: "It is here first" }],
	};
}
