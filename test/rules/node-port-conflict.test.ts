import assert from "node:assert/strict";
import { test } from "node:test";
import { nodePortConflict } from "../../server/src/rules/node-port-conflict.ts";
import { textAt } from "../../server/src/text/source.ts";
import { check, findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

check(
	nodePortConflict,
	"in one file it is refused, whatever the protocol and the namespace",
	`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  ports:
    - { port: 53, protocol: TCP, nodePort: 30053 }
#                                          ^^^^^ error: Services web and dns both take node port 30053
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: system }
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  ports:
    - { port: 53, protocol: UDP, nodePort: 30053 }
#                                          ^^^^^ error: Services dns and web both take node port 30053
`,
	{
		fix: {
			title: "Set nodePort to 30054",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  ports:
    - { port: 53, protocol: TCP, nodePort: 30054 }
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: system }
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  ports:
    - { port: 53, protocol: UDP, nodePort: 30053 }
`,
		},
	},
);

check(
	nodePortConflict,
	"one number for TCP and UDP within one Service is no conflict between Services",
	`
apiVersion: v1
kind: Service
metadata: { name: dns }
spec:
  type: NodePort
  ports:
    - { name: tcp, port: 53, protocol: TCP, nodePort: 30053 }
    - { name: udp, port: 53, protocol: UDP, nodePort: 30053 }
`,
);

check(
	nodePortConflict,
	"unset numbers and types without node ports never meet",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 0 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 0 }]
---
apiVersion: v1
kind: Service
metadata: { name: c }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: d }
spec:
  type: ExternalName
  externalName: example.com
  ports: [{ port: 80, nodePort: 30080 }]
`,
	{ only: true },
);

check(
	nodePortConflict,
	"a health check node port counts, three holders are all named",
	`
apiVersion: v1
kind: Service
metadata: { name: a, namespace: one }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 31000
#                      ^^^^^ Services one/a, two/a and default/b all take node port 31000
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: two }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 31000 }]
#                               ^^^^^ Services two/a, one/a and default/b all take node port 31000
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 31000 }]
#                               ^^^^^ Services default/b, one/a and two/a all take node port 31000
`,
);

check(
	nodePortConflict,
	"between files of a folder it is a warning",
	`
#- a.yaml
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  selector: { app: a }
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ warning: Services a and b both take node port 30080; where both are deployed, the second is refused
#- b.yaml
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  selector: { app: b }
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ warning: Services b and a both take node port 30080; where both are deployed, the second is refused
#- elsewhere/c.yaml
apiVersion: v1
kind: Service
metadata: { name: c }
spec:
  type: NodePort
  selector: { app: c }
  ports: [{ port: 80, nodePort: 30080 }]
`,
);

check(
	nodePortConflict,
	"two ways to the same Pods are usually a choice, so information",
	`
#- node-port.yaml
apiVersion: v1
kind: Service
metadata: { name: web-node-port }
spec:
  type: NodePort
  selector: { app: web, tier: front }
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ information: Services web-node-port and web-lb both take node port 30080 for the same Pods; where both are deployed, the second is refused
#- load-balancer.yaml
apiVersion: v1
kind: Service
metadata: { name: web-lb }
spec:
  type: LoadBalancer
  selector: { tier: front, app: web }
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ information: Services web-lb and web-node-port both take node port 30080 for the same Pods; where both are deployed, the second is refused
`,
);

check(
	nodePortConflict,
	"files that define one Service differently never meet",
	`
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#- web-v2.yaml
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: admin }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30090 }]
`,
);

check(
	nodePortConflict,
	"of a Service with several versions all must take the number",
	`
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#- web-copy.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30081 }]
#- api.yaml
apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
`,
);

check(
	nodePortConflict,
	"and then each of them is named with it",
	`
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ warning: Services web and api both take node port 30080; where both are deployed, the second is refused
#- web-copy.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 81, nodePort: 30080 }]
#                               ^^^^^ warning: Services web and api both take node port 30080; where both are deployed, the second is refused
#- api.yaml
apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ warning: Services api and web both take node port 30080; where both are deployed, the second is refused
`,
);

check(
	nodePortConflict,
	"one Service applied twice, and names that may be equal, are no conflict",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: "\${A}" }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30090 }]
---
apiVersion: v1
kind: Service
metadata: { name: "\${B}" }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30090 }]
`,
);

check(
	nodePortConflict,
	"a number that is out of range is said once, and not to be taken twice",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 80 }]
#                               ^^ nodePort 80 is outside 30000-32767, the default range
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 80 }]
#                               ^^ nodePort 80 is outside 30000-32767, the default range
`,
);

check(
	nodePortConflict,
	"when the static band is used up the next number is one of the others",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 100 }]
#                               ^^^ Services a and b both take node port 100
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 100 }]
#                               ^^^ Services b and a both take node port 100
`,
	{
		settings: settingsWith({ cluster: { nodePortRange: { first: 100, last: 101, configured: true } } }),
		fix: {
			title: "Set nodePort to 101",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 101 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 100 }]
`,
		},
	},
);

test("node-port-conflict: both ends are linked, and only one file makes Kubernetes' answer certain", () => {
	const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
`;
	const answers = (files: Record<string, string>) =>
		findingsOf(snapshotOf(new Map(Object.entries(files)))).map(({ kubernetes, related }) => [
			kubernetes,
			related.map(({ at, message }) => `${at.source.uri} ${textAt(at)} ${message}`),
		]);
	assert.deepEqual(answers({ "one.yaml": `${service("a")}---\n${service("b")}` }), [
		["refuses", ["/ws/one.yaml 30080 Service b takes it too"]],
		["refuses", ["/ws/one.yaml 30080 Service a takes it too"]],
	]);
	assert.deepEqual(answers({ "a.yaml": service("a"), "b.yaml": service("b") }), [
		[undefined, ["/ws/b.yaml 30080 Service b takes it too"]],
		[undefined, ["/ws/a.yaml 30080 Service a takes it too"]],
	]);
});

test("node-port-conflict: a thousand holders of one number are checked without listing them all at each", () => {
	const text = Array.from(
		{ length: 1000 },
		(_, index) =>
			`apiVersion: v1\nkind: Service\nmetadata: { name: s${index} }\nspec: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }\n`,
	).join("---\n");
	const findings = findingsOf(snapshotOf(new Map([["all.yaml", text]])));
	assert.equal(findings.length, 1000);
	assert.ok(findings.every(({ related }) => related.length === 10));
});
