import assert from "node:assert/strict";
import { test } from "node:test";
import { invalidProbe } from "../../server/src/rules/invalid-probe.ts";
import { textAt } from "../../server/src/text/source.ts";
import { check, findingsOf } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";
import { snapshotOf } from "../support/workspace.ts";

check(
	invalidProbe,
	"it stands on the key of what is too much or lacks something",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: setup
      image: a
      livenessProbe: { httpGet: { port: 80 } }
#     ^^^^^^^^^^^^^ error: Init container setup has a livenessProbe, which needs restartPolicy: Always
    - name: proxy
      image: a
      restartPolicy: Always
      livenessProbe: { httpGet: { port: 80 } }
  containers:
    - name: web
      image: a
      livenessProbe: { tcpSocket: { port: 80 }, httpGet: { port: 80 } }
#                      ^^^^^^^^^ error: livenessProbe of container web has httpGet and tcpSocket, and may have only one of them
      readinessProbe: { periodSeconds: 5 }
#     ^^^^^^^^^^^^^^ error: readinessProbe of container web has none of exec, httpGet, tcpSocket and grpc
`,
	{ only: true },
);

function of(fields: string, shape: Parameters<typeof workload>[1] = {}): readonly string[] {
	return said(invalidProbe, workload([fields], shape)).map((each) =>
		each.replace(/ of container a\b/, "").replace(/^error, refuses: /, ""),
	);
}

const NONE = (probe: string) => [`${probe} has none of exec, httpGet, tcpSocket and grpc`];

for (const [title, found, wanted] of [
	["an empty probe", of("livenessProbe: {}"), NONE("livenessProbe")],
	["a handler that is null is none", of("livenessProbe: { httpGet: }"), NONE("livenessProbe")],
	["a handler that is null beside one", of("livenessProbe: { httpGet: , tcpSocket: { port: 80 } }"), []],
	["a probe that is null is none", of("livenessProbe:"), []],
	[
		"three handlers: the second that Kubernetes counts",
		of("livenessProbe: { grpc: { port: 1 }, exec: { command: [a] }, httpGet: { port: 80 } }"),
		["livenessProbe has exec, httpGet and grpc, and may have only one of them"],
	],
	["an empty hook", of("lifecycle: { postStart: {} }"), ["postStart has none of exec, httpGet, tcpSocket and sleep"]],
	["a hook that sleeps", of("lifecycle: { preStop: { sleep: { seconds: 1 } } }"), []],
	["no hook", of("lifecycle: { preStop: , postStart: }"), []],
	["a command without words", of("livenessProbe: { exec: { command: [] } }"), ["exec of livenessProbe has no command"]],
	["no command", of("lifecycle: { preStop: { exec: {} } }"), ["exec of preStop has no command"]],
	["a gRPC port", of("livenessProbe: { grpc: { port: 9000 } }"), []],
	[
		"a gRPC port by name",
		of("livenessProbe: { grpc: { port: grpc } }"),
		["grpc of livenessProbe needs the number of its port, and grpc is a name"],
	],
	["no gRPC port", of("livenessProbe: { grpc: { service: a } }"), ["grpc of livenessProbe has no port"]],
	["a null gRPC port", of("livenessProbe: { grpc: { port: ~ } }"), ["grpc of livenessProbe has no port"]],
	["a gRPC port in quotes is a matter of numbers", of("livenessProbe: { grpc: { port: '9000' } }"), []],
	[
		"success twice",
		of("livenessProbe: { grpc: { port: 1 }, successThreshold: 2 }"),
		["successThreshold of livenessProbe is 2, and must be 1"],
	],
	["readiness may need success twice", of("readinessProbe: { grpc: { port: 1 }, successThreshold: 2 }"), []],
	[
		"a negative threshold",
		of("readinessProbe: { grpc: { port: 1 }, successThreshold: -1 }"),
		["successThreshold of readinessProbe is -1, and must be above 0"],
	],
	["the default threshold", of("startupProbe: { grpc: { port: 1 }, successThreshold: 0 }"), []],
	["a placeholder for a probe", of("livenessProbe: '${PROBE}'"), []],
	["a placeholder for a handler", of("livenessProbe: { httpGet: '${GET}', tcpSocket: { port: 80 } }"), []],
	[
		"an init container's hook",
		of("", { init: ["lifecycle: {}"] }),
		["Init container ia has a lifecycle, which needs restartPolicy: Always"],
	],
	["an init container's null", of("", { init: ["lifecycle: , readinessProbe: ~"] }), []],
	["an init container whose policy is a placeholder", of("", { init: ["restartPolicy: '${POLICY}', livenessProbe: {}"] }), []],
	[
		"a sidecar is judged like a container",
		of("", { init: ["restartPolicy: Always, livenessProbe: {}"] }),
		["livenessProbe of container ia has none of exec, httpGet, tcpSocket and grpc"],
	],
	["in a CronJob", of("livenessProbe: {}", { kind: "CronJob" }), NONE("livenessProbe")],
] as const) {
	test(`invalid-probe: ${title}`, () => assert.deepEqual(found, wanted));
}

test("invalid-probe: a misspelt handler is one finding, at the key that is wrong", () => {
	const text = workload(["livenessProbe: { httpget: { port: 80 } }"]);
	const found = findingsOf(snapshotOf(new Map([["web.yaml", text]])));
	assert.deepEqual(
		found.map(({ at, kubernetes }) => [textAt(at), kubernetes]),
		[["httpget", "refuses"]],
	);
});

test("invalid-probe: a patch may name a probe without its handler, and not with two", () => {
	const patch = workload(["livenessProbe: { periodSeconds: 5 }"], { kind: "Deployment" }).replace(
		", image: registry.example.com/app:1.0",
		"",
	);
	assert.deepEqual(said(invalidProbe, patch), []);
	assert.equal(said(invalidProbe, patch.replace("periodSeconds: 5", "exec: { command: [a] }, grpc: { port: 1 }")).length, 1);
});
