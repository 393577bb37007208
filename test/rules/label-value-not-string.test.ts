import { labelValueNotString } from "../../server/src/rules/label-value-not-string.ts";
import { check } from "../support/carets.ts";

const service = (value: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector:
    app: ${value}
  ports: [{ port: 80 }]
`;

for (const [value, what] of [
	["on", "the boolean true (written on)"],
	["y", "the boolean true (written y)"],
	["No", "the boolean false (written No)"],
	["true", "the boolean true"],
	["1", "the number 1"],
	["1.10", "the number 1.10"],
	["1e3", "the number 1e3"],
	["012", "the number 012"],
	["0x1F", "the number 0x1F"],
	["1_000", "the number 1_000"],
	[".5", "the number .5"],
]) {
	check(
		labelValueNotString,
		`${value} is ${what}`,
		service(`${value}\n#        ${"^".repeat(value?.length ?? 0)} error: spec.selector.app is ${what}, where a text belongs`),
		{ fix: { title: "Put it in quotes", gives: service(`"${value}"`) } },
	);
}

for (const value of ['"on"', "'1'", "2024-01-01", "1.2.3", "NaN", "~", "", '""', "yep", "${VALUE}", "!!str 5", "-"]) {
	check(labelValueNotString, `${value} is a text, none, or a placeholder`, service(value), { only: true });
}

check(
	labelValueNotString,
	"labels, annotations and names of Services and their ports",
	`
apiVersion: v1
kind: Service
metadata:
  name: 123
#       ^^^ error: metadata.name is the number 123, where a text belongs
  namespace: 1
#            ^ error: metadata.namespace is the number 1, where a text belongs
  labels: { version: 1.0 }
#                    ^^^ error: metadata.labels.version is the number 1.0, where a text belongs
  annotations:
    prometheus.io/scrape: true
#                         ^^^^ error: metadata.annotations.prometheus.io/scrape is the boolean true, where a text belongs
spec:
  ports:
    - { name: on, port: 80 }
#             ^^ error: spec.ports[0].name is the boolean true (written on), where a text belongs
    - { name: 80, port: 81 }
#             ^^ error: spec.ports[1].name is the number 80, where a text belongs
`,
);

check(
	labelValueNotString,
	"selectors, templates and container ports of workloads, in JSON",
	`
{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "web" }, "spec": {
  "selector": { "matchLabels": { "app": 1 } },
#                                       ^ error: spec.selector.matchLabels.app is the number 1, where a text belongs
  "template": {
    "metadata": { "labels": { "app": 1 } },
#                                    ^ error: spec.template.metadata.labels.app is the number 1, where a text belongs
    "spec": { "nodeSelector": { "gpu": true }, "containers": [{ "name": "web", "ports": [{ "name": 80, "containerPort": 80 }] }] } } } }
#                                      ^^^^ error: spec.template.spec.nodeSelector.gpu is the boolean true, where a text belongs
#                                                                                                  ^^ error: spec.template.spec.containers[0].ports[0].name is the number 80, where a text belongs
`,
	{ only: true },
);

check(
	labelValueNotString,
	"what an operator reads Kubernetes does not refuse",
	`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: 1 } }
#                              ^ error: spec.template.metadata.labels.app is the number 1, where a text belongs
    spec: { containers: [{ name: web }] }
`,
);
