import assert from "node:assert/strict";
import { test } from "node:test";
import { type Field, fieldOf, given, int32, intOrText, isPlaceholder, isUnreadable, text } from "../../server/src/model/field.ts";
import { isService, isWorkload, readManifest } from "../../server/src/model/manifest.ts";
import type { KubeObject } from "../../server/src/model/object.ts";
import { isPatchy, servingContainers } from "../../server/src/model/podTemplate.ts";
import {
	hasNodePorts,
	isExternallyAccessible,
	isHeadless,
	protocolOf,
	type Service,
	serviceType,
	targetPortOf,
} from "../../server/src/model/service.ts";
import { runsToCompletion, type Workload } from "../../server/src/model/workload.ts";
import { textAt } from "../../server/src/text/source.ts";
import { entryOf } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";

function service(spec: string): Service {
	const [object] = readManifest({ uri: "a.yaml", text: `apiVersion: v1\nkind: Service\nspec: ${spec}\n` }).objects;
	assert.ok(object && isService(object));
	return object;
}

function workload(body: string, kind = "Deployment", apiVersion = "apps/v1"): Workload {
	const [object] = readManifest({ uri: "a.yaml", text: `apiVersion: ${apiVersion}\nkind: ${kind}\n${body}\n` }).objects;
	assert.ok(object && isWorkload(object));
	return object;
}

/** Values of every type, and what reading them as text and as a 32-bit integer gives. */
const VALUES: readonly (readonly [written: string, text: Field<unknown>["state"], int32: Field<unknown>["state"]])[] = [
	["", "unset", "unset"],
	["~", "unset", "unset"],
	["web", "set", "wrong-type"],
	["''", "set", "wrong-type"],
	["'80'", "set", "wrong-type"],
	["80", "wrong-type", "set"],
	["0x50", "wrong-type", "set"],
	["80.0", "wrong-type", "set"],
	["80.5", "wrong-type", "wrong-type"],
	["2147483647", "wrong-type", "set"],
	["2147483648", "wrong-type", "wrong-type"],
	["-2147483648", "wrong-type", "set"],
	["-2147483649", "wrong-type", "wrong-type"],
	["on", "wrong-type", "wrong-type"],
	["[a]", "wrong-type", "wrong-type"],
	["{ a: 1 }", "wrong-type", "wrong-type"],
	["'${X}'", "placeholder", "placeholder"],
	["'$(X)'", "placeholder", "placeholder"],
	["$NAME", "placeholder", "placeholder"],
	["<your-node>", "placeholder", "placeholder"],
	["clean-<your node>.example", "placeholder", "placeholder"],
	["echo <b>hello</b>", "set", "wrong-type"],
	["'{{ .x }}'", "placeholder", "placeholder"],
	["{{ .x }}", "placeholder", "placeholder"],
	["5$", "set", "wrong-type"],
];

for (const [written, asText, asNumber] of VALUES) {
	test(`the field "${written}" is ${asText} as a text and ${asNumber} as a number`, () => {
		const entry = entryOf(parseSource({ uri: "a.yaml", text: `k: ${written}\n` }).root, "k");
		assert.ok(entry);
		for (const [field, state] of [
			[fieldOf(entry, text), asText],
			[fieldOf(entry, int32), asNumber],
		] as const) {
			assert.equal(field.state, state);
			assert.equal(field.value !== undefined, state === "set");
			assert.equal(textAt(field.node), written);
			assert.equal(isUnreadable(field), state === "placeholder" || state === "wrong-type");
		}
		assert.equal(isPlaceholder(entry.value), asText === "placeholder");
	});
}

const PLACES = [
	"{ metadata: X }",
	"{ metadata: { name: X, namespace: X, labels: X, annotations: X, ownerReferences: X } }",
	"{ metadata: { labels: { a: X }, annotations: { a: X }, ownerReferences: [X, { controller: X }] } }",
	"{ spec: X }",
	"{ spec: { type: X, selector: X, ports: X, clusterIP: X, clusterIPs: X, externalIPs: X, externalName: X, sessionAffinity: X } }",
	"{ spec: { selector: { a: X }, ports: [X, { name: X, port: X, targetPort: X, nodePort: X, protocol: X, appProtocol: X }], externalIPs: [X] } }",
	"{ spec: { replicas: X, selector: X, template: X, jobTemplate: X } }",
	"{ spec: { selector: { matchLabels: X, matchExpressions: X }, template: { metadata: X, spec: X }, jobTemplate: { spec: X } } }",
	"{ spec: { template: { metadata: { labels: X }, spec: { containers: X, initContainers: X, hostNetwork: X, nodeSelector: X, affinity: X } } } }",
	"{ spec: { template: { spec: { containers: [X, { name: X, image: X, ports: X, env: X, envFrom: X, command: X, args: X, lifecycle: X, livenessProbe: X }] } } } }",
	"{ spec: { template: { spec: { containers: [{ ports: [X, { name: X, containerPort: X, hostPort: X, hostIP: X, protocol: X }], env: [X, { name: X, value: X }] }] } } } }",
	"{ spec: { template: { spec: { initContainers: [{ restartPolicy: X, readinessProbe: { httpGet: X, tcpSocket: { port: X } }, lifecycle: { preStop: X } }] } } } }",
	"{ spec: { containers: X, initContainers: [X] }, status: { addresses: [X, { type: X, address: X }] }, items: X }",
	"{ items: [X], status: X }",
];

const KINDS = [
	"v1 Service",
	"v1 Pod",
	"v1 Node",
	"v1 List",
	"v1 ServiceList",
	"apps/v1 Deployment",
	"apps/v1 StatefulSet",
	"batch/v1 Job",
	"batch/v1 CronJob",
	"v1 ReplicationController",
	"v1 Endpoints",
	"example.org/v1 Custom",
];

test("no value of any type at any field keeps an object from being read", () => {
	for (const kind of KINDS) {
		const [version, name] = kind.split(" ");
		for (const shape of PLACES) {
			for (const [written] of VALUES) {
				const body = shape.replace(/\bX\b/g, written || "~").replace(/^\{|\}$/g, "");
				const source = { uri: "a.yaml", text: `{ apiVersion: ${version}, kind: ${name}, ${body} }\n` };
				const { objects, parsed } = readManifest(source);
				if (parsed) assert.equal(parsed.problems.length > 0, written.startsWith("{{"), source.text);
				if (/List|Custom/.test(kind)) continue;
				assert.equal(objects.length, 1, source.text);
				for (const object of objects) exercise(object);
			}
		}
	}
});

/** Asks every question that the model answers. */
function exercise(object: KubeObject): void {
	if (isService(object)) {
		for (const port of object.ports) [targetPortOf(port), protocolOf(port)].forEach(String);
		for (const ask of [serviceType, isHeadless, hasNodePorts, isExternallyAccessible]) ask(object);
	} else if (isWorkload(object)) {
		isPatchy(object.template);
		servingContainers(object.template).forEach(String);
		runsToCompletion(object);
	}
}

test("a target port is what is written, else the port; unreadable ones are unknown", () => {
	const target = (port: string) => {
		const [entry] = service(`{ ports: [${port}] }`).ports;
		assert.ok(entry);
		return targetPortOf(entry);
	};
	assert.equal(target("{ port: 80 }"), 80);
	assert.equal(target("{ port: 80, targetPort: 0 }"), 80);
	assert.equal(target("{ port: 80, targetPort: '' }"), 80);
	assert.equal(target("{ port: 80, targetPort: ~ }"), 80);
	assert.equal(target("{ port: 80, targetPort: 010 }"), 8);
	assert.equal(target("{ port: 80, targetPort: http }"), "http");
	assert.equal(target("{ port: 80, targetPort: '8080' }"), "8080");
	assert.equal(target("{ port: 80, targetPort: $P }"), undefined);
	assert.equal(target("{ port: 80, targetPort: on }"), undefined);
	assert.equal(target("{ targetPort: ~ }"), undefined);
});

test("a protocol is TCP where none is written", () => {
	const protocols = service(
		"{ ports: [{}, { protocol: '' }, { protocol: ~ }, { protocol: udp }, { protocol: 1 }, { protocol: $P }] }",
	).ports.map(protocolOf);
	assert.deepEqual(protocols, ["TCP", "TCP", "TCP", "udp", undefined, undefined]);
});

test("headless is exactly None, and an ExternalName is not", () => {
	assert.ok(isHeadless(service("{ clusterIP: None }")));
	assert.ok(!isHeadless(service("{ clusterIP: none }")));
	assert.ok(!isHeadless(service("{ clusterIP: ~ }")));
	assert.ok(!isHeadless(service("{ clusterIP: None, type: ExternalName }")));
	assert.ok(!isHeadless(service("{ clusterIP: None, type: $TYPE }")) === (serviceType(service("{ type: $TYPE }")) === "ExternalName"));
});

test("the type is ClusterIP where none is written, and unknown where it cannot be read", () => {
	assert.deepEqual(
		["~", "''", "NodePort", "nodeport", "1", "$T"].map((type) => serviceType(service(`{ type: ${type} }`))),
		["ClusterIP", "ClusterIP", "NodePort", "nodeport", undefined, undefined],
	);
	assert.deepEqual(
		["NodePort", "LoadBalancer", "ClusterIP", "ExternalName", "$T"].map((type) => hasNodePorts(service(`{ type: ${type} }`))),
		[true, true, false, false, false],
	);
	assert.equal(isExternallyAccessible(service("{ externalIPs: [10.0.0.1] }")), true);
	assert.equal(isExternallyAccessible(service("{ externalIPs: [] }")), false);
	assert.equal(isExternallyAccessible(service("{ type: $T }")), undefined);
});

test("zero, the empty text and null are not given", () => {
	const entries = ["0", "''", "~", "80", "web"].map((written) =>
		entryOf(parseSource({ uri: "a.yaml", text: `k: ${written}\n` }).root, "k"),
	);
	assert.deepEqual(
		entries.map((entry) => entry && given(fieldOf(entry, intOrText))),
		[undefined, undefined, undefined, 80, "web"],
	);
	assert.equal(given(undefined), undefined);
});

test("labels: null is the empty text, other types have no value, a placeholder as a key leaves the map open", () => {
	const { selector } = service("{ selector: { a: ~, b: x, c: 1, d: $D, y: v } }");
	assert.deepEqual(
		selector?.pairs.map(({ name, value, state }) => [name, value, state]),
		[
			["a", "", "set"],
			["b", "x", "set"],
			["c", undefined, "wrong-type"],
			["d", undefined, "placeholder"],
			["true", "v", "set"],
		],
	);
	assert.equal(selector?.complete, true);
	assert.equal(service("{ selector: { $KEY: v } }").selector?.complete, false);
	assert.equal(service("{ selector: [a] }").selector?.complete, false);
	assert.equal(service("{ selector: {{ .labels }} }").selector?.complete, false);
	assert.equal(service("{ selector: ~ }").selector, undefined);
	assert.equal(service("{}").selector, undefined);
});

test("every kind's Pod template is found where Kubernetes has it", () => {
	const template = "{ metadata: { labels: { app: web } }, spec: { containers: [{ name: c, ports: [{ containerPort: 80 }] }] } }";
	const found = (body: string, kind: string, version = "apps/v1") => {
		const { labels, containers } = workload(body, kind, version).template;
		return `${labels?.pairs[0]?.value} ${containers[0]?.ports[0]?.containerPort?.value}`;
	};
	for (const kind of ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"])
		assert.equal(found(`spec: { template: ${template} }`, kind), "web 80");
	assert.equal(found(`spec: { template: ${template} }`, "ReplicationController", "v1"), "web 80");
	assert.equal(found(`spec: { template: ${template} }`, "Job", "batch/v1"), "web 80");
	assert.equal(found(`spec: { jobTemplate: { spec: { template: ${template} } } }`, "CronJob", "batch/v1beta1"), "web 80");
	assert.equal(found(template.slice(2, -2).replace(", spec:", "\nspec:"), "Pod", "v1"), "web 80");
	assert.deepEqual(
		["Deployment", "Job", "CronJob"].map((kind) => runsToCompletion(workload("", kind, kind === "Deployment" ? "apps/v1" : "batch/v1"))),
		[false, true, true],
	);
});

test("sidecars serve beside regular containers and behind them, other init containers do not", () => {
	const { template } = workload(
		"spec: { template: { spec: { initContainers: [{ name: setup }, { name: proxy, restartPolicy: Always }, { name: odd, restartPolicy: always }], containers: [{ name: app, restartPolicy: Always }] } } }",
	);
	assert.deepEqual(
		servingContainers(template).map(({ name }) => name?.value),
		["app", "proxy"],
	);
	assert.deepEqual(
		template.containers.map(({ sidecar, init }) => [sidecar, init]),
		[[false, false]],
	);
});

test("probes and hooks know their ports", () => {
	const { template } = workload(
		"spec: { template: { spec: { containers: [{ livenessProbe: { httpGet: { port: http } }, readinessProbe: { tcpSocket: { port: 81 } }, startupProbe: { grpc: { port: 82 } }, lifecycle: { preStop: { httpGet: { port: 83 } }, postStart: { exec: {} } } }] } } }",
	);
	assert.deepEqual(
		template.containers[0]?.handlers.map(({ of, type, port }) => `${of} ${type} ${port?.value}`),
		["livenessProbe httpGet http", "readinessProbe tcpSocket 81", "startupProbe grpc 82", "preStop httpGet 83"],
	);
});

test("a template is patchy where containers or ports may be that are not readable", () => {
	const patchy = (spec: string) => isPatchy(workload(`spec: { template: { spec: ${spec} } }`).template);
	assert.ok(!patchy("{ containers: [{ name: a }, { ports: [{ containerPort: 80 }] }] }"));
	assert.ok(!patchy("{ containers: [{ ports: ~ }] }"));
	for (const spec of [
		"~",
		"{}",
		"{ containers: ~ }",
		"{ containers: $C }",
		"{ containers: [$C] }",
		"{ containers: [{ ports: $P }] }",
		"{ containers: [{ ports: [$P] }] }",
		"{ containers: [], initContainers: [text] }",
	]) {
		assert.ok(patchy(spec), spec);
	}
});
