import assert from "node:assert/strict";
import { test } from "node:test";
import { nodePortIsHostPort } from "../../server/src/rules/node-port-is-host-port.ts";
import { said, workload } from "../support/said.ts";

const TOLD = ["warning: nodePort 30080 is also a host port of DaemonSet web, and only one of them answers on its nodes"];

function of(
	port: string,
	shape: Parameters<typeof workload>[1] = {},
	spec = "type: NodePort, ports: [{ port: 80, nodePort: 30080 }]",
): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec: { selector: { app: api }, ${spec} }\n`;
	return said(
		nodePortIsHostPort,
		`#- a.yaml\n${service}#- b.yaml\n${workload([port === "" ? "" : `ports: [{ ${port} }]`], { kind: "DaemonSet", ...shape })}`,
	);
}

const PORT = "containerPort: 80, hostPort: 30080";

for (const [title, found, wanted] of [
	["one number", of(PORT), TOLD],
	["for an address of the node too", of(`${PORT}, hostIP: 10.0.0.1`), TOLD],
	["of a load balancer", of(PORT, {}, "type: LoadBalancer, ports: [{ port: 80, nodePort: 30080 }]"), TOLD],
	[
		"of its health checks",
		of(PORT, {}, "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30080, ports: [{ port: 80 }]"),
		[TOLD[0]?.replace("nodePort", "healthCheckNodePort")],
	],
	["by hostNetwork", of("containerPort: 30080", { spec: "hostNetwork: true" }), TOLD],
	["another protocol", of(`${PORT}, protocol: UDP`), []],
	["the protocol of both", of(`${PORT}, protocol: UDP`, {}, "type: NodePort, ports: [{ port: 80, protocol: UDP, nodePort: 30080 }]"), TOLD],
	["another number", of("containerPort: 30080, hostPort: 80"), []],
	["a type that has no node port", of(PORT, {}, "type: ExternalName, externalName: a.example, ports: [{ port: 80, nodePort: 30080 }]"), []],
	["an init container's host port", of("", { init: [`ports: [{ ${PORT} }]`, `restartPolicy: Always, ports: [{ ${PORT} }]`] }), []],
	[
		"a sidecar on the node's network",
		of("", { init: ["restartPolicy: Always, ports: [{ containerPort: 30080 }]"], spec: "hostNetwork: true" }),
		TOLD,
	],
] as const) {
	test(`node-port-is-host-port: ${title}`, () => assert.deepEqual(found, wanted));
}
