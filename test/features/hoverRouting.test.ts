import { hovers } from "./expectHover.ts";

const SHOP = `
#- shop.yaml
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /old, pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } } }
          - { path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }
`;

hovers("an Ingress says where its requests arrive", SHOP, {
	on: "shop.yaml: name: |front",
	says: `
**Ingress** shop/front · class nginx → Service web:80, Service web:8080, Service api:80

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | [\`http://shop.example.com/\`](http://shop.example.com/) (Service web:80) | Pod port 8080 of \`c\` |
| outside the cluster | [\`http://shop.example.com/old\`](http://shop.example.com/old) (Service web:8080) | refused |
| outside the cluster | [\`http://shop.example.com/api\`](http://shop.example.com/api) (Service api:80) | cannot tell |

Service web has no port 8080; that is a target port.  
Service api is not deployed here.
`,
});

hovers("a backend of an Ingress says where its own requests arrive", SHOP, {
	on: "shop.yaml: backend: { service: { name: |web",
	says: `
**Backend** of Ingress shop/front → Service web:80

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | [\`http://shop.example.com/\`](http://shop.example.com/) | Pod port 8080 of \`c\` |
`,
});

hovers("a Service says which Ingresses lead to it", SHOP, {
	on: "shop.yaml: kind: |Service",
	says: `
**Service** shop/web · ClusterIP → Pod web

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | [\`http://shop.example.com/\`](http://shop.example.com/) (Ingress front) | Pod port 8080 of \`c\` |
| outside the cluster | [\`http://shop.example.com/old\`](http://shop.example.com/old) (Ingress front) | refused |
| a node | \`clusterIP:80\` | Pod port 8080 |
| a Pod | \`web.shop.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:8080\` | " |

Service web has no port 8080; that is a target port.
`,
});

hovers(
	"who is let in by a policy stands in rows of their own",
	`
#- a.yaml
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gateway-only, namespace: shop }
spec:
  podSelector: {}
  ingress: [{ from: [{ podSelector: { matchLabels: { app: gateway } }, namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }] }]
`,
	{
		on: "a.yaml: kind: |Service",
		says: `
**Service** shop/web · ClusterIP → Pod web

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a node, to a Pod on its own node | \`clusterIP:80\` | Pod port 8080 of \`c\` |
| a node, to a Pod on another node | \`clusterIP:80\` | dropped |
| a Pod of namespace web, app=gateway | \`web.shop.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:8080\` | Pod port 8080 |
| other Pods | \`web.shop.svc.cluster.local:80\`, \`clusterIP:80\`, \`podIP:8080\` | dropped |

NetworkPolicy gateway-only closes Pod web.
`,
	},
);

hovers(
	"a named port says by which SRV record DNS tells it",
	`
#- a.yaml
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
	{
		on: "a.yaml: port: |80",
		says: `
**Port 80** of Service shop/web · headless → no Pod that is known here

| From | Address | Arrives at |
|---|---|---|
| outside the cluster | – | not reachable |
| a Pod | \`web.shop.svc.cluster.local:8080\` | cannot tell |

DNS tells the Pods' port by the SRV record \`_http._tcp.web.shop.svc.cluster.local\`.  
No Pod template here has app=web.
`,
	},
);
