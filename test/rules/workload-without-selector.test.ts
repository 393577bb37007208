import assert from "node:assert/strict";
import { test } from "node:test";
import { workloadWithoutSelector } from "../../server/src/rules/workload-without-selector.ts";
import { check } from "../support/carets.ts";
import { said } from "../support/said.ts";

const POD = "spec: { containers: [{ name: web, image: a }] }";

check(
	workloadWithoutSelector,
	"no selector: labels that change with a release stay out of the one that is written",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: web }
    spec:
#   ^^^^ error: StatefulSet web has no selector
      serviceName: web
      template:
        metadata: { labels: { app: web, version: "1", app.kubernetes.io/managed-by: Helm } }
        ${POD}
`,
	{
		fix: {
			title: "Select app=web",
			gives: `
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: web }
    spec:
      serviceName: web
      selector:
        matchLabels:
          app: web
      template:
        metadata: { labels: { app: web, version: "1", app.kubernetes.io/managed-by: Helm } }
        ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"neither a selector nor labels: both get the workload's name",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
#   ^^^^ error: Deployment web has no selector, and its Pod template no labels
      replicas: 1
      template:
        ${POD}
`,
	{
		fix: {
			title: "Select app=web",
			gives: `
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      replicas: 1
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"of a DaemonSet without a selector Kubernetes names the labels",
	`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
#               ^^^^^^ error: DaemonSet web has no selector
    ${POD}
`,
);

check(
	workloadWithoutSelector,
	"an empty selector is written over",
	`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: {}
# ^^^^^^^^ error: The selector of DaemonSet web is empty
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
	{
		fix: {
			title: "Select app=web",
			gives: `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"no labels on the template: it gets those that are selected",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
# ^^^^^^^^ error: The Pod template of Deployment web has no labels, but its selector wants app=web
    ${POD}
`,
	{
		fix: {
			title: "Put app=web on the Pod template",
			gives: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels:
        app: web
    ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"labels directly in the selector, as a Service has them, go below matchLabels",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector:
    app: web # ours
#   ^^^^^^^^ error: The selector of Deployment web has app directly in it, where matchLabels belongs
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
	{
		fix: {
			title: "Put the labels below matchLabels",
			gives: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector:
    matchLabels:
      app: web # ours
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"matchLabels in another case",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchlabels: { app: web } }
#             ^^^^^^^^^^^ error: The selector of Deployment web has matchlabels instead of matchLabels
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
	{
		fix: {
			title: "Write matchLabels",
			gives: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    ${POD}
`,
		},
	},
);

check(
	workloadWithoutSelector,
	"a Job leaves its selector to Kubernetes",
	`
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  backoffLimit: 1
  selector:
# ^^^^^^^^ error: Job migrate selects app=migrate, but without manualSelector Kubernetes makes the selector of a Job
    matchLabels: { app: migrate }
  template:
    metadata: { labels: { app: migrate } }
    spec: { restartPolicy: Never, containers: [{ name: web, image: a }] }
`,
	{
		fix: {
			title: "Leave selector out",
			gives: `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  backoffLimit: 1
  template:
    metadata: { labels: { app: migrate } }
    spec: { restartPolicy: Never, containers: [{ name: web, image: a }] }
`,
		},
	},
);

function of(kind: string, fields: string, template = "metadata: { labels: { app: web } }", spec: string = POD): readonly string[] {
	const version = kind.endsWith("Job") ? "batch/v1" : kind === "ReplicationController" ? "v1" : "apps/v1";
	const lines = [...fields.split("\n"), "template:", `  ${template}`, `  ${spec}`].filter((line) => line.trim() !== "");
	const inner = kind === "CronJob" ? ["jobTemplate:", "  spec:", ...lines.map((line) => `    ${line}`)] : lines;
	const text = [
		`apiVersion: ${version}`,
		`kind: ${kind}`,
		"metadata: { name: web }",
		"spec:",
		...inner.map((line) => `  ${line}`),
		"",
	].join("\n");
	return said(workloadWithoutSelector, text).map((each) => each.replace(/^error, refuses: /, ""));
}

const EMPTY = ["The selector of Deployment web is empty"];

for (const [title, found, wanted] of [
	["null is none", of("Deployment", "selector:"), ["Deployment web has no selector"]],
	["empty matchLabels select nothing", of("Deployment", "selector: { matchLabels: {} }"), EMPTY],
	["null matchLabels and no expressions", of("Deployment", "selector: { matchLabels: , matchExpressions: [] }"), EMPTY],
	["expressions are a selector", of("Deployment", "selector: { matchExpressions: [{ key: app, operator: Exists }] }"), []],
	[
		"what holds without labels needs none",
		of("Deployment", "selector: { matchExpressions: [{ key: app, operator: NotIn, values: [x] }] }", ""),
		[],
	],
	[
		"null labels are none",
		of("Deployment", "selector: { matchLabels: { app: web } }", "metadata: { labels: }"),
		["The Pod template of Deployment web has no labels, but its selector wants app=web"],
	],
	[
		"labels beside matchLabels",
		of("Deployment", "selector: { matchLabels: { app: web }, tier: x }"),
		["The selector of Deployment web has tier directly in it, where matchLabels belongs"],
	],
	["a placeholder may be a selector", of("Deployment", 'selector: "${SELECTOR}"'), []],
	["a text is refused for itself", of("Deployment", "selector: app=web"), []],
	["a ReplicationController takes the template's labels", of("ReplicationController", ""), []],
	["a ReplicationController with an empty selector too", of("ReplicationController", "selector: {}"), []],
	[
		"a ReplicationController without both",
		of("ReplicationController", "replicas: 1", ""),
		["ReplicationController web has no selector, and its Pod template no labels"],
	],
	[
		"a ReplicationController that selects labels which are not there",
		of("ReplicationController", "selector: { app: web }", ""),
		["The Pod template of ReplicationController web has no labels, but its selector wants app=web"],
	],
	["a Job may select by hand", of("Job", "manualSelector: true\nselector: { matchLabels: { app: web } }"), []],
	["a Job that selects by hand needs a selector", of("Job", "manualSelector: true"), ["Job web has manualSelector and no selector"]],
	[
		"a Job that selects by hand needs labels",
		of("Job", "manualSelector: true\nselector: { matchLabels: { app: web } }", ""),
		["The Pod template of Job web has no labels, but its selector wants app=web"],
	],
	["an empty selector of a Job is filled in", of("Job", "selector: {}"), []],
	["a Job's selector may say what Kubernetes makes of it", of("Job", "selector: { matchLabels: { job-name: web } }"), []],
	[
		"labels directly in a Job's selector",
		of("Job", "selector: { app: web }"),
		["Job web selects app, but without manualSelector Kubernetes makes the selector of a Job"],
	],
	[
		"labels directly in a selector by hand",
		of("Job", "manualSelector: true\nselector: { app: web }"),
		["The selector of Job web has app directly in it, where matchLabels belongs"],
	],
	[
		"a uid that is not known yet",
		of("Job", "selector: { matchLabels: { controller-uid: a } }"),
		["Job web selects controller-uid=a, but without manualSelector Kubernetes makes the selector of a Job"],
	],
	[
		"a CronJob's Jobs have no selector of their own",
		of("CronJob", "selector: {}"),
		["The Jobs of CronJob web cannot have a selector: Kubernetes selects their Pods"],
	],
	[
		"nor do they select by hand",
		of("CronJob", "manualSelector: true"),
		["The Jobs of CronJob web cannot have a manualSelector: Kubernetes selects their Pods"],
	],
	["manualSelector false is the default", of("CronJob", "manualSelector: false"), []],
	["a patch names a container without its image", of("Deployment", "", "", "spec: { containers: [{ name: web, resources: {} }] }"), []],
	["an empty selector is no patch", of("Deployment", "selector: {}", "", "spec: { containers: [{ name: web }] }"), EMPTY],
	["a patch says only what runs", of("Deployment", "", ""), []],
	[
		"a namespace makes it an object of its own",
		said(
			workloadWithoutSelector,
			`apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  template:\n    ${POD}\n`,
		),
		["error, refuses: Deployment web has no selector, and its Pod template no labels"],
	],
	[
		"a patch that a kustomization does not name any more",
		said(
			workloadWithoutSelector,
			`#- kustomization.yaml\nresources: []\n#- image_patch.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec:\n  template:\n    ${POD}\n`,
		),
		[],
	],
	["labels are more than what runs", of("Deployment", ""), ["Deployment web has no selector"]],
	["a patch without containers", of("Deployment", "replicas: 2", "", "spec: { dnsPolicy: Default }"), []],
	[
		"an image by placeholder is one",
		of("Deployment", "", undefined, "spec: { containers: [{ name: web, image: $IMAGE }] }"),
		["Deployment web has no selector"],
	],
] as const) {
	test(`workload-without-selector: ${title}`, () => assert.deepEqual(found, wanted));
}

test("workload-without-selector: silent where a kustomization may write it, or the version is another one", () => {
	const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 2\n  template:\n    ${POD}\n`;
	assert.equal(said(workloadWithoutSelector, text).length, 1);
	assert.deepEqual(
		said(workloadWithoutSelector, `#- kustomization.yaml\nresources: [web.yaml]\ncommonLabels: { app: web }\n#- web.yaml\n${text}`),
		[],
	);
	assert.deepEqual(said(workloadWithoutSelector, text.replace("apps/v1", "extensions/v1beta1")), []);
});

const json = (selector = "") => `
{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" },
  "spec": { "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "web", "image": "a" }] } }${selector} } }
`;

check(
	workloadWithoutSelector,
	"a selector in JSON is JSON",
	json()
		.replace("\n  ", "\n# ^^^^^^ error: Deployment web has no selector\n  ")
		.replace(/(\n# .*)(\n {2}.*)/, "$2$1"),
	{ fix: { title: "Select app=web", gives: json(', "selector": { "matchLabels": { "app": "web" } }') } },
);

check(
	workloadWithoutSelector,
	"what can be no label is not selected",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: web }
    spec:
#   ^^^^ error: StatefulSet web has no selector
      serviceName: web
      template:
        metadata: { labels: { app: front end } }
        ${POD}
`,
	{ only: true, fixes: [] },
);
