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
	says: ``,
});

hovers(
	"a match in a folder near by is named with its folder",
	`#- services/web.yaml\n${service("selector: { app: web }, ports: [{ port: 80 }]")}\n#- deployments/web.yaml\n${deployment("{ containerPort: 80 }")}`,
	{ on: "services/web.yaml: name: |web", says: `` },
);

hovers("an external name says where it leads", `#- db.yaml\n${service("type: ExternalName, externalName: db.example.com", "db")}`, {
	on: "db.yaml: externalName: |db.example.com",
	says: ``,
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
	{ on: "db.yaml: clusterIP: |None", says: `` },
);

hovers(
	"under externalTrafficPolicy Local nodes without a Pod drop",
	`#- web.yaml
${service("type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, nodePort: 30007 }]")}
---
${deployment("{ containerPort: 80 }")}`,
	{ on: "web.yaml: externalTrafficPolicy: |Local", says: `` },
);

hovers(
	"internalTrafficPolicy Local distinguishes the node of the client",
	`#- web.yaml
${service("internalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80 }]")}
---
${deployment("{ containerPort: 80 }")}`,
	{ on: "web.yaml: internalTrafficPolicy: |Local", says: `` },
);

hovers(
	"TCP and UDP at one address are said once, and an assigned node port says so",
	`#- dns.yaml
${service("type: NodePort, selector: { app: web }, sessionAffinity: ClientIP, ports: [{ name: t, port: 53 }, { name: u, port: 53, protocol: UDP }]", "dns")}
---
${deployment("{ containerPort: 53 }, { containerPort: 53, protocol: UDP }")}`,
	{ on: "dns.yaml: name: |dns", says: `` },
);

hovers(
	"one port of several has a hover of its own",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }, { name: metrics, port: 9090 }]")}
---
${deployment("{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090, hostPort: 9090 }")}`,
	{ on: "web.yaml: targetPort: |http", says: `` },
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
	{ on: "web.yaml: app: |web", says: `` },
);

hovers(
	"containers of one Pod are named where there are several",
	`#- web.yaml
${service("selector: { app: web }, ports: [{ name: a, port: 80 }, { name: b, port: 81 }]")}
---
${deployment("{ containerPort: 80 }", "web", ", { name: side, ports: [{ containerPort: 81 }] }")}`,
	{ on: "web.yaml: app: |web", says: `` },
);

const MANY = Array.from({ length: 40 }, (_, index) => `{ name: p${index}, port: ${8000 + index} }`).join(", ");

hovers(
	"a Service with forty ports is summed up",
	`#- web.yaml\n${service(`selector: { app: web }, ports: [${MANY}]`)}\n---\n${deployment("")}`,
	{
		on: "web.yaml: app: |web",
		says: ``,
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
	{ on: "web.yaml: containerPort: |80", says: `` },
);

hovers(
	"the other end of a conflict is said once, and what is wrong comes before what is only worth knowing",
	`#- web.yaml\n${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30001 }]")}---\n${deployment("")}`,
	{
		on: "web.yaml: type: |NodePort",
		findings: [
			{ on: "port: 80", message: "one thing", severity: "hint" },
			{ on: "nodePort: 30001", message: "another *thing*", severity: "error" },
		],
		says: ``,
	},
);

hovers(
	"the second document of a file with Windows line breaks",
	`#- web.yaml\n${deployment("")}---\n${service("selector: { app: web }, ports: [{ port: 80 }]", "second")}`
		.replaceAll("\n", "\r\n")
		.replace("#- web.yaml\r", "#- web.yaml"),
	{
		on: "web.yaml: name: |second",
		says: ``,
	},
);

hovers(
	"text of a manifest does not become markup",
	`#- web.yaml\n${service('type: "a|b[x](command:y)", selector: { app: web }, ports: [{ port: 80, targetPort: "`|`" }]', '"w*b"')}`,
	{ on: 'web.yaml: name: |"w*b"', says: `` },
);

hovers("YAML that is no manifest has no hover", "#- values.yaml\ntype: NodePort\nports: [{ port: 80 }]\n", {
	on: "values.yaml: type: |NodePort",
	says: undefined,
});
