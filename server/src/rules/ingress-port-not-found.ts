import { hasOpenPorts, isAnnotated, portOfBackend, servicesNamed } from "../links/ingressServices.ts";
import { nearness } from "../links/nearness.ts";
import { enumerate } from "../links/printPorts.ts";
import { type Field, given, writtenAs } from "../model/field.ts";
import { spelled } from "../model/fieldEdits.ts";
import { isPort } from "../model/forms.ts";
import type { Ingress, IngressBackend } from "../model/ingress.ts";
import { isIngress } from "../model/manifest.ts";
import { describe } from "../model/object.ts";
import { knownType, type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import type { Edit } from "../text/source.ts";
import { replace } from "../yaml/edit.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const ingressPortNotFound = rule({
	name: "ingress-port-not-found",
	levels: ["error", "warning"],
	on: "Object",
	whole: true,
	summary: "An Ingress that leads to a port which the Service does not have.",
	why: "A backend names the Service's port or its name, never a target port or a node port. Nothing checks it: the controller answers requests with 503.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 8080
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
    - port: 80
      targetPort: 8080
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`,
	*check(object, { unit }) {
		if (!isIngress(object) || unit.patched) return;
		for (const { backend } of object.routes) {
			const { service: field, port } = backend;
			const wanted = given(port);
			if (!field?.value || wanted === undefined || port === undefined || isAnnotated(object, backend)) continue;
			const { services } = servicesNamed(unit, object, field.value);
			const lacking = services.filter((service) => !portOfBackend(service, backend));
			const [first] = lacking;
			if (first && services.every((service) => isReadable(service, wanted)))
				yield report(object, backend, port, first, { services, everywhere: lacking.length === services.length });
		}
	},
});

/** What an ExternalName's ports mean is up to the controller. */
function isReadable(service: Service, wanted: number | string): boolean {
	const type = knownType(service);
	const hasNumbers = typeof wanted === "string" || service.ports.every(({ port }) => port?.value !== undefined);
	return type !== undefined && type !== "ExternalName" && !hasOpenPorts(service, wanted) && hasNumbers && service.ports.length > 0;
}

/** The definitions that a Service has in several files, and whether the port is in none of them. */
interface Definitions {
	readonly services: readonly Service[];
	readonly everywhere: boolean;
}

function report(
	ingress: Ingress,
	backend: IngressBackend,
	field: Field<number | string>,
	service: Service,
	{ services, everywhere }: Definitions,
): Report {
	const wanted = field.value as number | string;
	const has = enumerate(
		service.ports.map(({ port, name }) => `${port?.value ?? writtenAs(port?.node)}${given(name) === undefined ? "" : ` (${name?.value})`}`),
	);
	const asTarget = service.ports.find((entry) => targetPortOf(entry) === wanted);
	const asNodePort = service.ports.find(({ nodePort }) => nodePort?.value === wanted);
	const what = asTarget
		? `: that is ${typeof wanted === "string" ? "the name of " : ""}a target port`
		: asNodePort
			? ": that is a node port"
			: "";
	const meant = asTarget ?? asNodePort ?? (service.ports.length === 1 ? service.ports[0] : nearestName(service, wanted));
	return {
		at: field.node,
		level: everywhere ? "error" : "warning",
		message: `${describe(service)} has no port ${typeof wanted === "string" ? "named " : ""}${wanted}${what}, and it has ${has}`,
		related: [{ at: (meant ?? service.ports[0])?.port?.node ?? service.root, message: describe(service) }],
		fixes: meant && services.every((each) => hasPort(each, meant, wanted)) ? fixesFor(ingress, backend, field, meant) : [],
	};
}

/** Whether a port of another definition is one in this definition too, by what the fix writes. */
function hasPort({ ports }: Service, meant: ServicePort, wanted: number | string): boolean {
	const name = given(meant.name);
	if (typeof wanted === "string" && name !== undefined) return ports.some((each) => given(each.name) === name);
	return ports.some(({ port }) => port?.value === meant.port?.value);
}

function nearestName({ ports }: Service, wanted: number | string): ServicePort | undefined {
	if (typeof wanted === "number") return undefined;
	const near = ports.filter(({ name }) => nearness(wanted, name?.value ?? "") !== undefined);
	return near.length === 1 ? near[0] : undefined;
}

/** The port in the way that is written; a name becomes a number where the Service's port has none. */
function fixesFor({ apiVersion }: Ingress, { service }: IngressBackend, field: Field<number | string>, meant: ServicePort): readonly Fix[] {
	const number = meant.port?.value;
	const name = given(meant.name);
	if (number === undefined || service === undefined || field.node.kind !== "scalar") return [];
	const byName = typeof field.value === "string";
	const value = byName && name !== undefined ? name : number;
	if (!isPort(value)) return [];
	if (typeof value === "string")
		return [{ title: `Use port ${value}`, safe: false, edits: [replace(field.node, spelled(field.node, value))] }];
	const key: readonly Edit[] = byName && apiVersion === "networking.k8s.io/v1" ? [replace(field.key, spelled(field.key, "number"))] : [];
	return [{ title: `Use port ${number}`, safe: false, edits: [...key, replace(field.node, String(number))] }];
}
