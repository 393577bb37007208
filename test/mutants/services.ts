import { nodePortUses } from "../../server/src/links/nodePorts.ts";
import { hasNodePorts, isHeadless, serviceType, targetPortOf } from "../../server/src/model/service.ts";
import type { Edit } from "../../server/src/text/source.ts";
import { entryOf, valueAt } from "../../server/src/yaml/nodes.ts";
import type { Data } from "../support/styles.ts";
import { add, type Mutator, port, remove, set, spec, write } from "./mutator.ts";
import type { Site } from "./site.ts";

/** The kinds of fault that stand in the ports of one Service. */
const IN_PORTS: readonly Mutator[] = [
	port("invalid-port-number", "port 0", (entry) => set(entry.node, "port", 0)),
	port("invalid-port-number", "port above 65535", (entry) => set(entry.node, "port", 70000)),
	port("invalid-port-number", "negative port", (entry) => set(entry.node, "port", -80)),
	port("invalid-port-number", "a fraction", (entry) => set(entry.node, "port", 80.5)),
	port("invalid-port-number", "a boolean", (entry) => set(entry.node, "port", true)),
	port("invalid-port-number", "null", (entry) => write(entry.node, "port", "~")),
	port("invalid-port-number", "no port", (entry) => remove(entry.node, "port")),
	port("invalid-port-number", "quoted port", (entry) => entry.port && set(entry.node, "port", String(entry.port.value))),
	port("invalid-port-number", "targetPort above 65535", (entry) => set(entry.node, "targetPort", 80800)),
	port("quoted-target-port", "quoted targetPort", (entry) => {
		const target = targetPortOf(entry);
		return typeof target === "number" ? set(entry.node, "targetPort", String(target)) : undefined;
	}),
	port("invalid-port-name", "upper case in a name", (entry) => set(entry.node, "name", "HTTP_main")),
	port("invalid-port-name", "a dot in a name", (entry) => set(entry.node, "name", "web.http")),
	port("invalid-port-name", "a targetPort of 17 characters", (entry) => set(entry.node, "targetPort", "a-name-of-sixteen")),
	port("invalid-port-name", "an underscore in a targetPort", (entry) => set(entry.node, "targetPort", "web_port")),
	port("invalid-protocol", "lower case", (entry) => set(entry.node, "protocol", "tcp")),
	port("invalid-protocol", "an application's protocol", (entry) => set(entry.node, "protocol", "HTTP")),
	port("octal-port-number", "leading zero", (entry) => write(entry.node, "port", "0120")),
	port("octal-port-number", "leading zero in a nodePort", (entry, { service }) =>
		hasNodePorts(service) && entry.nodePort?.value ? write(entry.node, "nodePort", `0${entry.nodePort.value.toString(8)}`) : undefined,
	),
	port("slash-comment", "// behind a number", (entry) =>
		entry.port && !entry.node.flow ? write(entry.node, "port", `${entry.port.value} // the web`) : undefined,
	),
	port("slash-comment", "// behind a targetPort", (entry) =>
		entry.targetPort?.value && !entry.node.flow ? write(entry.node, "targetPort", `${entry.targetPort.value} // of the Pod`) : undefined,
	),
	port("unknown-field", "field in lower case", (entry) => set(entry.node, "targetport", 8080)),
	port("unknown-field", "containerPort in a Service", (entry) => set(entry.node, "containerPort", 8080)),
	port("invalid-qualified-name", "appProtocol with a blank", (entry) => set(entry.node, "appProtocol", "my http")),
	spec("unnamed-service-port", "a port of several without a name", ({ service: { ports } }) =>
		ports.length > 1 ? remove(ports[0]?.node, "name") : undefined,
	),
	spec("duplicate-service-port", "the same port twice", ({ service: { ports, portList } }) => {
		const [first] = ports;
		const value = { name: "twice", port: first?.port?.value ?? 0, protocol: first?.protocol?.value ?? "TCP" };
		return first?.name ? add(portList?.value, value) : undefined;
	}),
	spec("duplicate-service-port", "the same name twice", ({ service: { ports, portList } }) => {
		const name = ports[0]?.name?.value;
		return name ? add(portList?.value, { name, port: 23456 }) : undefined;
	}),
	spec("duplicate-service-port", "the same nodePort twice", ({ service }) => {
		const { ports, portList } = service;
		const [first] = ports;
		const nodePort = hasNodePorts(service) ? first?.nodePort?.value : undefined;
		return first?.name && nodePort ? add(portList?.value, { name: "twice", port: 23456, nodePort }) : undefined;
	}),
	spec("service-without-ports", "no ports", ({ service }) => (isHeadless(service) ? undefined : remove(service.spec, "ports"))),
	spec("service-without-ports", "an empty list", ({ service }) => (isHeadless(service) ? undefined : set(service.spec, "ports", []))),
	spec("wrong-type", "ports as a map", ({ service }) => set(service.spec, "ports", { port: 80 })),
	spec("node-port-on-internal-service", "nodePort without a type for it", ({ service }) =>
		isInternal(service) ? set(service.ports[0]?.node, "nodePort", 30123) : undefined,
	),
	spec("node-port-out-of-range", "the port as nodePort", ({ service }) => nodePortOf(service, 8080)),
	spec("node-port-out-of-range", "one too high", ({ service }) => nodePortOf(service, 32768)),
	spec("node-port-out-of-range", "no port at all", ({ service }) => nodePortOf(service, 70000)),
];

/** The kinds of fault that stand elsewhere in one Service. */
const BESIDE_PORTS: readonly Mutator[] = [
	spec("invalid-service-type", "type in another case", ({ service }) =>
		service.type?.value ? set(service.spec, "type", service.type.value.toLowerCase()) : undefined,
	),
	spec("invalid-service-type", "a kind as type", ({ service }) => set(service.spec, "type", "Ingress")),
	spec("slash-comment", "// behind the type", ({ service }) =>
		service.type?.value && !service.spec?.flow ? write(service.spec, "type", `${service.type.value} // from outside`) : undefined,
	),
	...(["my_service", "MyService", "my.service", "-my-service", "a".repeat(64)] as const).map((name) =>
		spec("invalid-service-name", name.slice(0, 12), ({ service }) => set(service.metadata.node, "name", name)),
	),
	spec("invalid-service-name", "none", ({ service }) => remove(service.metadata.node, "name"), { orElse: ["invalid-kustomization"] }),
	spec("invalid-traffic-policy", "lower case", ({ service }) =>
		hasNodePorts(service) ? set(service.spec, "externalTrafficPolicy", "local") : undefined,
	),
	spec("invalid-traffic-policy", "on an internal Service", ({ service }) =>
		isInternal(service) && service.externalIPs.length === 0 ? set(service.spec, "externalTrafficPolicy", "Local") : undefined,
	),
	spec("invalid-traffic-policy", "unknown inside", ({ service }) => set(service.spec, "internalTrafficPolicy", "Node")),
	spec("invalid-traffic-policy", "unknown distribution", ({ service }) => set(service.spec, "trafficDistribution", "PreferNear")),
	spec("invalid-session-affinity", "lower case", ({ service }) => set(service.spec, "sessionAffinity", "clientIP")),
	spec("invalid-session-affinity", "longer than a day", ({ service }) => [
		set(service.spec, "sessionAffinity", "ClientIP"),
		set(service.spec, "sessionAffinityConfig", { clientIP: { timeoutSeconds: 86401 } }),
	]),
	spec("invalid-session-affinity", "a timeout without affinity", ({ service }) =>
		entryOf(service.spec, "sessionAffinity") ? undefined : set(service.spec, "sessionAffinityConfig", { clientIP: { timeoutSeconds: 60 } }),
	),
	spec("invalid-selector", "a blank in a value", ({ service }) => set(service.selector?.node, "tier", "front end")),
	spec("invalid-selector", "two slashes in a key", ({ service }) => set(service.selector?.node, "a/b/c", "web")),
	spec("invalid-selector", "a value of 64 characters", ({ service }) => set(service.selector?.node, "tier", "a".repeat(64))),
	spec("invalid-selector", "a list", ({ service }) => set(service.spec, "selector", ["app"])),
	spec("selector-expressions-in-service", "matchLabels", ({ service }) => {
		const labels = service.selector?.pairs.map(({ name, value }): [string, Data] => [name, value ?? ""]) ?? [];
		return set(service.spec, "selector", { matchLabels: Object.fromEntries(labels) });
	}),
	spec("selector-expressions-in-service", "matchExpressions", ({ service }) =>
		set(service.spec, "selector", { matchExpressions: [{ key: "app", operator: "Exists" }] }),
	),
	spec("label-value-not-string", "a boolean", ({ service }) => write(service.selector?.node, "canary", "true")),
	spec("label-value-not-string", "a boolean of YAML 1.1", ({ service, unit }) =>
		// kustomize reads a text, and quotes it.
		unit.renderings.length > 0 ? undefined : write(service.selector?.node, "canary", "yes"),
	),
	spec("label-value-not-string", "a number", ({ service }) => write(service.selector?.node, "version", "1.10")),
	spec("label-value-not-string", "a number as a name", ({ service, unit }) =>
		// A prefix or suffix makes a text of it.
		unit.renderings.length > 0 ? undefined : set(service.metadata.node, "name", 8080),
	),
	spec("null-label-value", "nothing", ({ service }) => write(service.selector?.node, "tier", "~"), { orElse: ["service-without-pods"] }),
	spec("forbidden-service-field", "source ranges without a load balancer", ({ service }) =>
		isBalanced(service) ? undefined : set(service.spec, "loadBalancerSourceRanges", ["10.0.0.0/8"]),
	),
	spec("forbidden-service-field", "a class without a load balancer", ({ service }) =>
		isBalanced(service) ? undefined : set(service.spec, "loadBalancerClass", "example.com/fast"),
	),
	spec("forbidden-service-field", "allocation without a load balancer", ({ service }) =>
		isBalanced(service) ? undefined : set(service.spec, "allocateLoadBalancerNodePorts", false),
	),
	spec("forbidden-service-field", "a health check without policy Local", ({ service }) =>
		service.externalTrafficPolicy?.value === "Local" ? undefined : set(service.spec, "healthCheckNodePort", 30999),
	),
	spec("forbidden-service-field", "headless with node ports", ({ service }) =>
		hasNodePorts(service) ? set(service.spec, "clusterIP", "None") : undefined,
	),
	spec("ignored-service-field", "externalName on another type", ({ service }) => set(service.spec, "externalName", "db.example.com")),
	spec("ignored-service-field", "externalIPs of a headless Service", ({ service }) =>
		isHeadless(service) ? set(service.spec, "externalIPs", ["192.0.2.7"]) : undefined,
	),
	spec("ignored-service-field", "affinity of a headless Service", ({ service }) =>
		isHeadless(service) ? set(service.spec, "sessionAffinity", "ClientIP") : undefined,
	),
	externalName("external-name-is-ip-address", "an address as a name", "10.1.2.3"),
	externalName("invalid-external-name", "upper case", "DB.example.com"),
	externalName("invalid-external-name", "a scheme", "http://db.example.com"),
	externalName("invalid-external-name", "a port", "db.example.com:5432"),
	externalName("invalid-external-name", "none", undefined),
	spec("invalid-ip-address", "none in lower case", ({ service }) => set(service.spec, "clusterIP", "none")),
	spec("invalid-ip-address", "a number above 255", ({ service }) =>
		isHeadless(service) ? undefined : set(service.spec, "clusterIP", "10.0.0.300"),
	),
	spec("invalid-ip-address", "a loopback address outside", ({ service }) => set(service.spec, "externalIPs", ["127.0.0.1"])),
	spec("invalid-ip-address", "a range without a mask", ({ service }) =>
		isBalanced(service) ? set(service.spec, "loadBalancerSourceRanges", ["10.0.0.0"]) : undefined,
	),
	spec("non-canonical-ip", "zeros that :: stands for", ({ service }) =>
		isHeadless(service) ? undefined : set(service.spec, "externalIPs", ["2001:db8:0:0::7"]),
	),
	spec("invalid-ip-family", "no family", ({ service }) => set(service.spec, "ipFamilies", ["IPv5"])),
	spec("invalid-ip-family", "one family twice", ({ service }) => set(service.spec, "ipFamilies", ["IPv4", "IPv4"])),
	spec("invalid-ip-family", "no policy", ({ service }) => set(service.spec, "ipFamilyPolicy", "DualStack")),
	spec("deprecated-service-field", "loadBalancerIP", ({ service }) =>
		isBalanced(service) ? set(service.spec, "loadBalancerIP", "10.1.2.3") : undefined,
	),
	spec("deprecated-service-field", "topology-aware-hints", ({ service }) =>
		entryOf(service.metadata.node, "annotations")
			? undefined
			: set(service.metadata.node, "annotations", { "service.kubernetes.io/topology-aware-hints": "auto" }),
	),
	spec("deprecated-service-field", "externalIPs", ({ service }) =>
		isHeadless(service) ? undefined : set(service.spec, "externalIPs", ["192.0.2.7"]),
	),
	spec("ignored-service-field", "a load balancer's address of a headless Service", ({ service }) =>
		isHeadless(service) ? set(service.spec, "loadBalancerIP", "192.0.2.7") : undefined,
	),
	spec("invalid-ip-family", "two families for one", ({ service }) => [
		set(service.spec, "ipFamilyPolicy", "SingleStack"),
		set(service.spec, "ipFamilies", ["IPv4", "IPv6"]),
	]),
	spec("invalid-ip-family", "two addresses of one family, and no first one", ({ service }) =>
		isHeadless(service) ? undefined : set(service.spec, "clusterIPs", ["10.96.7.9", "10.96.7.10"]),
	),
	spec("label-value-not-string", "a boolean as a label", ({ service }) =>
		entryOf(service.metadata.node, "labels") ? undefined : set(service.metadata.node, "labels", { canary: true }),
	),
	spec("unknown-field", "targetPort beside ports", ({ service }) => set(service.spec, "targetPort", 8080)),
	spec("unknown-field", "a slip in a name", ({ service }) => set(service.spec, "selectors", { app: "web" })),
	spec("headless-port-translation", "headless with another targetPort", ({ service }) => {
		const [entry] = service.ports;
		const target = entry && targetPortOf(entry);
		if (!isInternal(service) || !entry || typeof target !== "number" || entry.targetPort === undefined || target === entry.port?.value)
			return undefined;
		return set(service.spec, "clusterIP", "None");
	}),
	spec("local-traffic-without-pods", "policy Local on node ports", ({ service, workload }) =>
		service.type?.value === "NodePort" && /^(Deployment|StatefulSet)$/.test(workload.kind)
			? set(service.spec, "externalTrafficPolicy", "Local")
			: undefined,
	),
];

/** The kinds of fault that stand in one Service. */
export const SERVICE_MUTATORS: readonly Mutator[] = [...IN_PORTS, ...BESIDE_PORTS];

type Service = Site["service"];

function nodePortOf(service: Service, number: number): Edit | undefined {
	return hasNodePorts(service) && !nodePortUses(service).some((use) => use.number === number)
		? set(service.ports[0]?.node, "nodePort", number)
		: undefined;
}

function isInternal(service: Service): boolean {
	return serviceType(service) === "ClusterIP";
}

function isBalanced(service: Service): boolean {
	return serviceType(service) === "LoadBalancer";
}

function externalName(rule: string, fault: string, name: string | undefined): Mutator {
	return spec(rule, fault, ({ service: { spec: map } }) => {
		if (!map || !valueAt(map, "ports")) return undefined;
		const text = JSON.stringify({ type: "ExternalName", externalName: name });
		return { source: map.source, start: map.start, end: map.end, text };
	});
}
