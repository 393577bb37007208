import { linksOf } from "../../server/src/links/links.ts";
import { nodePortUses } from "../../server/src/links/nodePorts.ts";
import { labelOf } from "../../server/src/model/labels.ts";
import { namespaceOf } from "../../server/src/model/object.ts";
import { hasNodePorts, isHeadless, type ServicePort, targetPortOf } from "../../server/src/model/service.ts";
import type { Edit } from "../../server/src/text/source.ts";
import { valueAt } from "../../server/src/yaml/nodes.ts";
import type { Data } from "../support/styles.ts";
import { absenceDoubt, add, beside, edits, type Mutator, remove, set, write } from "./mutator.ts";
import type { Mutant, Site } from "./site.ts";

/** The kinds of fault that stand in a Service. */
export const SERVICE_MUTATORS: readonly Mutator[] = [
	label("a letter too many", (value) => `${value}x`),
	label("a letter too few", (value) => value.slice(0, -1)),
	label("two letters swapped", (value) => value.replace(/([a-z])(?!\1)([a-z])/, "$2$1")),
	label("another case", (value) => value.replace(/^[a-z]/, (letter) => letter.toUpperCase())),
	label("a usual ending", (value) => `${value}-svc`),
	{
		rule: "service-without-pods",
		fault: "another namespace",
		put: ({ service, workload }) =>
			namespaceOf(workload) === undefined ? undefined : edits(set(service.metadata.node, "namespace", `${namespaceOf(workload)}-x`)),
		isFaulty: selectsNothing,
		cannotTell: absenceDoubt,
	},
	port("invalid-port-number", "port 0", (entry) => set(entry.node, "port", 0)),
	port("invalid-port-number", "port above 65535", (entry) => set(entry.node, "port", 70000)),
	port("invalid-port-number", "quoted port", (entry) => entry.port && set(entry.node, "port", String(entry.port.value))),
	port("quoted-target-port", "quoted targetPort", (entry) => {
		const target = targetPortOf(entry);
		return typeof target === "number" ? set(entry.node, "targetPort", String(target)) : undefined;
	}),
	port("invalid-port-name", "upper case in a name", (entry) => set(entry.node, "name", "HTTP_main")),
	port("invalid-protocol", "lower case", (entry) => set(entry.node, "protocol", "tcp")),
	port("invalid-protocol", "an application's protocol", (entry) => set(entry.node, "protocol", "HTTP")),
	port("octal-port-number", "leading zero", (entry) => write(entry.node, "port", "0120")),
	port("slash-comment", "// behind a number", (entry) =>
		entry.port && !entry.node.flow ? write(entry.node, "port", `${entry.port.value} // the web`) : undefined,
	),
	port("unknown-field", "field in lower case", (entry) => set(entry.node, "targetport", 8080)),
	port("invalid-qualified-name", "appProtocol with a blank", (entry) => set(entry.node, "appProtocol", "my http")),
	{
		rule: "unnamed-service-port",
		fault: "a port of several without a name",
		put: ({ service: { ports } }) => (ports.length > 1 ? edits(remove(ports[0]?.node, "name")) : undefined),
	},
	{
		rule: "duplicate-service-port",
		fault: "the same port twice",
		put: ({ service: { ports, portList } }) => {
			const [first] = ports;
			const value = { name: "twice", port: first?.port?.value ?? 0, protocol: first?.protocol?.value ?? "TCP" };
			return first?.name ? edits(add(portList?.value, value)) : undefined;
		},
	},
	spec("service-without-ports", "no ports", ({ service }) => (isHeadless(service) ? undefined : remove(service.spec, "ports"))),
	spec("invalid-service-type", "type in another case", ({ service }) =>
		service.type?.value ? set(service.spec, "type", service.type.value.toLowerCase()) : undefined,
	),
	spec("slash-comment", "// behind the type", ({ service }) =>
		service.type?.value && !service.spec?.flow ? write(service.spec, "type", `${service.type.value} // from outside`) : undefined,
	),
	spec("invalid-service-name", "underscore", ({ service }) => set(service.metadata.node, "name", "my_service")),
	spec("invalid-traffic-policy", "lower case", ({ service }) =>
		hasNodePorts(service) ? set(service.spec, "externalTrafficPolicy", "local") : undefined,
	),
	spec("invalid-traffic-policy", "on an internal Service", ({ service }) =>
		hasNodePorts(service) || service.externalIPs.length > 0 ? undefined : set(service.spec, "externalTrafficPolicy", "Local"),
	),
	spec("invalid-session-affinity", "lower case", ({ service }) => set(service.spec, "sessionAffinity", "clientIP")),
	spec("invalid-selector", "a blank in a value", ({ service }) => set(service.selector?.node, "tier", "front end")),
	spec("selector-expressions-in-service", "matchLabels", ({ service }) => {
		const labels = service.selector?.pairs.map(({ name, value }): [string, Data] => [name, value ?? ""]) ?? [];
		return set(service.spec, "selector", { matchLabels: Object.fromEntries(labels) });
	}),
	spec("label-value-not-string", "a boolean", ({ service }) => write(service.selector?.node, "canary", "yes")),
	spec("label-value-not-string", "a number", ({ service }) => write(service.selector?.node, "version", "1.10")),
	spec("null-label-value", "nothing", ({ service }) => write(service.selector?.node, "tier", "~")),
	spec("wrong-type", "ports as a map", ({ service }) => set(service.spec, "ports", { port: 80 })),
	spec("forbidden-service-field", "source ranges without a load balancer", ({ service }) =>
		service.type?.value === "LoadBalancer" ? undefined : set(service.spec, "loadBalancerSourceRanges", ["10.0.0.0/8"]),
	),
	spec("ignored-service-field", "externalName on another type", ({ service }) => set(service.spec, "externalName", "db.example.com")),
	spec("external-name-is-ip-address", "an address as a name", ({ service }) => externalName(service.spec, "10.1.2.3")),
	spec("invalid-external-name", "upper case", ({ service }) => externalName(service.spec, "DB.example.com")),
	spec("invalid-ip-address", "none in lower case", ({ service }) => set(service.spec, "clusterIP", "none")),
	spec("non-canonical-ip", "leading zeros", ({ service }) =>
		isHeadless(service) ? undefined : set(service.spec, "externalIPs", ["010.001.002.003"]),
	),
	spec("invalid-ip-family", "no family", ({ service }) => set(service.spec, "ipFamilies", ["IPv5"])),
	spec("deprecated-service-field", "loadBalancerIP", ({ service }) =>
		service.type?.value === "LoadBalancer" ? set(service.spec, "loadBalancerIP", "10.1.2.3") : undefined,
	),
	spec("node-port-on-internal-service", "nodePort without a type for it", ({ service }) =>
		hasNodePorts(service) || service.type?.value === "ExternalName" ? undefined : set(service.ports[0]?.node, "nodePort", 30123),
	),
	spec("node-port-out-of-range", "the port as nodePort", ({ service }) =>
		hasNodePorts(service) ? set(service.ports[0]?.node, "nodePort", 8080) : undefined,
	),
	{ rule: "node-port-conflict", fault: "taken by another file", put: ({ service }) => takenBeside(nodePortUses(service)[0]?.number) },
	{
		rule: "node-port-conflict",
		fault: "taken by a Service of the unit",
		put: ({ service, unit }) => {
			const other = linksOf(unit).services.find(
				(each) => each !== service && each.source.uri === service.source.uri && nodePortUses(each).length > 0,
			);
			const number = other && nodePortUses(other)[0]?.number;
			return hasNodePorts(service) && number !== undefined ? edits(set(service.ports[0]?.node, "nodePort", number)) : undefined;
		},
	},
	{
		rule: "cluster-ip-conflict",
		fault: "taken by another file",
		put: ({ service }) => {
			const own = isHeadless(service) ? undefined : set(service.spec, "clusterIP", "10.96.7.7");
			return own && { ...other({ clusterIP: "10.96.7.7", ports: [{ port: 80 }] }), edits: [own] };
		},
	},
	{
		rule: "duplicate-object",
		fault: "the same Service twice in a file",
		put: ({ service }) => {
			const document = service.source.text.replace(/^---[^\n]*\n/, "");
			const { source } = service;
			if (service.root.start !== 0 && source.text.includes("items")) return undefined;
			const end = source.text.length;
			return {
				edits: [
					{
						source,
						start: end,
						end,
						text: `${source.text.endsWith("\n") ? "" : "\n"}---\n${document}${document.endsWith("\n") ? "" : "\n"}`,
					},
				],
			};
		},
	},
	{
		rule: "headless-port-translation",
		fault: "headless with another targetPort",
		put: ({ service }) => {
			const [entry] = service.ports;
			const target = entry && targetPortOf(entry);
			if (hasNodePorts(service) || !entry || typeof target !== "number" || entry.targetPort === undefined || target === entry.port?.value)
				return undefined;
			return edits(set(service.spec, "clusterIP", "None"));
		},
	},
	{
		rule: "headless-missing-port",
		fault: "headless with a name that nothing has",
		put: ({ service }) => (isHeadless(service) ? edits(set(service.ports[0]?.node, "targetPort", "no-such-port")) : undefined),
	},
];

function label(fault: string, change: (value: string) => string): Mutator {
	return {
		rule: "service-without-pods",
		fault: `label: ${fault}`,
		put: ({ service, workload }) => {
			const pair = service.selector?.pairs.find(
				({ name, value }) => value !== undefined && labelOf(workload.template.labels, name)?.value === value,
			);
			const value = pair?.value && change(pair.value);
			return pair && value && value !== pair.value ? edits(set(service.selector?.node, pair.name, value)) : undefined;
		},
		isFaulty: selectsNothing,
		cannotTell: absenceDoubt,
	};
}

function selectsNothing({ unit, service }: Mutant): boolean {
	return service !== undefined && linksOf(unit).selection(service).workloads.length === 0;
}

/** A fault in the first entry of a Service's ports. */
function port(rule: string, fault: string, change: (entry: ServicePort) => Edit | undefined): Mutator {
	return { rule, fault, put: ({ service: { ports } }) => (ports[0] ? edits(change(ports[0])) : undefined) };
}

function spec(rule: string, fault: string, change: (site: Site) => Edit | undefined): Mutator {
	return { rule, fault, put: (site) => edits(change(site)) };
}

function externalName(map: Parameters<typeof set>[0], name: string): Edit | undefined {
	if (map?.kind !== "map" || !valueAt(map, "ports")) return undefined;
	return { source: map.source, start: map.start, end: map.end, text: JSON.stringify({ type: "ExternalName", externalName: name }) };
}

/** Another Service, in a file of its own. */
function other(fields: Data & object) {
	const metadata = { name: "mutant" };
	return beside({ apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: "mutant" }, ...fields } as Data });
}

function takenBeside(nodePort: number | undefined) {
	return nodePort === undefined ? undefined : other({ type: "NodePort", ports: [{ port: 80, nodePort }] });
}
