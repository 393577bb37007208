import assert from "node:assert/strict";
import { test } from "node:test";
import { hostNetworkPortMismatch } from "../../server/src/rules/host-network-port-mismatch.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

const TEMPLATE = (port: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: a
          ports:
${port}
`;

for (const [title, hostPort, containerPort] of [
	["Set hostPort to 8080", "8080", "8080"],
	["Set containerPort to 80", "80", "80"],
] as const) {
	check(
		hostNetworkPortMismatch,
		`it stands on the hostPort: ${title}`,
		TEMPLATE(`            - { hostPort: 80, containerPort: 8080 }
#                         ^^ error: hostPort 80 differs from containerPort 8080, which it must equal with hostNetwork`),
		{ fix: { title, gives: TEMPLATE(`            - { hostPort: ${hostPort}, containerPort: ${containerPort} }`) } },
	);
}

const REFUSED = ["error, refuses: hostPort 80 differs from containerPort 8080, which it must equal with hostNetwork"];
const PORT = "ports: [{ containerPort: 8080, hostPort: 80 }]";

for (const kind of ["Pod", "Deployment", "StatefulSet", "Job", "CronJob"]) {
	test(`host-network-port-mismatch: in a ${kind}`, () =>
		assert.deepEqual(said(hostNetworkPortMismatch, workload([PORT], { kind, spec: "hostNetwork: true" })), REFUSED));
}

for (const [title, containers, shape] of [
	["without hostNetwork they may differ", [PORT], {}],
	["hostNetwork false is without it", [PORT], { spec: "hostNetwork: false" }],
	["a placeholder may be either", [PORT], { spec: "hostNetwork: ${HOST_NETWORK}" }],
	["a text is no boolean, which is refused for itself", [PORT], { spec: 'hostNetwork: "true"' }],
	[
		"0, null and an absent hostPort are the containerPort",
		["ports: [{ containerPort: 80, hostPort: 0 }, { containerPort: 81, hostPort: }, { containerPort: 82 }]"],
		{ spec: "hostNetwork: true" },
	],
	["init containers and sidecars are left out", [""], { spec: "hostNetwork: true", init: [PORT, `restartPolicy: Always, ${PORT}`] }],
	[
		"a containerPort that is missing is refused for itself",
		["ports: [{ hostPort: 80 }, { hostPort: 81, containerPort: 0 }]"],
		{ spec: "hostNetwork: true" },
	],
] as const) {
	test(`host-network-port-mismatch: ${title}`, () => assert.deepEqual(said(hostNetworkPortMismatch, workload(containers, shape)), []));
}
