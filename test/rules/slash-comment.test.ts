import assert from "node:assert/strict";
import { test } from "node:test";
import { slashComment } from "../../server/src/rules/slash-comment.ts";
import { applyEdits, check, findingsOf } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

check(
	slashComment,
	"in the values of a Service",
	`
apiVersion: v1
kind: Service
metadata:
  name: web // the shop
#           ^^^^^^^^^^^ error: "// the shop" is a part of name: a comment begins with # in YAML
  labels:
    app: web   //front
#              ^^^^^^^ "//front" is a part of app: a comment begins with # in YAML
spec:
  type: NodePort         // reachable on every node
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: "// reachable on every node" is a part of type: a comment begins with # in YAML
  selector:
    app: web // its Pods
#            ^^^^^^^^^^^ "// its Pods" is a part of app: a comment begins with # in YAML
  ports:
  - port: 80 // inside
#            ^^^^^^^^^ "// inside" is a part of port: a comment begins with # in YAML
    targetPort: 8080 // the container
#                    ^^^^^^^^^^^^^^^^ "// the container" is a part of targetPort: a comment begins with # in YAML
    nodePort: // 30080
#             ^^^^^^^^ "// 30080" is a part of nodePort: a comment begins with # in YAML
`,
	{
		newline: "\r\n",
		fix: {
			title: "Begin the comment with #",
			gives: `
apiVersion: v1
kind: Service
metadata:
  name: web # the shop
  labels:
    app: web   //front
spec:
  type: NodePort         // reachable on every node
  selector:
    app: web // its Pods
  ports:
  - port: 80 // inside
    targetPort: 8080 // the container
    nodePort: // 30080
`,
		},
	},
);

check(
	slashComment,
	"in the values of a workload",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3 // three
#             ^^^^^^^^ "// three" is a part of replicas: a comment begins with # in YAML
  selector:
    matchLabels:
      app: web // one
#              ^^^^^^ "// one" is a part of app: a comment begins with # in YAML
  template:
    metadata:
      labels:
        app: web // one
#                ^^^^^^ "// one" is a part of app: a comment begins with # in YAML
    spec:
      containers:
      - name: web
        image: nginx:1.27 // the server
#                         ^^^^^^^^^^^^^ "// the server" is a part of image: a comment begins with # in YAML
        ports:
        - containerPort: 80 // where nginx listens
#                           ^^^^^^^^^^^^^^^^^^^^^^ "// where nginx listens" is a part of containerPort: a comment begins with # in YAML
        readinessProbe:
          httpGet:
            path: / // anything
            port: 80 // again
#                    ^^^^^^^^ "// again" is a part of port: a comment begins with # in YAML
`,
);

check(
	slashComment,
	"in the kind, so that it is no Service at all",
	`
apiVersion: v1
kind: Service // of the shop
#             ^^^^^^^^^^^^^^ "// of the shop" is a part of kind: a comment begins with # in YAML
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
`,
);

check(
	slashComment,
	"URLs, quoted texts, real comments, placeholders, and fields that take any text",
	`
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    note: see a // b
    url: http://example.com
spec:
  type: NodePort # // a comment
  clusterIP: "None // quoted"
  loadBalancerIP: \${ADDRESS} // filled in
  ports:
    - port: 80
---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
  - name: web
    image: registry.example.com//web
    command: [sh, -c, echo a // b]
    args:
    - cat a // b
    env:
    - name: PATTERN
      value: a // b
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web // no object that is modelled
`,
	{ only: true },
);

check(
	slashComment,
	"what does not end with its line is not changed",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80 // web }, { port: 81, name: b }]
#                    ^^^^^^ "// web" is a part of port: a comment begins with # in YAML
`,
	{ only: true },
);

test("slash-comment: comments on lines of their own, which go on with the value, are changed line by line", () => {
	const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ClusterIP // inside
    // only
  ports: [{ port: 80 }]
`;
	const texts = new Map([["a.yaml", text]]);
	const snapshot = snapshotOf(texts);
	const [finding, ...others] = findingsOf(snapshot);
	assert.equal(others.length, 0);
	assert.equal(finding?.message, '"// inside // only" is a part of type: a comment begins with # in YAML');
	assert.equal(
		applyEdits(snapshot, texts, finding?.fixes[0]?.edits ?? []).get("a.yaml"),
		text.replace("// inside", "# inside").replace("// only", "# only"),
	);
});

for (const [title, kind, body] of [
	["a Service's kind", "v1\nkind: Service   ", "spec: { ports: [{ port: 80 }] }"],
	["a Deployment's kind", "apps/v1\nkind: Deployment", "spec: { template: { spec: { containers: [{ name: c, image: i }] } } }"],
] as const) {
	check(
		slashComment,
		`behind ${title}, whatever the blanks before it`,
		`
apiVersion: ${kind}  // the front
#                 ^^^^^^^^^^^^ "// the front" is a part of kind: a comment begins with # in YAML
metadata: { name: web }
${body}
`,
		{ only: true },
	);
}

check(
	slashComment,
	"behind the kind of an item of a list",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service  // the front
#                  ^^^^^^^^^^^^ "// the front" is a part of kind: a comment begins with # in YAML
    metadata: { name: web }
    spec: { ports: [{ port: 80 }] }
`,
	{ only: true },
);

const CHART = `
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0`;

check(
	slashComment,
	"in what a template of a chart prints, at the template's characters",
	`${CHART}
#- values.yaml
port: 80
#- templates/service.yaml
apiVersion: v1
kind: Service // of the shop
#             ^^^^^^^^^^^^^^ "// of the shop" is a part of kind: a comment begins with # in YAML
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }} }
spec:
  type: ClusterIP // inside
#                 ^^^^^^^^^ "// inside" is a part of type: a comment begins with # in YAML
  ports:
    - port: {{ .Values.port }} // the web
#                              ^^^^^^^^^^ "// the web" is a part of port: a comment begins with # in YAML
`,
);

check(
	slashComment,
	"in the values of a chart",
	`${CHART}
#- values.yaml
type: NodePort // from outside
#              ^^^^^^^^^^^^^^^ "// from outside" is a part of type: a comment begins with # in YAML
port: "80 // the web"
#         ^^^^^^^^^^ "// the web" is a part of port: a comment begins with # in YAML
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: {{ .Values.type }}
  ports:
    - port: {{ .Values.port }}
`,
);

check(
	slashComment,
	"a # and a URL in what a template prints are none",
	`${CHART}
#- values.yaml
name: web # // of the shop
#- templates/service.yaml
{{- /* a // b */}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }} # // the name
spec:
  ports: [{ name: {{ printf "%s" "a // b" | trunc 1 }}, port: 80 }]
`,
);

test("slash-comment: no fix leaves a value that no document may hold", () => {
	const fixesFor = (port: string) => {
		const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n  - port: ${port} // a port\n`;
		const found = findingsOf(snapshotOf(new Map([["a.yaml", text]]))).filter(({ rule }) => rule === slashComment.name);
		return found.map(({ fixes }) => fixes.length);
	};
	assert.deepEqual([fixesFor("80"), fixesFor(".inf"), fixesFor("-.Inf"), fixesFor(".nan")], [[1], [0], [0], [0]]);
});
