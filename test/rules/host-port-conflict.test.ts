import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPortConflict } from "../../server/src/rules/host-port-conflict.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import type { ConfiguredNode } from "../../server/src/settings/settings.ts";
import { check, findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

interface Shape {
	readonly kind?: string;
	readonly replicas?: number;
	/** Further lines of the Pod's spec, in flow style. */
	readonly spec?: string;
	readonly port?: string;
	readonly init?: string;
}

/** A workload with one container and one port, by default a Deployment with hostPort 80. */
function workload(name: string, { kind = "Deployment", replicas, spec, port, init }: Shape = {}): string {
	const template = [
		`metadata: { labels: { app: ${name} } }`,
		"spec:",
		...(spec ? [`  ${spec}`] : []),
		...(init ? ["  initContainers:", `  - ${init}`] : []),
		"  containers:",
		"  - name: main",
		`    ports: [${port ?? "{ containerPort: 8080, hostPort: 80 }"}]`,
	];
	const lines =
		kind === "Pod"
			? ["apiVersion: v1", "kind: Pod", `metadata: { name: ${name}, labels: { app: ${name} } }`, ...template.slice(1)]
			: [
					`apiVersion: ${kind === "Job" ? "batch" : "apps"}/v1`,
					`kind: ${kind}`,
					`metadata: { name: ${name} }`,
					"spec:",
					...(replicas === undefined ? [] : [`  replicas: ${replicas}`]),
					`  selector: { matchLabels: { app: ${name} } }`,
					"  template:",
					...template.map((line) => `    ${line}`),
				];
	return `${lines.join("\n")}\n`;
}

/** What is said about two workloads in files of their own: the level at each end. */
function levels(a: Shape, b: Shape, nodes: readonly ConfiguredNode[] = []): readonly string[] {
	const files = new Map([
		["a.yaml", workload("a", a)],
		["b.yaml", workload("b", b)],
	]);
	const findings = conflictsIn(files, nodes);
	assert.ok(findings.every(({ kubernetes }) => kubernetes === undefined));
	return findings.map(({ severity }) => severity);
}

/** Host ports are a matter of other rules too. */
function conflictsIn(files: ReadonlyMap<string, string>, nodes: readonly ConfiguredNode[] = []): readonly Finding[] {
	return findingsOf(snapshotOf(files, settingsWith({ cluster: { nodes } }))).filter(({ rule }) => rule === "host-port-conflict");
}

const WARNED = ["warning", "warning"];
const TOLD = ["information", "information"];
const ON_EACH = { kind: "DaemonSet" };

function affinity(expression: string): string {
	return `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${expression}] }] } } }`;
}

function node(name: string, labels: Readonly<Record<string, string>> = {}): ConfiguredNode {
	return { name, addresses: [], labels };
}

const PAIRS: readonly (readonly [title: string, a: Shape, b: Shape, wanted: readonly string[], nodes?: readonly ConfiguredNode[]])[] = [
	["two that run on every node must share one", ON_EACH, ON_EACH, WARNED],
	["two that may run anywhere may share one", {}, {}, TOLD],
	["one on every node and one anywhere may share one", ON_EACH, {}, TOLD],
	["bound to one node by name", { kind: "Pod", spec: "nodeName: n1" }, { kind: "Pod", spec: "nodeName: n1" }, WARNED],
	["bound to two nodes by name", { kind: "Pod", spec: "nodeName: n1" }, { kind: "Pod", spec: "nodeName: n2" }, []],
	["node selectors that can overlap", { ...ON_EACH, spec: "nodeSelector: { disk: ssd }" }, ON_EACH, WARNED],
	["disjoint node selectors", { ...ON_EACH, spec: "nodeSelector: { pool: a }" }, { ...ON_EACH, spec: "nodeSelector: { pool: b }" }, []],
	[
		"a node selector against a required affinity",
		{ ...ON_EACH, spec: "nodeSelector: { pool: a }" },
		{ ...ON_EACH, spec: affinity("{ key: pool, operator: NotIn, values: [a] }") },
		[],
	],
	[
		"a label that one wants and the other excludes",
		{ ...ON_EACH, spec: affinity("{ key: edge, operator: Exists }") },
		{ ...ON_EACH, spec: affinity("{ key: edge, operator: DoesNotExist }") },
		[],
	],
	[
		"required affinities with a value in common",
		{ ...ON_EACH, spec: affinity("{ key: zone, operator: In, values: [a, b] }") },
		{ ...ON_EACH, spec: affinity("{ key: zone, operator: In, values: [b, c] }") },
		WARNED,
	],
	[
		"an anti-affinity against the other's Pods",
		{
			spec: "affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: b } } }] } }",
		},
		{},
		[],
	],
	[
		"an anti-affinity against its own Pods only",
		{
			spec: "affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: a } } }] } }",
		},
		{},
		TOLD,
	],
	["another protocol", {}, { port: "{ containerPort: 8080, hostPort: 80, protocol: UDP }" }, []],
	["another port", {}, { port: "{ containerPort: 8080, hostPort: 81 }" }, []],
	["hostPort 0 is unset", {}, { port: "{ containerPort: 8080, hostPort: 0 }" }, []],
	["one address and all of them", {}, { port: "{ containerPort: 8080, hostPort: 80, hostIP: 10.0.0.1 }" }, TOLD],
	[
		"two addresses",
		{ port: "{ containerPort: 8080, hostPort: 80, hostIP: 10.0.0.2 }" },
		{ port: "{ containerPort: 8080, hostPort: 80, hostIP: 10.0.0.1 }" },
		[],
	],
	[
		":: is no wildcard",
		{ port: '{ containerPort: 8080, hostPort: 80, hostIP: "::" }' },
		{ port: "{ containerPort: 8080, hostPort: 80, hostIP: 10.0.0.1 }" },
		[],
	],
	["hostNetwork makes a container port one of the node's", {}, { spec: "hostNetwork: true", port: "{ containerPort: 80 }" }, TOLD],
	["without hostNetwork it is the Pod's own", {}, { port: "{ containerPort: 80 }" }, []],
	[
		"a sidecar's port is reserved too",
		{},
		{ port: "{ containerPort: 1 }", init: "{ name: s, restartPolicy: Always, ports: [{ containerPort: 80, hostPort: 80 }] }" },
		TOLD,
	],
	[
		"a plain init container's is not",
		{},
		{ port: "{ containerPort: 1 }", init: "{ name: i, ports: [{ containerPort: 80, hostPort: 80 }] }" },
		[],
	],
	["no replicas, no Pods", {}, { replicas: 0 }, []],
	["two Jobs wait for each other", { kind: "Job" }, { kind: "Job" }, []],
	["a Job may meet what runs for ever", { kind: "Job" }, {}, TOLD],
	["a placeholder is not judged", {}, { port: "{ containerPort: 8080, hostPort: '${PORT}' }" }, []],
	["a node for each: the scheduler keeps them apart", {}, {}, [], [node("n1"), node("n2")]],
	["more Pods than nodes", {}, { replicas: 2 }, WARNED, [node("n1"), node("n2")]],
	["every node is taken by the one that runs on all", ON_EACH, {}, WARNED, [node("n1"), node("n2")]],
	[
		"known nodes of which none fits both",
		{ ...ON_EACH, spec: "nodeSelector: { fast: yes-it-is }" },
		{ ...ON_EACH, spec: "nodeSelector: { zone: b }" },
		[],
		[node("n1", { fast: "yes-it-is" }), node("n2", { zone: "b" })],
	],
	[
		"labels that the kubelet sets need not be written",
		{ ...ON_EACH, spec: "nodeSelector: { kubernetes.io/os: linux }" },
		{ ...ON_EACH, spec: "nodeSelector: { kubernetes.io/os: windows }" },
		[],
		[node("n1")],
	],
];

for (const [title, a, b, wanted, nodes] of PAIRS) {
	test(`host-port-conflict: ${title}`, () => assert.deepEqual(levels(a, b, nodes), wanted));
}

check(
	hostPortConflict,
	"between workloads both are named, each at its own port",
	`
#- proxy.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: proxy }
spec:
  template:
    spec:
      containers:
      - { name: proxy, ports: [{ containerPort: 8080, hostPort: 80 }] }
#                                                               ^^ warning: DaemonSet proxy and DaemonSet agent both take host port 80/TCP (hostNetwork), and they have to share nodes
#- agent.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    spec:
      hostNetwork: true
      containers:
      - name: agent
        ports:
        - containerPort: 80
#                        ^^ warning: DaemonSet agent and DaemonSet proxy both take host port 80/TCP (hostNetwork), and they have to share nodes
`,
	{ only: true },
);

check(
	hostPortConflict,
	"Node objects of the folder are nodes",
	`
#- node.yaml
apiVersion: v1
kind: Node
metadata: { name: n1 }
#- web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, ports: [{ containerPort: 80, hostPort: 80 }] }] }
#                                                                            ^^ warning: Deployment web and Pod api both take host port 80/TCP, and they have to share nodes
#- api.yaml
apiVersion: v1
kind: Pod
metadata: { name: api }
spec: { containers: [{ name: api, ports: [{ containerPort: 80, hostPort: 80 }] }] }
#                                                                        ^^ warning: Pod api and Deployment web both take host port 80/TCP, and they have to share nodes
`,
	{ only: true },
);

check(
	hostPortConflict,
	"twice in one template: Kubernetes compares the texts, so that 0.0.0.0 and nothing are two",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
      - { name: i, ports: [{ containerPort: 1, hostPort: 80 }] }
      containers:
      - { name: a, ports: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80, hostIP: 0.0.0.0 }] }
#                                                        ^^ error: Containers a and b take host port 80/TCP
      - { name: b, ports: [{ containerPort: 3, hostPort: 80, protocol: TCP }, { containerPort: 4, hostPort: 80, protocol: UDP }] }
#                                                        ^^ error: Containers b and a take host port 80/TCP
`,
	{ only: true },
);

check(
	hostPortConflict,
	"twice in one container, an init container too",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
  - { name: i, ports: [{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }] }
#                                                    ^^ error: Container i takes host port 80/TCP twice
#                                                                                        ^^ error: Container i takes host port 80/TCP twice
`,
	{ only: true },
);

check(
	hostPortConflict,
	"under hostNetwork a Pod is refused, and of a template the Pods are",
	`
#- pod.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: true
  containers:
  - { name: a, ports: [{ containerPort: 80 }] }
#                                       ^^ error: Containers a and b take host port 80/TCP (hostNetwork)
  - { name: b, ports: [{ containerPort: 80 }] }
#                                       ^^ error: Containers b and a take host port 80/TCP (hostNetwork)
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      hostNetwork: true
      containers:
      - { name: a, ports: [{ containerPort: 90 }] }
#                                           ^^ warning: Containers a and b take host port 90/TCP (hostNetwork), so the Pods of Deployment api are refused
      - { name: b, ports: [{ containerPort: 90 }] } # here Kubernetes warns, which comes first
`,
	{ only: true },
);

check(
	hostPortConflict,
	"files that define one workload differently never meet, and of several versions all must take the port",
	`
#- a.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template: { spec: { containers: [{ name: a, ports: [{ containerPort: 80, hostPort: 80 }] }] } }
#- b.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template: { spec: { containers: [{ name: a, ports: [{ containerPort: 80, hostPort: 81 }] }] } }
#- proxy.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: proxy }
spec:
  template: { spec: { containers: [{ name: p, ports: [{ containerPort: 80, hostPort: 80 }] }] } }
`,
	{ only: true },
);

test("host-port-conflict: only what Kubernetes refuses carries its answer", () => {
	const twice = "{ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }";
	const answers = (text: string) => conflictsIn(new Map([["a.yaml", text]])).map(({ kubernetes }) => kubernetes);
	assert.deepEqual(answers(workload("a", { port: twice })), ["refuses", "refuses"]);
	assert.deepEqual(
		answers(workload("a", { spec: "hostNetwork: true", port: "{ containerPort: 1 }, { containerPort: 1, protocol: TCP }" })),
		[undefined],
	);
});
