import assert from "node:assert/strict";
import { test } from "node:test";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { pathsOf, reach } from "./expect.ts";

reach(
	"what cannot be read cannot be told; a named port that only some have works partly; a hostIP is the address",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }, { name: m, port: 81, targetPort: 81, protocol: tcp }, { name: n, port: "\${PORT}"}] }
---
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080, hostPort: 80, hostIP: 127.0.0.1 }, { containerPort: 8081, hostPort: 81, hostIP: 192.0.2.7 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: two, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Pod one:8080, Pod two:- | replaced | partly: Pod two has no port named http with protocol TCP
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod one:8080, Pod two:- | kept | partly: Pod two has no port named http with protocol TCP
			pod clusterIP clusterIP:80 via 80 -> Pod one:8080, Pod two:- | kept | partly: Pod two has no port named http with protocol TCP
			node clusterIP clusterIP:81 via 81 -> Pod one:81, Pod two:81 | replaced | cannot-tell: protocol tcp is none of TCP, UDP and SCTP
			pod dns web.default.svc.cluster.local:81 via 81 -> Pod one:81, Pod two:81 | kept | cannot-tell: protocol tcp is none of TCP, UDP and SCTP
			pod clusterIP clusterIP:81 via 81 -> Pod one:81, Pod two:81 | kept | cannot-tell: protocol tcp is none of TCP, UDP and SCTP
			node clusterIP clusterIP:\${PORT} via - -> Pod one:-, Pod two:- | replaced | cannot-tell: port \${PORT} cannot be read
			pod dns web.default.svc.cluster.local:\${PORT} via - -> Pod one:-, Pod two:- | kept | cannot-tell: port \${PORT} cannot be read
			pod clusterIP clusterIP:\${PORT} via - -> Pod one:-, Pod two:- | kept | cannot-tell: port \${PORT} cannot be read
		`,
		"Pod default/one": `
			outside hostPort 192.0.2.7:81 with-pod via - -> Pod one:8081 | kept | reaches
			node hostPort 127.0.0.1:80 with-pod via - -> Pod one:8080 | replaced | reaches
			node hostPort 192.0.2.7:81 with-pod via - -> Pod one:8081 | kept | reaches
			node podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
			node podIP podIP:8081 via - -> Pod one:8081 | kept | reaches
			pod hostPort 192.0.2.7:81 with-pod via - -> Pod one:8081 | replaced | reaches
			pod podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
			pod podIP podIP:8081 via - -> Pod one:8081 | kept | reaches
		`,
	},
);

reach(
	"a placeholder is called neither a wrong type nor a wrong policy",
	`
apiVersion: v1
kind: Service
metadata: { name: typed }
spec: { type: "\${TYPE}", selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: policed }
spec: { type: ClusterIP, internalTrafficPolicy: "\${POLICY}", selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
	{
		"Service default/typed": `
			node clusterIP clusterIP:80 via 80 -> Pod web:80 | replaced | cannot-tell: type \${TYPE} cannot be read
			pod dns typed.default.svc.cluster.local:80 via 80 -> Pod web:80 | kept | cannot-tell: type \${TYPE} cannot be read
			pod clusterIP clusterIP:80 via 80 -> Pod web:80 | kept | cannot-tell: type \${TYPE} cannot be read
		`,
		"Service default/policed": `
			node clusterIP clusterIP:80 via 80 -> Pod web:80 | - | cannot-tell: internalTrafficPolicy \${POLICY} cannot be read
			pod dns policed.default.svc.cluster.local:80 via 80 -> Pod web:80 | - | cannot-tell: internalTrafficPolicy \${POLICY} cannot be read
			pod clusterIP clusterIP:80 via 80 -> Pod web:80 | - | cannot-tell: internalTrafficPolicy \${POLICY} cannot be read
		`,
	},
);

reach(
	"a match in a folder near by is shown and is not certain",
	`
#- services/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, nodePort: 30001 }] }
#- deployments/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service default/web": `
			outside nodePort nodeIP:30001 with-pod via 80 -> Deployment web:80 | kept | cannot-tell: Deployment web stands in another folder, deployments
			outside nodePort nodeIP:30001 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node nodePort nodeIP:30001 own via 80 -> Deployment web:80 | replaced | cannot-tell: Deployment web stands in another folder, deployments
			node nodePort nodeIP:30001 with-pod via 80 -> Deployment web:80 | kept | cannot-tell: Deployment web stands in another folder, deployments
			node nodePort nodeIP:30001 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | cannot-tell: Deployment web stands in another folder, deployments
			pod dns web.default.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | cannot-tell: Deployment web stands in another folder, deployments
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | cannot-tell: Deployment web stands in another folder, deployments
			pod nodePort nodeIP:30001 own via 80 -> Deployment web:80 | kept | cannot-tell: Deployment web stands in another folder, deployments
			pod nodePort nodeIP:30001 with-pod via 80 -> Deployment web:80 | replaced | cannot-tell: Deployment web stands in another folder, deployments
			pod nodePort nodeIP:30001 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
		`,
	},
);

reach(
	"a namespace that only one side writes leaves the link open",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80}] }
---
apiVersion: v1
kind: Pod
metadata: { name: two, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Pod two:80 | replaced | cannot-tell: Only one of the two names its namespace, so kubectl -n decides whether Pod two is selected
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod two:80 | kept | cannot-tell: Only one of the two names its namespace, so kubectl -n decides whether Pod two is selected
			pod clusterIP clusterIP:80 via 80 -> Pod two:80 | kept | cannot-tell: Only one of the two names its namespace, so kubectl -n decides whether Pod two is selected
		`,
	},
);

reach(
	"a workload that two files define differently is judged in each version",
	`
#- a.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }, { name: n, port: 81, targetPort: 8081 }] }
#- b.yaml
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
#- c.yaml
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 9090 }] }] }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Pod web:8080, Pod web:9090 | replaced | cannot-tell: Files that define Pod web differ (b.yaml, c.yaml)
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:8080, Pod web:9090 | kept | cannot-tell: Files that define Pod web differ (b.yaml, c.yaml)
			pod clusterIP clusterIP:80 via 80 -> Pod web:8080, Pod web:9090 | kept | cannot-tell: Files that define Pod web differ (b.yaml, c.yaml)
			node clusterIP clusterIP:81 via 81 -> Pod web:8081 | replaced | reaches
			pod dns web.default.svc.cluster.local:81 via 81 -> Pod web:8081 | kept | reaches
			pod clusterIP clusterIP:81 via 81 -> Pod web:8081 | kept | reaches
		`,
		"Pod default/web": `
			node podIP podIP:8080 via - -> Pod web:8080 | kept | reaches
			node podIP podIP:8081 via - -> Pod web:8081 | kept | reaches
			pod podIP podIP:8080 via - -> Pod web:8080 | kept | reaches
			pod podIP podIP:8081 via - -> Pod web:8081 | kept | reaches
		`,
	},
);

reach(
	"what a broken file may hold cannot be told",
	`
#- a.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
#- b.yaml
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 
#- c.yaml
apiVersion: v1
kind: Service
metadata: { name: gone }
spec: { selector: { app: gone }, ports: [{ port: 80, targetPort: http }] }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Pod web:- | replaced | cannot-tell: The number of port http cannot be read
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:- | kept | cannot-tell: The number of port http cannot be read
			pod clusterIP clusterIP:80 via 80 -> Pod web:- | kept | cannot-tell: The number of port http cannot be read
		`,
		"Service default/gone": `
			node clusterIP clusterIP:80 via 80 -> - | replaced | cannot-tell: No Pod template that could be read has app=gone
			pod dns gone.default.svc.cluster.local:80 via 80 -> - | kept | cannot-tell: No Pod template that could be read has app=gone
			pod clusterIP clusterIP:80 via 80 -> - | kept | cannot-tell: No Pod template that could be read has app=gone
		`,
	},
);

reach(
	"a selector that a workload beside it contradicts is refused",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: wbe }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> - | - | refused: No Pod template here has app=wbe
			pod dns web.default.svc.cluster.local:80 via 80 -> - | - | refused: No Pod template here has app=wbe
			pod clusterIP clusterIP:80 via 80 -> - | - | refused: No Pod template here has app=wbe
		`,
	},
);

reach(
	"a custom workload may have ports that are not written",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }, { name: n, port: 81, targetPort: 81 }] }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Rollout web:- | replaced | cannot-tell: Rollout web declares no port http, but a Rollout may change its Pods
			pod dns web.default.svc.cluster.local:80 via 80 -> Rollout web:- | kept | cannot-tell: Rollout web declares no port http, but a Rollout may change its Pods
			pod clusterIP clusterIP:80 via 80 -> Rollout web:- | kept | cannot-tell: Rollout web declares no port http, but a Rollout may change its Pods
			node clusterIP clusterIP:81 via 81 -> Rollout web:81 | replaced | reaches
			pod dns web.default.svc.cluster.local:81 via 81 -> Rollout web:81 | kept | reaches
			pod clusterIP clusterIP:81 via 81 -> Rollout web:81 | kept | reaches
		`,
		"Rollout default/web": `
			node podIP podIP:81 via - -> Rollout web:81 | kept | reaches
			pod podIP podIP:81 via - -> Rollout web:81 | kept | reaches
		`,
	},
);

reach(
	"a host port on a loopback address is for the node alone, and IPv6 has no way there",
	`
apiVersion: v1
kind: Pod
metadata: { name: one }
spec: { containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 80, hostIP: "::1" }, { containerPort: 80, hostPort: 81, hostIP: "::ffff:127.0.0.1" }] }] }
`,
	{
		"Pod default/one": `
			node hostPort [::1]:80 with-pod via - -> Pod one:80 | - | cannot-tell: Most network plugins do not forward IPv6 connections to a loopback address
			node hostPort [::ffff:127.0.0.1]:81 with-pod via - -> Pod one:80 | replaced | reaches
			node podIP podIP:80 via - -> Pod one:80 | kept | reaches
			pod podIP podIP:80 via - -> Pod one:80 | kept | reaches
		`,
	},
);

reach(
	"of two mappings of a host port on addresses that overlap, only the first is certain",
	`
apiVersion: v1
kind: Pod
metadata: { name: one }
spec:
  containers:
    - name: c
      ports:
        - { containerPort: 8080, hostPort: 80, hostIP: 192.0.2.7 }
        - { containerPort: 8081, hostPort: 80, hostIP: 192.0.2.8 }
    - name: d
      ports:
        - { containerPort: 8082, hostPort: 80 }
        - { containerPort: 8083, hostPort: 80, protocol: UDP }
        - { containerPort: 8084, hostPort: 81, hostIP: 0.0.0.0 }
        - { containerPort: 8085, hostPort: 81, hostIP: "fd00::7" }
`,
	{
		"Pod default/one": `
			outside hostPort 192.0.2.7:80 with-pod via - -> Pod one:8080 | kept | reaches
			outside hostPort 192.0.2.8:80 with-pod via - -> Pod one:8081 | kept | reaches
			outside hostPort nodeIP:80 with-pod via - -> Pod one:8082 | kept | cannot-tell: Host port 80 goes to port 8080 of container c first
			outside hostPort nodeIP:80 with-pod UDP via - -> Pod one:8083 | kept | reaches
			outside hostPort nodeIP:81 with-pod via - -> Pod one:8084 | kept | reaches
			outside hostPort [fd00::7]:81 with-pod via - -> Pod one:8085 | kept | reaches
			node hostPort 192.0.2.7:80 with-pod via - -> Pod one:8080 | kept | reaches
			node hostPort 192.0.2.8:80 with-pod via - -> Pod one:8081 | kept | reaches
			node hostPort nodeIP:80 with-pod via - -> Pod one:8082 | kept | cannot-tell: Host port 80 goes to port 8080 of container c first
			node hostPort nodeIP:80 with-pod UDP via - -> Pod one:8083 | kept | reaches
			node hostPort nodeIP:81 with-pod via - -> Pod one:8084 | kept | reaches
			node hostPort [fd00::7]:81 with-pod via - -> Pod one:8085 | kept | reaches
			node podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
			node podIP podIP:8081 via - -> Pod one:8081 | kept | reaches
			node podIP podIP:8082 via - -> Pod one:8082 | kept | reaches
			node podIP podIP:8083 UDP via - -> Pod one:8083 | kept | reaches
			node podIP podIP:8084 via - -> Pod one:8084 | kept | reaches
			node podIP podIP:8085 via - -> Pod one:8085 | kept | reaches
			pod hostPort 192.0.2.7:80 with-pod via - -> Pod one:8080 | replaced | reaches
			pod hostPort 192.0.2.8:80 with-pod via - -> Pod one:8081 | replaced | reaches
			pod hostPort nodeIP:80 with-pod via - -> Pod one:8082 | replaced | cannot-tell: Host port 80 goes to port 8080 of container c first
			pod hostPort nodeIP:80 with-pod UDP via - -> Pod one:8083 | replaced | reaches
			pod hostPort nodeIP:81 with-pod via - -> Pod one:8084 | replaced | reaches
			pod hostPort [fd00::7]:81 with-pod via - -> Pod one:8085 | replaced | reaches
			pod podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
			pod podIP podIP:8081 via - -> Pod one:8081 | kept | reaches
			pod podIP podIP:8082 via - -> Pod one:8082 | kept | reaches
			pod podIP podIP:8083 UDP via - -> Pod one:8083 | kept | reaches
			pod podIP podIP:8084 via - -> Pod one:8084 | kept | reaches
			pod podIP podIP:8085 via - -> Pod one:8085 | kept | reaches
		`,
	},
);

reach(
	"on the host network a Pod's address is its node's, and so is what the Pod sees of a client",
	`
apiVersion: v1
kind: Pod
metadata: { name: one }
spec: { hostNetwork: true, containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
`,
	{
		"Pod default/one": `
			outside hostNetwork nodeIP:80 with-pod via - -> Pod one:80 | kept | reaches
			node hostNetwork nodeIP:80 with-pod via - -> Pod one:80 | kept | reaches
			node podIP podIP:80 via - -> Pod one:80 | kept | reaches
			pod hostNetwork nodeIP:80 with-pod via - -> Pod one:80 | replaced | reaches
			pod podIP podIP:80 via - -> Pod one:80 | replaced | reaches
		`,
	},
);

reach(
	"Pods in another namespace are named with it",
	`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: a }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: b }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service a/web": `
			node clusterIP clusterIP:80 via 80 -> - | - | refused: No Pod in namespace a has app=web; Deployment web is in namespace b
			pod dns web.a.svc.cluster.local:80 via 80 -> - | - | refused: No Pod in namespace a has app=web; Deployment web is in namespace b
			pod clusterIP clusterIP:80 via 80 -> - | - | refused: No Pod in namespace a has app=web; Deployment web is in namespace b
		`,
	},
);

reach(
	"a namespace that cannot be read may be any",
	`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: y }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: b }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service y/web": `
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | cannot-tell: namespace y of Service web cannot be read
			pod dns web.y.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | cannot-tell: namespace y of Service web cannot be read
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | cannot-tell: namespace y of Service web cannot be read
		`,
	},
);

test("what may change objects before they are deployed is the reason why nothing about them is certain", () => {
	const files = cutFiles(`
#- kustomization.yaml
resources: [web.yaml]
transformers: [sharder.yaml]
#- sharder.yaml
apiVersion: example.com/v1
kind: Sharder
metadata: { name: s }
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: app, image: registry.example.com/web:1, ports: [{ containerPort: 80 }] }] }
`);
	assert.deepEqual(
		[...new Set(pathsOf(snapshotOf(files), "Service default/web").map(({ verdict, why }) => `${verdict}: ${why}`))],
		["cannot-tell: What is deployed may differ: Sharder s needs a plugin, which is not run"],
	);
});
