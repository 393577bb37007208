import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceWithoutPods } from "../../server/src/rules/service-without-pods.ts";
import { textAt } from "../../server/src/text/source.ts";
import { check, findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** A Service of that selector, with a line of carets below it. */
const service = (selector: string, more = "", carets = "") => `
apiVersion: v1
kind: Service
metadata: { name: web${more} }
spec:
  selector: ${selector}
${carets === "" ? "" : `#             ${carets}\n`}  ports: [{ port: 80 }]
`;

const deployment = (labels: string, more = "", name = "web") => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${more} }
spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`;

const files = (...named: readonly (readonly [string, string])[]) => named.map(([name, text]) => `#- ${name}${text}`).join("");

check(
	serviceWithoutPods,
	"one label is a slip away",
	files(
		[
			"service.yaml",
			`${service("{ app: wbe } # the front end", "", "^^^^^^^^ warning: Selector app=wbe matches no Pod; Deployment web has app=web")}`,
		],
		["deployment.yaml", deployment("{ app: web }")],
	),
	{
		fix: {
			title: "Use the labels of Deployment web",
			gives: files(["service.yaml", service("{ app: web } # the front end")], ["deployment.yaml", deployment("{ app: web }")]),
		},
	},
);

for (const [title, written, theirs] of [
	["another case", "Web", "web"],
	["one letter too many", "webb", "web"],
	["one letter too few", "we", "web"],
	["another letter", "wob", "web"],
	["two edits in a long name", "frontent-wob", "frontend-web"],
	["a usual ending on the selector", "web-service", "web"],
	["a usual ending on the Pods", "web", "web-deployment"],
] as const) {
	const carets = `${"^".repeat(5 + written.length)} Selector app=${written} matches no Pod; Deployment web has app=${theirs}`;
	check(
		serviceWithoutPods,
		`near across files: ${title}`,
		files(["service.yaml", service(`{ app: ${written} }`, "", carets)], ["deployment.yaml", deployment(`{ app: ${theirs} }`)]),
	);
}

check(
	serviceWithoutPods,
	"names that are further apart, in another file, are no evidence",
	files(
		["service.yaml", service("{ app: front }")],
		["deployment.yaml", deployment("{ app: web }")],
		["other.yaml", deployment("{ app: frnot-x }", "", "other")],
		["short.yaml", deployment("{ app: forn }", "", "short")],
	),
);

check(
	serviceWithoutPods,
	"of several pairs the one that differs is marked, and quotes stay",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
  selector:
    app: shop
    tier: 'frnt' # the shop window
#   ^^^^^^^^^^^^ Selector app=shop,tier=frnt matches no Pod; Deployment web has tier=front
#- deployment.yaml
${deployment("{ app: shop, tier: front }").trimStart()}`,
	{
		fix: {
			title: "Use the labels of Deployment web",
			gives: `
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
  selector:
    app: shop
    tier: 'front' # the shop window
`,
		},
	},
);

check(
	serviceWithoutPods,
	"a pair whose key the Pods lack: they can get it",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  selector:
    app: shop
    tier: front
#   ^^^^^^^^^^^ Selector app=shop,tier=front matches no Pod; Deployment web has no label tier
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata:
      labels:
        app: shop # all of it
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
	{
		fix: {
			title: "Put tier=front on the Pod template of Deployment web",
			gives: `
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata:
      labels:
        app: shop # all of it
        tier: front
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
		},
	},
);

check(
	serviceWithoutPods,
	"a pair whose key the Pods lack: the selector can do without it",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: shop, tier: front }
#                        ^^^^^^^^^^^ Selector app=shop,tier=front matches no Pod; Deployment web has no label tier
  ports: [{ port: 80 }]
#- deployment.yaml
${deployment("{ app: shop }").trimStart()}`,
	{ fix: { title: "Use the labels of Deployment web", gives: files(["service.yaml", service("{ app: shop }")]) } },
);

check(
	serviceWithoutPods,
	"two labels that stand on two different workloads match neither",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: one }
spec:
  selector: { app: a, tier: b }
#                     ^^^^^^^ Selector app=a,tier=b matches no Pod; Deployment one has no label tier
  ports: [{ port: 80 }]
#- deployment.yaml
${deployment("{ app: a }", "", "one").trimStart()}---${deployment("{ tier: b }", "", "two")}`,
);

check(
	serviceWithoutPods,
	"the labels stand on the Deployment and not on its template",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web, tier: front }
#             ^^^^^^^^ Selector app=web,tier=front matches no Pod; app=web is on Deployment web itself and not on its Pod template
  ports: [{ port: 80 }]
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, tier: front }
spec:
  selector: { matchLabels: { tier: front } }
  template:
    metadata: { labels: { tier: front } }
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
	{
		fix: {
			title: "Put app=web on the Pod template of Deployment web",
			gives: `
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, tier: front }
spec:
  selector: { matchLabels: { tier: front } }
  template:
    metadata: { labels: { tier: front, app: web } }
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
		},
	},
);

test("service-without-pods: what can be no name of a namespace stands in quotes, and is not written to the Service", () => {
	const text = `kind: Service\napiVersion: v1\nmetadata: { name: web, namespace: front }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n---${deployment("{ app: web }", ', namespace: "shop\\n"')}`;
	const found = findingsOf(snapshotOf(new Map([["a.yaml", text]]))).filter(({ rule }) => rule === "service-without-pods");
	const message = 'Selector app=web matches no Pod in namespace front; Deployment web has these labels in namespace "shop\\n"';
	assert.deepEqual(
		found.map(({ message, fixes }) => [message, fixes]),
		[[message, []]],
	);
});

test("service-without-pods: a Service is not moved to a namespace that has one of its name", () => {
	const text = `${service("{ app: web }", ", namespace: front")}---${deployment("{ app: web }", ", namespace: shop")}`;
	const fixes = (other: string) => {
		const files = new Map([["a.yaml", text], ...(other === "" ? [] : [["other.yaml", other] as const])]);
		return findingsOf(snapshotOf(files)).flatMap(({ rule, fixes }) =>
			rule === "service-without-pods" ? fixes.map(({ title }) => title) : [],
		);
	};
	assert.deepEqual([fixes(""), fixes(service("{ app: web }", ", namespace: shop"))], [["Set namespace to shop"], []]);
	const alternative = text.replace("namespace: front", "namespace: shop").replace("app:1", "app:2");
	assert.deepEqual(fixes(alternative), ["Set namespace to shop"], "files that define one object are never deployed together");
});

test("service-without-pods: another object without a name does not keep a Pod from being put into a namespace", () => {
	const pod = (metadata: string, app: string) =>
		`apiVersion: v1\nkind: Pod\nmetadata: { ${metadata}, labels: { app: ${app} } }\nspec: { containers: [{ name: a, image: a }] }\n`;
	const files = new Map([
		["a.yaml", `${service("{ app: web }", ", namespace: shop")}---\n${pod("generateName: w-", "web")}`],
		["b.yaml", pod("generateName: q-, namespace: shop", "other")],
	]);
	const found = findingsOf(snapshotOf(files)).filter(({ rule }) => rule === "service-without-pods");
	assert.deepEqual(
		found.map(({ fixes }) => fixes.map(({ title }) => title)),
		[["Write namespace shop"]],
	);
});

check(
	serviceWithoutPods,
	"the only match is in another written namespace",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: front
#            ^^^^^ warning: Selector app=web matches no Pod in namespace front; Deployment web has these labels in namespace shop
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
#- deployment.yaml
${deployment("{ app: web }", ", namespace: shop").trimStart()}`,
	{
		fix: {
			title: "Set namespace to shop",
			gives: `
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
`,
		},
	},
);

check(
	serviceWithoutPods,
	"only the workload of the same file names a namespace",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata:
#   ^^^^^^^^ information: Only Deployment web names a namespace (shop), so kubectl -n decides whether the Service finds Deployment web
      name: web # in front
    spec: { selector: { app: web }, ports: [{ port: 80 }] }
---${deployment("{ app: web }", ", namespace: shop")}`,
	{
		fix: {
			title: "Write namespace shop",
			gives: `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata:
      name: web # in front
      namespace: shop
    spec: { selector: { app: web }, ports: [{ port: 80 }] }
---${deployment("{ app: web }", ", namespace: shop")}`,
		},
	},
);

check(
	serviceWithoutPods,
	"only the Service of the file names a namespace",
	`
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
#            ^^^^ information: Only Service web names a namespace (shop), so kubectl -n decides whether the Service finds Deployment web
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
---${deployment("{ app: web }")}`,
	{
		fix: {
			title: "Write namespace shop",
			gives: `
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
---${deployment("{ app: web }", ", namespace: shop")}`,
		},
	},
);

check(
	serviceWithoutPods,
	"a namespace that one file names and another does not is for kubectl -n to decide",
	`
#- service.yaml${service("{ app: web }", ", namespace: shop")}
#- deployment.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"no namespace and the namespace default are one",
	`
#- service.yaml${service("{ app: web }", ", namespace: default")}
#- deployment.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"the one Service and the one workload of a file belong together, whatever their labels",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
  selector:
    name: gateway
#   ^^^^^^^^^^^^^ Selector name=gateway matches no Pod; Deployment web has app=web,tier=front
---${deployment("{ app: web, tier: front }")}`,
	{
		fix: {
			title: "Use the labels of Deployment web",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
  selector:
    app: web
    tier: front
---${deployment("{ app: web, tier: front }")}`,
		},
	},
);

check(
	serviceWithoutPods,
	"a Service without a selector beside them does not count",
	`${service("{ app: gateway }", "", "^^^^^^^^^^^^ Selector app=gateway matches no Pod; Deployment web has app=web")}---${deployment("{ app: web }")}---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { ports: [{ port: 80 }] }
`,
);

check(
	serviceWithoutPods,
	"a workload of the same file has all keys with other values",
	`${service("{ app: gateway }", "", "^^^^^^^^^^^^ Selector app=gateway matches no Pod; Deployment web has app=web")}---${deployment("{ app: web }")}---${deployment("{ app: api }", "", "api")}`,
);

check(
	serviceWithoutPods,
	"several workloads in a file that have none of the keys are no evidence",
	`${service("{ name: gateway }")}---${deployment("{ app: web }")}---${deployment("{ app: api }", "", "api")}`,
);

check(
	serviceWithoutPods,
	"JSON stays JSON",
	`
#- service.json
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
  "spec": { "ports": [{ "port": 80 }], "selector": { "app": "wbe" } } }
#                                                    ^^^^^^^^^^^^ Selector app=wbe matches no Pod; Deployment web has app=web
#- deployment.yaml${deployment("{ app: web }")}`,
	{
		fix: {
			title: "Use the labels of Deployment web",
			gives: `
#- service.json
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
  "spec": { "ports": [{ "port": 80 }], "selector": { "app": "web" } } }
`,
		},
	},
);

check(
	serviceWithoutPods,
	"a label that only looks like text is quoted in the fix",
	files(
		["service.yaml", service("{ app: '1.11' }", "", "^^^^^^^^^^^ Selector app=1.11 matches no Pod; Deployment web has app=1.10")],
		["deployment.yaml", deployment("{ app: '1.10' }")],
	),
	{ fix: { title: "Use the labels of Deployment web", gives: files(["service.yaml", service("{ app: '1.10' }")]) } },
);

check(
	serviceWithoutPods,
	"a Service and its workload in two files of a folder belong together",
	`
#- service.yaml${service("{ app: web }")}
#- deployment.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"a workload in a folder near by is the one, though the one beside is a slip away",
	`
#- services/service.yaml${service("{ app: web1 }")}
#- services/other.yaml${deployment("{ app: web }")}
#- deployments/web.yaml${deployment("{ app: web1 }")}`,
);

check(serviceWithoutPods, "a workload that is nowhere here may be in another repository", files(["service.yaml", service("{ app: web }")]));

check(
	serviceWithoutPods,
	"a workload whose manifest is broken may be the one",
	`
#- service.yaml${service("{ app: wbe }")}
#- deployment.yaml${deployment("{ app: web }")}
#- broken.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: other
spec: ]
`,
	{ only: true },
);

check(
	serviceWithoutPods,
	"a template beside may make the Pods",
	`
#- service.yaml${service("{ app: wbe }")}
#- deployment.yaml${deployment("{ app: web }")}
#- other.yaml
{{- if .Values.other }}
apiVersion: apps/v1
kind: Deployment
{{- end }}
`,
);

check(
	serviceWithoutPods,
	"what a kustomization deploys is checked as a whole, and not where something of it is missing",
	`
#- whole/kustomization.yaml
resources: [service.yaml, deployment.yaml]
#- whole/service.yaml${service("{ app: wbe }", "", "^^^^^^^^ Selector app=wbe matches no Pod; Deployment web has app=web")}
#- whole/deployment.yaml${deployment("{ app: web }")}
#- kustomization.yaml
resources: [service.yaml, deployment.yaml, https://example.org/x.yaml]
#- service.yaml${service("{ app: wbe }")}
#- deployment.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"without a selector, with an empty one, and for an external name there is nothing to match",
	`
#- a.yaml${service("{}")}---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: outside }
subsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: external }
spec: { type: ExternalName, externalName: db.example.com, selector: { app: wbe } }
#- deployment.yaml${deployment("{ app: web }")}`,
	{ only: true },
);

check(
	serviceWithoutPods,
	"labels that a controller sets are left out of the comparison",
	`
#- pod.yaml${service("{ app: web, statefulset.kubernetes.io/pod-name: web-0 }")}
#- deployment.yaml${deployment("{ app: web }")}
#- only.yaml${service("{ statefulset.kubernetes.io/pod-name: wbe-0 }").replace("name: web }", "name: web-0 }")}`,
);

check(
	serviceWithoutPods,
	"labels that a controller sets do not hide a slip in the others",
	files(
		[
			"service.yaml",
			service(
				"{ app: wbe, statefulset.kubernetes.io/pod-name: web-0 }",
				"",
				"^^^^^^^^ Selector app=wbe,statefulset.kubernetes.io/pod-name=web-0 matches no Pod; Deployment web has app=web",
			),
		],
		["deployment.yaml", deployment("{ app: web }")],
	),
);

check(
	serviceWithoutPods,
	"labels of an operator's own group are not written in manifests",
	`
#- service.yaml${service("{ app: web, strimzi.io/cluster: web }")}
#- deployment.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"a Rollout with a template of its own is a workload, and so is the one that a Rollout refers to",
	`
#- inline.yaml${service("{ app: web }")}---${deployment("{ app: web }").replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")}
#- referred.yaml${service("{ app: api }").replace("name: web", "name: api")}---${deployment("{ app: api }", "", "api")}---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api }
spec: { workloadRef: { apiVersion: apps/v1, kind: Deployment, name: api } }
`,
);

check(
	serviceWithoutPods,
	"a placeholder may become the right label",
	`
#- service.yaml${service('{ app: "${APP}" }')}
#- deployment.yaml${deployment("{ app: web }")}
#- other.yaml${service("{ app: wbe2 }").replace("name: web", "name: other")}---${deployment('{ app: "${APP}" }', "", "other")}`,
);

check(
	serviceWithoutPods,
	"a Job with a label close by is not what a Service is for",
	`
#- service.yaml${service("{ app: web }")}---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  template:
    metadata: { labels: { app: web2 } }
    spec: { restartPolicy: Never, containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
);

check(
	serviceWithoutPods,
	"files that define one object differently do not see each other, and both see the rest",
	`
#- a.yaml${service("{ app: web }")}---${deployment("{ app: web }")}
#- b.yaml${service("{ app: wbe }", "", "^^^^^^^^ Selector app=wbe matches no Pod; Deployment web has app=web")}---${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"overlays do not see each other",
	`
#- dev/all.yaml${service("{ app: web }")}---${deployment("{ app: web }")}
#- prod/all.yaml${service("{ app: web }")}---${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"of a rendered stream each template is a file",
	`
#- all.yaml
# Source: shop/templates/operator.yaml${service("{ app: operated }")}---
# Source: shop/templates/web.yaml${deployment("{ app: web }")}`,
);

check(
	serviceWithoutPods,
	"every document of a file and every item of a list is read",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: web }
    spec:
      selector: { app: wbe }
#                 ^^^^^^^^ Selector app=wbe matches no Pod; Pod web has app=web
      ports: [{ port: 80 }]
  - apiVersion: v1
    kind: Pod
    metadata: { name: web, labels: { app: web } }
    spec: { containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
);

for (const value of ["{ a: b }", "true", "8080", "[x]"]) {
	check(
		serviceWithoutPods,
		`silent on a selector whose value is ${value}, which other rules refuse`,
		service(`{ app: web, tier: ${value} }`) + deployment("web"),
		{ only: true },
	);
}

test("service-without-pods: labels that stand on the workload are the other end themselves, and a Pod is called a Pod", () => {
	const files = cutFiles(`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec: { template: { metadata: { labels: { tier: web } }, spec: { containers: [{ name: c, image: i }] } } }
`);
	const related = (texts: ReadonlyMap<string, string>) =>
		findingsOf(snapshotOf(texts))
			.filter(({ rule }) => rule === "service-without-pods")
			.flatMap((finding) =>
				finding.related.map(({ at, message }) => [textAt(at), at.source.text.slice(0, at.start).includes("template"), message]),
			);
	assert.deepEqual(related(files), [["app: web", false, "Pods of Deployment web"]]);
	const pod = cutFiles(
		service("{ app: wbe }") +
			"---\napiVersion: v1\nkind: Pod\nmetadata: { name: web, labels: { app: web } }\nspec: { containers: [{ name: c, image: i }] }\n",
	);
	assert.deepEqual(related(pod), [["app: web", false, "Pod web"]]);
});

const CALLER = (name: string, url: string) =>
	deployment("{ app: agent }", "", name).replace("example.com/app:1", `example.com/app:1, env: [{ name: API, value: "${url}" }]`);

check(
	serviceWithoutPods,
	"a workload that calls the Service is none of its own, though it stands alone beside it",
	`${service("{ app: web }")}---${CALLER("agent", "http://web.default.svc")}`,
);

check(
	serviceWithoutPods,
	"one of its own name may call itself",
	`${service("{ app: web }", "", "^^^^^^^^ Selector app=web matches no Pod; Deployment web has app=agent")}---${CALLER("web", "http://web/")}`,
);
