import { parseAddress } from "../model/address.ts";
import { type Field, given, isUnreadable, list, map, readField, text } from "../model/field.ts";
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isPortName, isPortNumber } from "../model/forms.ts";
import type { Ingress } from "../model/ingress.ts";
import { labelOf } from "../model/labels.ts";
import { isIngress } from "../model/manifest.ts";
import { placeOf, placeOfItem, placeOfPath } from "../model/places.ts";
import { readItems } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import type { Place } from "../text/source.ts";
import { type Entry, entryOf, isNull, type MapNode, type Node } from "../yaml/nodes.ts";
import { noneOf } from "./oneOf.ts";
import { type Report, rule } from "./rule.ts";

export const invalidIngress = rule({
	name: "invalid-ingress",
	levels: ["error", "warning", "information"],
	on: "Object",
	whole: true,
	summary: "Hosts, paths, backends or the class of an Ingress that Kubernetes refuses, or warns about.",
	why: "Kubernetes refuses the Ingress, so no controller ever sees it.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/",
	bad: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
  tls:
    - hosts:
        - https://example.com
`,
	good: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
  tls:
    - hosts:
        - example.com
`,
	*check(object, { settings, unit }) {
		if (!isIngress(object) || object.apiVersion !== "networking.k8s.io/v1") return;
		const { version } = settings.cluster;
		const { name } = object.metadata;
		if (name?.value && !isDns1123Subdomain(name.value)) yield noName(name, `The Ingress name "${name.value}"`);
		yield* className(object);
		const { spec, root } = object;
		const specField = readField(root, "spec", map);
		if (isUnreadable(specField)) return;
		const rules = readField(spec, "rules", list);
		const fallback = entryOf(spec, "defaultBackend");
		const hasNone = !isUnreadable(rules) && !rules?.value?.items.length && (!fallback || isNull(fallback.value));
		if (hasNone && !unit.patched && !entryOf(spec, "backend")) {
			yield { at: placeOfPath(root, "spec"), message: "An Ingress needs rules or a defaultBackend", kubernetes: "refuses" };
		}
		yield* oldNames(fallback?.value);
		if (fallback) yield* inBackend(fallback, version);
		for (const item of rules?.value?.items ?? []) yield* inRule(item, version);
		for (const item of readField(spec, "tls", list)?.value?.items ?? []) yield* inTls(item);
	},
});

const ANNOTATION = "kubernetes.io/ingress.class";

function* className({ className: field, metadata }: Ingress): Iterable<Report> {
	if (field?.value !== undefined && !isDns1123Subdomain(field.value)) yield noName(field, `ingressClassName "${field.value}"`);
	const annotation = labelOf(metadata.annotations, ANNOTATION);
	if (!annotation || annotation.state === "wrong-type" || isUnreadable(field)) return;
	const at = placeOf(annotation);
	if (!field || field.state === "unset") {
		yield {
			at,
			level: "information",
			message: `The annotation ${ANNOTATION} is deprecated for ingressClassName`,
			kubernetes: "warns",
			tag: "deprecated",
		};
	} else if (annotation.value !== undefined && annotation.value !== field.value) {
		yield {
			at,
			message: `The annotation says class ${annotation.value}, and ingressClassName ${field.value}`,
			kubernetes: "refuses",
			related: [{ at: placeOf(field), message: "The other class" }],
		};
	}
}

function noName(field: Field<string>, what: string): Report {
	return { at: placeOf(field), message: `${what} is no DNS name`, kubernetes: "refuses" };
}

function* inRule(item: Node, version: VersionRange): Iterable<Report> {
	yield* inHost(readField(item, "host", text), true);
	const http = readField(item, "http", map);
	if (!http?.value) return;
	const paths = readField(http.value, "paths", list);
	if (isUnreadable(paths)) return;
	const items = paths?.value?.items ?? [];
	if (items.length === 0) yield { at: paths ? placeOf(paths) : http.key, message: "http needs paths", kubernetes: "refuses" };
	for (const path of items) yield* inPath(path, paths?.key ?? http.key, version);
}

/** An empty host of a rule stands for all. Source: IsWildcardDNS1123Subdomain and IsDNS1123Subdomain of k8s.io/apimachinery, util/validation. */
function* inHost(field: Field<string> | undefined, ofRule: boolean): Iterable<Report> {
	const host = ofRule ? given(field) : field?.state === "unset" ? "" : field?.value;
	if (!field || host === undefined || isBlank(host)) return;
	const isRight = host.includes("*") ? host.startsWith("*.") && isDns1123Subdomain(host.slice(2)) : isDns1123Subdomain(host);
	const isAddress = ofRule && parseAddress(host) !== undefined;
	if (isRight && !isAddress) return;
	yield { at: placeOf(field), message: `host "${host}" ${wrongHost(host, isAddress)}`, kubernetes: "refuses" };
}

/** `__HOST__` and `<your domain>` are filled in before the file is used. */
function isBlank(written: string): boolean {
	return /__[A-Z0-9_]+__|<[^<>]*>/.test(written);
}

function wrongHost(host: string, isAddress: boolean): string {
	if (isAddress) return "is an IP address, where a DNS name belongs";
	if (host.includes("://")) return "has a scheme in front of the name";
	if (host.includes("/")) return "has a path behind the name";
	if (host.includes(":")) return "has a port behind the name";
	if (host.includes("*")) return "has a * that does not stand for the first label";
	return /[A-Z]/.test(host) ? "has upper-case letters" : "is no DNS name";
}

const PATH_TYPES = ["Exact", "Prefix", "ImplementationSpecific"] as const;

/** Source: validateHTTPIngressPath of pkg/apis/networking/validation/validation.go. */
function* inPath(item: Node, listKey: Place, version: VersionRange): Iterable<Report> {
	if (item.kind !== "map" && !isNull(item)) return;
	const backend = entryOf(item, "backend");
	yield* oldNames(backend?.value);
	const type = readField(item, "pathType", text);
	if (isUnreadable(type) && type?.state !== "unset") return;
	if (type?.value === undefined || item.kind !== "map") {
		const at = type ? placeOf(type) : placeOfItem(item, { key: listKey });
		yield { at, message: `The path has no pathType, which is one of ${PATH_TYPES.join(", ")}`, kubernetes: "refuses" };
		return;
	}
	const wrong = noneOf(item, type, PATH_TYPES);
	if (wrong) yield wrong;
	else yield* inPathText(item, type.value, listKey);
	if (backend) yield* inBackend(backend, version);
	else yield { at: placeOfItem(item, { key: listKey }), message: "The path has no backend", kubernetes: "refuses" };
}

const FORBIDDEN = ["//", "/./", "/../", "%2f", "%2F"];
const FORBIDDEN_ENDS = ["/..", "/."];

function* inPathText(item: MapNode, type: string, listKey: Place): Iterable<Report> {
	const field = readField(item, "path", text);
	if (isUnreadable(field) && field?.state !== "unset") return;
	const path = given(field) ?? "";
	const at = field ? placeOf(field) : placeOfItem(item, { key: listKey });
	if (type === "ImplementationSpecific") {
		if (path !== "" && !path.startsWith("/")) yield { at, message: `path "${path}" does not begin with /`, kubernetes: "refuses" };
		return;
	}
	const odd = FORBIDDEN.find((part) => path.includes(part)) ?? FORBIDDEN_ENDS.find((end) => path.endsWith(end));
	if (path === "") yield { at, message: `A path of type ${type} begins with /, and there is none`, kubernetes: "refuses" };
	else if (!path.startsWith("/")) yield { at, message: `path "${path}" does not begin with /`, kubernetes: "refuses" };
	else if (odd !== undefined)
		yield { at, message: `path "${path}" has ${odd} in it, which type ${type} does not allow`, kubernetes: "refuses" };
}

/** Source: validateIngressBackend of the same file. */
function* inBackend({ key, value: node }: Entry, version: VersionRange): Iterable<Report> {
	const isDefault = key.text === "defaultBackend";
	if (isNull(node) ? isDefault : node.kind !== "map") return;
	const [service, resource] = ["service", "resource"].map((name) => readField(node, name, map));
	if ([service, resource].some((field) => field?.state === "placeholder" || field?.state === "wrong-type")) return;
	const refused = (message: string, at: Place = key): Report => ({ at, message, kubernetes: "refuses" });
	if (service?.value && resource?.value) yield refused("A backend is a service or a resource, not both");
	else if (resource?.value) yield* inResource(resource as Field<MapNode>, resource.value);
	else if (service?.value) yield* inService(key, service as Field<MapNode>, service.value, version);
	else if (![...oldNames(node)].length) yield refused("The backend names no service");
}

/** The names that a backend's fields had before networking.k8s.io/v1. */
function* oldNames(backend: Node | undefined): Iterable<Report> {
	const old = entryOf(backend, "serviceName") ?? entryOf(backend, "servicePort");
	if (!old) return;
	const message = `${old.name} is no field since networking.k8s.io/v1: a backend has service, with name and port`;
	yield { at: old.key, message, kubernetes: "refuses" };
}

function* inResource(field: Field<MapNode>, resource: MapNode): Iterable<Report> {
	for (const name of ["kind", "name"]) {
		const own = readField(resource, name, text);
		if (!isUnreadable(own) && given(own) === undefined) {
			yield { at: own ? placeOf(own) : field.key, message: `The resource has no ${name}`, kubernetes: "refuses" };
		}
	}
}

function* inService(backend: Place, field: Field<MapNode>, service: MapNode, version: VersionRange): Iterable<Report> {
	const name = readField(service, "name", text);
	const written = given(name);
	if (!isUnreadable(name) && written === undefined) {
		yield { at: name ? placeOf(name) : field.key, message: "The backend names no service", kubernetes: "refuses" };
	} else if (name && written !== undefined) yield* inServiceName(name, written, version);
	const port = readField(service, "port", map);
	if (isUnreadable(port) && port?.state !== "unset") return;
	yield* inServicePort(backend, port?.value);
}

/** Names may begin with a digit since 1.36 (RelaxedServiceNameValidation). */
function* inServiceName(field: Field<string>, name: string, version: VersionRange): Iterable<Report> {
	const at = placeOf(field);
	if (!isDns1123Label(name)) yield { at, message: `"${name}" is no name that a Service can have`, kubernetes: "refuses" };
	else if (!isDns1035Label(name)) {
		const relaxed = since(36, version);
		const message = `The name "${name}" begins with a digit`;
		if (relaxed === "none") yield { at, message, kubernetes: "refuses" };
		else if (relaxed === "some") yield { at, level: "warning", message: `${message}, which Kubernetes refuses before 1.36` };
	}
}

function* inServicePort(backend: Place, port: MapNode | undefined): Iterable<Report> {
	const name = readField(port, "name", text);
	const entry = entryOf(port, "number");
	const number = entry?.value.kind === "scalar" && typeof entry.value.value === "number" ? entry.value.value : undefined;
	if (isUnreadable(name) || (entry && !isNull(entry.value) && number === undefined)) return;
	const written = given(name);
	if (written !== undefined && number) {
		yield { at: backend, message: "A backend has the name of a port or its number, not both", kubernetes: "refuses" };
	} else if (name && written !== undefined) {
		if (!isPortName(written)) yield { at: placeOf(name), message: `"${written}" is no name of a port`, kubernetes: "refuses" };
	} else if (entry && number) {
		if (!isPortNumber(number)) yield { at: entry.value, message: `number ${number} is outside 1-65535`, kubernetes: "refuses" };
	} else yield { at: backend, message: "The backend names no port of its service", kubernetes: "refuses" };
}

function* inTls(item: Node): Iterable<Report> {
	for (const host of readItems(item, "hosts")) yield* inHost(host, false);
	const secret = readField(item, "secretName", text);
	if (secret?.value && !isBlank(secret.value) && !isDns1123Subdomain(secret.value)) yield noName(secret, `secretName "${secret.value}"`);
}
