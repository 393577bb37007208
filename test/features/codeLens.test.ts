import assert from "node:assert/strict";
import { test } from "node:test";
import { type Lenses, type LensOptions, lensesIn } from "../../server/src/features/codeLens.ts";
import { findingsOf } from "../../server/src/features/findings.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import type { SourceFile } from "../../server/src/text/file.ts";
import { textAt } from "../../server/src/text/source.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const onFault = (rule: string, error: unknown) => {
	throw new Error(rule, { cause: error });
};

function fileIn(snapshot: Snapshot, name: string): SourceFile {
	const file = fileOf(snapshot, `/ws/${name}`);
	assert(file);
	return file;
}

function lenses(snapshot: Snapshot, name: string, options: Partial<LensOptions> = {}): Lenses {
	const findings: LensOptions["findings"] = (unit) => findingsOf(snapshot, unit, onFault);
	const found = lensesIn(snapshot, `/ws/${name}`, { shows: "services", last: undefined, findings, ...options });
	return { file: fileIn(snapshot, name), lenses: [...found] };
}

/** The lines of a file with the lenses above them, as an editor shows them. */
function shown({ file, lenses: all }: Lenses): readonly string[] {
	return all.map(({ span, text }) => `${file.text.slice(span.start).split("\n")[0]} | ${text}`);
}

function withLenses(block: string, options: Partial<LensOptions> = {}, name = "manifest.yaml"): readonly string[] {
	return shown(lenses(snapshotOf(cutFiles(block)), name, options));
}

const service = (spec: string, name = "web") => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: web }
${spec}
`;

const deployment = (replicas: string, name = "web") => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
`;

const NODE_PORT = service("  type: NodePort\n  ports: [{ port: 80, targetPort: http, nodePort: 30080 }]");
const CLUSTER_IP = service("  ports: [{ port: 80, targetPort: http }]");
const TWICE = NODE_PORT.replace("targetPort: http", "targetPort: htp");

const cases: { title: string; block: string; shows?: LensOptions["shows"]; says: readonly string[] }[] = [
	{
		title: "a Service that is reachable from outside says where it leads",
		block: `${NODE_PORT}---\n${deployment("replicas: 3")}`,
		says: ["apiVersion: v1 | → 3 Pods · reachable at nodeIP:30080"],
	},
	{
		title: "what is wrong is counted with it",
		block: `${TWICE}---\n${deployment("replicas: 1")}`,
		says: ["apiVersion: v1 | → 1 Pod · 1 problem"],
	},
	{
		title: "a Service inside the cluster with nothing wrong has no line",
		block: `${CLUSTER_IP}---\n${deployment("replicas: 3")}`,
		says: [],
	},
	{
		title: "a Service inside the cluster has one where something is wrong",
		block: `${CLUSTER_IP.replace("http", "htp").replace("port: 80", "port: 80000")}---\n${deployment("replicas: 3")}`,
		says: ["apiVersion: v1 | → 3 Pods · 2 problems"],
	},
	{
		title: "where the number of Pods is not known, their workloads are named",
		block: `${NODE_PORT}---\n${deployment("replicas: 2").replace("Deployment", "DaemonSet").replace("replicas: 2", "minReadySeconds: 0")}`,
		says: ["apiVersion: v1 | → DaemonSet web · reachable at nodeIP:30080"],
	},
	{
		title: "without a Pod that is known, nothing is certain",
		block: NODE_PORT,
		says: ["apiVersion: v1 | → no Pod that is known here · perhaps reachable at nodeIP:30080"],
	},
	{
		title: "of many addresses the first are named",
		block: `${service("  type: NodePort\n  ports:\n    - { name: a, port: 80, nodePort: 30080 }\n    - { name: b, port: 81, nodePort: 30081 }\n    - { name: c, port: 82, nodePort: 30082 }")}---\n${deployment("replicas: 3")}`,
		says: ["apiVersion: v1 | → 3 Pods · reachable at nodeIP:30080, nodeIP:30081 and 1 more"],
	},
	{
		title: "an item of a list has its line where it begins",
		block: `apiVersion: v1\nkind: List\nitems:\n  - ${NODE_PORT.trimEnd().replaceAll("\n", "\n    ")}\n---\n${deployment("replicas: 3")}`,
		says: ["apiVersion: v1 | → 3 Pods · reachable at nodeIP:30080"],
	},
	{ title: "nothing is said when it is switched off", block: NODE_PORT, shows: "off", says: [] },
	{
		title: "workloads say who leads to them where that is switched on",
		block: `${CLUSTER_IP}---\n${deployment("replicas: 3")}---\n${deployment("replicas: 1", "other").replace("labels: { app: web }", "labels: { app: other }").replace("matchLabels: { app: web }", "matchLabels: { app: other }")}`,
		shows: "all",
		says: ["apiVersion: apps/v1 | ← Service web", "apiVersion: apps/v1 | ← no Service here"],
	},
	{
		title: "a workload is reachable by what its Services and its own host ports open",
		block: `${NODE_PORT}---\n${deployment("replicas: 1").replace("containerPort: 8080", "containerPort: 8080, hostPort: 9080")}`,
		shows: "all",
		says: [
			"apiVersion: v1 | → 1 Pod · reachable at nodeIP:30080",
			"apiVersion: apps/v1 | ← Service web · reachable at nodeIP:30080, nodeIP:9080",
		],
	},
];
for (const { title, block, shows = "services", says } of cases) {
	test(`lens: ${title}`, () => assert.deepEqual(withLenses(block, { shows }), says));
}

test("lens: what has a problem elsewhere that points at a Service is counted there too, and a conflict once", () => {
	const two = `#- a.yaml\n${NODE_PORT}#- b.yaml\n${NODE_PORT.replace("name: web", "name: api").replace("app: web", "app: api")}#- c.yaml\n${deployment("replicas: 2")}`;
	assert.deepEqual(withLenses(two, {}, "a.yaml"), ["apiVersion: v1 | → 2 Pods · reachable at nodeIP:30080 · 1 problem"]);
	assert.deepEqual(withLenses(two, {}, "b.yaml"), [
		"apiVersion: v1 | → no Pod that is known here · perhaps reachable at nodeIP:30080 · 1 problem",
	]);
});

test("lens: it leads to the names of the workloads", () => {
	const snapshot = snapshotOf(cutFiles(`#- a.yaml\n${NODE_PORT}#- b.yaml\n${deployment("replicas: 2", "web-v1")}`));
	const [lens] = lenses(snapshot, "a.yaml").lenses;
	assert.deepEqual(lens?.ends.map(textAt), ["web-v1"]);
});

const WHOLE = `${NODE_PORT}---\n${deployment("replicas: 3")}---\n${NODE_PORT.replace("name: web", "name: api").replace("30080", "30081")}`;
const [WEB, API] = [
	"apiVersion: v1 | → 3 Pods · reachable at nodeIP:30080",
	"apiVersion: v1 | → 3 Pods · reachable at nodeIP:30081",
] as const;

const broken: { title: string; text: string; says: readonly string[] }[] = [
	{ title: "above a document that does not parse", text: WHOLE.replace("type: NodePort", "type: [NodePort"), says: [WEB, API] },
	{
		title: "above the others while one of them does not parse",
		text: WHOLE.replace("replicas: 3", "replicas: 3\n  x: [ }\n  y: z"),
		says: [WEB, API],
	},
	{
		title: "where they have moved to",
		text: `# a comment\n${WHOLE.replace("nodePort: 30081 }]", "nodePort: 30081 }")}`.replace("# a comment\n", "# {\n# }\n"),
		says: [WEB, API],
	},
	{ title: "but not where their object is gone", text: `${WHOLE.slice(0, WHOLE.lastIndexOf("---\n"))}---\nx: [\n`, says: [WEB] },
	{ title: "behind what is typed where their object begins", text: `[\n${WHOLE}`, says: [WEB, API] },
	{
		title: "and what is typed beside a broken document is said afresh",
		text: WHOLE.replace("replicas: 3", "replicas: 3\n  x: [ }\n  y: z").replace("30081", "30099"),
		says: [WEB, "apiVersion: v1 | → 3 Pods · reachable at nodeIP:30099"],
	},
];
for (const { title, text, says } of broken) {
	test(`lens: the last ones stay ${title}`, () => {
		const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
		workspace.apply([{ uri: "/ws/manifest.yaml", text: WHOLE }]);
		const last = lenses(workspace.snapshot, "manifest.yaml");
		assert.deepEqual(shown(last), [WEB, API]);
		workspace.apply([{ uri: "/ws/manifest.yaml", text }]);
		assert.deepEqual(shown(lenses(workspace.snapshot, "manifest.yaml", { last })), says);
	});
}

test("lens: a file that never parsed has lines above what can be read", () => {
	const text = WHOLE.replace("type: NodePort", "type: [NodePort");
	assert.deepEqual(shown(lenses(snapshotOf(new Map([["manifest.yaml", text]])), "manifest.yaml")), [API]);
});
