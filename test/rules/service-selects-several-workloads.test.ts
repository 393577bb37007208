import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceSelectsSeveralWorkloads } from "../../server/src/rules/service-selects-several-workloads.ts";
import { said } from "../support/said.ts";

function deployment(name: string, container: string, labels = "app: shop"): string {
	return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: ${name}, image: a${container === "" ? "" : `, ${container}`} }] }
`;
}

const WEB = deployment("web", "ports: [{ containerPort: 8080 }]");
const QUEUE = deployment("queue", "ports: [{ containerPort: 5672 }]");
const TOLD = [
	"information: Selector app=shop takes Deployment web, but targetPort 8080 is not a port of Deployment queue (its container queue declares 5672)",
];

function of(workloads: readonly string[], port = "{ port: 80, targetPort: 8080 }", more = ""): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ${more}ports: [${port}] }\n`;
	return said(serviceSelectsSeveralWorkloads, [service, ...workloads].join("---\n"));
}

for (const [title, found, wanted] of [
	["one has the port and one declares another", of([WEB, QUEUE]), TOLD],
	["evidence is as good as a declaration", of([deployment("web", "args: ['--port=8080']"), QUEUE]), TOLD],
	["all have it", of([WEB, deployment("queue", "ports: [{ containerPort: 8080 }]")]), []],
	["none has it", of([deployment("web", "ports: [{ containerPort: 80 }]"), QUEUE]), []],
	["one declares nothing", of([WEB, deployment("queue", "")]), []],
	[
		"one may listen anywhere",
		of([WEB, deployment("queue", "ports: [{ containerPort: 5672 }], envFrom: [{ configMapRef: { name: queue } }]")]),
		[],
	],
	["one only", of([WEB]), []],
	[
		"a name is another rule's",
		of([deployment("web", "ports: [{ name: http, containerPort: 8080 }]"), QUEUE], "{ port: 80, targetPort: http }"),
		[],
	],
	["a headless Service leads to no port", of([WEB, QUEUE], undefined, "clusterIP: None, "), []],
	["one that may be selected or not", of([WEB, QUEUE, deployment("x", "", "app: '${APP}'")]), []],
] as const) {
	test(`service-selects-several-workloads: ${title}`, () => assert.deepEqual(found, wanted));
}

test("service-selects-several-workloads: the versions of one workload in several files are one", () => {
	const service =
		"apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }\n";
	const other = QUEUE.replaceAll("name: queue", "name: web");
	assert.deepEqual(said(serviceSelectsSeveralWorkloads, `#- service.yaml\n${service}#- a.yaml\n${WEB}#- b.yaml\n${other}`), []);
});
