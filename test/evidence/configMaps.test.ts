import assert from "node:assert/strict";
import { test } from "node:test";
import { listens } from "../../server/src/evidence/listening.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { textAt } from "../../server/src/text/source.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** What is known about the one workload of a text: the source of the evidence and its characters, or the verdict. */
function ask(text: string, number: number): readonly string[] {
	const [unit] = allUnits(snapshotOf(cutFiles(text)));
	assert.ok(unit);
	const [workload] = linksOf(unit).workloads;
	assert.ok(workload);
	const found = listens({ unit, settings: DEFAULT_SETTINGS }, workload, number, "TCP");
	return found.verdict === "evidence" ? [found.source, textAt(found.at)] : [found.verdict];
}

const pod = (container: string, volumes = "[]", name = "web") => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  containers: [{ name: app, ${container} }]
  volumes: ${volumes}
`;

const configMap = (data: string, metadata = "name: settings") => `---
apiVersion: v1
kind: ConfigMap
metadata: { ${metadata} }
data: ${data}
`;

const MOUNT = "volumeMounts: [{ name: v, mountPath: /etc/app }]";
const VOLUME = "[{ name: v, configMap: { name: settings } }]";
const PROJECTED = "[{ name: v, projected: { sources: [{ configMap: { name: settings } }] } }]";
const CONF = '{ app.conf: "listen 8080;", note: x }';

for (const [title, container, volumes] of [
	["a mounted ConfigMap", MOUNT, VOLUME],
	["a projected one", MOUNT, PROJECTED],
	["envFrom", "envFrom: [{ configMapRef: { name: settings } }]", "[]"],
	["a variable's configMapKeyRef", "env: [{ name: X, valueFrom: { configMapKeyRef: { name: settings, key: app.conf } } }]", "[]"],
] as const) {
	test(`${title} tells where its container listens`, () => {
		assert.deepEqual(ask(pod(container, volumes) + configMap(CONF), 8080), ["configMap", '"listen 8080;"']);
		assert.deepEqual(ask(pod(container, volumes) + configMap(CONF), 9090), ["none"]);
	});

	test(`${title} that is not in the unit may say anything`, () => {
		assert.deepEqual(ask(pod(container, volumes) + configMap(CONF, "name: other"), 8080), ["anywhere"]);
		assert.deepEqual(ask(pod(container, volumes) + configMap(CONF, "name: settings, namespace: shop"), 8080), ["anywhere"]);
	});
}

test("a variable takes one key only", () => {
	const one = (key: string) => `env: [{ name: X, valueFrom: { configMapKeyRef: { name: settings, key: ${key} } } }]`;
	const data = '{ PORT: "8080", OTHER_PORT: "9090" }';
	assert.deepEqual(ask(pod(one("OTHER_PORT")) + configMap(data), 8080), ["none"]);
	assert.deepEqual(ask(pod(one("PORT")) + configMap(data), 8080), ["configMap", '"8080"']);
});

test("a ConfigMap that names no port leaves open where the process listens", () => {
	assert.deepEqual(ask(pod(MOUNT, VOLUME) + configMap('{ logging: "level: debug, keep: 1000" }'), 8080), ["anywhere"]);
});

test("a ConfigMap that names a declared port tells", () => {
	const text = pod(`ports: [{ containerPort: 3000 }], ${MOUNT}`, VOLUME) + configMap('{ app: "at :3000" }');
	assert.deepEqual(ask(text, 8080), ["none"]);
});

test("a ConfigMap that no container of the Pod uses tells nothing", () => {
	assert.deepEqual(ask(pod("env: []", VOLUME) + configMap(CONF), 8080), ["none"]);
});

for (const [title, data] of [
	["a value that is filled in later", '{ app.conf: "listen ${PORT};" }'],
	["a template", '{ app.conf: "port = {{ port }}" }'],
	["a file that takes in others", '{ app.conf: "include conf.d/*.conf;" }'],
	["a placeholder for all of it", "${DATA}"],
] as const) {
	test(`${title} leaves the port open`, () => {
		assert.deepEqual(ask(pod(MOUNT, VOLUME) + configMap(data), 8080), ["anywhere"]);
	});
}

test("bytes cannot be read", () => {
	assert.deepEqual(ask(`${pod(MOUNT, VOLUME)}${configMap("{}")}binaryData: { a: AAEC }\n`, 8080), ["anywhere"]);
});

test("a Secret beside it is not read", () => {
	const volumes = "[{ name: v, projected: { sources: [{ configMap: { name: settings } }, { secret: { name: s } }] } }]";
	assert.deepEqual(ask(pod(MOUNT, volumes) + configMap("{ a: b }"), 8080), ["anywhere"]);
});

test("a ConfigMap in another file of the folder counts", () => {
	assert.deepEqual(ask(`#- pod.yaml\n${pod(MOUNT, VOLUME)}\n#- config.yaml\n${configMap(CONF)}`, 8080), ["configMap", '"listen 8080;"']);
});
