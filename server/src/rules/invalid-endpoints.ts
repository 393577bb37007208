import { parseAddress, printAddress } from "../model/address.ts";
import { type Field, given, int32, isUnreadable, list, readField, text } from "../model/field.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { isDns1123Label, isDns1123Subdomain, isPortNumber, isQualifiedName } from "../model/forms.ts";
import type { KubeObject } from "../model/object.ts";
import { placeOf, placeOfItem, placeOfPath } from "../model/places.ts";
import { readItems } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import type { Place } from "../text/source.ts";
import { isNull, type MapNode, type Node } from "../yaml/nodes.ts";
import { noneOf } from "./oneOf.ts";
import { type Report, rule } from "./rule.ts";
import { noAddress, writeValues, wrongEndpointIp } from "./strictAddresses.ts";

export const invalidEndpoints = rule({
	name: "invalid-endpoints",
	levels: ["error", "warning"],
	on: "Object",
	whole: true,
	summary: "Addresses or ports of an Endpoints or EndpointSlice object that Kubernetes refuses.",
	why: "Kubernetes refuses the object, so the Service that it belongs to has no endpoints.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
	bad: `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: db-1
  labels:
    kubernetes.io/service-name: db
addressType: IPv4
endpoints:
  - addresses:
      - 127.0.0.1
ports:
  - port: 5432
`,
	good: `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: db-1
  labels:
    kubernetes.io/service-name: db
addressType: IPv4
endpoints:
  - addresses:
      - 192.0.2.42
ports:
  - port: 5432
`,
	*check(object, { settings }) {
		const { version } = settings.cluster;
		if (object.kind === "Endpoints" && object.apiVersion === "v1") yield* inEndpoints(object, version);
		else if (object.kind === "EndpointSlice" && object.apiVersion === "discovery.k8s.io/v1") yield* inSlice(object, version);
	},
});

/** Source: validateEndpointSubsets of pkg/apis/core/validation/validation.go. */
function* inEndpoints({ root, metadata }: KubeObject, version: VersionRange): Iterable<Report> {
	yield* ownName(metadata.name, "Endpoints");
	const subsets = readField(root, "subsets", list);
	for (const subset of itemsOf(subsets)) {
		const lists = ["addresses", "notReadyAddresses"].map((name) => readField(subset, name, list));
		if (subsets && !lists.some((one) => isUnreadable(one) || one?.value?.items.length)) {
			yield { at: placeOfItem(subset, subsets), message: "A subset needs addresses or notReadyAddresses", kubernetes: "refuses" };
		}
		for (const addresses of lists) for (const item of itemsOf(addresses)) yield* inAddress(item, addresses?.key ?? root, version);
		const ports = readField(subset, "ports", list);
		for (const item of itemsOf(ports)) yield* inPort(item, ports?.key ?? root, itemsOf(ports).length > 1);
	}
}

function* inAddress(item: Node, key: Place, version: VersionRange): Iterable<Report> {
	if (item.kind !== "map" && !isNull(item)) return;
	const ip = readField(item, "ip", text);
	if (!ip) yield { at: placeOfItem(item, { key }), message: "An address needs an ip", kubernetes: "refuses" };
	if (item.kind !== "map") return;
	if (ip) yield* wrongEndpointIp(ip, item, version);
	yield* names(item, true);
}

function* names(item: MapNode, mayBeEmpty: boolean): Iterable<Report> {
	const [hostname, nodeName] = ["hostname", "nodeName"].map((name) => readField(item, name, text));
	const host = mayBeEmpty ? given(hostname) : hostname?.value;
	if (hostname && host !== undefined && !isDns1123Label(host)) {
		yield { at: placeOf(hostname), message: `hostname "${host}" is no DNS label`, kubernetes: "refuses" };
	}
	if (nodeName?.value !== undefined && !isDns1123Subdomain(nodeName.value)) {
		yield { at: placeOf(nodeName), message: `nodeName "${nodeName.value}" is no DNS name`, kubernetes: "refuses" };
	}
}

function* inPort(item: Node, key: Place, needsName: boolean): Iterable<Report> {
	if (item.kind !== "map" && !isNull(item)) return;
	const name = readField(item, "name", text);
	const missing = { at: placeOfItem(item, { key }), kubernetes: "refuses" as const };
	if (needsName && !isUnreadable(name) && given(name) === undefined) {
		yield { ...missing, ...(name && { at: placeOf(name) }), message: "One of several ports needs a name" };
	}
	if (item.kind === "map") yield* inPortTexts(item, name, given(readField(item, "protocol", text)) !== undefined);
	const port = readField(item, "port", int32);
	if (isUnreadable(port) && port?.state !== "unset") return;
	if (!isPortNumber(port?.value ?? 0)) {
		const at = port ? placeOf(port) : missing.at;
		yield { ...missing, at, message: port?.value === undefined ? "A port needs a number" : `port ${port.value} is outside 1-65535` };
	}
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

function* inPortTexts(item: MapNode, name: Field<string> | undefined, hasProtocol: boolean): Iterable<Report> {
	const written = given(name);
	if (name && written !== undefined && !isDns1123Label(written)) {
		yield { at: placeOf(name), message: `The port name "${written}" is no DNS label`, kubernetes: "refuses" };
	}
	const wrong = hasProtocol ? noneOf(item, readField(item, "protocol", text), PROTOCOLS) : undefined;
	if (wrong) yield wrong;
	const application = readField(item, "appProtocol", text);
	if (application?.value !== undefined && !isQualifiedName(application.value)) {
		yield { at: placeOf(application), message: `appProtocol "${application.value}" is no qualified name`, kubernetes: "refuses" };
	}
}

const ADDRESS_TYPES = ["IPv4", "IPv6", "FQDN"];

/** Source: ValidateEndpointSlice of pkg/apis/discovery/validation/validation.go. */
function* inSlice({ root, metadata }: KubeObject, version: VersionRange): Iterable<Report> {
	yield* ownName(metadata.name, "EndpointSlice");
	const type = readField(root, "addressType", text);
	if (!isUnreadable(type) && given(type) === undefined) {
		const at = type ? placeOf(type) : placeOfPath(root, "addressType");
		yield { at, message: `An EndpointSlice needs an addressType: ${ADDRESS_TYPES.join(", ")}`, kubernetes: "refuses" };
	} else {
		const wrong = noneOf(root, type, ADDRESS_TYPES);
		if (wrong) yield wrong;
	}
	const endpoints = readField(root, "endpoints", list);
	for (const item of itemsOf(endpoints)) yield* inEndpoint(item, endpoints?.key ?? root, type?.value, version);
	yield* inPorts(readField(root, "ports", list));
}

function* inEndpoint(item: Node, key: Place, type: string | undefined, version: VersionRange): Iterable<Report> {
	if (item.kind !== "map" && !isNull(item)) return;
	const addresses = readField(item, "addresses", list);
	if (!isUnreadable(addresses) && !addresses?.value?.items.length) {
		const at = addresses ? placeOf(addresses) : placeOfItem(item, { key });
		yield { at, message: "An endpoint needs an address", kubernetes: "refuses" };
	}
	if (item.kind !== "map") return;
	for (const address of readItems(item, "addresses")) yield* ofType(address, item, type, version);
	yield* names(item, false);
}

function* ofType(field: Field<string>, item: MapNode, type: string | undefined, version: VersionRange): Iterable<Report> {
	const value = field.state === "unset" ? "" : field.value;
	if (value === undefined || type === undefined) return;
	if (type === "FQDN") {
		if (!isFullName(value)) yield noAddress(field, value, "domain name");
		return;
	}
	const address = parseAddress(value);
	const isOther = address && (address.mapped ? "IPv4" : address.family) !== type;
	if (isOther && ADDRESS_TYPES.includes(type)) {
		yield { at: placeOf(field), message: `${value} is no ${type} address, as addressType says`, kubernetes: "refuses" };
	} else if (type === "IPv6" && address && printAddress(address) !== value) {
		const right = printAddress(address);
		yield {
			at: placeOf(field),
			message: `${value} is not the usual spelling of ${right}`,
			kubernetes: "refuses",
			fixes: writeValues(field, item, [right]),
		};
	} else if (ADDRESS_TYPES.includes(type)) yield* wrongEndpointIp(field, item, version);
}

/** Two labels or more, perhaps with a dot behind them. Source: IsFullyQualifiedDomainName of k8s.io/apimachinery, util/validation. */
function isFullName(name: string): boolean {
	const bare = name.replace(/\.$/, "");
	return isDns1123Subdomain(bare) && bare.includes(".") && bare.split(".").every(isDns1123Label);
}

function* inPorts(ports: Field<Node> | undefined): Iterable<Report> {
	const seen = new Map<string, Place>();
	for (const item of itemsOf(ports)) {
		if (item.kind !== "map" || !ports) continue;
		const name = readField(item, "name", text);
		yield* inPortTexts(
			item,
			name,
			given(readField(item, "protocol", text)) !== undefined || readField(item, "protocol", text)?.value === "",
		);
		if (isUnreadable(name)) continue;
		const written = given(name) ?? "";
		const other = seen.get(written);
		const at = name && isWithin(name.key, item) ? placeOf(name) : placeOfItem(item, ports);
		if (!other) seen.set(written, at);
		else {
			yield {
				at,
				message: written === "" ? "Two ports have no name" : `The port name ${written} is in this slice twice`,
				kubernetes: "refuses",
				related: [{ at: other, message: "The first one" }],
			};
		}
	}
}

function* ownName(name: Field<string> | undefined, kind: string): Iterable<Report> {
	if (!name?.value || isDns1123Subdomain(name.value)) return;
	yield { at: placeOf(name), message: `The ${kind} name "${name.value}" is no DNS name`, kubernetes: "refuses" };
}

function itemsOf(field: Field<Node> | undefined): readonly Node[] {
	return field?.value?.kind === "seq" ? field.value.items : [];
}
