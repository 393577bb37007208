import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/units.ts";
import { nameOf } from "../../server/src/model/object.ts";
import { chartDoesNotRender } from "../../server/src/rules/chart-does-not-render.ts";
import { nodePortConflict } from "../../server/src/rules/node-port-conflict.ts";
import { serviceWithoutPods } from "../../server/src/rules/service-without-pods.ts";
import { check } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** A condition that nobody can decide before the chart is deployed. */
const MAYBE = '(contains "a" (randAlpha 8))';

const HEAD = `#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
`;

const SERVICE = `#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: wbe
  ports:
    - port: 80
`;

const deployment = (label: string, before = "", after = "") => `#- templates/deployment.yaml
${before}apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
${label}
  template:
    metadata:
      labels:
${label}
    spec:
      containers:
        - name: app
          image: x
          ports:
            - containerPort: 80
${after}`;

const WRONG = SERVICE.replace(
	"    app: wbe\n",
	(line) => `${line}#   ^^^^^^^^ Selector app=wbe matches no Pod; Deployment web has app=web\n`,
);

check(serviceWithoutPods, "what is certain is found", `${HEAD}${WRONG}${deployment("        app: web")}`);

for (const [title, templates] of [
	["a label that is random", deployment("        app: {{ randAlpha 3 }}")],
	["a label that depends on what is random", deployment(`        app: {{ if ${MAYBE} }}web{{ else }}wbe{{ end }}`)],
	["a label that may be there", deployment(`        app: web\n{{- if ${MAYBE} }}\n        tier: x\n{{- end }}`)],
	["a workload that may be there", deployment("        app: web", `{{ if ${MAYBE} }}\n`, "{{ end }}\n")],
	["a workload that comes only otherwise", deployment("        app: web", `{{ if ${MAYBE} }}{{ else }}\n`, "{{ end }}\n")],
	[
		"another workload that may be there",
		`${deployment("        app: web")}#- templates/other.yaml\n{{ range $i, $_ := splitList "a" (randAlpha 8 | sha256sum) }}\n---\nkind: Other\nname: a{{ $i }}\n{{ end }}\n`,
	],
] as const) {
	check(serviceWithoutPods, `nothing is absent beside ${title}`, `${HEAD}${SERVICE}${templates}`, { only: true });
}

const nodePort = (name: string, lines = "") => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: NodePort
  selector: { app: web }
  ports:
    - port: 80
      nodePort: 30080
${lines}`;

check(
	nodePortConflict,
	"what may not be there is in conflict with nothing",
	`${HEAD}#- templates/a.yaml
${nodePort("a")}#- templates/b.yaml
{{ if ${MAYBE} }}
${nodePort("b")}{{ end }}
`,
	{ only: true },
);

check(
	chartDoesNotRender,
	"a chart that may fail is not said to fail",
	`${HEAD}#- templates/a.yaml
{{ if ${MAYBE} }}{{ fail "never on a Monday" }}{{ end }}
kind: A
#- templates/b.yaml
kind: B
data:
  a: b
  {{ randAlphaNum 8 }}
`,
	{ only: true },
);

test("a unit of which nobody knows what it deploys says so", () => {
	const block = `${HEAD}#- templates/a.yaml\n{{ if ${MAYBE} }}\nkind: Secret\nmetadata: { name: a }\n{{ end }}\n#- templates/b.yaml\n${nodePort("b")}`;
	const units = [...allUnits(snapshotOf(cutFiles(block)))].filter(({ renderings }) => renderings.length > 0);
	assert.deepEqual(
		units.map(({ objects, gaps }) => [objects.map(nameOf), gaps.map(({ reason, uri }) => `${uri} ${reason}`)]),
		[[["b"], ["/ws/templates/a.yaml what it deploys depends on a random value"]]],
	);
});
