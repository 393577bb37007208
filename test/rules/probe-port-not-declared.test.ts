import assert from "node:assert/strict";
import { test } from "node:test";
import { probePortNotDeclared } from "../../server/src/rules/probe-port-not-declared.ts";
import { check, findingsOf, settingsWith } from "../support/carets.ts";
import { workload } from "../support/said.ts";
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

check(
	probePortNotDeclared,
	"a known image that listens elsewhere is enough, whatever is declared",
	`
#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: "nginx:1.27", readinessProbe: { httpGet: { port: 8080 } } }
#                                                                          ^^^^ warning: readinessProbe asks for port 8080 of container web, whose image nginx:1.27 exposes 80
#- elsewhere.yaml
apiVersion: v1
kind: Pod
metadata: { name: elsewhere }
spec:
  containers:
    - { name: web, image: "nginx:1.27", readinessProbe: { httpGet: { host: db.example.com, port: 8080 } } }
#- configured.yaml
apiVersion: v1
kind: Pod
metadata: { name: configured }
spec:
  containers:
    - { name: web, image: "nginx:1.27", args: [-c, /etc/other.conf], readinessProbe: { httpGet: { port: 8080 } } }
#- unknown.yaml
apiVersion: v1
kind: Pod
metadata: { name: unknown }
spec:
  containers:
    - { name: web, image: "nginx:1.27", readinessProbe: { httpGet: { port: 8080 } } }
    - { name: sidecar, image: registry.example.com/sidecar }
`,
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
	test(`probe-port-not-declared: silent about ${title}`, () => {
		assert.deepEqual(said(cutFiles(workload(containers))), []);
	});
}

test("probe-port-not-declared: a number that is only not declared is reported where the rule is switched on", () => {
	const files = cutFiles(workload(["ports: [{ containerPort: 80 }], livenessProbe: { httpGet: { port: 81 } }"]));
	assert.deepEqual(findingsOf(snapshotOf(files)), []);
	assert.deepEqual(findingsOf(snapshotOf(files, settingsWith({ rules: { "probe-port-not-declared": "auto" } }))), []);
	assert.equal(findingsOf(snapshotOf(files, ON)).length, 1);
});

function said(files: ReadonlyMap<string, string>): readonly string[] {
	return findingsOf(snapshotOf(files, ON)).flatMap(({ rule, message }) => (rule === probePortNotDeclared.name ? message : []));
}
