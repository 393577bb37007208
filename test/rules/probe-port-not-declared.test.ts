import assert from "node:assert/strict";
import { test } from "node:test";
import { probePortNotDeclared } from "../../server/src/rules/probe-port-not-declared.ts";
import { check, findingsOf, settingsWith } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const ON = settingsWith({ rules: { "probe-port-not-declared": "warning" } });

check(
	probePortNotDeclared,
	"it stands on the number, and offers those of its container",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: a, ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 81 } } }
#                                                                                              ^^ warning: livenessProbe asks for port 81 of container web, which declares 80
`,
	{
		settings: ON,
		fix: {
			title: "Ask for port 80",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: a, ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 80 } } }
`,
		},
	},
);

for (const [title, containers] of [
	["a container that declares nothing", ["livenessProbe: { httpGet: { port: 81 } }"]],
	[
		"a port of another container, which has the same network",
		["livenessProbe: { httpGet: { port: 81 } }", "ports: [{ containerPort: 81 }]"],
	],
	["a name", ["ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: http } }"]],
	["a number that is refused for itself", ["ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 0 } }"]],
] as const) {
	test(`probe-port-not-declared: silent about ${title}`, () => assert.deepEqual(said(probePortNotDeclared, workload(containers)), []));
}

test("probe-port-not-declared: off unless it is switched on", () => {
	const files = cutFiles(workload(["ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 81 } }"]));
	assert.deepEqual(findingsOf(snapshotOf(files)), []);
	assert.deepEqual(findingsOf(snapshotOf(files, settingsWith({ rules: { "probe-port-not-declared": "auto" } }))), []);
	assert.equal(findingsOf(snapshotOf(files, ON)).length, 1);
});
