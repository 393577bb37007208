import { settingsWith } from "../support/carets.ts";
import { reach } from "./expect.ts";

const pod = (spec: string) => `
apiVersion: v1
kind: Pod
metadata: { name: agent }
spec: { ${spec}, containers: [{ name: c, ports: [{ containerPort: 8080, hostPort: 10000 }] }] }
`;

const NODES = settingsWith({
	cluster: {
		nodes: [
			{ name: "one", addresses: ["172.18.0.3"], labels: { disk: "ssd", zone: "a" } },
			{ name: "two", addresses: ["172.18.0.4"], labels: { zone: "b" } },
			{ name: undefined, addresses: ["172.18.0.5"], labels: {} },
		],
	},
});

const hostPorts = (addresses: readonly string[]) =>
	["outside", "node", "pod"]
		.map((from) => {
			const seen = from === "pod" ? "replaced" : "kept";
			const ports = addresses.map((address) => `${from} hostPort ${address}:10000 with-pod via - -> Pod agent:8080 | ${seen} | reaches`);
			return [...ports, ...(from === "outside" ? [] : [`${from} podIP podIP:8080 via - -> Pod agent:8080 | kept | reaches`])].join("\n");
		})
		.join("\n");

const affinity = (terms: string) =>
	`affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms}] } } }`;

for (const [title, spec, addresses] of [
	["a node selector", "nodeSelector: { disk: ssd }", ["172.18.0.3", "172.18.0.5"]],
	["a required affinity", affinity("{ matchExpressions: [{ key: zone, operator: NotIn, values: [a] }] }"), ["172.18.0.4", "172.18.0.5"]],
	["the name of a node", "nodeName: two", ["172.18.0.4", "172.18.0.5"]],
	["a label of the kubelet", "nodeSelector: { kubernetes.io/hostname: one }", ["172.18.0.3", "172.18.0.5"]],
	["a label that clouds set", "nodeSelector: { topology.kubernetes.io/zone: x }", ["172.18.0.3", "172.18.0.4", "172.18.0.5"]],
] as const) {
	reach(`${title} leaves the host port to nodes that may run the Pod`, pod(spec), { "Pod default/agent": hostPorts(addresses) }, NODES);
}

reach(
	"nodes are those of the workspace, with their labels",
	`${pod("nodeSelector: { disk: ssd }")}---
apiVersion: v1
kind: Node
metadata: { name: one, labels: { disk: ssd } }
status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }
---
apiVersion: v1
kind: Node
metadata: { name: two, labels: { disk: hdd } }
status: { addresses: [{ type: InternalIP, address: 10.0.0.2 }] }
`,
	{ "Pod default/agent": hostPorts(["10.0.0.1"]) },
);

reach(
	"a Pod on the host network is on nodes that may run it, and one that no known node may run perhaps on others",
	`
apiVersion: v1
kind: Pod
metadata: { name: a }
spec: { hostNetwork: true, nodeSelector: { zone: b }, containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b }
spec: { nodeSelector: { zone: c }, containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 90 }] }] }
`,
	{
		"Pod default/a": `
			outside hostNetwork 172.18.0.4:80 with-pod via - -> Pod a:80 | kept | reaches
			node hostNetwork 172.18.0.4:80 with-pod via - -> Pod a:80 | kept | reaches
			node podIP podIP:80 via - -> Pod a:80 | kept | reaches
			pod hostNetwork 172.18.0.4:80 with-pod via - -> Pod a:80 | replaced | reaches
			pod podIP podIP:80 via - -> Pod a:80 | replaced | reaches
		`,
		"Pod default/b": `
			outside hostPort nodeIP:90 with-pod via - -> Pod b:80 | kept | cannot-tell: No node that is known may run Pod b
			node hostPort nodeIP:90 with-pod via - -> Pod b:80 | kept | cannot-tell: No node that is known may run Pod b
			node podIP podIP:80 via - -> Pod b:80 | kept | reaches
			pod hostPort nodeIP:90 with-pod via - -> Pod b:80 | replaced | cannot-tell: No node that is known may run Pod b
			pod podIP podIP:80 via - -> Pod b:80 | kept | reaches
		`,
	},
	settingsWith({
		cluster: {
			nodes: [
				{ name: "one", addresses: ["172.18.0.3"], labels: { zone: "a" } },
				{ name: "two", addresses: ["172.18.0.4"], labels: { zone: "b" } },
			],
		},
	}),
);

reach(
	"a container port 0 is none",
	`
apiVersion: v1
kind: Pod
metadata: { name: agent }
spec: { containers: [{ name: c, ports: [{ containerPort: 0 }, { containerPort: 0, hostPort: 90 }] }] }
`,
	{
		"Pod default/agent": `
			outside hostPort nodeIP:90 with-pod via - -> Pod agent:- | kept | cannot-tell: The port has no containerPort
			node hostPort nodeIP:90 with-pod via - -> Pod agent:- | kept | cannot-tell: The port has no containerPort
			pod hostPort nodeIP:90 with-pod via - -> Pod agent:- | replaced | cannot-tell: The port has no containerPort
		`,
	},
);
