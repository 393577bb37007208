import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsIn } from "../../server/src/features/findings.ts";
import { overviewOf } from "../../server/src/features/overview.ts";
import { anyManifests, statusOf } from "../../server/src/features/status.ts";
import { type Snapshot, withFolders } from "../../server/src/links/snapshot.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const application = (name: string, namespace: string, port: number) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name} }
spec:
  destination: { namespace: ${namespace} }
  source:
    repoURL: https://git.example.com/team/ws.git
    path: chart
    helm: { parameters: [{ name: port, value: "${port}" }] }
`;

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example.com/web:1, ports: [{ containerPort: 80 }] }] }
`;

const service = (target: string) => `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${target} }] }
`;

const CHART = `#- chart/Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- chart/values.yaml
port: 8081
#- chart/templates/all.yaml
${service("{{ .Values.port }}")}---
${WORKLOAD}`;

const said = (snapshot: Snapshot, name: string) =>
	findingsIn(snapshot, `/ws/${name}`, () => {}).map(({ rule, message }) => `${rule}: ${message}`);

test("a finding follows the edits of the manifest that deploys", () => {
	const snapshot = snapshotOf(cutFiles(`#- apps/web.yaml\n${application("web", "prod", 8080)}${CHART}`));
	const wrong = "target-port-not-declared: targetPort 8080 is not a port of Deployment web (its container web declares 80)";
	assert.deepEqual(said(snapshot, "apps/web.yaml"), [wrong]);
	const file = openFile("/ws/apps/web.yaml", application("web", "prod", 80));
	const mended = withFolders(snapshot, new Map([["/ws/apps", { path: "/ws/apps", files: new Map([[file.uri, file]]), skipped: [] }]]));
	assert.deepEqual(said(mended, "apps/web.yaml"), []);
	const gone = withFolders(mended, new Map([["/ws/apps", undefined]]));
	assert.deepEqual(said(gone, "chart/values.yaml"), [wrong.replace("8080", "8081")]);
});

test("what two Applications in one file say of their own values names neither, and is said once for each", () => {
	const files = `#- apps/all.yaml\n${application("a", "one", 8080)}---\n${application("b", "two", 8081)}---\n${application("c", "three", 80)}${CHART}`;
	const messages = said(snapshotOf(cutFiles(files)), "apps/all.yaml");
	assert.deepEqual(
		messages.map((message) => [/targetPort (\d+)/.exec(message)?.[1], message.includes("only in")]),
		[
			["8080", false],
			["8081", false],
		],
	);
});

test("the status of a file names what deploys it", () => {
	const one = snapshotOf(cutFiles(`#- apps/web.yaml\n${application("web", "prod", 80)}${CHART}`));
	assert.deepEqual(
		["apps/web.yaml", "chart/templates/all.yaml"].map((name) => statusOf(one, `/ws/${name}`)?.text),
		["unit Application web; complete", "unit Application web; complete"],
	);
	const two = snapshotOf(cutFiles(`#- apps/all.yaml\n${application("a", "one", 80)}---\n${application("b", "two", 80)}${CHART}`));
	assert.deepEqual(
		["apps/all.yaml", "chart/templates/all.yaml"].map((name) => statusOf(two, `/ws/${name}`)?.text),
		["unit Application a; deploys 2 units; complete", "unit Application a; complete"],
	);
});

const SKAFFOLD = "apiVersion: skaffold/v4beta11\nkind: Config\nmanifests: { rawYaml: [k8s/*] }\n";

test("manifests that a tool deploys are counted, and make a workspace one that holds some", () => {
	const snapshot = snapshotOf(cutFiles(`#- skaffold.yaml\n${SKAFFOLD}#- k8s/web.yaml\n${service("80")}---\n${WORKLOAD}`));
	assert.equal(overviewOf(snapshot).objects, 2);
	assert.equal(anyManifests(snapshot), true);
});

test("Pods that another tool deploys elsewhere may be those that a Service means", () => {
	const plain = (name: string) =>
		application(name, "prod", 0)
			.replace("path: chart", `path: ${name}/deploy`)
			.replace(/ {4}helm: .*\n/, "");
	const near = WORKLOAD.replaceAll("web", "wbe");
	const files = (other: string) =>
		`#- apps/a.yaml\n${plain("a")}#- apps/b.yaml\n${plain("b")}#- a/deploy/web.yaml\n${service("80")}---\n${near}#- ${other}/web.yaml\n${WORKLOAD}`;
	assert.deepEqual(said(snapshotOf(cutFiles(files("b/deploy"))), "a/deploy/web.yaml"), []);
	assert.equal(said(snapshotOf(cutFiles(files("c/other"))), "a/deploy/web.yaml").length, 1);
});
