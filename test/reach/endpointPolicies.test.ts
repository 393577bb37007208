import { settingsWith } from "../support/carets.ts";
import { reach } from "./expect.ts";

/** A Service without a selector, and a slice that lists one endpoint for it. */
const written = (endpoint: string) => `
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: db }
spec: { ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: shop, name: db-1, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
endpoints: [${endpoint}]
ports: [{ port: 5432 }]
---
`;

const policy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { namespace: shop, name: closed }
spec: { podSelector: {}, ${spec} }
---
`;

const POD = `
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: db-0, labels: { app: db } }
spec: { containers: [{ name: c }] }
status: { podIP: 10.1.2.3 }
---
`;

const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { namespace: shop, name: db }
spec: { template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: c }] } } }
---
`;

for (const [what, endpoint, behind, name] of [
	["a Pod that the endpoint names", "{ addresses: [10.9.9.9], targetRef: { kind: Pod, name: db-0 } }", POD, "Pod db-0"],
	[
		"a Pod of a StatefulSet that the endpoint names",
		"{ addresses: [10.9.9.9], targetRef: { kind: Pod, name: db-0 } }",
		STATEFUL_SET,
		"StatefulSet db",
	],
	["a Pod that has the address", "{ addresses: [10.1.2.3] }", POD, "Pod db-0"],
] as const) {
	reach(`a policy closes ${what}`, written(endpoint) + policy("policyTypes: [Ingress]") + behind, {
		"Service shop/db": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> EndpointSlice db-1:5432 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy closed closes ${name}
			pod dns db.shop.svc.cluster.local:80 via 80 -> - | - | dropped: NetworkPolicy closed closes ${name}
			pod clusterIP clusterIP:80 via 80 -> - | - | dropped: NetworkPolicy closed closes ${name}
		`,
	});
}

const OUTSIDE = written("{ addresses: [203.0.113.7] }");

reach("what is no Pod is closed by no policy for ingress", OUTSIDE + policy("policyTypes: [Ingress]"), {
	"Service shop/db": `
		node clusterIP clusterIP:80 via 80 -> EndpointSlice db-1:5432 | replaced | reaches
		pod dns db.shop.svc.cluster.local:80 via 80 -> EndpointSlice db-1:5432 | kept | reaches
		pod clusterIP clusterIP:80 via 80 -> EndpointSlice db-1:5432 | kept | reaches
	`,
});

const OTHERS = "(other Pods) via 80 -> EndpointSlice db-1:5432 | kept | reaches";

for (const [what, egress, dns, clusterIP] of [
	["that open nothing", "egress: []", "none", "closed"],
	["that open every port", "egress: [{}]", "open", "open"],
	["that open the port of the endpoint", "egress: [{ ports: [{ port: 5432 }] }]", "unresolved", "open"],
	["that open the port of the Service only", "egress: [{ ports: [{ port: 80 }] }]", "none", "closed"],
	["that open other Pods", "egress: [{ to: [{ podSelector: {} }], ports: [{ port: 5432 }, { port: 53 }] }]", "none", "closed"],
	["that open a block of addresses", "egress: [{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]", "doubt", "doubt"],
] as const) {
	const lines = {
		none: ["(namespace shop) via 80 -> - | - | dropped: NetworkPolicy closed lets them open no connection there", OTHERS],
		closed: ["(namespace shop) via 80 -> - | - | dropped: NetworkPolicy closed lets them open no connection there", OTHERS],
		open: ["via 80 -> EndpointSlice db-1:5432 | kept | reaches"],
		doubt: [
			"(namespace shop) via 80 -> EndpointSlice db-1:5432 | kept | cannot-tell: NetworkPolicy closed may keep them from connecting",
			OTHERS,
		],
		unresolved: [
			"(namespace shop) via 80 -> EndpointSlice db-1:5432 | kept | cannot-tell: NetworkPolicy closed lets nothing out to port 53 of a DNS server, so the name may not resolve",
			OTHERS,
		],
	};
	reach(
		`policies of the clients ${what} change the verdict for an endpoint that is no Pod`,
		OUTSIDE + policy(`policyTypes: [Egress], ${egress}`),
		{
			"Service shop/db": [
				"node clusterIP clusterIP:80 via 80 -> EndpointSlice db-1:5432 | replaced | reaches",
				...lines[dns].map((line) => `pod dns db.shop.svc.cluster.local:80 ${line}`),
				...lines[clusterIP].map((line) => `pod clusterIP clusterIP:80 ${line}`),
			].join("\n"),
		},
		settingsWith({ cluster: { podCIDR: ["10.0.0.0/8"] } }),
	);
}
