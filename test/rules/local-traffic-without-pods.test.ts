import assert from "node:assert/strict";
import { test } from "node:test";
import { localTrafficWithoutPods } from "../../server/src/rules/local-traffic-without-pods.ts";
import { said, workload } from "../support/said.ts";

const HINT = (kind: string) => [`hint: Nodes without a Pod of ${kind} web drop what comes in on the node port`];
const nodes = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `n${index}`, addresses: [], labels: {} }));

function of(shape: Parameters<typeof workload>[1], spec = "type: NodePort, externalTrafficPolicy: Local", known = 0): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ${spec}, selector: { app: web }, ports: [{ port: 80 }] }\n`;
	return said(localTrafficWithoutPods, `${service}---\n${workload(["ports: [{ containerPort: 80 }]"], shape)}`, { nodes: nodes(known) });
}

for (const [title, found, wanted] of [
	["a Deployment on nodes that nobody names", of({ kind: "Deployment", own: "replicas: 5" }), HINT("Deployment")],
	["a StatefulSet", of({ kind: "StatefulSet" }), HINT("StatefulSet")],
	[
		"fewer Pods than nodes",
		of({ kind: "Deployment", own: "replicas: 2" }, undefined, 3),
		["information: Nodes without one of the 2 Pods of Deployment web drop what comes in on the node port"],
	],
	["as many Pods as nodes may still share one", of({ kind: "Deployment", own: "replicas: 3" }, undefined, 3), HINT("Deployment")],
	["one node has them all", of({ kind: "Deployment" }, undefined, 1), []],
	["a number of Pods that cannot be read", of({ kind: "Deployment", own: "replicas: '${N}'" }, undefined, 3), HINT("Deployment")],
	["a DaemonSet is on every node", of({ kind: "DaemonSet" }), []],
	["a Pod of its own", of({ kind: "Pod" }), []],
	["a load balancer asks where the Pods are", of({ kind: "Deployment" }, "type: LoadBalancer, externalTrafficPolicy: Local"), []],
	["the policy Cluster", of({ kind: "Deployment" }, "type: NodePort, externalTrafficPolicy: Cluster"), []],
	["no policy", of({ kind: "Deployment" }, "type: NodePort"), []],
	["a policy that is refused", of({ kind: "Deployment" }, "type: NodePort, externalTrafficPolicy: local"), []],
	["a policy inside the cluster", of({ kind: "Deployment" }, "type: NodePort, internalTrafficPolicy: Local"), []],
] as const) {
	test(`local-traffic-without-pods: ${title}`, () => assert.deepEqual(found, wanted));
}

test("local-traffic-without-pods: a DaemonSet behind the same Service is on every node", () => {
	const service =
		"apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80 }] }\n";
	const both = `${workload([""], { kind: "Deployment" })}---\n${workload([""], { kind: "DaemonSet" })}`;
	assert.deepEqual(said(localTrafficWithoutPods, `${service}---\n${both}`), []);
});
