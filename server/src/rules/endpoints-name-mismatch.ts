import { servicesNamed } from "../links/links.ts";
import { enumerate } from "../links/printPorts.ts";
import { type Field, given, isUnreadable, readField, text } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Label } from "../model/forms.ts";
import { describe, type KubeObject, sameNamespace } from "../model/object.ts";
import { placeOf, placeOfItem } from "../model/places.ts";
import { isHeadless, knownProtocol, knownType, type Service, type ServicePort } from "../model/service.ts";
import { serviceNameOf, type WrittenPort, writtenEndpoints } from "../reach/endpoints.ts";
import { sees, type Unit } from "../units/unit.ts";
import { entryOf } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const endpointsNameMismatch = rule({
	name: "endpoints-name-mismatch",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "A port of an Endpoints or EndpointSlice object that has the name of no port of its Service, which has none for it.",
	why: "The ports of a Service are joined with those of its endpoints by name and protocol, never by number: nothing is forwarded.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  ports:
    - name: postgres
      port: 5432
---
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
  - name: pg
    port: 5432
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  ports:
    - name: postgres
      port: 5432
---
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
  - name: postgres
    port: 5432
`,
	*check(object, { unit }) {
		const name = object.kind === "Endpoints" || object.kind === "EndpointSlice" ? serviceNameOf(object) : undefined;
		if (name === undefined) return;
		const services = servicesNamed(unit, name).filter((service) => sameNamespace(service, object) !== "no" && sees(unit, object, service));
		const judged = services.map((service) => ({ service, ...unjoined(unit, service, object) }));
		const [first] = judged;
		if (!first || judged.some(({ ports, entries }) => ports.length === 0 || entries.length === 0)) return;
		for (const port of first.ports) yield report(object, first.service, port, first);
	},
});

/** What is left of both sides when those that fit are taken away. */
interface Unjoined {
	readonly ports: readonly WrittenPort[];
	readonly entries: readonly ServicePort[];
}

const JOINED: Unjoined = { ports: [], entries: [] };

/** A name of a headless Service gives addresses whatever its ports are called, and one with a selector has endpoints of its own. */
function unjoined(unit: Unit, service: Service, object: KubeObject): Unjoined {
	const isPlain = knownType(service) !== undefined && knownType(service) !== "ExternalName" && !isUnreadable(service.clusterIP);
	const isReadable = service.ports.every((entry) => !isUnreadable(entry.name) && knownProtocol(entry) !== undefined);
	if (!isPlain || !isReadable || isHeadless(service) || service.selector || service.broken || sameNamespace(service, object) !== "yes")
		return JOINED;
	const endpoints = writtenEndpoints(unit, service);
	const all = endpoints.flatMap(({ ports }) => ports);
	if (!all.every((port) => port.isReadable)) return JOINED;
	const own = endpoints.filter((each) => each.object === object && each.ready + each.draining > 0).flatMap(({ ports }) => ports);
	return {
		ports: own.filter((port) => !service.ports.some((entry) => joins(entry, port))),
		entries: service.ports.filter((entry) => !all.some((port) => joins(entry, port))),
	};
}

function joins(entry: ServicePort, { name, protocol }: WrittenPort): boolean {
	return (given(entry.name) ?? "") === name && knownProtocol(entry) === protocol;
}

function nameIn({ node }: Pick<WrittenPort, "node">): Field<string> | undefined {
	return readField(node, "name", text);
}

function report(object: KubeObject, service: Service, port: WrittenPort, { ports, entries }: Unjoined): Report {
	const field = nameIn(port);
	const list = entryOf(object.root, "ports") ?? entryOf(object.root, "subsets");
	const at = field && given(field) !== undefined ? placeOf(field) : placeOfItem(port.node, { key: list?.key ?? object.root });
	const lacking = entries.map((entry) => ({ name: given(entry.name) ?? "", protocol: knownProtocol(entry) ?? "" }));
	const mixed = lacking.some(({ protocol }) => protocol !== port.protocol);
	const [only, second] = entries;
	return {
		at,
		message: `${describe(service)} has no ${portWords(port, mixed)}, so nothing is forwarded to it, and no endpoint for its ${enumerate(lacking.map((entry) => portWords(entry, mixed)))}`,
		related: entries.map((entry) => ({ at: entry.name?.node ?? entry.port?.node ?? entry.node, message: describe(service) })),
		fixes: only && !second && ports.length === 1 ? fixes(port, only) : [],
	};
}

function portWords({ name, protocol }: Pick<WrittenPort, "name" | "protocol">, withProtocol: boolean): string {
	const port = withProtocol ? `${protocol} port` : "port";
	return name === "" ? `unnamed ${port}` : `${port} named ${name}`;
}

/** The name of the one port that is left, where only the names differ. */
function fixes(port: WrittenPort, entry: ServicePort): readonly Fix[] {
	const name = given(entry.name);
	if (name === undefined || !isDns1123Label(name) || port.node.kind !== "map" || knownProtocol(entry) !== port.protocol) return [];
	const edit = setField(port.node, "name", nameIn(port), name);
	return edit ? [{ title: `Call the port ${name}`, safe: false, edits: [edit] }] : [];
}
