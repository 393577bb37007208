import assert from "node:assert/strict";
import { test } from "node:test";
import { hostIpWithoutHostPort } from "../../server/src/rules/host-ip-without-host-port.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	hostIpWithoutHostPort,
	"it stands on the address, in init containers too",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - { name: setup, image: a, ports: [{ containerPort: 80, hostIP: 10.0.0.1 }] }
#                                                                   ^^^^^^^^ warning: hostIP 10.0.0.1 has no effect without a hostPort
  containers:
    - { name: web, image: a, ports: [{ containerPort: 81, hostIP: 0.0.0.0, hostPort: 0 }] }
#                                                                 ^^^^^^^ warning: hostIP 0.0.0.0 has no effect without a hostPort
`,
);

const WARNED = ["warning, warns: hostIP 10.0.0.1 has no effect without a hostPort"];

for (const [title, port, wanted] of [
	["with a hostPort it has one", "containerPort: 80, hostIP: 10.0.0.1, hostPort: 80", []],
	["an empty address is none", "containerPort: 80, hostIP: ''", []],
	["null is none", "containerPort: 80, hostIP:", []],
	["a placeholder may be empty", "containerPort: 80, hostIP: '${NODE_IP}'", []],
	["a placeholder may be a hostPort", "containerPort: 80, hostIP: 10.0.0.1, hostPort: '${PORT}'", []],
	[
		"what is no address has no effect either",
		"containerPort: 80, hostIP: node-1",
		["warning, warns: hostIP node-1 has no effect without a hostPort"],
	],
] as const) {
	test(`host-ip-without-host-port: ${title}`, () =>
		assert.deepEqual(said(hostIpWithoutHostPort, workload([`ports: [{ ${port} }]`])), wanted));
}

test("host-ip-without-host-port: with hostNetwork a Pod has a hostPort by default, and a template has not", () => {
	const containers = ["ports: [{ containerPort: 80, hostIP: 10.0.0.1 }]"];
	assert.deepEqual(said(hostIpWithoutHostPort, workload(containers, { spec: "hostNetwork: true" })), []);
	assert.deepEqual(said(hostIpWithoutHostPort, workload(containers, { spec: "hostNetwork: true", kind: "DaemonSet" })), WARNED);
});

test("host-ip-without-host-port: Kubernetes warns since 1.28, and never about a version that it does not serve", () => {
	const text = workload(["ports: [{ containerPort: 80, hostIP: 10.0.0.1 }]"], { kind: "Deployment" });
	const own = ["warning: hostIP 10.0.0.1 has no effect without a hostPort"];
	assert.deepEqual(said(hostIpWithoutHostPort, text), WARNED);
	assert.deepEqual(said(hostIpWithoutHostPort, text, { version: { from: 27, to: 34 } }), own);
	assert.deepEqual(said(hostIpWithoutHostPort, text.replace("apps/v1", "apps/v1beta2")), own);
});
