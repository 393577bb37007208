import { rows } from "./expect.ts";

const pod = (name: string, v: string, ports: string, image = "example/x") => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: x, v: "${v}" } }
spec: { containers: [{ name: c, image: ${image}, ports: [${ports}] }] }
---`;

const service = (ports: string) => `
apiVersion: v1
kind: Service
metadata: { name: x }
spec: { selector: { app: x }, ports: [${ports}] }
---`;

/** Closes the Pods with `v: "1"`. */
const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: { matchLabels: { v: "1" } }, policyTypes: [Ingress] }
`;

const HTTP = "{ name: http, containerPort: 80 }";

rows(
	"a row of one workload of several behind a Service is about its own Pods",
	`${pod("closed", "1", HTTP)}${pod("open", "2", HTTP)}${pod("lacking", "3", "{ containerPort: 80 }")}${service("{ port: 80, targetPort: http }")}${DENY}`,
	{
		"Service default/x": `
			outside the cluster |  | not reachable
			a node, to a Pod on its own node | clusterIP:80 | Pod port 80 of Pods closed and open, none of Pod lacking
			a node, to a Pod on another node | clusterIP:80 | partly Pod port 80 of Pods closed and open, none of Pod lacking
			a Pod | x.default.svc.cluster.local:80, clusterIP:80 | partly Pod port 80 of Pods closed and open, none of Pod lacking
			a Pod | podIP:80 | dropped
			a Pod | podIP:80 | Pod port 80
			* NetworkPolicy deny closes Pod closed; Pod lacking has no port named http with protocol TCP.
		`,
		"Pod default/closed": `
			outside the cluster |  | not reachable
			a node, to a Pod on its own node | clusterIP:80 | Pod port 80 of c
			a node, to a Pod on another node | clusterIP:80 | dropped
			a Pod | x.default.svc.cluster.local:80, clusterIP:80, podIP:80 | dropped
			* NetworkPolicy deny closes Pod closed.
		`,
		"Pod default/open": `
			outside the cluster |  | not reachable
			a node | clusterIP:80 | Pod port 80 of c
			a Pod | x.default.svc.cluster.local:80, clusterIP:80, podIP:80 | Pod port 80
		`,
		"Pod default/lacking": `
			outside the cluster |  | not reachable
			a Pod | podIP:80 | Pod port 80 of c
			* Pod lacking has no port named http with protocol TCP.
		`,
	},
);

rows(
	"what leads to other Pods of a Service does not make a workload reachable from outside",
	`${pod("closed", "1", HTTP)}${pod("lacking", "2", "{ containerPort: 8080 }")}${pod("open", "3", HTTP)}
apiVersion: v1
kind: Service
metadata: { name: x }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: x }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }
---${DENY}`,
	{
		"Pod default/closed": `
			outside the cluster | nodeIP:30080 (nodes with a Pod) | dropped
			anyone | nodeIP:30080 (nodes without a Pod) | dropped
			a node, to a Pod on its own node | nodeIP:30080 (own node), clusterIP:80 | Pod port 80 of c
			a node, to a Pod on another node | nodeIP:30080 (own node), clusterIP:80 | dropped
			a node | nodeIP:30080 (nodes with a Pod) | dropped
			a Pod | x.default.svc.cluster.local:80, clusterIP:80, nodeIP:30080 (own node), podIP:80 | dropped
			a Pod | nodeIP:30080 (nodes with a Pod) | perhaps Pod port 80
			* NetworkPolicy deny closes Pod closed, and whether it sees the client's own address or that of a node is not defined.
		`,
		"Pod default/lacking": `
			outside the cluster |  | not reachable
			a Pod | podIP:8080 | Pod port 8080 of c
			* Pod lacking has no port named http with protocol TCP.
		`,
	},
);

const many = (targets: (index: number) => string) =>
	service(Array.from({ length: 20 }, (_, index) => `{ name: p${index}, port: ${8000 + index}, targetPort: ${targets(index)} }`).join(", "));

rows(
	"the rows of many ports together say where a policy closes some of the Pods",
	`${pod("closed", "1", HTTP)}${pod("open", "2", HTTP)}${many((index) => String(9000 + index))}${DENY}`,
	{
		"Service default/x": `
			outside the cluster |  | not reachable
			a node, to a Pod on its own node | clusterIP:8000-8019 | Pod ports 9000-9019
			a node, to a Pod on another node | clusterIP:8000-8019 | partly Pod ports 9000-9019
			a Pod | x.default.svc.cluster.local:8000-8019, clusterIP:8000-8019 | partly Pod ports 9000-9019
			a Pod | podIP:9000-9019 | dropped
			a Pod | podIP:9000-9019 | Pod ports 9000-9019
			* NetworkPolicy deny closes Pod closed.
		`,
	},
);

rows(
	"the rows of many ports together say where the image of some Pods listens elsewhere",
	`${pod("a", "1", "", "nginx")}${pod("b", "2", "")}${many((index) => String(9000 + index))}`,
	{
		"Service default/x": `
			outside the cluster |  | not reachable
			a node | clusterIP:8000-8019 | partly Pod ports 9000-9019
			a Pod | x.default.svc.cluster.local:8000-8019, clusterIP:8000-8019 | partly Pod ports 9000-9019
			a Pod | podIP:9000-9019 | refused
			a Pod | podIP:9000-9019 | Pod ports 9000-9019
			* Nothing listens on 9000 in Pod a: image nginx listens on 80.
			* Nothing listens on 9001 in Pod a: image nginx listens on 80.
			* Nothing listens on 9002 in Pod a: image nginx listens on 80.
		`,
	},
);

rows(
	"Knative leads to its own Pods from outside, in a way that is written nowhere",
	`apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: hello }
spec: { template: { spec: { containers: [{ name: c, image: registry.example.com/a, ports: [{ containerPort: 8080 }] }] } } }
`,
	{ "Service default/hello": "\n\t\t\ta Pod | podIP:8080 | Pod port 8080 of c\n\t\t" },
);
