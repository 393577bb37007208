import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPortInsteadOfService } from "../../server/src/rules/host-port-instead-of-service.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	hostPortInsteadOfService,
	"one finding for all host ports, and a Service with a name for each",
	`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: dns, namespace: net }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns, version: "2" } }
    spec:
      containers:
        - name: dns
          image: a
          ports:
            - { name: dns, containerPort: 5353, hostPort: 53, hostIP: 0.0.0.0, protocol: UDP }
#                                               ^^^^^^^^ information: hostPorts 53 and 1 more of StatefulSet dns answer only on nodes that run one of its Pods
            - containerPort: 9153
              hostPort: 9153
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: net }
spec: { clusterIP: None, selector: { app: dns } }
`,
	{
		fix: {
			title: "Write a NodePort Service instead",
			gives: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: dns, namespace: net }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns, version: "2" } }
    spec:
      containers:
        - name: dns
          image: a
          ports:
            - { name: dns, containerPort: 5353, protocol: UDP }
            - containerPort: 9153
---
apiVersion: v1
kind: Service
metadata:
  name: dns-nodeport
  namespace: net
spec:
  type: NodePort
  selector:
    app: dns
  ports:
    - name: dns
      port: 5353
      protocol: UDP
    - name: port-9153
      port: 9153
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: net }
spec: { clusterIP: None, selector: { app: dns } }
`,
		},
	},
);

const PORT = "ports: [{ containerPort: 8080, hostPort: 80 }]";

for (const kind of ["Pod", "Deployment", "StatefulSet", "ReplicaSet"]) {
	test(`host-port-instead-of-service: a ${kind}`, () =>
		assert.deepEqual(said(hostPortInsteadOfService, workload([PORT], { kind })), [
			`information: hostPort 80 of ${kind} web answers only on nodes that run one of its Pods`,
		]));
}

const REQUIRED =
	"affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: edge, operator: Exists }] }] } } }";

for (const [title, shape, port = PORT] of [
	["a DaemonSet runs on every node", { kind: "DaemonSet" }],
	["a Job ends", { kind: "Job" }],
	["a CronJob ends", { kind: "CronJob" }],
	["hostNetwork has no other ports", { spec: "hostNetwork: true" }, "ports: [{ containerPort: 80, hostPort: 80 }]"],
	["a node selector says where it runs", { kind: "Deployment", spec: "nodeSelector: { edge: 'true' }" }],
	["a node name says where it runs", { spec: "nodeName: edge-1" }],
	["a required affinity says where it runs", { kind: "Deployment", spec: REQUIRED }],
	["hostPort 0 and null are none", {}, "ports: [{ containerPort: 80, hostPort: 0 }, { containerPort: 81, hostPort: ~ }]"],
	["a placeholder may be 0", {}, "ports: [{ containerPort: 80, hostPort: '${PORT}' }]"],
	["no port is declared", {}, ""],
] as const) {
	test(`host-port-instead-of-service: silent where ${title}`, () =>
		assert.deepEqual(said(hostPortInsteadOfService, workload([port], shape)), []));
}

test("host-port-instead-of-service: a preference for nodes binds nothing", () => {
	const spec =
		"affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: edge, operator: Exists }] } }] } }";
	assert.equal(said(hostPortInsteadOfService, workload([PORT], { spec, kind: "Deployment" })).length, 1);
});

check(
	hostPortInsteadOfService,
	"no Service is offered where one of that type selects the Pods already",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
#- pod.yaml
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: a, ports: [{ containerPort: 8080, hostPort: 80 }] }] }
#                                                                          ^^^^^^^^ information: hostPort 80 of Pod web answers only on nodes that run one of its Pods
`,
);

check(
	hostPortInsteadOfService,
	"one number for two protocols is one port for whoever reads",
	`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: dns }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns } }
    spec:
      containers:
        - name: dns
          image: a
          ports:
            - { containerPort: 5353, hostPort: 53, protocol: UDP }
#                                    ^^^^^^^^ information: hostPort 53 of StatefulSet dns answers only on nodes that run one of its Pods
            - { containerPort: 5353, hostPort: 53 }
`,
);

check(
	hostPortInsteadOfService,
	"no Service is written with a protocol that there is not",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns } }
    spec:
      containers:
        - name: dns
          image: a
          ports: [{ containerPort: 53, hostPort: 53 }, { containerPort: 54, hostPort: 54, protocol: "{ }" }]
#                                      ^^^^^^^^ information: hostPorts 53 and 1 more of Deployment dns answer only on nodes that run one of its Pods
`,
	{ only: true, fixes: [] },
);
