import assert from "node:assert/strict";
import { test } from "node:test";
import { duplicateContainerPort } from "../../server/src/rules/duplicate-container-port.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

const ONE = "and only one of them can listen on it";

/** Ports of the containers a and b, and the init containers before them. */
const FORMS: readonly (readonly [title: string, containers: readonly string[], wanted: readonly string[], init?: readonly string[]])[] = [
	["nothing in common", ["ports: [{ containerPort: 80 }, { containerPort: 81 }]"], []],
	["another protocol", ["ports: [{ containerPort: 80 }, { containerPort: 80, protocol: UDP }]"], []],
	[
		"an empty protocol is TCP",
		["ports: [{ containerPort: 80, protocol: '' }, { containerPort: 80, protocol: TCP }]"],
		["warning, warns: Container a declares port 80/TCP twice"],
	],
	[
		"equal in all but the name",
		["ports: [{ containerPort: 80, name: x }, { containerPort: 80, name: z }]"],
		["warning, warns: Container a declares port 80/TCP twice"],
	],
	[
		"in two containers",
		["ports: [{ containerPort: 80 }]", "ports: [{ containerPort: 80 }]"],
		[`warning, warns: Containers a and b declare port 80/TCP, ${ONE}`],
	],
	[
		"once with a hostPort",
		["ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 80 }]"],
		["warning, warns: Container a declares port 80/TCP twice, once with hostPort 8080 and once without"],
	],
	[
		"hostPort 0 and null are none",
		["ports: [{ containerPort: 80, hostPort: 0 }, { containerPort: 80, hostPort: null }]"],
		["warning, warns: Container a declares port 80/TCP twice"],
	],
	[
		"hostIPs without a hostPort do not matter",
		["ports: [{ containerPort: 80, hostIP: 10.0.0.1 }, { containerPort: 80 }]"],
		["warning, warns: Container a declares port 80/TCP twice"],
	],
	[
		"one hostPort for one address and for all",
		["ports: [{ containerPort: 80, hostPort: 80, hostIP: 10.0.0.1 }, { containerPort: 80, hostPort: 80 }]"],
		["warning, warns: Container a declares port 80/TCP twice, with hostPort 80 once for 10.0.0.1 and once for every address"],
	],
	[
		"one hostPort for two addresses",
		["ports: [{ containerPort: 80, hostPort: 80, hostIP: 10.0.0.1 }, { containerPort: 80, hostPort: 80, hostIP: 10.0.0.2 }]"],
		[],
	],
	["two hostPorts in one container", ["ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 80, hostPort: 81 }]"], []],
	[
		"two hostPorts in two containers: Kubernetes is silent",
		["ports: [{ containerPort: 80, hostPort: 80 }]", "ports: [{ containerPort: 80, hostPort: 81 }]"],
		[`warning: Containers a and b declare port 80/TCP, ${ONE}`],
	],
	[
		"what is refused for its hostPort is said there",
		["ports: [{ containerPort: 80, hostPort: 80 }]", "ports: [{ containerPort: 80, hostPort: 80 }]"],
		[],
	],
	[
		"a plain init container has ended",
		["ports: [{ containerPort: 80 }]"],
		["warning, warns: Containers ia and a declare port 80/TCP, of which Kubernetes warns although they never run together"],
		["ports: [{ containerPort: 80 }]"],
	],
	[
		"a plain init container with another hostPort",
		["ports: [{ containerPort: 80, hostPort: 80 }]"],
		[],
		["ports: [{ containerPort: 80, hostPort: 81 }]"],
	],
	[
		"a sidecar runs beside",
		["ports: [{ containerPort: 80, hostPort: 80 }]"],
		[`warning: Containers ia and a declare port 80/TCP, ${ONE}`],
		["restartPolicy: Always, ports: [{ containerPort: 80, hostPort: 81 }]"],
	],
	[
		"init containers have host ports one after the other",
		[""],
		["warning, warns: Containers ia and ib declare port 80/TCP, of which Kubernetes warns although they never run together"],
		["ports: [{ containerPort: 80, hostPort: 80 }]", "ports: [{ containerPort: 80, hostPort: 80 }]"],
	],
	[
		"each port is named once",
		["ports: [{ containerPort: 80 }, { containerPort: 80 }, { containerPort: 80 }]"],
		["warning, warns: Container a declares port 80/TCP twice", "warning, warns: Container a declares port 80/TCP twice"],
	],
	[
		"a placeholder may be anything",
		["ports: [{ containerPort: 80, protocol: '${P}' }, { containerPort: 80 }, { containerPort: '${N}' }]"],
		[],
	],
	[
		"numbers that are refused are no ports",
		["ports: [{ containerPort: 0 }, { containerPort: 0 }, { containerPort: 70000 }, { containerPort: 70000 }]"],
		[],
	],
];

for (const [title, containers, wanted, init = []] of FORMS) {
	test(`duplicate-container-port: ${title}`, () => {
		assert.deepEqual(said(duplicateContainerPort, workload(containers, { init })), wanted);
		assert.deepEqual(said(duplicateContainerPort, workload(containers, { init, kind: "Deployment" })), wanted);
	});
}

test("duplicate-container-port: with hostNetwork a Pod has host ports that a template has not", () => {
	const containers = ["ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 80, hostIP: 10.0.0.1 }]"];
	const spec = "hostNetwork: true";
	assert.deepEqual(said(duplicateContainerPort, workload(containers, { spec })), [
		"warning, warns: Container a declares port 80/TCP twice, with hostPort 80 once for 10.0.0.1 and once for every address",
	]);
	assert.deepEqual(said(duplicateContainerPort, workload(containers, { spec, kind: "DaemonSet" })), [
		"warning, warns: Container a declares port 80/TCP twice, once with hostPort 80 and once without",
	]);
});

test("duplicate-container-port: Kubernetes warns since 1.28, and about its own kinds", () => {
	const text = workload(["ports: [{ containerPort: 80 }]", "ports: [{ containerPort: 80 }]"]);
	const own = [`warning: Containers a and b declare port 80/TCP, ${ONE}`];
	assert.deepEqual(said(duplicateContainerPort, text, { version: { from: 27, to: 36 } }), own);
	const rollout = workload(["ports: [{ containerPort: 80 }]", "ports: [{ containerPort: 80 }]"], { kind: "Rollout" });
	assert.deepEqual(said(duplicateContainerPort, rollout.replace("apps/v1", "argoproj.io/v1alpha1")), own);
	assert.deepEqual(
		said(duplicateContainerPort, workload(["ports: [{ containerPort: 80 }, { containerPort: 80 }]"]), { version: { from: 27, to: 36 } }),
		[],
	);
});

check(
	duplicateContainerPort,
	"it stands on the later number",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: a, ports: [{ containerPort: 80 }] }
    - name: exporter
      image: b
      ports:
        - name: metrics
          containerPort: 80
#                        ^^ warning: Containers web and exporter declare port 80/TCP, and only one of them can listen on it
`,
);
