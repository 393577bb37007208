import assert from "node:assert/strict";
import { test } from "node:test";
import { selectorTemplateMismatch } from "../../server/src/rules/selector-template-mismatch.ts";
import { check, findingsOf } from "../support/carets.ts";
import { said } from "../support/said.ts";
import { snapshotOf } from "../support/workspace.ts";

function deployment(selector: string, labels: string, carets = ""): string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector:
    ${selector}
  template:
    metadata:
      labels: ${labels}
${carets}    spec: { containers: [{ name: web, image: a }] }
`;
}

check(
	selectorTemplateMismatch,
	"one value differs: it stands there, and the selector may follow too",
	deployment(
		"matchLabels: { app: web, tier: front }",
		"{ app: web, tier: back }",
		"#                               ^^^^ error: The selector of Deployment web wants tier=front, but its Pod template has tier=back\n",
	),
	{
		fix: {
			title: "Put tier=front on the Pod template",
			gives: deployment("matchLabels: { app: web, tier: front }", "{ app: web, tier: front }"),
		},
	},
);

check(
	selectorTemplateMismatch,
	"what can be no label is written nowhere",
	deployment(
		"matchLabels: { app: web, tier: front end }",
		"{ app: web, tier: back }",
		"#                               ^^^^ error: The selector of Deployment web wants tier=front end, but its Pod template has tier=back\n",
	),
	{ only: true, fixes: ["Select tier=back"] },
);

check(
	selectorTemplateMismatch,
	"the other fix takes the labels of the template",
	deployment(
		"matchLabels: { app: web, tier: front }",
		"{ app: web, tier: back }",
		"#                               ^^^^ The selector of Deployment web wants tier=front, but its Pod template has tier=back\n",
	),
	{ fix: { title: "Select tier=back", gives: deployment("matchLabels: { app: web, tier: back }", "{ app: web, tier: back }") } },
);

check(
	selectorTemplateMismatch,
	"a key that the template lacks is added",
	deployment(
		"matchLabels: { app: web, tier: front }",
		"{ app: web }",
		"#     ^^^^^^ error: The selector of Deployment web wants tier=front, but its Pod template has app=web\n",
	),
	{
		fix: {
			title: "Put tier=front on the Pod template",
			gives: deployment("matchLabels: { app: web, tier: front }", "{ app: web, tier: front }"),
		},
	},
);

check(
	selectorTemplateMismatch,
	"several values are marked from the first to the last",
	`
apiVersion: v1
kind: ReplicationController
metadata: { name: web }
spec:
  selector: { app: web, tier: front }
  template:
    metadata: { labels: { app: api, tier: back, x: z } }
#                         ^^^^^^^^^^^^^^^^^^^^ error: The selector of ReplicationController web wants app=web,tier=front, but its Pod template has app=api,tier=back
    spec: { containers: [{ name: web, image: a }] }
`,
);

function of(kind: string, selector: string, labels: string, more = ""): readonly string[] {
	const version = kind === "Job" ? "batch/v1" : kind === "ReplicationController" ? "v1" : "apps/v1";
	return said(
		selectorTemplateMismatch,
		`apiVersion: ${version}
kind: ${kind}
metadata: { name: web${more} }
spec:
  ${selector}
  template:
    metadata: { labels: ${labels} }
    spec: { restartPolicy: Never, containers: [{ name: web, image: a }] }
`,
	).map((text) => text.replace(/^error, refuses: /, ""));
}

const wants = (kind: string, wanted: string, has = "app=api") => [
	`The selector of ${kind} web wants ${wanted}, but its Pod template has ${has}`,
];

for (const [title, kind, selector, labels, wanted] of [
	["a StatefulSet", "StatefulSet", "selector: { matchLabels: { app: web } }", "{ app: api }", wants("StatefulSet", "app=web")],
	["a DaemonSet", "DaemonSet", "selector: { matchLabels: { app: web } }", "{ app: api }", wants("DaemonSet", "app=web")],
	["a ReplicaSet", "ReplicaSet", "selector: { matchLabels: { app: web } }", "{ app: api }", wants("ReplicaSet", "app=web")],
	[
		"a Job that selects by hand",
		"Job",
		"manualSelector: true\n  selector: { matchLabels: { app: web } }",
		"{ app: api }",
		wants("Job", "app=web"),
	],
	["more labels than are selected", "Deployment", "selector: { matchLabels: { app: api } }", "{ app: api, tier: x }", []],
	["a null value is an empty one", "Deployment", "selector: { matchLabels: { app: } }", "{ app: '' }", []],
	["an empty value is not any value", "Deployment", "selector: { matchLabels: { app: '' } }", "{ app: api }", wants("Deployment", "app=")],
	["In", "Deployment", "selector: { matchExpressions: [{ key: app, operator: In, values: [web, api] }] }", "{ app: api }", []],
	[
		"In without the value",
		"Deployment",
		"selector: { matchExpressions: [{ key: app, operator: In, values: [web, db] }] }",
		"{ app: api }",
		wants("Deployment", "app in (web,db)"),
	],
	[
		"In without the key",
		"Deployment",
		"selector: { matchExpressions: [{ key: tier, operator: In, values: [web] }] }",
		"{ app: api }",
		wants("Deployment", "tier in (web)"),
	],
	[
		"NotIn",
		"Deployment",
		"selector: { matchExpressions: [{ key: app, operator: NotIn, values: [api] }] }",
		"{ app: api }",
		wants("Deployment", "app notin (api)"),
	],
	[
		"NotIn holds without the key",
		"Deployment",
		"selector: { matchExpressions: [{ key: tier, operator: NotIn, values: [api] }] }",
		"{ app: api }",
		[],
	],
	[
		"Exists",
		"Deployment",
		"selector: { matchExpressions: [{ key: tier, operator: Exists }] }",
		"{ app: api }",
		wants("Deployment", "tier"),
	],
	[
		"DoesNotExist",
		"Deployment",
		"selector: { matchExpressions: [{ key: app, operator: DoesNotExist, values: [] }] }",
		"{ app: api }",
		wants("Deployment", "no app"),
	],
	[
		"labels and expressions must all hold",
		"Deployment",
		"selector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: Exists }] }",
		"{ app: api }",
		wants("Deployment", "app=web and tier"),
	],
	[
		"an operator that Kubernetes does not have is refused for itself",
		"Deployment",
		"selector: { matchExpressions: [{ key: app, operator: in, values: [web] }] }",
		"{ app: api }",
		[],
	],
	["a placeholder may be the same", "Deployment", "selector: { matchLabels: { app: '${APP}' } }", "{ app: api }", []],
	[
		"a placeholder beside a value that differs",
		"Deployment",
		"selector: { matchLabels: { app: '${APP}', tier: x } }",
		"{ app: api, tier: z }",
		wants("Deployment", "tier=x", "tier=z"),
	],
	["a value that is no text is refused for itself", "Deployment", "selector: { matchLabels: { app: on } }", "{ app: api }", []],
	["a ReplicationController's default is the template's labels", "ReplicationController", "replicas: 1", "{ app: api }", []],
	[
		"a Job's Pods have Kubernetes' labels and their own",
		"Job",
		"selector: { matchExpressions: [{ key: app, operator: DoesNotExist }] }",
		"{ app: api }",
		wants("Job", "no app"),
	],
	["a Job's own selector is Kubernetes'", "Job", "completions: 1", "{ app: api }", []],
] as const) {
	test(`selector-template-mismatch: ${title}`, () => assert.deepEqual(of(kind, selector, labels), wanted));
}

test("selector-template-mismatch: the labels that Kubernetes gives a Job's Pods must be its own", () => {
	const other = (label: string) => [`Label ${label} of Job web is another one than Kubernetes gives its Pods`];
	assert.deepEqual(of("Job", "completions: 1", "{ job-name: api }"), other("job-name=api"));
	assert.deepEqual(of("Job", "completions: 1", "{ batch.kubernetes.io/job-name: web, job-name: web }"), []);
	assert.deepEqual(of("Job", "completions: 1", "{ controller-uid: a1b2 }"), other("controller-uid=a1b2"));
	assert.deepEqual(of("Job", "completions: 1", "{ controller-uid: a1b2 }", ", uid: a1b2"), [], "read from a cluster");
	assert.deepEqual(of("Job", "manualSelector: true\n  selector: { matchLabels: { job-name: api } }", "{ job-name: api }"), []);
});

test("selector-template-mismatch: silent about what Kubernetes does not judge, or was not read whole", () => {
	const text = deployment("matchLabels: { app: web }", "{ app: api }");
	assert.equal(said(selectorTemplateMismatch, text).length, 1);
	assert.deepEqual(said(selectorTemplateMismatch, text.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")), []);
	assert.deepEqual(said(selectorTemplateMismatch, `${text}  replicas: [1\n`), []);
});

test("selector-template-mismatch: no fix writes a value that is no text", () => {
	for (const value of ["{ a: b }", "[a]", "80"]) {
		const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web, x: ${value} } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: web }] }
`;
		const found = findingsOf(snapshotOf(new Map([["a.yaml", text]]))).filter(({ rule }) => rule === selectorTemplateMismatch.name);
		assert.deepEqual(
			found.flatMap(({ fixes }) => fixes),
			[],
			value,
		);
	}
});

const PATCHED = (value: string) => `
#- kustomization.yaml
resources: [web.yaml]
patches: [{ path: patch.yaml }]
#- web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example.com/web:1.0 }] }
#- patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { metadata: { labels: { app: ${value} } } } }
`;

check(
	selectorTemplateMismatch,
	"a patch of the label is mended in the patch",
	`${PATCHED("webb")}#                                              ^^^^ The selector of Deployment web wants app=web, but its Pod template has app=webb
`,
	{ fix: { title: "Put app=web on the Pod template", gives: PATCHED("web") } },
);

test("selector-template-mismatch: a key that is read as something else is shown as it is written, too", () => {
	const message = (key: string) => said(selectorTemplateMismatch, deployment(`matchLabels: { ${key}: a }`, `{ ${key}: b }`))[0];
	const wants = (key: string) => `The selector of Deployment web wants ${key}=a, but its Pod template has ${key}=b`;
	for (const [key, shown] of [
		["n", "n (read as false)"],
		["On", "On (read as true)"],
		["0x1F", "0x1F (read as 31)"],
		['"n"', "n"],
		["false", "false"],
	] as const) {
		assert(message(key)?.includes(wants(shown)), message(key));
	}
});
