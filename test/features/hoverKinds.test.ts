import assert from "node:assert/strict";
import { test } from "node:test";
import { hover } from "../../server/src/features/hover.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { hovers } from "./expectHover.ts";

function service(spec: string, name = "web"): string {
	return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ${spec} }
`;
}

function deployment(ports: string, name = "web", more = ""): string {
	return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, ports: [${ports}] }${more}] } } }
`;
}

hovers("a Service that selects nothing known says so", `#- web.yaml\n${service("selector: { app: web }, ports: [{ port: 80 }]")}`, {
	on: "web.yaml: name: |web",
	says: `
**Service** default/web · ClusterIP → no Pod that is known here

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | cannot tell |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | " |

No Pod template here has app=web.
`,
});

hovers(
	"a match in a folder near by is named with its folder",
	`#- services/web.yaml\n${service("selector: { app: web }, ports: [{ port: 80 }]")}\n#- deployments/web.yaml\n${deployment("{ containerPort: 80 }")}`,
	{
		on: "services/web.yaml: name: |web",
		says: `
**Service** default/web · ClusterIP → Deployment web (1 Pod) in folder deployments

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | perhaps Pod port 80 of \`app\` |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | " |

Deployment web stands in another folder, deployments.
`,
	},
);

hovers(
	"a number on which nothing listens is refused, and by no container",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ port: 80, targetPort: 9999 }]")}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, image: "nginx:1.25", ports: [{ containerPort: 80 }] }] } } }
`,
	{
		on: "web.yaml: name: |web",
		says: `
**Service** default/web · ClusterIP → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | refused |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:9999\` | " |

Nothing listens on 9999 in Deployment web: image nginx:1.25 listens on 80.  
Port 9999 is not declared by \`app\`, which declares 80.
`,
	},
);

hovers("an external name says where it leads", `#- db.yaml\n${service("type: ExternalName, externalName: db.example.com", "db")}`, {
	on: "db.yaml: externalName: |db.example.com",
	says: `
**Service** default/db · ExternalName → \`db.example.com\`

| From | Address | Arrives at |
|---|---|---|
| a Pod | \`db.example.com\` | cannot tell |

db.example.com is no Service that is deployed here.
`,
});

hovers(
	"a headless Service shows its Pods' own addresses and names",
	`#- db.yaml
${service("clusterIP: None, selector: { app: web }, ports: [{ name: sql, port: 5432 }]", "db")}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { serviceName: db, replicas: 2, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: pg }] } } }
`,
	{
		on: "db.yaml: clusterIP: |None",
		says: `
**Service** default/db · headless → StatefulSet db (2 Pods)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a Pod | \`db.default.svc.cluster.local:5432\`, \`db-0.db.default.svc.cluster.local:5432\`, \`db-1.db.default.svc.cluster.local:5432\`, \`podIP:5432\` | Pod port 5432 of \`pg\` |

Headless: the name gives the Pods' own addresses, and no port is translated.
`,
	},
);

hovers(
	"under externalTrafficPolicy Local nodes without a Pod drop",
	`#- web.yaml
${service("type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, nodePort: 30007 }]")}
---
${deployment("{ containerPort: 80 }")}`,
	{
		on: "web.yaml: externalTrafficPolicy: |Local",
		says: `
**Service** default/web · NodePort → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | \`nodeIP:30007\` (nodes with a Pod) | Pod port 80 of \`app\` |
| anyone | \`nodeIP:30007\` (nodes without a Pod) | dropped |
| a node | \`nodeIP:30007\` (own node, nodes with a Pod), \`clusterIP:80\` | Pod port 80 |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`nodeIP:30007\` (own node, nodes with a Pod), \`podIP:80\` | " |

Client address: kept (externalTrafficPolicy Local). Nodes without a Pod drop the packets: clients wait, they are not refused.
`,
	},
);

hovers(
	"internalTrafficPolicy Local distinguishes the node of the client",
	`#- web.yaml
${service("internalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80 }]")}
---
${deployment("{ containerPort: 80 }")}`,
	{
		on: "web.yaml: internalTrafficPolicy: |Local",
		says: `
**Service** default/web · ClusterIP → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node with a Pod | \`clusterIP:80\` | Pod port 80 of \`app\` |
| a node without a Pod | \`clusterIP:80\` | dropped |
| a Pod on a node with a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | Pod port 80 |
| a Pod on a node without a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | dropped |
| a Pod | \`podIP:80\` | Pod port 80 |
`,
	},
);

hovers(
	"TCP and UDP at one address are said once, and an assigned node port says so",
	`#- dns.yaml
${service("type: NodePort, selector: { app: web }, sessionAffinity: ClientIP, ports: [{ name: t, port: 53 }, { name: u, port: 53, protocol: UDP }]", "dns")}
---
${deployment("{ containerPort: 53 }, { containerPort: 53, protocol: UDP }")}`,
	{
		on: "dns.yaml: name: |dns",
		says: `
**Service** default/dns · NodePort → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | \`nodeIP:<30000-32767>\` (assigned, any node, TCP and UDP) | Pod port 53 of \`app\` |
| a node | \`nodeIP:<30000-32767>\` (TCP and UDP), \`clusterIP:53\` (TCP and UDP) | " |
| a Pod | \`dns.default.svc.cluster.local:53\` (TCP and UDP), \`clusterIP:53\` (TCP and UDP), \`nodeIP:<30000-32767>\` (TCP and UDP), \`podIP:53\` (TCP and UDP) | " |

Client address: replaced (externalTrafficPolicy Cluster).  
A client stays with one Pod (sessionAffinity ClientIP).
`,
	},
);

hovers(
	"one port of several has a hover of its own",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }, { name: metrics, port: 9090 }]")}
---
${deployment("{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090, hostPort: 9090 }")}`,
	{
		on: "web.yaml: targetPort: |http",
		says: `
**Target port http** of Service default/web · ClusterIP → Pod port 8080 of Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | Pod port 8080 of \`app\` |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:8080\` | " |

\`podIP\` is virtual and changes with its Pod; the Service's addresses stay.
`,
	},
);

hovers(
	"workloads that differ are told apart",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ port: 80, targetPort: http }]")}
---
${deployment("{ name: http, containerPort: 8080 }", "one")}
---
${deployment("{ name: http, containerPort: 9090 }", "two")}
---
${deployment("{ name: web, containerPort: 80 }", "three")}`,
	{
		on: "web.yaml: app: |web",
		says: `
**Service** default/web · ClusterIP → Deployment one (1 Pod), Deployment two (1 Pod), Deployment three (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | Pod port 8080 of Deployment one, 9090 of Deployment two, none of Deployment three |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | " |
| a Pod | \`podIP:8080\` | Pod port 8080 of Deployment one |
| a Pod | \`podIP:9090\` | Pod port 9090 of Deployment two |

Deployment three has no port named http with protocol TCP.
`,
	},
);

hovers(
	"containers of one Pod are named where there are several",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ name: a, port: 80 }, { name: b, port: 81 }]")}
---
${deployment("{ containerPort: 80 }", "web", ", { name: side, ports: [{ containerPort: 81 }] }")}`,
	{
		on: "web.yaml: app: |web",
		says: `
**Service** default/web · ClusterIP → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | Pod port 80 of \`app\` |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:80\` | " |
| a node | \`clusterIP:81\` | Pod port 81 of \`side\` |
| a Pod | \`web.default.svc.cluster.local:81\`, \`clusterIP:81\`, \`podIP:81\` | " |
`,
	},
);

const MANY = Array.from({ length: 40 }, (_, index) => `{ name: p${index}, port: ${8000 + index} }`).join(", ");

hovers(
	"a Service with forty ports is summed up",
	`#- web.yaml\n${service(`selector: { app: web }, ports: [${MANY}]`)}\n---\n${deployment("")}`,
	{
		on: "web.yaml: app: |web",
		says: `
**Service** default/web · ClusterIP → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:8000-8039\` | Pod ports 8000-8039 |
| a Pod | \`web.default.svc.cluster.local:8000-8039\`, \`clusterIP:8000-8039\`, \`podIP:8000-8039\` | " |

Each address by itself: \`portolan paths --service default/web\`
`,
	},
);

const WORKLOADS = Array.from(
	{ length: 12 },
	(_, index) => `---
apiVersion: v1
kind: Pod
metadata: { name: web-${index}, labels: { app: web } }
spec: { containers: [{ name: app, ports: [{ name: http, containerPort: ${8080 + (index % 3)} }] }] }
`,
).join("");

hovers(
	"a Service before twelve workloads is summed up",
	`#- web.yaml\n${service("selector: { app: web }, ports: [{ port: 80, targetPort: http }]")}${WORKLOADS}`,
	{
		on: "web.yaml: app: |web",
		says: `
**Service** default/web · ClusterIP → Pod web-0, Pod web-1, Pod web-2 and 9 more

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | Pod port 8080 of 4 workloads, 8081 of 4 workloads, 8082 of 4 workloads |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\` | " |
| a Pod | \`podIP:8080\` | Pod port 8080 |
| a Pod | \`podIP:8081\` | Pod port 8081 |
| a Pod | \`podIP:8082\` | Pod port 8082 |
`,
	},
);

hovers(
	"ports that do not follow each other, and those of which it cannot be told, are told apart in a sum",
	`#- web.yaml
${service(
	`type: NodePort, selector: { app: web }, ports: [${[80, 443, 8000, 8001, 8002, 9000, 9100, 9200].map((port) => `{ name: p${port}, port: ${port}, nodePort: ${30000 + (port % 977)} }`).join(", ")}, { name: x, port: 1, targetPort: gone }]`,
)}---
${deployment("")}`,
	{
		on: "web.yaml: app: |web",
		says: `
**Service** default/web · NodePort → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | \`nodeIP:30080, 30184-30186, 30207, 30307, …\` (any node) | Pod ports 80, 443, 8000-8002, 9000, … |
| a node | \`nodeIP:30080, 30184-30186, 30207, 30307, …\`, \`clusterIP:80, 443, 8000-8002, 9000, …\` | " |
| a Pod | \`web.default.svc.cluster.local:80, 443, 8000-8002, 9000, …\`, \`clusterIP:80, 443, 8000-8002, 9000, …\`, \`nodeIP:30080, 30184-30186, 30207, 30307, …\`, \`podIP:80, 443, 8000-8002, 9000, …\` | " |
| outside the cluster | \`nodeIP:<30000-32767>\` (assigned, any node) | refused |
| a node | \`nodeIP:<30000-32767>\`, \`clusterIP:1\` | " |
| a Pod | \`web.default.svc.cluster.local:1\`, \`clusterIP:1\`, \`nodeIP:<30000-32767>\` | " |

Each address by itself: \`portolan paths --service default/web\`

No selected Pod has a port named gone with protocol TCP.
`,
	},
);

hovers(
	"a container port that no Service selects says so, on the host network too",
	`#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { hostNetwork: true, containers: [{ name: app, ports: [{ containerPort: 80 }] }] }
`,
	{
		on: "web.yaml: containerPort: |80",
		says: `
**Container port 80** of \`app\` · Pod web

| From | Address | Arrives at |
|---|---|---|
| anyone who reaches the node | \`nodeIP:80\` (host network, nodes that run a Pod) | Pod port 80 of \`app\` |
| a Pod | \`podIP:80\` | " |

hostNetwork: the Pod's ports are the node's; its address changes when the Pod moves.  
No Service here selects these Pods.
`,
	},
);

hovers(
	"beside what is wrong nothing is said that is only worth knowing, and each end of a conflict is said once",
	`#- web.yaml
${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30001 }]")}---
${service("type: NodePort, ports: [{ port: 81, nodePort: 30002 }]", "other")}---
${deployment("")}`,
	{
		on: "web.yaml: type: |NodePort",
		findings: [
			{ on: "port: 80", message: "one thing", severity: "hint" },
			{ on: "nodePort: 30001", related: "nodePort: 30002", message: "here and *there*", severity: "error" },
			{ on: "nodePort: 30002", related: "nodePort: 30001", message: "there and here", severity: "error" },
			{ on: "port: 81", message: "another Service's thing" },
		],
		says: `
**Service** default/web · NodePort → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | \`nodeIP:30001\` (any node) | Pod port 80 of \`app\` |
| a node | \`nodeIP:30001\`, \`clusterIP:80\` | " |
| a Pod | \`web.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`nodeIP:30001\`, \`podIP:80\` | " |

Client address: replaced (externalTrafficPolicy Cluster).  
⚠ here and \\*there\\*.
`,
	},
);

hovers(
	"the second document of a file with Windows line breaks",
	`#- web.yaml\n${deployment("")}---\n${service("selector: { app: web }, ports: [{ port: 80 }]", "second")}`
		.replaceAll("\n", "\r\n")
		.replace("#- web.yaml\r", "#- web.yaml"),
	{
		on: "web.yaml: name: |second",
		says: `
**Service** default/second · ClusterIP → Deployment web (1 Pod)

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node | \`clusterIP:80\` | Pod port 80 of \`app\` |
| a Pod | \`second.default.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:80\` | " |
`,
	},
);

hovers(
	"text of a manifest does not become markup",
	`#- web.yaml\n${service('type: "a|b[x](command:y)", selector: { app: web }, ports: [{ port: 80, targetPort: "`|`" }]', '"w*b"')}`,
	{
		on: 'web.yaml: name: |"w*b"',
		says: `
**Service** default/w\\*b · a\\|b\\[x\\](command:y) → no Pod that is known here

| From | Address | Arrives at |
|---|---|---|
| a node | \`clusterIP:80\` | cannot tell |
| a Pod | \`w*b.default.svc.cluster.local:80\`, \`clusterIP:80\` | " |

No Pod template here has app=web.  
type "a\\|b\\[x\\](command:y)" is none that a Service can have.
`,
	},
);

hovers("YAML that is no manifest has no hover", "#- values.yaml\ntype: NodePort\nports: [{ port: 80 }]\n", {
	on: "values.yaml: type: |NodePort",
	says: undefined,
});

for (const [on, note] of [
	["nodePort: |30007", "Node addresses are real; a node's port leads to the Pods on that node and outlives each of them."],
	["port: |80", "exists only with its ports (no ping); it leads to the Pods on the client's own node and outlives each of them."],
] as const) {
	test(`under a Local policy a port does not balance over all Pods: ${on}`, () => {
		const text = `${service("type: NodePort, externalTrafficPolicy: Local, internalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, nodePort: 30007 }]")}
---
${deployment("{ containerPort: 80 }")}`;
		const [before = "", after = ""] = on.split("|");
		const offset = text.indexOf(before + after) + before.length;
		const found = hover(snapshotOf(cutFiles(text)), "/ws/manifest.yaml", offset, { format: "plain", findings: () => [] });
		assert.ok(found?.contents.includes(note), found?.contents);
	});
}

for (const [at, showsProblems, said] of [
	["targetPort: |9", false, true],
	["targetPort: |9", true, false],
	["name: |web", true, true],
] as const) {
	const what = said ? "is said" : "is not said again";
	hovers(
		`what is wrong ${what} at ${at.replace("|", "")}${showsProblems ? ", where an editor shows problems itself" : ""}`,
		`#- web.yaml\n${service("clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 9 }]")}`,
		{
			on: `web.yaml: ${at}`,
			showsProblems,
			findings: [{ on: "targetPort: 9", message: "9 is wrong" }],
			says: `
${at === "name: |web" ? "**Service**" : "**Target port 9** of Service"} default/web · headless → no Pod that is known here

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a Pod | \`web.default.svc.cluster.local:9\` | cannot tell |${[
				...(at === "name: |web"
					? ["Headless: the name gives the Pods' own addresses, and no port is translated."]
					: ["`podIP` is virtual and changes with its Pod; the Service's addresses stay."]),
				...(said ? ["⚠ 9 is wrong."] : []),
			]
				.map((line, index) => `${index === 0 ? "\n\n" : "  \n"}${line}`)
				.join("")}
`,
		},
	);
}

hovers(
	"an alias of a Service with several ports tells which port leads where",
	`#- web.yaml
${service("type: ExternalName, externalName: web.default.svc.cluster.local", "alias")}---
${service("selector: { app: web }, ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 9090 }]").replace("name: web", "name: web, namespace: default")}---
${deployment("").replace("name: web", "name: web, namespace: default")}`,
	{
		on: "web.yaml: name: |alias",
		says: `
**Service** default/alias · ExternalName → \`web.default.svc.cluster.local\`

| From | Address | Arrives at |
|---|---|---|
| a Pod | \`web.default.svc.cluster.local\` (port 80) | Pod port 8080 of \`app\` |
| a Pod | \`web.default.svc.cluster.local\` (port 81) | Pod port 9090 |
`,
	},
);
