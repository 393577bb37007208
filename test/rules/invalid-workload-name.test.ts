import assert from "node:assert/strict";
import { test } from "node:test";
import { invalidWorkloadName } from "../../server/src/rules/invalid-workload-name.ts";
import { check, findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

check(
	invalidWorkloadName,
	"each name stands for itself, and is offered in lower case where nothing else names it",
	`
apiVersion: v1
kind: Pod
metadata: { name: My_Pod }
#                 ^^^^^^ error: The Pod name "My_Pod" is no DNS name: it has upper-case letters
spec:
  hostname: web.example
#           ^^^^^^^^^^^ error: hostname "web.example" is no DNS label: it has a dot in it
  subdomain: -web
#            ^^^^ error: subdomain "-web" is no DNS label: it begins or ends with -
  nodeName: Node 1
#           ^^^^^^ error: nodeName "Node 1" is no DNS name: it has upper-case letters
  initContainers:
    - { name: web, image: a }
#             ^^^ error: Two containers have the name web
    - { name: "", image: a }
#             ^^ error: A container needs a name
  containers:
    - { name: web, image: a }
    - { name: Side_Car, image: a }
#             ^^^^^^^^ error: The container name "Side_Car" is no DNS label: it has upper-case letters
`,
	{
		fix: {
			title: "Set name to side-car",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: My_Pod }
spec:
  hostname: web.example
  subdomain: -web
  nodeName: Node 1
  initContainers:
    - { name: web, image: a }
    - { name: "", image: a }
  containers:
    - { name: web, image: a }
    - { name: side-car, image: a }
`,
		},
	},
);

const template =
	"selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: a }] } }";

/** What is said about a name of a kind: severity and what Kubernetes answers. */
const NAMES: readonly (readonly [kind: string, name: string, said: string | undefined])[] = [
	["Deployment", "web-1", undefined],
	["Deployment", "web-1.2", "information warns"],
	["Deployment", "a".repeat(64), "information warns"],
	["Deployment", "web_1", "error refuses"],
	["Deployment", "a".repeat(254), "error refuses"],
	["Deployment", "${NAME}", undefined],
	["StatefulSet", "web.1", "error refuses"],
	["StatefulSet", "a".repeat(64), "error refuses"],
	["DaemonSet", "web.1", undefined],
	["DaemonSet", "web..1", "error refuses"],
];

for (const [kind, name, said] of NAMES) {
	test(`the name ${name.length > 20 ? `of ${name.length} characters` : name} of a ${kind}: ${said ?? "nothing"}`, () => {
		assert.deepEqual(
			saidOf(`apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: "${name}" }\nspec: { ${template} }\n`),
			said ? [said] : [],
		);
	});
}

for (const [name, from, to, said] of [
	["web.1", 32, 32, []],
	["web.1", 32, 33, ["warning -"]],
	["web.1", 33, 36, ["error refuses"]],
	["web", 33, 36, []],
	["", 33, 36, []],
] as const) {
	test(`the serviceName "${name}" in 1.${from}-1.${to}: ${said.join() || "nothing"}`, () => {
		const text = `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: web }\nspec: { serviceName: "${name}", ${template} }\n`;
		assert.deepEqual(saidOf(text, { from, to }), said);
	});
}

for (const [what, text] of [
	["hosts' names of a StatefulSet's Pods, which it sets itself", "kind: StatefulSet\nmetadata: { name: web }\nspec: { WITH }\n"],
	["containers without a name, as fragments have them", "kind: Deployment\nmetadata: { name: web }\nspec: { UNNAMED }\n"],
	["a kind that Kubernetes does not have", "kind: Rollout\nmetadata: { name: A_B }\nspec: { WITH }\n"],
] as const) {
	test(`nothing is said of ${what}`, () => {
		const group = text.includes("Rollout") ? "argoproj.io/v1alpha1" : "apps/v1";
		const filled = text
			.replace("WITH", template.replace("containers:", "hostname: A_B, containers:"))
			.replace("UNNAMED", template.replace("name: a, image: a", "args: [a]"));
		assert.deepEqual(saidOf(`apiVersion: ${group}\n${filled}`), []);
	});
}

function saidOf(text: string, version = { from: 34, to: 36 }): readonly string[] {
	const findings = findingsOf(snapshotOf(new Map([["a.yaml", text]]), settingsWith({ cluster: { version } })));
	return findings
		.filter(({ rule }) => rule === invalidWorkloadName.name)
		.map(({ severity, kubernetes }) => `${severity} ${kubernetes ?? "-"}`);
}

check(
	invalidWorkloadName,
	"what is written out needs names, for itself and each container",
	`
#- named.yaml
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { labels: { app: web } }
#   ^^^^^^^^ error: A Deployment needs a name
    spec: { ${template} }
#- unnamed.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - image: a
#         ^^^^^ error: A container needs a name
          args: [serve]
`,
	{ only: true },
);

check(
	invalidWorkloadName,
	"fragments, generated names and what a patch adds to need none",
	`
#- generated.yaml
apiVersion: batch/v1
kind: Job
metadata: { generateName: web- }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }
#- template.yaml
apiVersion: v1
kind: Pod
metadata: { labels: { app: web } }
spec: { containers: [{ name: a, image: a }] }
#- fragment.yaml
apiVersion: apps/v1
kind: Deployment
spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } }
#- patched/kustomization.yaml
resources: [web.yaml]
patches: [{ path: name.yaml }]
#- patched/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ image: a }] } } }
`,
	{ only: true },
);
