import assert from "node:assert/strict";
import { test } from "node:test";
import { probePortNotFound } from "../../server/src/rules/probe-port-not-found.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

function pod(port: string, carets = ""): string {
	return `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      ports:
        - { name: metrics, containerPort: 9090 }
        - { name: http, containerPort: 8080 }
        - containerPort: 8443
      livenessProbe:
        httpGet: { path: /, port: ${port} }
${carets}`;
}

for (const [title, port] of [
	["Ask for port http", "http"],
	["Ask for port metrics", "metrics"],
	["Ask for port 8443", "8443"],
] as const) {
	check(
		probePortNotFound,
		`the nearest name comes first, then numbers without one: ${title}`,
		pod(
			"htpt",
			"#                                 ^^^^ error: livenessProbe asks for the port htpt of container web, but it declares metrics, http and 8443\n",
		),
		{ fix: { title, gives: pod(port) } },
	);
}

check(
	probePortNotFound,
	"a probe never leaves its container, and neither does a hook",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: proxy
      image: a
      restartPolicy: Always
      ports: [{ name: http, containerPort: 8080 }]
      startupProbe: { tcpSocket: { port: http } }
  containers:
    - name: web
      image: a
      readinessProbe: { tcpSocket: { port: http } }
#                                          ^^^^ error: readinessProbe asks for the port http of container web, but only container proxy has it
      lifecycle: { preStop: { httpGet: { port: stop } } }
#                                              ^^^^ error: preStop asks for the port stop of container web, but it declares none
`,
);

const LACKS = ["error: livenessProbe asks for the port http of container a, but it declares none"];
const PROBE = "livenessProbe: { httpGet: { port: http } }";

for (const [title, containers, shape, wanted] of [
	["the name is enough, whatever the protocol", [`ports: [{ name: http, containerPort: 80, protocol: UDP }], ${PROBE}`], {}, []],
	["a number needs no declaration", ["livenessProbe: { httpGet: { port: 8080 } }"], {}, []],
	[
		"a name that is refused is refused for itself",
		[
			"livenessProbe: { httpGet: { port: 'HTTP' } }, readinessProbe: { tcpSocket: { port: '80' } }, startupProbe: { httpGet: { port: '' } }",
		],
		{},
		[],
	],
	["a placeholder may be any", ["livenessProbe: { httpGet: { port: '${PORT}' } }"], {}, []],
	["a port's name may be it", [`ports: [{ name: '\${NAME}', containerPort: 80 }], ${PROBE}`], {}, []],
	[
		"a number or a protocol of another port that is refused",
		[`ports: [{ name: web, containerPort: "80", protocol: tcp }], ${PROBE}`],
		{},
		[LACKS[0]?.replace("none", "web")],
	],
	[
		"a preStop hook's beside other faults",
		[`ports: [{ name: web, containerPort: 80800 }], lifecycle: { preStop: { httpGet: { port: http } } }`],
		{},
		["error: preStop asks for the port http of container a, but it declares web"],
	],
	["ports that are not written out", [`ports: '\${PORTS}', ${PROBE}`], {}, []],
	["grpc has numbers only", ["livenessProbe: { grpc: { port: http } }"], {}, []],
	["a probe on an init container that ends is refused for itself", [""], { init: [PROBE] }, []],
	["in a template", [PROBE], { kind: "Deployment" }, LACKS],
	["a CronJob's", [PROBE], { kind: "CronJob" }, LACKS],
] as const) {
	test(`probe-port-not-found: ${title}`, () => assert.deepEqual(said(probePortNotFound, workload(containers, shape)), wanted));
}

test("probe-port-not-found: silent where a patch or an operator may add the port", () => {
	const text = workload([PROBE], { kind: "Deployment" });
	assert.deepEqual(
		said(probePortNotFound, `#- kustomization.yaml\nresources: [web.yaml]\npatches: [{ path: p.yaml }]\n#- web.yaml\n${text}`),
		[],
	);
	assert.deepEqual(said(probePortNotFound, text.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout")), []);
});

check(
	probePortNotFound,
	"what is no port is not offered",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      ports: [{ name: HTTP_PORT, containerPort: 80 }, { containerPort: 0 }, { containerPort: 8443 }]
      livenessProbe:
        httpGet: { path: /, port: http }
#                                 ^^^^ error: livenessProbe asks for the port http of container web, but it declares HTTP_PORT, 0 and 8443
`,
	{ only: true, fixes: ["Ask for port 8443"] },
);

check(
	probePortNotFound,
	"a port is offered once, and none of UDP",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      ports: [{ containerPort: 80 }, { containerPort: 80, protocol: UDP }, { name: http3, containerPort: 81, protocol: UDP }]
      livenessProbe:
        httpGet: { path: /, port: http }
#                                 ^^^^ error: livenessProbe asks for the port http of container web, but it declares 80, 80 and http3
`,
	{ only: true, fixes: ["Ask for port 80"] },
);
