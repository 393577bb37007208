import { nodePortOutOfRange } from "../../server/src/rules/node-port-out-of-range.ts";
import { check, settingsWith } from "../support/carets.ts";

check(
	nodePortOutOfRange,
	"both ends of the default range are in it, whatever lies beyond is not",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 29999 }
#                                    ^^^^^ error: nodePort 29999 is outside 30000-32767, the default range
    - { name: b, port: 81, nodePort: 30000 }
    - { name: c, port: 82, nodePort: 32767 }
    - { name: d, port: 83, nodePort: 32768 }
#                                    ^^^^^ nodePort 32768 is outside 30000-32767, the default range
    - { name: e, port: 84, nodePort: 70000 }
#                                    ^^^^^ nodePort 70000 is outside 30000-32767, the default range
    - { name: f, port: 85, nodePort: -1 }
#                                    ^^ nodePort -1 is outside 30000-32767, the default range
`,
	{
		fix: {
			title: "Set nodePort to 30001",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 30001 }
    - { name: b, port: 81, nodePort: 30000 }
    - { name: c, port: 82, nodePort: 32767 }
    - { name: d, port: 83, nodePort: 32768 }
    - { name: e, port: 84, nodePort: 70000 }
    - { name: f, port: 85, nodePort: -1 }
`,
		},
	},
);

check(
	nodePortOutOfRange,
	"0, null and nothing are unset, and a placeholder is not judged",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  ports:
    - { name: a, port: 80, nodePort: 0 }
    - { name: b, port: 81, nodePort: ~ }
    - { name: c, port: 82, nodePort: "\${NODE_PORT}" }
    - name: d
      port: 83
      nodePort:
`,
);

check(
	nodePortOutOfRange,
	"other types allocate nothing",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ExternalName
  externalName: example.com
  ports:
    - { port: 80, nodePort: 80 }
`,
	{ only: true },
);

check(
	nodePortOutOfRange,
	"the number that Kubernetes reads",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - port: 80
      nodePort: 030000
#               ^^^^^^ nodePort 12288 (written 030000) is outside 30000-32767, the default range
`,
);

check(
	nodePortOutOfRange,
	"a health check node port, for policy Local of a load balancer only",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 8080
#                      ^^^^ healthCheckNodePort 8080 is outside 30000-32767, the default range
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  externalTrafficPolicy: Local
  healthCheckNodePort: 8080
  ports: [{ port: 80 }]
`,
	{
		only: true,
		fix: {
			title: "Leave healthCheckNodePort out",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: NodePort
  externalTrafficPolicy: Local
  healthCheckNodePort: 8080
  ports: [{ port: 80 }]
`,
		},
	},
);

check(
	nodePortOutOfRange,
	"a configured range, with a number that nothing in the unit uses",
	`
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - port: 80
      nodePort: 30080
#               ^^^^^ nodePort 30080 is outside 80-90, the configured range
#- api.yaml
apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 80 }
    - { name: b, port: 81, nodePort: 81 }
#- proxy.yaml
apiVersion: v1
kind: Pod
metadata: { name: proxy }
spec:
  containers:
    - { name: proxy, ports: [{ containerPort: 80, hostPort: 82 }] }
`,
	{
		only: true,
		settings: settingsWith({ cluster: { nodePortRange: { first: 80, last: 90, configured: true } } }),
		fix: {
			title: "Set nodePort to 83",
			gives: `
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - port: 80
      nodePort: 83
`,
		},
	},
);
