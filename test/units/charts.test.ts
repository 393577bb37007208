import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits, unitsOf } from "../../server/src/links/units.ts";
import { isService } from "../../server/src/model/manifest.ts";
import { nameOf } from "../../server/src/model/object.ts";
import { removedApiVersion } from "../../server/src/rules/removed-api-version.ts";
import { serviceWithoutPods } from "../../server/src/rules/service-without-pods.ts";
import { targetPortNotDeclared } from "../../server/src/rules/target-port-not-declared.ts";
import { check } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const chart = (service: string, values: string, deployment = "") => `#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- values.yaml
${values}
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: ${service}
#- templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: app
          image: x
          ports:
            - containerPort: 8080
${deployment}`;

check(
	targetPortNotDeclared,
	"a wrong port in a template is found there",
	chart(
		`8081
#                 ^^^^ targetPort 8081 is not a port of Deployment web (its container app declares 8080)`,
		"a: 1",
	),
	{
		fix: {
			title: "Set targetPort to 8080",
			gives: `#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080`,
		},
	},
);

check(
	targetPortNotDeclared,
	"a wrong port that comes from the values is found in the values",
	chart(
		"{{ .Values.service.port }}",
		`service:
  port: 8081
#       ^^^^ targetPort 8081 is not a port of Deployment web (its container app declares 8080)`,
	),
	{ fix: { title: "Set targetPort to 8080", gives: "#- values.yaml\nservice:\n  port: 8080" } },
);

check(
	targetPortNotDeclared,
	"what is wrong with one values file only is found there",
	`${chart("{{ .Values.service.port }}", "service: { port: 8080 }")}#- values-prod.yaml
service:
  port: 8081
#       ^^^^ targetPort 8081 is not a port of Deployment web (its container app declares 8080)
`,
);

check(
	targetPortNotDeclared,
	"what is wrong in a template with some values names them",
	`${chart(
		`{{ if .Values.other }}8081{{ else }}8080{{ end }}
#                                       ^^^^ targetPort 8081 is not a port of Deployment web (its container app declares 8080) (only in values-prod.yaml)`,
		"other: false",
	)}#- values-prod.yaml
other: true
`,
);

check(
	targetPortNotDeclared,
	"what is wrong in a template with the values of one configured unit names that unit",
	`${chart(
		`{{ if .Values.other }}8081{{ else }}8080{{ end }}
#                                       ^^^^ targetPort 8081 is not a port of Deployment web (its container app declares 8080) (only in one)`,
		"other: false",
	)}#- values-prod.yaml
other: true
#- .portolan.yaml
units: [{ name: one, helm: ., values: [values-prod.yaml] }, { name: two, helm: . }]
`,
);

check(
	serviceWithoutPods,
	"a Pod that Helm runs as a test is none that a Service leads to",
	`${chart("8080", "a: 1")}#- templates/tests/test.yaml
apiVersion: v1
kind: Pod
metadata:
  name: test
  labels:
    app: web
  annotations:
    helm.sh/hook: test
spec:
  containers:
    - name: wget
      image: busybox
`,
);

test("a chart is a unit with its own values, and one with each values file that it brings along", () => {
	const snapshot = snapshotOf(
		cutFiles(`${chart("8080", "a: 1")}#- ci/test-values.yaml\na: 2\n#- charts/sub/Chart.yaml\nname: sub\nversion: 1.0.0\n`),
	);
	const charts = [...allUnits(snapshot)].filter(({ renderings }) => renderings.length > 0);
	assert.deepEqual(
		charts.map(({ kind, path, renderings }) => [kind, path, renderings[0]?.root.variant]),
		[
			["chart", "/ws", ""],
			["chart", "/ws", "ci/test-values.yaml"],
		],
	);
	assert.deepEqual(
		unitsOf(snapshot, "/ws/ci/test-values.yaml").map(({ renderings }) => renderings[0]?.root.variant),
		["ci/test-values.yaml"],
	);
	assert.deepEqual(charts[0]?.objects.filter(isService).map(nameOf), ["release-name"]);
});

test("what is random is not known", () => {
	const [unit] = [...allUnits(snapshotOf(cutFiles(chart('{{ randNumeric 4 | printf "p%s" }}', "a: 1"))))].filter(
		({ renderings }) => renderings.length > 0,
	);
	assert.deepEqual(
		unit?.objects.filter(isService).map(({ ports }) => ports[0]?.targetPort?.state),
		["placeholder"],
	);
});

check(
	removedApiVersion,
	"a version that a template chooses by what the cluster serves is another one there",
	`#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- templates/asked.yaml
{{- if .Capabilities.APIVersions.Has "policy/v1beta1" }}
apiVersion: extensions/v1beta1
{{- else }}
apiVersion: apps/v1
{{- end }}
kind: DaemonSet
metadata: { name: asked }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a }] } } }
#- templates/written.yaml
apiVersion: extensions/v1beta1
#           ^^^^^^^^^^^^^^^^^^ error: DaemonSet extensions/v1beta1 is refused since Kubernetes 1.16, its version is apps/v1
kind: DaemonSet
metadata: { name: {{ .Chart.Name }} }
spec: { selector: { matchLabels: { app: b } }, template: { metadata: { labels: { app: b } }, spec: { containers: [{ name: b, image: b }] } } }
`,
);
