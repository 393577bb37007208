import { settingsWith } from "../support/carets.ts";
import { hovers } from "./expectHover.ts";

const GUESTBOOK = `
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
      targetPort: 80
      nodePort: 30080
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
spec:
  replicas: 3
  template:
    metadata:
      labels:
        app: guestbook
    spec:
      containers:
        - name: php-redis
          image: gb-frontend:v4
          ports:
            - containerPort: 8081
              hostPort: 9088
`;

const GUESTBOOK_TABLE = `
| From | Address | Arrives at |
|---|---|---|
| outside the cluster | \`nodeIP:30080\` (any node) | Pod port 80 of \`php-redis\` |
| a node | \`nodeIP:30080\`, \`clusterIP:8088\` | " |
| a Pod | \`frontend.default.svc.cluster.local:8088\`, \`clusterIP:8088\`, \`nodeIP:30080\`, \`podIP:80\` | " |
| anyone who reaches the node | \`nodeIP:9088\` (hostPort, nodes that run a Pod) | Pod port 8081 |

Client address: replaced (externalTrafficPolicy Cluster).`;

const UNDECLARED = { on: "targetPort: 80", message: "targetPort 80 is not a port of Deployment frontend" };

hovers("the hover of the guestbook's Service holds all its ports, from the client to the container", GUESTBOOK, {
	on: "service.yaml: name: |frontend",
	findings: [UNDECLARED],
	says: `
**Service** default/frontend · NodePort → Deployment frontend (3 Pods)
${GUESTBOOK_TABLE}  
⚠ Port 80 is not declared by \`php-redis\`, which declares 8081.
`,
});

for (const on of ["kind: |Service", "|kind", "type: |NodePort", "app: |guestbook", "|selector", "|ports"]) {
	hovers(`the whole Service is said at ${on}`, GUESTBOOK, {
		on: `service.yaml: ${on}`,
		says: `
**Service** default/frontend · NodePort → Deployment frontend (3 Pods)
${GUESTBOOK_TABLE}  
Port 80 is not declared by \`php-redis\`, which declares 8081.
`,
	});
}

hovers("a node port says first where it leads, and that it outlives a Pod", GUESTBOOK, {
	on: "service.yaml: nodePort: |30080",
	says: `
**Node port 30080** of Service default/frontend · NodePort → Pod port 80 of Deployment frontend (3 Pods)
${GUESTBOOK_TABLE}  
Node addresses are real; the port balances over the Pods and outlives each of them.  
Port 80 is not declared by \`php-redis\`, which declares 8081.
`,
});

hovers("a Service's port says what a cluster IP is", GUESTBOOK, {
	on: "service.yaml: - port: |8088",
	says: `
**Port 8088** of Service default/frontend · NodePort → Pod port 80 of Deployment frontend (3 Pods)
${GUESTBOOK_TABLE}  
\`clusterIP\` exists only with its ports (no ping); it balances over the Pods and outlives each of them.  
Port 80 is not declared by \`php-redis\`, which declares 8081.
`,
});

hovers("a target port says what a Pod's address is", GUESTBOOK, {
	on: "service.yaml: targetPort: |80",
	findings: [{ ...UNDECLARED, severity: "information" }],
	says: `
**Target port 80** of Service default/frontend · NodePort → Deployment frontend (3 Pods)
${GUESTBOOK_TABLE}  
\`podIP\` is virtual and changes with its Pod; the Service's addresses stay.  
ℹ targetPort 80 is not a port of Deployment frontend.
`,
});

hovers("a host port says that it ties the Pod to nodes", GUESTBOOK, {
	on: "deployment.yaml: hostPort: |9088",
	says: `
**Host port 9088** → Pod port 8081 of \`php-redis\` · Deployment frontend (3 Pods)

| From | Address | Arrives at |
|---|---|---|
| anyone who reaches the node | \`nodeIP:9088\` (hostPort, nodes that run a Pod) | Pod port 8081 of \`php-redis\` |
| a Pod | \`podIP:8081\` | " |

hostPort ties the Pod to nodes where the port is free; its address changes when the Pod moves. The network plugin forwards, nothing listens on the node.
`,
});

hovers("a workload's name shows every way to its Pods", GUESTBOOK, {
	on: "deployment.yaml: name: |frontend",
	format: "list",
	says: `
**Deployment** default/frontend · 3 Pods ← Service default/frontend

- outside the cluster: \`nodeIP:30080\` (any node) → Pod port 80 of \`php-redis\`
- a node: \`nodeIP:30080\`, \`clusterIP:8088\` → Pod port 80
- a Pod: \`frontend.default.svc.cluster.local:8088\`, \`clusterIP:8088\`, \`nodeIP:30080\`, \`podIP:80\` → Pod port 80
- anyone who reaches the node: \`nodeIP:9088\` (hostPort, nodes that run a Pod) → Pod port 8081
- a Pod: \`podIP:8081\` → Pod port 8081

hostPort ties the Pod to nodes where the port is free; its address changes when the Pod moves. The network plugin forwards, nothing listens on the node.
`,
});

hovers("a client without Markdown reads text without marks", GUESTBOOK, {
	on: "service.yaml: name: |frontend",
	format: "plain",
	says: `
Service default/frontend · NodePort → Deployment frontend (3 Pods)

- outside the cluster: nodeIP:30080 (any node) → Pod port 80 of php-redis
- a node: nodeIP:30080, clusterIP:8088 → Pod port 80
- a Pod: frontend.default.svc.cluster.local:8088, clusterIP:8088, nodeIP:30080, podIP:80 → Pod port 80
- anyone who reaches the node: nodeIP:9088 (hostPort, nodes that run a Pod) → Pod port 8081

Client address: replaced (externalTrafficPolicy Cluster).
Port 80 is not declared by php-redis, which declares 8081.
`,
});

hovers("known nodes stand in place of nodeIP, with links where the port speaks HTTP", GUESTBOOK, {
	on: "service.yaml: name: |frontend",
	format: "list",
	settings: settingsWith({ cluster: { nodes: [{ name: "one", addresses: ["172.18.0.3"], labels: {} }] } }),
	says: `
**Service** default/frontend · NodePort → Deployment frontend (3 Pods)

- outside the cluster: [\`172.18.0.3:30080\`](http://172.18.0.3:30080) → Pod port 80 of \`php-redis\`
- a node: [\`172.18.0.3:30080\`](http://172.18.0.3:30080), \`clusterIP:8088\` → Pod port 80
- a Pod: \`frontend.default.svc.cluster.local:8088\`, \`clusterIP:8088\`, [\`172.18.0.3:30080\`](http://172.18.0.3:30080), \`podIP:80\` → Pod port 80
- anyone who reaches the node: \`172.18.0.3:9088\` (hostPort, nodes that run a Pod) → Pod port 8081

Client address: replaced (externalTrafficPolicy Cluster).  
Port 80 is not declared by \`php-redis\`, which declares 8081.
`,
});

hovers("nothing is said between things and on a value that has no path", GUESTBOOK, {
	on: "deployment.yaml: image: |gb-frontend:v4",
	says: undefined,
});
