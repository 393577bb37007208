import { settingsWith } from "../support/carets.ts";
import { reach } from "./expect.ts";

/** A Deployment `web` of namespace `default` with one container that declares `port`. */
function deployment(port: string, name = "web"): string {
	return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, ports: [${port}] }] }
`;
}

/** A Service `web` that selects `app: web`. */
function service(spec: string): string {
	return `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ${spec} }
`;
}

reach(
	"a node port answers on every node and replaces the client's address",
	service("type: NodePort, ports: [{ port: 8000, targetPort: 8000, nodePort: 30007 }]") + deployment("{ containerPort: 8000 }"),
	{
		"Service default/web": `
			outside nodePort nodeIP:30007 any via 8000 -> Deployment web:8000 | replaced | reaches
			node nodePort nodeIP:30007 any via 8000 -> Deployment web:8000 | replaced | reaches
			node clusterIP clusterIP:8000 via 8000 -> Deployment web:8000 | replaced | reaches
			pod dns web.default.svc.cluster.local:8000 via 8000 -> Deployment web:8000 | kept | reaches
			pod clusterIP clusterIP:8000 via 8000 -> Deployment web:8000 | kept | reaches
			pod nodePort nodeIP:30007 any via 8000 -> Deployment web:8000 | replaced | reaches
		`,
	},
);

reach(
	"under externalTrafficPolicy Local nodes without a Pod drop, those with one keep the client's address, and a client's own node knows every Pod",
	service("type: NodePort, externalTrafficPolicy: Local, ports: [{ port: 8000, targetPort: 8000, nodePort: 30007 }]") +
		deployment("{ containerPort: 8000 }"),
	{
		"Service default/web": `
			outside nodePort nodeIP:30007 with-pod via 8000 -> Deployment web:8000 | kept | reaches
			outside nodePort nodeIP:30007 without-pod via 8000 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node nodePort nodeIP:30007 own via 8000 -> Deployment web:8000 | replaced | reaches
			node nodePort nodeIP:30007 with-pod via 8000 -> Deployment web:8000 | kept | reaches
			node nodePort nodeIP:30007 without-pod via 8000 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node clusterIP clusterIP:8000 via 8000 -> Deployment web:8000 | replaced | reaches
			pod dns web.default.svc.cluster.local:8000 via 8000 -> Deployment web:8000 | kept | reaches
			pod clusterIP clusterIP:8000 via 8000 -> Deployment web:8000 | kept | reaches
			pod nodePort nodeIP:30007 own via 8000 -> Deployment web:8000 | kept | reaches
			pod nodePort nodeIP:30007 with-pod via 8000 -> Deployment web:8000 | replaced | reaches
			pod nodePort nodeIP:30007 without-pod via 8000 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
		`,
	},
);

const ASSIGNED = service("type: NodePort, ports: [{ port: 80 }]") + deployment("{ containerPort: 80 }");

reach("a node port that is not written is assigned from the range", ASSIGNED, {
	"Service default/web": `
		outside nodePort nodeIP:<30000-32767> any via 80 -> Deployment web:80 | replaced | reaches
		node nodePort nodeIP:<30000-32767> any via 80 -> Deployment web:80 | replaced | reaches
		node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | reaches
		pod dns web.default.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | reaches
		pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | reaches
		pod nodePort nodeIP:<30000-32767> any via 80 -> Deployment web:80 | replaced | reaches
	`,
});

reach(
	"the range, the cluster's domain and its nodes are settings",
	ASSIGNED,
	{
		"Service default/web": `
			outside nodePort 172.18.0.3:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
			outside nodePort [fd00::4]:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
			node nodePort 172.18.0.3:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
			node nodePort [fd00::4]:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | reaches
			pod dns web.default.svc.example.org:80 via 80 -> Deployment web:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | reaches
			pod nodePort 172.18.0.3:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
			pod nodePort [fd00::4]:<31000-31999> any via 80 -> Deployment web:80 | replaced | reaches
		`,
	},
	settingsWith({
		cluster: {
			domain: "example.org",
			nodePortRange: { first: 31000, last: 31999, configured: true },
			nodes: [{ name: "one", addresses: ["172.18.0.3", "fd00::4"], labels: {} }],
		},
	}),
);

reach(
	"a hostPort is a port of the nodes that run the Pod",
	`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, ports: [{ containerPort: 8080, hostPort: 10000 }] }] }
`,
	{
		"DaemonSet default/agent": `
			outside hostPort nodeIP:10000 with-pod via - -> DaemonSet agent:8080 | kept | reaches
			node hostPort nodeIP:10000 with-pod via - -> DaemonSet agent:8080 | kept | reaches
			node podIP podIP:8080 via - -> DaemonSet agent:8080 | kept | reaches
			pod hostPort nodeIP:10000 with-pod via - -> DaemonSet agent:8080 | replaced | reaches
			pod podIP podIP:8080 via - -> DaemonSet agent:8080 | kept | reaches
		`,
	},
);

reach(
	"the guestbook's Service works on 80 although its container declares 8081, where the hostPort leads",
	service("type: NodePort, ports: [{ port: 8088, targetPort: 80, nodePort: 30080 }]") +
		deployment("{ containerPort: 8081, hostPort: 9088 }"),
	{
		"Service default/web": `
			outside nodePort nodeIP:30080 any via 8088 -> Deployment web:80 | replaced | reaches
			node nodePort nodeIP:30080 any via 8088 -> Deployment web:80 | replaced | reaches
			node clusterIP clusterIP:8088 via 8088 -> Deployment web:80 | replaced | reaches
			pod dns web.default.svc.cluster.local:8088 via 8088 -> Deployment web:80 | kept | reaches
			pod clusterIP clusterIP:8088 via 8088 -> Deployment web:80 | kept | reaches
			pod nodePort nodeIP:30080 any via 8088 -> Deployment web:80 | replaced | reaches
		`,
		"Deployment default/web": `
			outside hostPort nodeIP:9088 with-pod via - -> Deployment web:8081 | kept | reaches
			node hostPort nodeIP:9088 with-pod via - -> Deployment web:8081 | kept | reaches
			node podIP podIP:8081 via - -> Deployment web:8081 | kept | reaches
			node podIP podIP:80 via - -> Deployment web:80 | kept | reaches
			pod hostPort nodeIP:9088 with-pod via - -> Deployment web:8081 | replaced | reaches
			pod podIP podIP:8081 via - -> Deployment web:8081 | kept | reaches
			pod podIP podIP:80 via - -> Deployment web:80 | kept | reaches
		`,
	},
);

reach(
	"LoadBalancer and NodePort are ways out of the cluster",
	service("type: LoadBalancer, ports: [{ port: 80, nodePort: 30080 }]") + deployment("{ containerPort: 80 }"),
	{
		"Service default/web": `
			outside loadBalancer loadBalancer:80 via 80 -> Deployment web:80 | replaced | reaches
			outside nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | reaches
			node loadBalancer loadBalancer:80 via 80 -> Deployment web:80 | replaced | reaches
			node nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | reaches
			pod loadBalancer loadBalancer:80 via 80 -> Deployment web:80 | replaced | reaches
			pod nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | reaches
		`,
	},
);

reach(
	"a Service without a node port has no path from outside",
	service("ports: [{ port: 33306, targetPort: 3306 }]") + deployment("{ containerPort: 3306 }"),
	{
		"Service default/web": `
			node clusterIP clusterIP:33306 via 33306 -> Deployment web:3306 | replaced | reaches
			pod dns web.default.svc.cluster.local:33306 via 33306 -> Deployment web:3306 | kept | reaches
			pod clusterIP clusterIP:33306 via 33306 -> Deployment web:3306 | kept | reaches
		`,
		"Deployment default/web": `
			node podIP podIP:3306 via - -> Deployment web:3306 | kept | reaches
			pod podIP podIP:3306 via - -> Deployment web:3306 | kept | reaches
		`,
	},
);

reach(
	"two files of a folder belong together, and a traffic policy in lower case leaves node ports undecided",
	`
#- nginx-deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx }
spec:
  template:
    metadata: { labels: { app: nginx } }
    spec: { containers: [{ name: nginx, image: nginx }] }
#- nginx-nodeport-svc.yaml
apiVersion: v1
kind: Service
metadata: { name: nginx }
spec:
  type: NodePort
  externalTrafficPolicy: local
  selector: { app: nginx }
  ports: [{ port: 80, targetPort: 80, nodePort: 30090 }]
`,
	{
		"Service default/nginx": `
			outside nodePort nodeIP:30090 any via 80 -> Deployment nginx:80 | - | cannot-tell: externalTrafficPolicy local is neither Cluster nor Local
			node nodePort nodeIP:30090 any via 80 -> Deployment nginx:80 | - | cannot-tell: externalTrafficPolicy local is neither Cluster nor Local
			node clusterIP clusterIP:80 via 80 -> Deployment nginx:80 | replaced | reaches
			pod dns nginx.default.svc.cluster.local:80 via 80 -> Deployment nginx:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Deployment nginx:80 | kept | reaches
			pod nodePort nodeIP:30090 any via 80 -> Deployment nginx:80 | - | cannot-tell: externalTrafficPolicy local is neither Cluster nor Local
		`,
	},
);

reach(
	"a type with a // comment in it is no type, so nothing is said for certain",
	service("type: NodePort         // open, ports: [{ port: 80, nodePort: 30080 }]") + deployment("{ containerPort: 80 }"),
	{
		"Service default/web": `
			outside nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | cannot-tell: type "NodePort         // open" is none that a Service can have
			node nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | cannot-tell: type "NodePort         // open" is none that a Service can have
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | cannot-tell: type "NodePort         // open" is none that a Service can have
			pod dns web.default.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | cannot-tell: type "NodePort         // open" is none that a Service can have
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | cannot-tell: type "NodePort         // open" is none that a Service can have
			pod nodePort nodeIP:30080 any via 80 -> Deployment web:80 | replaced | cannot-tell: type "NodePort         // open" is none that a Service can have
		`,
	},
);

reach(
	"a ReplicationController is linked like every workload",
	`
apiVersion: v1
kind: Service
metadata: { name: rc-test }
spec: { selector: { name: rc-test }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ReplicationController
metadata: { name: rc-test }
spec:
  selector: { name: rc-test }
  template:
    metadata: { labels: { name: rc-test } }
    spec: { containers: [{ name: web }] }
`,
	{
		"Service default/rc-test": `
			node clusterIP clusterIP:80 via 80 -> ReplicationController rc-test:80 | replaced | reaches
			pod dns rc-test.default.svc.cluster.local:80 via 80 -> ReplicationController rc-test:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> ReplicationController rc-test:80 | kept | reaches
		`,
	},
);
