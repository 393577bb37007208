import { settingsWith } from "../support/carets.ts";
import { reach } from "./expect.ts";

const service = (spec: string, labels = "") => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: a, labels: { ${labels} } }
spec: { ${spec} }
---
`;

const pod = (name: string, status = "~", ports = "{ containerPort: 80 }") => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: a, labels: { app: web } }
spec: { containers: [{ name: c, ports: [${ports}] }] }
status: ${status}
---
`;

const slice = (content: string) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: a, labels: { kubernetes.io/service-name: web } }
${content}
---
`;

const SELECTS = "selector: { app: web }, ports: [{ port: 80 }]";
const DUAL = settingsWith({ cluster: { nodes: [{ name: "one", addresses: ["10.0.0.1", "fd00::1"], labels: {} }] } });

/** The paths inside the cluster, all with one outcome. */
const inside = (to: string, end = "reaches", seen = true) =>
	["node clusterIP clusterIP:80", "pod dns web.a.svc.cluster.local:80", "pod clusterIP clusterIP:80"]
		.map((way, index) => `${way} via 80 -> ${to} | ${seen ? (index === 0 ? "replaced" : "kept") : "-"} | ${end}`)
		.join("\n");

reach(
	"a Service of one IP family has node ports on addresses of that family, and external addresses of the other lead nowhere for certain",
	service(
		"type: NodePort, ipFamilies: [IPv6], externalIPs: [198.51.100.7], selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }]",
	) + pod("p"),
	{
		"Service a/web": `
			outside externalIP 198.51.100.7:80 via 80 -> Pod p:80 | replaced | cannot-tell: The Service has IPv6 addresses only
			outside nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
			node externalIP 198.51.100.7:80 via 80 -> Pod p:80 | replaced | cannot-tell: The Service has IPv6 addresses only
			node nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod p:80 | replaced | reaches
			pod dns web.a.svc.cluster.local:80 via 80 -> Pod p:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod p:80 | kept | reaches
			pod externalIP 198.51.100.7:80 via 80 -> Pod p:80 | replaced | cannot-tell: The Service has IPv6 addresses only
			pod nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
		`,
	},
	DUAL,
);

reach(
	"a Service that may have both IP families has node ports on all addresses",
	service(
		"type: NodePort, ipFamilies: [IPv6], ipFamilyPolicy: PreferDualStack, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }]",
	) + pod("p"),
	{
		"Service a/web": `
			outside nodePort 10.0.0.1:30080 any via 80 -> Pod p:80 | replaced | reaches
			outside nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
			node nodePort 10.0.0.1:30080 any via 80 -> Pod p:80 | replaced | reaches
			node nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod p:80 | replaced | reaches
			pod dns web.a.svc.cluster.local:80 via 80 -> Pod p:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod p:80 | kept | reaches
			pod nodePort 10.0.0.1:30080 any via 80 -> Pod p:80 | replaced | reaches
			pod nodePort [fd00::1]:30080 any via 80 -> Pod p:80 | replaced | reaches
		`,
	},
	DUAL,
);

reach("a Service that another proxy serves is not told of", service(SELECTS, "service.kubernetes.io/service-proxy-name: x") + pod("p"), {
	"Service a/web": inside("Pod p:80", "cannot-tell: The label service.kubernetes.io/service-proxy-name hands the Service to another proxy"),
});

reach("a Pod that has ended takes no connections", service(SELECTS) + pod("p", "{ phase: Succeeded }") + pod("q"), {
	"Service a/web": inside("Pod q:80"),
});

const NOT_READY = '{ phase: Running, conditions: [{ type: Ready, status: "False" }] }';

reach("a Pod that is not ready takes no connections", service(SELECTS) + pod("p", NOT_READY), {
	"Service a/web": inside("Pod p:80", "cannot-tell: Pod p is not ready"),
});

reach(
	"a Pod that is not ready takes connections where the Service asks for it",
	service(`publishNotReadyAddresses: true, ${SELECTS}`) + pod("p", NOT_READY),
	{
		"Service a/web": inside("Pod p:80"),
	},
);

reach(
	"a workload without Pods is no target beside another",
	`${service(SELECTS) + pod("p")}apiVersion: apps/v1
kind: Deployment
metadata: { name: d, namespace: a }
spec: { replicas: 0, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{ "Service a/web": inside("Pod p:80") },
);

reach(
	"a port of an EndpointSlice whose name a template fills in may be the one",
	service("ports: [{ name: http, port: 80 }]") +
		slice("addressType: IPv4\nports: [{ name: <port>, port: 80 }]\nendpoints: [{ addresses: [192.0.2.1] }]"),
	{
		"Service a/web": inside("-", "cannot-tell: A port of EndpointSlice web-1 has a name or a protocol that cannot be read"),
	},
);

reach(
	"names in an EndpointSlice are no addresses",
	service("ports: [{ port: 80 }]") + slice("addressType: FQDN\nports: [{ port: 80 }]\nendpoints: [{ addresses: [web.example.com] }]"),
	{
		"Service a/web": inside("-", "refused: EndpointSlice web-1 lists no address that takes connections", false),
	},
);

reach(
	"a headless Service without ports gives the addresses that are written",
	`${service("clusterIP: None")}apiVersion: v1\nkind: Endpoints\nmetadata: { name: web, namespace: a }\nsubsets: [{ addresses: [{ ip: 10.0.0.9 }] }]\n`,
	{ "Service a/web": "pod dns web.a.svc.cluster.local via - -> Endpoints web:- | kept | reaches" },
);

reach(
	"a host port is taken by a node port with its number",
	service("type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }]") +
		pod("p", "~", "{ containerPort: 80, hostPort: 30080 }, { containerPort: 80, hostPort: 30080, protocol: UDP }"),
	{
		"Pod a/p": `
			outside hostPort nodeIP:30080 with-pod via - -> Pod p:80 | kept | cannot-tell: Service web takes port 30080 of the nodes first, as its node port
			outside hostPort nodeIP:30080 with-pod UDP via - -> Pod p:80 | kept | reaches
			node hostPort nodeIP:30080 with-pod via - -> Pod p:80 | kept | cannot-tell: Service web takes port 30080 of the nodes first, as its node port
			node hostPort nodeIP:30080 with-pod UDP via - -> Pod p:80 | kept | reaches
			node podIP podIP:80 via - -> Pod p:80 | kept | reaches
			node podIP podIP:80 UDP via - -> Pod p:80 | kept | reaches
			pod hostPort nodeIP:30080 with-pod via - -> Pod p:80 | replaced | cannot-tell: Service web takes port 30080 of the nodes first, as its node port
			pod hostPort nodeIP:30080 with-pod UDP via - -> Pod p:80 | replaced | reaches
			pod podIP podIP:80 via - -> Pod p:80 | kept | reaches
			pod podIP podIP:80 UDP via - -> Pod p:80 | kept | reaches
		`,
	},
);

reach(
	"blocks of addresses are compared with the addresses that a headless Service gives",
	`${service("clusterIP: None, ports: [{ port: 80 }]") + slice("addressType: IPv4\nports: [{ port: 8080 }]\nendpoints: [{ addresses: [192.0.2.9] }]")}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: e, namespace: a }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }] }
`,
	{
		"Service a/web": `
			pod dns web.a.svc.cluster.local:8080 (namespace a) via 80 -> - | - | dropped: NetworkPolicy e lets them open no connection there
			pod dns web.a.svc.cluster.local:8080 (other Pods) via 80 -> EndpointSlice web-1:8080 | kept | reaches
		`,
	},
);
