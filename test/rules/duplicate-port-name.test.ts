import assert from "node:assert/strict";
import { test } from "node:test";
import { duplicatePortName } from "../../server/src/rules/duplicate-port-name.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	duplicatePortName,
	"twice in a container is refused at the second, which the fix renames",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      ports:
        - { name: "http", containerPort: 80 }
        - { name: "http-2", containerPort: 81 }
        - { name: "http", containerPort: 82 } # TLS
#                 ^^^^^^ error: Container web has two ports with the name http
`,
	{
		fix: {
			title: "Rename the port to http-3",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      ports:
        - { name: "http", containerPort: 80 }
        - { name: "http-2", containerPort: 81 }
        - { name: "http-3", containerPort: 82 } # TLS
`,
		},
	},
);

check(
	duplicatePortName,
	"a long name keeps within 15 characters",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: a, ports: [{ name: http-management, containerPort: 80 }, { name: http-management, containerPort: 81 }] }
#                                                                                          ^^^^^^^^^^^^^^^ error: Container web has two ports with the name http-management
`,
	{
		fix: {
			title: "Rename the port to http-manageme-2",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: a, ports: [{ name: http-management, containerPort: 80 }, { name: http-manageme-2, containerPort: 81 }] }
`,
		},
	},
);

const HTTP = "ports: [{ name: http, containerPort: 80 }]";
const HTTP2 = "ports: [{ name: http, containerPort: 81, protocol: UDP }]";

for (const [title, containers, init, wanted] of [
	[
		"in two containers with two protocols it is a warning, and Services tell them apart",
		[HTTP, HTTP2],
		[],
		["information, warns: Port name http is taken by container a, and a Service that names it gets the one with its own protocol"],
	],
	[
		"of a sidecar and a container Services get the container's",
		[HTTP],
		["restartPolicy: Always, ports: [{ name: http, containerPort: 81 }]"],
		["information, warns: Port name http is taken by container ia, and Services that name it get the one of a"],
	],
	[
		"a plain init container counts for the warning, and not for Services",
		[""],
		[HTTP, HTTP2],
		["information, warns: Port name http is taken by container ia, and Services do not see init containers"],
	],
	[
		"in another container and twice in this one",
		[HTTP, "ports: [{ name: http, containerPort: 82 }, { name: http, containerPort: 83 }]"],
		[],
		[
			"information, warns: Port name http is taken by container a, and Services that name it get the one of a",
			"error, refuses: Container b has two ports with the name http",
		],
	],
	[
		"ports without a name are not alike",
		["ports: [{ containerPort: 80 }, { containerPort: 81, name: '' }, { containerPort: 82, name: '' }]"],
		[],
		[],
	],
	["names that are refused are another matter", ["ports: [{ name: HTTP, containerPort: 80 }, { name: HTTP, containerPort: 81 }]"], [], []],
	["placeholders may be anything", ["ports: [{ name: '${N}', containerPort: 80 }, { name: '${N}', containerPort: 81 }]"], [], []],
] as const) {
	test(`duplicate-port-name: ${title}`, () => {
		assert.deepEqual(said(duplicatePortName, workload(containers, { init })), wanted);
		assert.deepEqual(said(duplicatePortName, workload(containers, { init, kind: "CronJob" })), wanted);
	});
}

test("duplicate-port-name: Kubernetes warns since 1.33, and refuses in every version", () => {
	const [first] = said(duplicatePortName, workload([HTTP, HTTP2]), { version: { from: 32, to: 36 } });
	assert.match(first ?? "", /^information: /);
	const [second] = said(duplicatePortName, workload(["ports: [{ name: http, containerPort: 80 }, { name: http, containerPort: 81 }]"]), {
		version: { from: 20, to: 36 },
	});
	assert.match(second ?? "", /^error, refuses: /);
});

test("duplicate-port-name: of kinds that Kubernetes does not have only one container is judged", () => {
	const rollout = (containers: readonly string[]) => workload(containers, { kind: "Rollout" }).replace("apps/v1", "argoproj.io/v1alpha1");
	assert.deepEqual(said(duplicatePortName, rollout([HTTP, HTTP2])), []);
	assert.deepEqual(said(duplicatePortName, rollout(["ports: [{ name: http, containerPort: 80 }, { name: http, containerPort: 81 }]"])), [
		"error: Container a has two ports with the name http",
	]);
});
