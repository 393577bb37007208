import assert from "node:assert/strict";
import { test } from "node:test";
import { type Listening, listens } from "../../server/src/evidence/listening.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { textAt } from "../../server/src/text/source.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** What is known about the one workload of a text. */
function ask(text: string, number: number, protocol = "TCP"): Listening {
	const [unit] = allUnits(snapshotOf(cutFiles(text)));
	assert.ok(unit);
	const [workload] = linksOf(unit).workloads;
	assert.ok(workload);
	return listens({ unit, settings: DEFAULT_SETTINGS }, workload, number, protocol);
}

const pod = (containers: string, spec = "") => `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  ${spec}
  containers: ${containers}
`;

test("a declared port is told with its container", () => {
	const found = ask(pod("[{ name: app, ports: [{ containerPort: 80 }] }, { name: proxy, ports: [{ containerPort: 8080 }] }]"), 8080);
	assert.ok(found.verdict === "declared");
	assert.equal(found.container.name?.value, "proxy");
});

for (const [title, container, source, place] of [
	["a probe", "livenessProbe: { httpGet: { port: 8080 } }", "handler", "8080"],
	["an argument", 'args: ["--port=8080"]', "arguments", '"--port=8080"'],
	["a command", 'command: ["serve", ":8080"]', "arguments", '":8080"'],
	["a variable", 'env: [{ name: PORT, value: "8080" }]', "environment", '"8080"'],
] as const) {
	test(`evidence from ${title} has its place`, () => {
		const found = ask(pod(`[{ name: app, ports: [{ containerPort: 80 }], ${container} }]`), 8080);
		assert.ok(found.verdict === "evidence");
		assert.deepEqual([found.source, textAt(found.at)], [source, place]);
	});
}

test("the annotation that tells where metrics are is evidence", () => {
	const text = pod("[{ name: app }]").replace(
		"name: web",
		'name: web, annotations: { prometheus.io/port: "9102", checksum/config: "9103" }',
	);
	assert.equal(ask(text, 9102).verdict, "evidence");
	assert.equal(ask(text, 9103).verdict, "none");
});

test("evidence comes before doubt, and a declaration before both", () => {
	const text = pod(
		"[{ name: app, args: [--verbose], envFrom: [{ configMapRef: { name: a } }], ports: [{ containerPort: 80 }], livenessProbe: { tcpSocket: { port: 81 } } }]",
	);
	assert.deepEqual(
		[80, 81, 82].map((number) => ask(text, number).verdict),
		["declared", "evidence", "anywhere"],
	);
});

test("a doubt says why, and where it comes from", () => {
	const found = ask(pod('[{ name: app, args: ["--verbose"] }]'), 8080);
	assert.ok(found.verdict === "anywhere" && found.at);
	assert.deepEqual([found.why, textAt(found.at)], ["the command line of container app does not say where it listens", '"--verbose"']);
});

test("a container that says nothing listens nowhere else", () => {
	assert.equal(ask(pod("[{ name: app, image: registry.example.com/app:1 }]"), 8080).verdict, "none");
});

test("containers share one network: what another container tells counts", () => {
	const spec = "initContainers: [{ name: proxy, restartPolicy: Always, args: [--listen=:8080] }, { name: setup, args: [--listen=:9090] }]";
	const text = pod("[{ name: app, ports: [{ containerPort: 80 }] }]", spec);
	assert.deepEqual(
		[8080, 9090].map((number) => ask(text, number).verdict),
		["evidence", "none"],
	);
});

for (const [title, rest, why] of [
	["the arguments are a text", 'args: "--verbose"', "args of container app cannot be read"],
	["the command is a text", "command: serve", "command of container app cannot be read"],
	["an argument is a map", "args: [{ a: b }, --port=80]", "args of container app cannot be read"],
	["the variables are a map", 'env: { PORT: "8080" }', "env of container app cannot be read"],
	["envFrom is a map", "envFrom: { configMapRef: { name: a } }", "envFrom of container app cannot be read"],
	["the mounts are a text", "volumeMounts: config", "volumeMounts of container app cannot be read"],
	["a probe is a text", "livenessProbe: tcp", "livenessProbe of container app cannot be read"],
	[
		"a variable refers to one that the container does not have",
		"env: [{ name: X, value: $(Y) }]",
		"the variable X of container app may say where it listens",
	],
	[
		"a configuration file is not read",
		"args: [--port=80, --config=/etc/app.yaml]",
		"the configuration file /etc/app.yaml of container app may say where it listens",
	],
	[
		"a configuration file is not read, named by a word of its own",
		"args: [--port, '80', -c, /etc/app.conf]",
		"the configuration file /etc/app.conf of container app may say where it listens",
	],
] as const) {
	test(`a process may listen anywhere where ${title}`, () => {
		const found = ask(pod(`[{ name: app, image: registry.example.com/app:1, ${rest} }]`), 9090);
		assert.ok(found.verdict === "anywhere", found.verdict);
		assert.equal(found.why, why);
	});
}

for (const [title, rest] of [
	["a variable of the container", "env: [{ name: NAME, value: z }, { name: X, value: $(NAME) }]"],
	["a field of the Pod", "env: [{ name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }, { name: X, value: a$(IP) }]"],
	["a null instead of a list", "args: null, command: [serve, --port=80], env: ~"],
	["credentials for a cluster", "args: [--port=80, --kubeconfig=/etc/kubeconfig]"],
	["a shell's command", "command: [sh, -c, serve --port=80]"],
] as const) {
	test(`${title} is no doubt`, () => {
		assert.equal(ask(pod(`[{ name: app, image: registry.example.com/app:1, ${rest} }]`), 9090).verdict, "none");
	});
}

test("a template that is a text has unknown containers", () => {
	assert.equal(
		ask("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: '${X}' } } }", 80).verdict,
		"anywhere",
	);
});
