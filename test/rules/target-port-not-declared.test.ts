import assert from "node:assert/strict";
import { test } from "node:test";
import { targetPortNotDeclared } from "../../server/src/rules/target-port-not-declared.ts";
import { textAt } from "../../server/src/text/source.ts";
import { check, findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** A Service with these ports, in the order of the text. */
const service = (ports: string, spec = "") => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ${spec}
  ports:
${ports}
`;

const deployment = (containers: string, more = "", podLabels = "", kind = "apiVersion: apps/v1\nkind: Deployment", name = "web") => `
${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web${podLabels} } }
    spec:
      ${more}
      containers:
${containers}
`;

const container = (rest: string) => `        - { name: app, image: registry.example.com/app:1, ${rest} }`;

const FOUND = "targetPort 80 is not a port of Deployment web (its container app declares 8081)";
const SERVICE = service("    - { port: 80, targetPort: 80 }");
const MARKED = service(`    - { port: 80, targetPort: 80 }
#                             ^^ warning: ${FOUND}`);

/** A workload that declares 8081, with more fields of its container and its Pods. */
const declares8081 = (rest = "env: []", more = "", podLabels = "", kind?: string) =>
	deployment(container(`ports: [{ containerPort: 8081 }], ${rest}`), more, podLabels, kind);

const guestbook = (targetPort: string, containerPort: string, carets = "") => `
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: frontend
spec:
  type: NodePort
  selector:
    app: guestbook
  ports:
    - port: 8088
      targetPort: ${targetPort} # where the Pods listen
${carets}      nodePort: 30080
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
spec:
  selector: { matchLabels: { app: guestbook } }
  template:
    metadata: { labels: { app: guestbook } }
    spec:
      containers:
        - name: php-redis
          image: registry.example.com/gb-frontend:v4
          ports:
            - containerPort: ${containerPort} # as agreed
              hostPort: 9088
`;

const GUESTBOOK = `#                 ^^ warning: targetPort 80 is not a port of Deployment frontend (its container php-redis declares 8081)
`;

for (const [title, gives] of [
	["Set targetPort to 8081", guestbook("8081", "8081")],
	["Set containerPort to 80", guestbook("80", "80")],
	["Declare port 80 in container php-redis", `${guestbook("80", "8081").trimEnd()}\n            - containerPort: 80\n`],
] as const) {
	check(targetPortNotDeclared, `one container, one port, and another number: ${title}`, guestbook("80", "8081", GUESTBOOK), {
		fix: { title, gives },
		only: true,
	});
}

check(
	targetPortNotDeclared,
	"a targetPort that is not written is the port",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80 # and the target
#           ^^ warning: targetPort 80 (by default the port) is not a port of Deployment web (its container app declares 8081)
      name: http
#- deployment.yaml${deployment(container("ports: [{ name: http, containerPort: 8081 }]"))}`,
	{
		fix: {
			title: "Set targetPort to 8081",
			gives: `
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80 # and the target
      name: http
      targetPort: 8081
`,
		},
	},
);

check(
	targetPortNotDeclared,
	"a targetPort of 0 is the port too, and is what the fix replaces",
	`
#- service.json
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
  "spec": { "selector": { "app": "web" }, "ports": [{ "port": 80, "targetPort": 0 }] } }
#                                                             ^^ targetPort 80 (by default the port) is not a port of Deployment web (its container app declares 8081)
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8081 }]"))}`,
	{
		fix: {
			title: "Set targetPort to 8081",
			gives: `
#- service.json
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
  "spec": { "selector": { "app": "web" }, "ports": [{ "port": 80, "targetPort": 8081 }] } }
`,
		},
	},
);

check(
	targetPortNotDeclared,
	"a number that is declared for the other protocol only",
	`
#- service.yaml${service(`    - { port: 53, targetPort: 5353, protocol: UDP }
#                             ^^^^ warning: targetPort 5353 is not a UDP port of Deployment web (its container app declares 5353 for TCP only)`)}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 5353 }]"))}`,
	{
		fix: {
			title: "Declare port 5353 in container app",
			gives: `
#- deployment.yaml${deployment(container("ports: [{ containerPort: 5353 }, { containerPort: 5353, protocol: UDP }]"))}`,
		},
	},
);

check(
	targetPortNotDeclared,
	"a probe connects over TCP and is no evidence for UDP",
	`
#- service.yaml${service(`    - { port: 53, targetPort: 5353, protocol: UDP }
#                             ^^^^ targetPort 5353 is not a UDP port of Deployment web (its container app declares 8080 for TCP)`)}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8080 }], readinessProbe: { tcpSocket: { port: 5353 } }"))}`,
);

check(
	targetPortNotDeclared,
	"several ports of the Service are a looser form",
	`
#- service.yaml${service(`    - { name: http, port: 80, targetPort: 8080 }
    - { name: https, port: 443, targetPort: 8443 }
#                                           ^^^^ hint: targetPort 8443 is not a port of Deployment web (its container app declares 8080)`)}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8080 }]"))}`,
);

check(
	targetPortNotDeclared,
	"several containers are a looser form, sidecars counted and plain init containers not",
	`
#- service.yaml${service(`    - { port: 80, targetPort: 8443 }
#                             ^^^^ hint: targetPort 8443 is not a port of Deployment web (its container app declares 8080 and container proxy declares 9090)`)}
#- deployment.yaml${deployment(
		container("ports: [{ containerPort: 8080 }]"),
		`initContainers:
        - { name: proxy, image: registry.example.com/proxy:1, restartPolicy: Always, ports: [{ containerPort: 9090 }] }
        - { name: setup, image: registry.example.com/setup:1, ports: [{ containerPort: 8443 }] }`,
	)}`,
);

check(
	targetPortNotDeclared,
	"a headless Service does not translate, so the number says less",
	`
#- service.yaml${service(
		`    - { port: 80, targetPort: 8443 }
#                             ^^^^ hint: targetPort 8443 is not a port of Deployment web (its container app declares 8080)`,
		"clusterIP: None",
	)}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8080 }]"))}`,
	{ only: true },
);

check(
	targetPortNotDeclared,
	"every selected workload must contradict the number",
	`
#- service.yaml${service("    - { port: 80, targetPort: 8080 }")}
#- a.yaml${deployment(container("ports: [{ containerPort: 80 }]"))}
#- b.yaml${deployment(container("ports: [{ containerPort: 8080 }]")).replace("name: web", "name: other")}`,
	{ only: true },
);

check(
	targetPortNotDeclared,
	"two workloads that both contradict it are both named",
	`
#- service.yaml${service(`    - { port: 80, targetPort: 8080 }
#                             ^^^^ warning: targetPort 8080 is not a port of Deployment web (its container app declares 80) or Deployment other (its container app declares 81)`)}
#- a.yaml${deployment(container("ports: [{ containerPort: 80 }]"))}
#- b.yaml${deployment(container("ports: [{ containerPort: 81 }]")).replace("name: web", "name: other")}`,
);

check(
	targetPortNotDeclared,
	"a version of the workload in an alternative file may be the one that is deployed",
	`
#- service.yaml${service("    - { port: 80, targetPort: 8080 }")}
#- v1.yaml${deployment(container("ports: [{ containerPort: 80 }]"))}
#- v2.yaml${deployment(container("ports: [{ containerPort: 8080 }]"))}`,
);

check(
	targetPortNotDeclared,
	"a Job with the same labels is not what the Service is for",
	`
#- service.yaml${service(`    - { port: 80, targetPort: 8080 }
#                             ^^^^ warning: targetPort 8080 is not a port of Deployment web (its container app declares 80)`)}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 80 }]"))}---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  template:
    metadata: { labels: { app: web } }
    spec: { restartPolicy: Never, containers: [{ name: app, image: registry.example.com/app:1 }] }
`,
);

for (const [title, rest, more = ""] of [
	["a readiness probe", "readinessProbe: { httpGet: { port: 80 } }"],
	["a liveness probe over a socket", "livenessProbe: { tcpSocket: { port: 80 } }"],
	["a hook", "lifecycle: { postStart: { httpGet: { port: 80 } } }"],
	["a probe that runs a command", 'readinessProbe: { exec: { command: ["curl", "-f", "localhost:80/health"] } }'],
	["an argument", 'args: ["--port=80"]'],
	["a separate argument", 'args: ["-p", "80"]'],
	["a word of a shell script", 'command: ["sh", "-c", "exec server --listen 0.0.0.0:80 --quiet"]'],
	["a URL", 'args: ["serve", "http://0.0.0.0:80"]'],
	["a variable", 'env: [{ name: PORT, value: "80" }]'],
	["an address in a variable", 'env: [{ name: LISTEN, value: ":80" }]'],
	["a command line that does not say where it listens", 'args: ["--config", "/etc/app.conf"]'],
	["a command line with another thing's port", 'args: ["--db-port=5432"]'],
	["a placeholder in the arguments", 'args: ["--port", "${PORT}"]'],
	["a variable that comes from elsewhere", "env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: web, key: port } } }]"],
	["variables that come from elsewhere", "envFrom: [{ configMapRef: { name: web } }]"],
	[
		"mounted configuration",
		"volumeMounts: [{ name: c, mountPath: /etc/nginx/conf.d }]",
		"volumes: [{ name: c, configMap: { name: web } }]",
	],
	["a mounted Secret", "volumeMounts: [{ name: c, mountPath: /etc/nginx }]", "volumes: [{ name: c, secret: { secretName: web } }]"],
	[
		"a projected ConfigMap",
		"volumeMounts: [{ name: c, mountPath: /etc/app }]",
		"volumes: [{ name: c, projected: { sources: [{ configMap: { name: web } }] } }]",
	],
] as const) {
	check(
		targetPortNotDeclared,
		`${title} may tell that the process listens there`,
		`#- service.yaml${SERVICE}#- deployment.yaml${declares8081(rest, more)}`,
	);
}

for (const [title, rest, more = ""] of [
	["an argument that states another port", 'args: ["--port=8081"]'],
	["a shell script that names the declared port", 'command: ["sh", "-c", "python -m http.server 8081"]'],
	["a number that is part of another", 'args: ["--port=8081", "--workers=180", "--image=app:1.80", "--peer=10.80.0.1"]'],
	["a variable with another number", 'env: [{ name: PORT, value: "8081" }, { name: RATIO, value: "80%" }]'],
	["a password from a Secret", "env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]"],
	["a field of the Pod", "env: [{ name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }]"],
	["an empty volume", "volumeMounts: [{ name: c, mountPath: /cache }]", "volumes: [{ name: c, emptyDir: {} }]"],
	[
		"a claimed volume",
		"volumeMounts: [{ name: c, mountPath: /data }]",
		"volumes: [{ name: c, persistentVolumeClaim: { claimName: data } }]",
	],
	[
		"the token of a ServiceAccount",
		"volumeMounts: [{ name: c, mountPath: /token }]",
		"volumes: [{ name: c, projected: { sources: [{ serviceAccountToken: { path: token } }] } }]",
	],
	[
		"a ConfigMap that is mounted by a plain init container only",
		"env: []",
		"initContainers: [{ name: i, image: registry.example.com/i:1, volumeMounts: [{ name: c, mountPath: /etc/i }] }]\n      volumes: [{ name: c, configMap: { name: i } }]",
	],
] as const) {
	check(targetPortNotDeclared, `${title} is no evidence`, `#- service.yaml${MARKED}#- deployment.yaml${declares8081(rest, more)}`);
}

check(
	targetPortNotDeclared,
	"a number works undeclared: nothing is declared",
	`
#- service.yaml${service("    - { port: 80, targetPort: 8080 }")}
#- deployment.yaml${deployment(container("ports: []"))}`,
);

check(
	targetPortNotDeclared,
	"the port is not compared with the container's, targetPort is",
	`
#- service.yaml${service("    - { port: 80, targetPort: 8080 }")}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8080 }]"))}`,
);

check(
	targetPortNotDeclared,
	"a sidecar's port is one of the Pod",
	`
#- service.yaml${service("    - { port: 80, targetPort: 9090 }")}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8080 }]"), "initContainers: [{ name: p, image: registry.example.com/p:1, restartPolicy: Always, ports: [{ containerPort: 9090 }] }]")}`,
);

check(
	targetPortNotDeclared,
	"injected containers may listen anywhere",
	`
#- service.yaml${SERVICE}
#- deployment.yaml${declares8081("env: []", "", ", sidecar.istio.io/inject: 'true'")}`,
);

const inShop = (text: string) => text.replace("metadata: { name: web }", "metadata: { name: web, namespace: shop }");

const NAMESPACE = `
#- namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }`;

check(
	targetPortNotDeclared,
	"a namespace of the unit that asks for injection counts for its Pods",
	`${NAMESPACE}
#- service.yaml${inShop(SERVICE)}
#- deployment.yaml${inShop(declares8081())}`,
);

check(
	targetPortNotDeclared,
	"a workload that refuses the injection of its namespace has what it declares",
	`${NAMESPACE}
#- service.yaml${inShop(MARKED)}
#- deployment.yaml${inShop(declares8081("env: []", "", ", sidecar.istio.io/inject: 'false'"))}`,
);

check(
	targetPortNotDeclared,
	"a Rollout's controller may change its Pods",
	`
#- service.yaml${SERVICE}
#- rollout.yaml${declares8081("env: []", "", "", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout")}`,
);

check(
	targetPortNotDeclared,
	"a kustomization that patches its folder may add the port",
	`
#- kustomization.yaml
resources: [service.yaml, deployment.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] } } }
#                                                                              ^^ This adds port 80 beside those that are there
#- service.yaml${SERVICE}
#- deployment.yaml${declares8081()}`,
);

check(
	targetPortNotDeclared,
	"a kustomization that patches nothing changes nothing",
	`
#- kustomization.yaml
resources: [service.yaml, deployment.yaml]
#- service.yaml${MARKED}
#- deployment.yaml${declares8081()}`,
);

check(
	targetPortNotDeclared,
	"a protocol that Kubernetes does not have says nothing about the number",
	`
#- service.yaml${service("    - { port: 80, targetPort: 80, protocol: tcp }")}
#- deployment.yaml${declares8081()}`,
	{ only: true },
);

check(
	targetPortNotDeclared,
	"nor does that of a container port",
	`
#- service.yaml${SERVICE}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 80, protocol: tcp }]"))}`,
	{ only: true },
);

check(
	targetPortNotDeclared,
	"ports that are not written out may be the one",
	`
#- service.yaml${SERVICE}
#- deployment.yaml${deployment(container("ports: [{ containerPort: 8081 }, { containerPort: '${PORT}' }]"))}`,
);

check(
	targetPortNotDeclared,
	"a placeholder for the number may become the right one",
	`
#- service.yaml${service("    - { port: 80, targetPort: '${PORT}' }")}
#- deployment.yaml${declares8081()}`,
);

test("target-port-not-declared: on the node's network a bound port is not changed", () => {
	const files = cutFiles(
		`#- service.yaml${SERVICE}#- deployment.yaml${deployment(container("ports: [{ containerPort: 8081, hostPort: 8081 }]"), "hostNetwork: true")}`,
	);
	const finding = findingsOf(snapshotOf(files)).find(({ rule }) => rule === targetPortNotDeclared.name);
	assert.deepEqual(
		finding?.fixes.map(({ title }) => title),
		["Set targetPort to 8081", "Declare port 80 in container app"],
	);
});

test("target-port-not-declared: every container port is a related place", () => {
	const files = cutFiles(
		`#- service.yaml${SERVICE}#- deployment.yaml${deployment(container("ports: [{ containerPort: 8081 }, { containerPort: 9090 }]"))}`,
	);
	const [finding] = findingsOf(snapshotOf(files));
	assert.deepEqual(
		finding?.related.map(({ at, message }) => [textAt(at), message]),
		[
			["8081", "Container app declares 8081"],
			["9090", "Container app declares 9090"],
		],
	);
});

test("target-port-not-declared: no fix leads to a number that is no port", () => {
	const files = cutFiles(`#- service.yaml${SERVICE}#- deployment.yaml${deployment(container("ports: [{ containerPort: 0 }]"))}`);
	const finding = findingsOf(snapshotOf(files)).find(({ rule }) => rule === targetPortNotDeclared.name);
	assert.deepEqual(
		finding?.fixes.map(({ title }) => title),
		["Set containerPort to 80", "Declare port 80 in container app"],
	);
});
