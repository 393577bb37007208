import { reach } from "./expect.ts";

reach(
	"a headless Service gives its Pods' addresses and the names of a StatefulSet's Pods, at the Pod's port",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ name: mysql, port: 33306, targetPort: 3306 }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: mysql, ports: [{ containerPort: 3306 }] }] }
`,
	{
		"Service default/db": `
			pod dns db.default.svc.cluster.local:3306 via 33306 -> StatefulSet db:3306 | kept | reaches
		`,
		"StatefulSet default/db": `
			node podIP podIP:3306 via - -> StatefulSet db:3306 | kept | reaches
			pod dns db-0.db.default.svc.cluster.local:3306 via 33306 -> StatefulSet db:3306 | kept | reaches
			pod dns db-1.db.default.svc.cluster.local:3306 via 33306 -> StatefulSet db:3306 | kept | reaches
			pod podIP podIP:3306 via - -> StatefulSet db:3306 | kept | reaches
		`,
	},
);

reach(
	"a headless Service without ports is a name",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
---
apiVersion: v1
kind: Pod
metadata: { name: db, labels: { app: db } }
spec: { hostname: one, subdomain: db, containers: [{ name: mysql }] }
`,
	{
		"Service default/db": `
			pod dns db.default.svc.cluster.local via - -> Pod db:- | kept | reaches
		`,
		"Pod default/db": `
			pod dns one.db.default.svc.cluster.local via - -> Pod db:- | kept | reaches
		`,
	},
);

reach(
	"internalTrafficPolicy Local drops on nodes without a Pod; Pods on the host network have the nodes' ports",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  internalTrafficPolicy: Local
  selector: { app: db }
  ports: [{ port: 53, protocol: UDP }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: db }
spec:
  template:
    metadata: { labels: { app: db } }
    spec: { hostNetwork: true, containers: [{ name: mysql, ports: [{ containerPort: 53, protocol: UDP, hostPort: 53 }] }] }
`,
	{
		"Service default/db": `
			node clusterIP clusterIP:53 (on a node with a Pod) UDP via 53 -> DaemonSet db:53 | replaced | reaches
			node clusterIP clusterIP:53 (on a node without a Pod) UDP via 53 -> - | - | dropped: A node without a Pod drops the packets (internalTrafficPolicy Local)
			pod dns db.default.svc.cluster.local:53 (on a node with a Pod) UDP via 53 -> DaemonSet db:53 | kept | reaches
			pod dns db.default.svc.cluster.local:53 (on a node without a Pod) UDP via 53 -> - | - | dropped: A node without a Pod drops the packets (internalTrafficPolicy Local)
			pod clusterIP clusterIP:53 (on a node with a Pod) UDP via 53 -> DaemonSet db:53 | kept | reaches
			pod clusterIP clusterIP:53 (on a node without a Pod) UDP via 53 -> - | - | dropped: A node without a Pod drops the packets (internalTrafficPolicy Local)
		`,
		"DaemonSet default/db": `
			outside hostNetwork nodeIP:53 with-pod UDP via - -> DaemonSet db:53 | kept | reaches
			node hostNetwork nodeIP:53 with-pod UDP via - -> DaemonSet db:53 | kept | reaches
			node podIP podIP:53 UDP via - -> DaemonSet db:53 | kept | reaches
			pod hostNetwork nodeIP:53 with-pod UDP via - -> DaemonSet db:53 | replaced | reaches
			pod podIP podIP:53 UDP via - -> DaemonSet db:53 | replaced | reaches
		`,
	},
);

reach(
	"host ports open for regular containers only, once for each name",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers: [{ name: s, restartPolicy: Always, ports: [{ containerPort: 1, hostPort: 1001 }] }, { name: i, ports: [{ containerPort: 2, hostPort: 1002 }] }]
  containers: [{ name: c, ports: [{ name: a, containerPort: 3, hostPort: 1003 }, { name: a, containerPort: 4, hostPort: 1004 }, { containerPort: 5, hostPort: "\${X}" }] }]
`,
	{
		"Pod default/web": `
			outside hostPort nodeIP:1003 with-pod via - -> Pod web:3 | kept | reaches
			outside hostPort nodeIP:\${X} with-pod via - -> Pod web:5 | kept | cannot-tell: hostPort \${X} cannot be read
			node hostPort nodeIP:1003 with-pod via - -> Pod web:3 | kept | reaches
			node hostPort nodeIP:\${X} with-pod via - -> Pod web:5 | kept | cannot-tell: hostPort \${X} cannot be read
			node podIP podIP:3 via - -> Pod web:3 | kept | reaches
			node podIP podIP:4 via - -> Pod web:4 | kept | reaches
			node podIP podIP:5 via - -> Pod web:5 | kept | reaches
			node podIP podIP:1 via - -> Pod web:1 | kept | reaches
			pod hostPort nodeIP:1003 with-pod via - -> Pod web:3 | replaced | reaches
			pod hostPort nodeIP:\${X} with-pod via - -> Pod web:5 | replaced | cannot-tell: hostPort \${X} cannot be read
			pod podIP podIP:3 via - -> Pod web:3 | kept | reaches
			pod podIP podIP:4 via - -> Pod web:4 | kept | reaches
			pod podIP podIP:5 via - -> Pod web:5 | kept | reaches
			pod podIP podIP:1 via - -> Pod web:1 | kept | reaches
		`,
	},
);
