import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPortBlocksRollout } from "../../server/src/rules/host-port-blocks-rollout.ts";
import type { ConfiguredNode } from "../../server/src/settings/settings.ts";
import { check, settingsWith } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

function nodes(count: number, labels: Readonly<Record<string, string>> = {}): readonly ConfiguredNode[] {
	return Array.from({ length: count }, (_, index) => ({ name: `n${index + 1}`, addresses: [], labels }));
}

function deployment(strategy: string): string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
${strategy}  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { nodeSelector: { edge: "" }, containers: [{ name: web, image: a, ports: [{ containerPort: 80, hostPort: 80 }] }] }
`;
}

const FILLED =
	"Deployment web can never update: its Pods fill all nodes that may run it, for a new Pod waits for host port 80 of an old one";

for (const [title, before, after, marks] of [
	["nothing is written", "", "  strategy:\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n", "replicas"],
	[
		"only the type is written",
		`  strategy:\n# ^^^^^^^^ warning: ${FILLED}\n    type: RollingUpdate\n`,
		"  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n",
	],
	[
		"the numbers are written",
		`  strategy: { rollingUpdate: { maxSurge: 50%, maxUnavailable: 25% } }\n#                                                             ^^^ warning: ${FILLED}\n`,
		"  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }\n",
	],
	[
		"one number is written",
		`  strategy: { rollingUpdate: { maxSurge: 1 } }\n#             ^^^^^^^^^^^^^ warning: ${FILLED}\n`,
		"  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }\n",
	],
] as const) {
	const text = deployment(before).replace(
		"  replicas: 3\n",
		marks ? `  replicas: 3\n#           ^ warning: ${FILLED}\n` : "  replicas: 3\n",
	);
	const place = marks ? deployment(after.replace("  strategy", "  strategy")) : deployment(after);
	const gives = marks
		? place.replace(`${after}  selector: { matchLabels: { app: web } }\n`, `  selector: { matchLabels: { app: web } }\n${after}`)
		: place;
	check(hostPortBlocksRollout, `three Pods on three nodes, and ${title}`, text, {
		settings: settingsWith({ cluster: { nodes: nodes(3, { edge: "" }) } }),
		fix: { title: "Set maxSurge to 0 and maxUnavailable to 1", gives },
	});
}

const PORT = "ports: [{ containerPort: 8080, hostPort: 80 }]";

function of(own: string, known: readonly ConfiguredNode[] = [], spec?: string, containers: readonly string[] = [PORT]): readonly string[] {
	return said(hostPortBlocksRollout, workload(containers, { kind: "Deployment", own, ...(spec ? { spec } : {}) }), { nodes: known });
}

const NEVER = [
	"warning: Deployment web can never update: its Pods fill all nodes that may run it, for a new Pod waits for host port 80 of an old one",
];
const ONLY = (count: string) => [
	`information: Deployment web cannot update where only ${count} may run it, for a new Pod waits for host port 80 of an old one`,
];

for (const [title, found, wanted] of [
	["one Pod by default, on nodes that nobody names", of("paused: false"), ONLY("1 node")],
	["three Pods on nodes that nobody names", of("replicas: 3"), ONLY("3 nodes")],
	["a node is left", of("replicas: 3", nodes(4)), []],
	["more Pods than nodes", of("replicas: 3", nodes(2)), NEVER],
	[
		"the node selector leaves fewer nodes",
		of("replicas: 3", [...nodes(3, { edge: "" }), ...nodes(1)], "nodeSelector: { edge: '' }"),
		NEVER,
	],
	["a label that the kubelet sets may be on every node", of("replicas: 1", nodes(2), "nodeSelector: { kubernetes.io/os: linux }"), []],
	["a node's name is one node", of("replicas: 1", [], "nodeName: n1"), NEVER],
	["a host's name is one node", of("replicas: 1", [], "nodeSelector: { kubernetes.io/hostname: n1 }"), NEVER],
	["no Pods", of("replicas: 0"), []],
	["25% of four Pods is one that may go first", of("replicas: 4", nodes(4)), []],
	["24% of four Pods is none", of("replicas: 4\nstrategy: { rollingUpdate: { maxUnavailable: 24% } }", nodes(4)), NEVER],
	["without a surge one Pod goes first", of("replicas: 3\nstrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }", nodes(3)), []],
	["Recreate", of("replicas: 3\nstrategy: { type: Recreate }", nodes(3)), []],
	["a percentage that cannot be read", of("replicas: 3\nstrategy: { rollingUpdate: { maxUnavailable: some } }", nodes(3)), []],
	["a placeholder", of("replicas: ${REPLICAS}", nodes(3)), []],
	[
		"hostNetwork makes the container's port one of the node",
		of("replicas: 1", nodes(1), "hostNetwork: true", ["ports: [{ containerPort: 80 }]"]),
		NEVER,
	],
	["no host port", of("replicas: 1", nodes(1), undefined, ["ports: [{ containerPort: 80 }]"]), []],
	[
		"a plain init container's host port is not reserved",
		said(hostPortBlocksRollout, workload([""], { kind: "Deployment", init: [PORT] }), { nodes: nodes(1) }),
		[],
	],
	[
		"a sidecar's is",
		said(hostPortBlocksRollout, workload([""], { kind: "Deployment", init: [`restartPolicy: Always, ${PORT}`] }), { nodes: nodes(1) }),
		NEVER,
	],
	[
		"a StatefulSet goes first and comes after",
		said(hostPortBlocksRollout, workload([PORT], { kind: "StatefulSet" }), { nodes: nodes(1) }),
		[],
	],
] as const) {
	test(`host-port-blocks-rollout: ${title}`, () => assert.deepEqual(found, wanted));
}

check(
	hostPortBlocksRollout,
	"a DaemonSet with a surge has a Pod on every node already",
	`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  updateStrategy: { rollingUpdate: { maxSurge: 10%, maxUnavailable: 0 } }
#                                              ^^^ warning: DaemonSet web can never update: with maxSurge 10% a new Pod waits for host port 80 of the old one
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: a, ports: [{ containerPort: 80, hostPort: 80 }] }] }
`,
	{
		fix: {
			title: "Set maxSurge to 0 and maxUnavailable to 1",
			gives: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: a, ports: [{ containerPort: 80, hostPort: 80 }] }] }
`,
		},
	},
);

for (const own of [
	"minReadySeconds: 1",
	"updateStrategy: { rollingUpdate: { maxSurge: 0% } }",
	"updateStrategy: { type: OnDelete, rollingUpdate: { maxSurge: 1 } }",
]) {
	test(`host-port-blocks-rollout: a DaemonSet with ${own}`, () =>
		assert.deepEqual(said(hostPortBlocksRollout, workload([PORT], { kind: "DaemonSet", own })), []));
}

check(
	hostPortBlocksRollout,
	"a number of Pods with nothing behind its key is pointed at by the key",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas:
# ^^^^^^^^ information: Deployment web cannot update where only 1 node may run it, for a new Pod waits for host port 80 of an old one
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { nodeSelector: { edge: "" }, containers: [{ name: web, image: a, ports: [{ containerPort: 80, hostPort: 80 }] }] }
`,
);
