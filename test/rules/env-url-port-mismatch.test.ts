import assert from "node:assert/strict";
import { test } from "node:test";
import { envUrlPortMismatch } from "../../server/src/rules/env-url-port-mismatch.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

function service(spec = "ports: [{ port: 80, targetPort: 8080 }]", metadata = "name: api"): string {
	return `#- api.yaml
apiVersion: v1
kind: Service
metadata: { ${metadata} }
spec: { selector: { app: api }, ${spec} }
`;
}

check(
	envUrlPortMismatch,
	"it stands on the digits, wherever they are written",
	`
${service()}#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      command: [sh, -c, "curl http://api:8080/a https://api:8080/b http://api/c"]
#                                        ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
#                                                           ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
      args: ["--backend=api.default:8080"]
#                                   ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
      env:
        - name: API
          value: http://user:secret@api.default.svc.cluster.local:8080
#                                                                 ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
#- zconfig.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data:
  nginx.conf: |
    location / { proxy_pass http://api:8080; }
#                                      ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
    # proxy_pass http://api:9090;
`,
	{
		fix: {
			title: "Use port 80",
			gives: `
#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      command: [sh, -c, "curl http://api:80/a https://api:8080/b http://api/c"]
      args: ["--backend=api.default:8080"]
      env:
        - name: API
          value: http://user:secret@api.default.svc.cluster.local:8080
`,
		},
	},
);

const TARGET = ["warning: Service api has no port 8080: that is the port of its Pods, and it has 80"];
const OTHER = ["hint: Service api has no port 9090: that is none of its ports, and it has 80"];

function of(value: string, api = service(), namespace?: string): readonly string[] {
	const text = workload([`env: [{ name: X, value: '${value}' }]`], namespace ? { namespace } : {});
	return said(envUrlPortMismatch, `${api}#- web.yaml\n${text}`);
}

const BACKEND = `#- pod.yaml
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api } }
spec: { containers: [{ name: a, image: a, ports: [{ name: http, containerPort: 8080 }] }] }
`;

for (const [title, found, wanted] of [
	["the port", of("http://api:80/"), []],
	["no port", of("http://api/"), []],
	["the target port behind a name", of("http://api:8080/", service("ports: [{ port: 80, targetPort: http }]") + BACKEND), TARGET],
	["another number", of("http://api:9090/"), OTHER],
	[
		"its node port",
		of("http://api:30080/", service("type: NodePort, ports: [{ port: 80, nodePort: 30080 }]")),
		["hint: Service api has no port 30080: that is its node port, and it has 80"],
	],
	["a value that is a host and its target port", of("api:8080"), TARGET],
	["a value that may be an image and its tag", of("api:9090"), []],
	[
		"the target port is a port of another entry",
		of("http://api:8080/", service("ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 8080 }]")),
		[],
	],
	[
		"a headless Service is dialled at any port of its Pods",
		of("http://api:8080/", service("clusterIP: None, ports: [{ port: 80, targetPort: 81 }]") + BACKEND),
		[],
	],
	[
		"a headless Service whose Pods have other ports",
		of("http://api:9090/", service("clusterIP: None, ports: [{ port: 80, targetPort: 8080 }]") + BACKEND),
		OTHER,
	],
	[
		"a headless Service is dialled at its Pods",
		of("http://api:8080/", service("clusterIP: None, ports: [{ port: 80, targetPort: 8080 }]")),
		[],
	],
	[
		"an external name leads elsewhere",
		of("http://api:8080/", service("type: ExternalName, externalName: example.com, ports: [{ port: 80 }]")),
		[],
	],
	["a Service without ports", of("http://api:8080/", service("clusterIP: None")), []],
	["a port that cannot be read", of("http://api:8080/", service("ports: [{ port: '${PORT}' }]")), []],
	["another host with that first label", of("http://api.example.com:8080/"), []],
	["a Pod of a Service", of("http://web-0.api:8080/"), []],
	["a longer name", of("http://my-api:8080/ http://api-2:8080/ http://apis:8080/"), []],
	["a placeholder behind the host", of("http://api:${PORT}/ http://$(HOST):8080/ http://api$X:8080"), []],
	["another written namespace", of("http://api:8080", service(undefined, "name: api, namespace: shop"), "web"), []],
	["a namespace on one side only", of("http://api:8080", service(undefined, "name: api, namespace: shop")), []],
	["the namespace in the name", of("http://api.shop:8080", service(undefined, "name: api, namespace: shop"), "web"), TARGET],
	["the default namespace in the name", of("http://api.default.svc:8080", service(), "web"), TARGET],
	[
		"a Service of two versions",
		of("http://api:8080", service() + service("ports: [{ port: 8080 }]").replace("#- api.yaml", "#- api-2.yaml")),
		[],
	],
] as const) {
	test(`env-url-port-mismatch: ${title}`, () => assert.deepEqual(found, wanted));
}

check(
	envUrlPortMismatch,
	"a Service that a file has twice lacks the port both times",
	`
${service()}---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: a
      env:
        - name: API
          value: http://api:8080
#                           ^^^^ warning: Service api has no port 8080: that is the port of its Pods, and it has 80
`,
	{ only: true },
);
