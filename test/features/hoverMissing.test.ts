import assert from "node:assert/strict";
import { test } from "node:test";
import { type HoverOptions, hover } from "../../server/src/features/hover.ts";
import { snapshotOf } from "../support/workspace.ts";

const service = (metadata: string, spec: string) => `apiVersion: v1\nkind: Service\nmetadata: ${metadata}\nspec: ${spec}\n`;
const deployment = (metadata: string, container: string) => `apiVersion: apps/v1
kind: Deployment
metadata: ${metadata}
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [${container}] }
`;

/** The first line of the hover at a text, without its marks. */
function title(text: string, on: string): string | undefined {
	const options: HoverOptions = { format: "plain", findings: () => [] };
	const found = hover(snapshotOf(new Map([["manifest.yaml", text]])), "/ws/manifest.yaml", text.indexOf(on), options);
	return found?.contents.split("\n")[0];
}

const WEB = deployment("{ name: web }", "{ name: app, ports: [{ name: http, containerPort: 8080 }] }");

const cases: { what: string; text: string; on: string; says: string }[] = [
	{
		what: "a Service without a name",
		text: service("{}", "{ selector: { app: web }, ports: [{ port: 80 }] }"),
		on: "Service",
		says: "Service default/<none> · ClusterIP → no Pod that is known here",
	},
	{
		what: "a Service whose name is empty",
		text: service("{ name: ~ }", "{ selector: { app: web }, ports: [{ port: 80 }] }"),
		on: "Service",
		says: "Service default/<none> · ClusterIP → no Pod that is known here",
	},
	{
		what: "a Service whose name is generated",
		text: service("{ generateName: web- }", "{ selector: { app: web }, ports: [{ port: 80 }] }"),
		on: "Service",
		says: "Service default/web-<generated> · ClusterIP → no Pod that is known here",
	},
	{
		what: "an external name that is missing",
		text: service("{ name: web }", "{ type: ExternalName }"),
		on: "Service",
		says: "Service default/web · ExternalName → <none>",
	},
	{
		what: "a type that is a map",
		text: service("{ name: web }", "{ type: { a: b }, ports: [{ port: 80 }] }"),
		on: "Service",
		says: "Service default/web · {...} → no Pod that is known here",
	},
	{
		what: "a port that is a list",
		text: `${service("{ name: web }", "{ selector: { app: web }, ports: [{ port: [80] }] }")}---\n${WEB}`,
		on: "port: [80]",
		says: "Port [...] of Service default/web · ClusterIP → Deployment web (1 Pod)",
	},
	{
		what: "a workload and a container without names",
		text: deployment("{}", "{ ports: [{ containerPort: 8080 }] }"),
		on: "containerPort",
		says: "Container port 8080 of a container without a name · Deployment without a name (1 Pod)",
	},
	{
		what: "a workload without a name",
		text: deployment("{}", "{ name: app }"),
		on: "Deployment",
		says: "Deployment default/<none> · 1 Pod ← no Service here",
	},
];
for (const { what, text, on, says } of cases) {
	test(`a title has words for ${what}`, () => assert.equal(title(text, on), says));
}

const STRANGE = ["~", "", "[]", "{}", "[a]", "{ a: b }", "0", "true", '""', "{{ .Values.x }}"];

test("nothing that is missing or of another kind is called null, undefined, NaN or ?", () => {
	const fields = [
		"name",
		"type",
		"selector",
		"port",
		"targetPort",
		"nodePort",
		"protocol",
		"clusterIP",
		"externalName",
		"containerPort",
		"hostPort",
	];
	const whole = `${service("{ name: web, namespace: shop }", "{ type: NodePort, selector: { app: web }, clusterIP: 10.0.0.1, externalName: a.b, ports: [{ name: http, port: 80, targetPort: http, nodePort: 30080, protocol: TCP }] }")}---\n${deployment("{ name: web, namespace: shop }", "{ name: app, ports: [{ name: http, containerPort: 8080, hostPort: 9080 }] }")}`;
	const options: HoverOptions = { format: "plain", findings: () => [] };
	for (const field of fields) {
		for (const value of STRANGE) {
			const text = whole.replace(new RegExp(`\\b${field}: ([^,{}\\]]+|\\{[^}]*\\})`, "g"), `${field}: ${value}`);
			const snapshot = snapshotOf(new Map([["manifest.yaml", text]]));
			for (const on of ["Service", "Deployment", "port:", "targetPort:", "nodePort:", "containerPort:", "hostPort:"]) {
				const said = hover(snapshot, "/ws/manifest.yaml", text.indexOf(on), options)?.contents ?? "";
				assert.doesNotMatch(said, /\b(null|undefined|NaN)\b|\?|\[object/, `${field}: ${value}, hover on ${on}`);
			}
		}
	}
});
