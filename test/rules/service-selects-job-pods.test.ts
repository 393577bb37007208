import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceSelectsJobPods } from "../../server/src/rules/service-selects-job-pods.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	serviceSelectsJobPods,
	"the value of a selected key changes in the Job, for a label more would leave it selected",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web, tier: front }, ports: [{ port: 80, targetPort: 8080 }] }
#                   ^^^^^^^^^^^^^^^^^^^^^ warning: Selector app=web,tier=front also takes the Pods of CronJob clean-up, where nothing listens on 8080
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: a, image: a, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: clean-up }
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      template:
        metadata: { labels: { tier: front, app: "web" } }
        spec: { restartPolicy: Never, containers: [{ name: a, image: a, args: [clean] }] }
`,
	{
		fix: {
			title: "Label the Pods of CronJob clean-up app=clean-up",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web, tier: front }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec: { containers: [{ name: a, image: a, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: clean-up }
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      template:
        metadata: { labels: { tier: front, app: "clean-up" } }
        spec: { restartPolicy: Never, containers: [{ name: a, image: a, args: [clean] }] }
`,
		},
	},
);

const SERVES = workload(["ports: [{ containerPort: 8080 }]"], { kind: "Deployment" });
const TOLD = ["warning: Selector app=web also takes the Pods of Job web, where nothing listens on 8080"];

function of(job: string, lasting = SERVES, ports = "[{ port: 80, targetPort: 8080 }]", more = ""): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ${more}ports: ${ports} }\n`;
	return said(serviceSelectsJobPods, [service, lasting, workload([job], { kind: "Job" })].filter((text) => text !== "").join("---\n"));
}

for (const [title, found, wanted] of [
	["a command that says nothing of ports", of("command: [rake, db:migrate]"), TOLD],
	[
		"a port that is not written is the Service's",
		of("tty: true", workload(["ports: [{ containerPort: 80 }]"], { kind: "Deployment" }), "[{ port: 80 }]"),
		["warning: Selector app=web also takes the Pods of Job web, where nothing listens on 80"],
	],
	["what serves declares nothing either", of("tty: true", workload([""], { kind: "Deployment" })), TOLD],
	["a headless Service gives its address all the same", of("tty: true", SERVES, undefined, "clusterIP: None, "), TOLD],
	["the Job has the port", of("ports: [{ containerPort: 8080 }]"), []],
	["the Job has evidence for the port", of("args: [--listen, ':8080']"), []],
	[
		"a Pod without the port of a name is no endpoint of it",
		of("tty: true", workload(["ports: [{ name: http, containerPort: 8080 }]"], { kind: "Deployment" }), "[{ port: 80, targetPort: http }]"),
		[],
	],
	["a Job is all that is selected", of("tty: true", ""), []],
	["what serves lacks the port for certain", of("tty: true", workload(["ports: [{ containerPort: 9090 }]"], { kind: "Deployment" })), []],
	["ports that are not written out", of("ports: '${PORTS}'"), []],
] as const) {
	test(`service-selects-job-pods: ${title}`, () => assert.deepEqual(found, wanted));
}

test("service-selects-job-pods: no fix where the Job selects by that label itself, or has no name of its own", () => {
	const manual = workload([""], { kind: "Job", own: "manualSelector: true\nselector: { matchLabels: { app: web } }" });
	const service =
		"apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n";
	assert.deepEqual(said(serviceSelectsJobPods, [service, SERVES, manual].join("---\n")), TOLD);
});
