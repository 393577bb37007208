import type { Data } from "../support/styles.ts";
import { beside, type Mutator } from "./mutator.ts";
import type { Site } from "./site.ts";

type Map = { readonly [key: string]: Data };

/** The kinds of fault in what stands beside a Service: an Ingress that leads to it, a policy for its Pods. */
export const ROUTING_MUTATORS: readonly Mutator[] = [
	ingress("upper case in a host", (path) => ({ rules: [{ host: "Mutant.example.com", http: { paths: [path] } }] })),
	ingress("a port behind a host", (path) => ({ rules: [{ host: "mutant.example.com:8080", http: { paths: [path] } }] })),
	ingress("no pathType", ({ backend }) => ({ rules: [{ http: { paths: [{ path: "/", backend: backend ?? {} }] } }] })),
	ingress("a pathType in lower case", (path) => ({ rules: [{ http: { paths: [{ ...path, pathType: "prefix" }] } }] })),
	ingress("a path without /", (path) => ({ rules: [{ http: { paths: [{ ...path, path: "web" }] } }] })),
	ingress("the backend of an old version", () => ({ defaultBackend: { serviceName: "web", servicePort: 80 } })),
	ingress("neither rules nor a backend", () => ({ ingressClassName: "nginx" })),
	ingress("an address as a host", (path) => ({ rules: [{ host: "10.0.0.1", http: { paths: [path] } }] })),
	ingress("a path with two slashes", (path) => ({ rules: [{ http: { paths: [{ ...path, path: "/a//b" }] } }] })),
	ingress("a Service without a port", () => ({ defaultBackend: { service: { name: "web" } } })),
	ingress("a port above 65535", () => ({ defaultBackend: { service: { name: "web", port: { number: 70000 } } } })),
	policy("an endPort for a name", { ingress: [{ ports: [{ port: "http", endPort: 9000 }] }] }),
	policy("a port above 65535", { ingress: [{ ports: [{ port: 70000 }] }] }),
	policy("a network beside labels", { ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }] }] }),
	policy("a protocol in lower case", { ingress: [{ ports: [{ port: 80, protocol: "tcp" }] }] }),
	policy("a quoted port", { ingress: [{ ports: [{ port: "80" }] }] }),
	policy("an endPort before its port", { ingress: [{ ports: [{ port: 9000, endPort: 900 }] }] }),
	policy("labels directly in a selector", { ingress: [{ from: [{ podSelector: { app: "web" } }] }] }),
	policy("an empty peer", { ingress: [{ from: [{}] }] }),
	policy("an address where a network belongs", { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.1" } }] }] }),
	policy("an exception outside of its network", { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["192.168.0.0/16"] } }] }] }),
	policy("a type in lower case", { policyTypes: ["ingress"] }),
	slice("a loopback address", { addressType: "IPv4", endpoints: [{ addresses: ["127.0.0.1"] }] }),
	slice("no address type", { endpoints: [{ addresses: ["10.0.0.1"] }] }),
	slice("an address of the other family", { addressType: "IPv6", endpoints: [{ addresses: ["10.0.0.1"] }] }),
	slice("upper case in a port's name", { addressType: "IPv4", endpoints: [], ports: [{ name: "HTTP", port: 80 }] }),
	unjoined("a named port for one without a name", { port: 80 }, { name: "http", port: 80 }),
	unjoined("a port without a name for one with a name", { name: "http", port: 80 }, { port: 80 }),
	unjoined("a port of the other protocol", { name: "dns", port: 53, protocol: "UDP" }, { name: "dns", port: 53 }),
];

/** A Service without a selector, and a slice of its own. */
function unjoined(fault: string, port: Map, listed: Map): Mutator {
	return {
		rule: "endpoints-name-mismatch",
		fault,
		put: ({ service }) => {
			const metadata: Map = { name: "mutant", ...namespaceIn(service.metadata) };
			const labels = { "kubernetes.io/service-name": "mutant" };
			const endpoints = { addressType: "IPv4", endpoints: [{ addresses: ["192.0.2.42"] }], ports: [listed] };
			return beside(
				{ apiVersion: "v1", kind: "Service", metadata, spec: { ports: [port] } },
				{ apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { ...metadata, labels }, ...endpoints },
			);
		},
	};
}

function ingress(fault: string, spec: (path: Map) => Data): Mutator {
	return {
		rule: "invalid-ingress",
		fault,
		put: ({ service }) => {
			const [name, number] = [service.metadata.name?.value, service.ports[0]?.port?.value];
			if (!name || number === undefined) return undefined;
			const path = { path: "/", pathType: "Prefix", backend: { service: { name, port: { number } } } };
			return object(service, "Ingress", spec(path));
		},
	};
}

function policy(fault: string, rules: Map): Mutator {
	return {
		rule: "invalid-network-policy",
		fault,
		put: ({ service }) => object(service, "NetworkPolicy", { podSelector: {}, ...rules }),
	};
}

function slice(fault: string, rest: Map): Mutator {
	return {
		rule: "invalid-endpoints",
		fault,
		put: ({ service: { metadata } }) =>
			beside({ apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name: "mutant", ...namespaceIn(metadata) }, ...rest }),
	};
}

function namespaceIn({ namespace }: Site["service"]["metadata"]): Map {
	return namespace?.value ? { namespace: namespace.value } : {};
}

function object({ metadata }: Site["service"], kind: string, spec: Data) {
	return beside({ apiVersion: "networking.k8s.io/v1", kind, metadata: { name: "mutant", ...namespaceIn(metadata) }, spec });
}
