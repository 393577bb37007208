import assert from "node:assert/strict";
import { test } from "node:test";
import { headlessMissingPort } from "../../server/src/rules/headless-missing-port.ts";
import { said, workload } from "../support/said.ts";

function of(
	port: string,
	workloads: readonly string[],
	spec = "clusterIP: None",
	version?: { from: number; to: number },
): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ${spec}, selector: { app: web }, ports: [{ ${port} }] }\n`;
	return said(headlessMissingPort, [service, ...workloads].join("---\n"), version ? { version } : {});
}

const LACKS = workload(["ports: [{ name: postgres, containerPort: 5432 }]"], { kind: "StatefulSet" });
const HAS = workload(["ports: [{ name: sql, containerPort: 5432 }]"], { kind: "Deployment" });
const TOLD = [
	"warning: targetPort sql is not a port of StatefulSet web (its container a declares 5432 as postgres), so only the addresses resolve",
];
const SQL = "port: 5432, targetPort: sql";

for (const [title, found, wanted] of [
	["a name that no Pod has", of(SQL, [LACKS]), TOLD],
	["one of two has it", of(SQL, [LACKS, HAS]), []],
	["a number needs nothing", of("port: 5432", [LACKS]), []],
	["the Service's own port name looks for nothing", of("name: sql, port: 5432", [LACKS]), []],
	["no Pod is selected", of(SQL, []), []],
	["a Service that is not headless is another rule's", of(SQL, [LACKS], "type: ClusterIP"), []],
	["none in lower case is not headless", of(SQL, [LACKS], "clusterIP: none"), []],
	["an ExternalName has no Pods", of(SQL, [LACKS], "type: ExternalName, externalName: a.example, clusterIP: None"), []],
	[
		"a sidecar has it, which some versions find",
		of(SQL, [workload([""], { init: ["restartPolicy: Always, ports: [{ name: sql, containerPort: 5432 }]"] })], undefined, {
			from: 32,
			to: 36,
		}),
		[],
	],
] as const) {
	test(`headless-missing-port: ${title}`, () => assert.deepEqual(found, wanted));
}
