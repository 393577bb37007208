import { reach } from "./expect.ts";

reach(
	"a LoadBalancer that has no address yet, and external IPs",
	`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  selector: { app: web }
  externalIPs: [203.0.113.9]
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }]
`,
	{
		"Service shop/web": `
			outside loadBalancer loadBalancer:80 via 80 -> Pod web:8080 | replaced | reaches
			outside externalIP 203.0.113.9:80 via 80 -> Pod web:8080 | replaced | reaches
			outside nodePort nodeIP:<30000-32767> any via 80 -> Pod web:8080 | replaced | reaches
			node loadBalancer loadBalancer:80 via 80 -> Pod web:8080 | replaced | reaches
			node externalIP 203.0.113.9:80 via 80 -> Pod web:8080 | replaced | reaches
			node nodePort nodeIP:<30000-32767> any via 80 -> Pod web:8080 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod web:8080 | replaced | reaches
			pod dns web.shop.svc.cluster.local:80 via 80 -> Pod web:8080 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:8080 | kept | reaches
			pod loadBalancer loadBalancer:80 via 80 -> Pod web:8080 | replaced | reaches
			pod externalIP 203.0.113.9:80 via 80 -> Pod web:8080 | replaced | reaches
			pod nodePort nodeIP:<30000-32767> any via 80 -> Pod web:8080 | replaced | reaches
		`,
		"Pod shop/web": `
			node podIP podIP:8080 via - -> Pod web:8080 | kept | reaches
			pod podIP podIP:8080 via - -> Pod web:8080 | kept | reaches
		`,
	},
);

reach(
	"a load balancer's addresses and source ranges, keeping client addresses, without node ports",
	`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.7
  ipFamilyPolicy: PreferDualStack
  externalTrafficPolicy: Local
  allocateLoadBalancerNodePorts: false
  loadBalancerSourceRanges: [203.0.113.0/24, " 198.51.100.0/24"]
  selector: { app: web }
  ports: [{ port: 80 }]
status: { loadBalancer: { ingress: [{ ip: 192.0.2.1 }, { ip: "2001:db8::1" }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  containers: [{ name: c }]
`,
	{
		"Service shop/web": `
			outside loadBalancer 192.0.2.1:80 (from 203.0.113.0/24, 198.51.100.0/24) via 80 -> Pod web:80 | kept | reaches
			outside loadBalancer 192.0.2.1:80 (from other addresses) via 80 -> - | - | dropped: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
			outside loadBalancer [2001:db8::1]:80 (from 203.0.113.0/24, 198.51.100.0/24) via 80 -> Pod web:80 | kept | reaches
			outside loadBalancer [2001:db8::1]:80 (from other addresses) via 80 -> - | - | dropped: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
			node loadBalancer 192.0.2.1:80 via 80 -> Pod web:80 | replaced | cannot-tell: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
			node loadBalancer [2001:db8::1]:80 via 80 -> Pod web:80 | replaced | cannot-tell: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
			node clusterIP 10.96.0.7:80 via 80 -> Pod web:80 | replaced | reaches
			pod dns web.shop.svc.cluster.local:80 via 80 -> Pod web:80 | kept | reaches
			pod clusterIP 10.96.0.7:80 via 80 -> Pod web:80 | kept | reaches
			pod loadBalancer 192.0.2.1:80 via 80 -> Pod web:80 | kept | cannot-tell: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
			pod loadBalancer [2001:db8::1]:80 via 80 -> Pod web:80 | kept | cannot-tell: loadBalancerSourceRanges lets in 203.0.113.0/24, 198.51.100.0/24 only
		`,
		"Pod shop/web": `
			node podIP podIP:80 via - -> Pod web:80 | kept | reaches
			pod podIP podIP:80 via - -> Pod web:80 | kept | reaches
		`,
	},
);

reach(
	"an external name leads out, to a Service of the unit, or in a circle",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec: { type: ExternalName, externalName: web.default.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: c }
spec: { type: ExternalName, externalName: c.default.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
	{
		"Service default/a": `
			pod dns db.example.com via - -> - | - | cannot-tell: db.example.com is no Service that is deployed here
		`,
		"Service default/b": `
			pod dns web.default.svc.cluster.local port=80 via 80 -> Pod web:80 | kept | reaches
		`,
		"Service default/c": `
			pod dns c.default.svc.cluster.local via - -> - | - | cannot-tell: The external names lead in a circle
		`,
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Pod web:80 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:80 | kept | reaches
		`,
		"Pod default/web": `
			node podIP podIP:80 via - -> Pod web:80 | kept | reaches
			pod podIP podIP:80 via - -> Pod web:80 | kept | reaches
		`,
	},
);

reach(
	"without a selector written endpoints decide, joined by port name",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { ports: [{ name: p, port: 80 }, { name: q, port: 81}] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: db }
subsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ name: p, port: 5432 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: none }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: slice }
spec: { type: NodePort, externalTrafficPolicy: Local, ports: [{ port: 80, nodePort: 30001 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: slice-1, labels: { kubernetes.io/service-name: slice } }
addressType: IPv4
endpoints: [{ addresses: [10.0.0.1], conditions: { ready: false } }]
ports: [{ port: 80 }]
`,
	{
		"Service default/db": `
			node clusterIP clusterIP:80 via 80 -> Endpoints db:5432 | replaced | reaches
			pod dns db.default.svc.cluster.local:80 via 80 -> Endpoints db:5432 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Endpoints db:5432 | kept | reaches
			node clusterIP clusterIP:81 via 81 -> - | - | refused: Endpoints db has no port named q with protocol TCP
			pod dns db.default.svc.cluster.local:81 via 81 -> - | - | refused: Endpoints db has no port named q with protocol TCP
			pod clusterIP clusterIP:81 via 81 -> - | - | refused: Endpoints db has no port named q with protocol TCP
		`,
		"Service default/none": `
			node clusterIP clusterIP:80 via 80 -> - | replaced | cannot-tell: The Service has no selector, and no Endpoints or EndpointSlice here tells where it leads
			pod dns none.default.svc.cluster.local:80 via 80 -> - | kept | cannot-tell: The Service has no selector, and no Endpoints or EndpointSlice here tells where it leads
			pod clusterIP clusterIP:80 via 80 -> - | kept | cannot-tell: The Service has no selector, and no Endpoints or EndpointSlice here tells where it leads
		`,
		"Service default/slice": `
			outside nodePort nodeIP:30001 any via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
			node nodePort nodeIP:30001 any via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
			node clusterIP clusterIP:80 via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
			pod dns slice.default.svc.cluster.local:80 via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
			pod clusterIP clusterIP:80 via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
			pod nodePort nodeIP:30001 any via 80 -> - | - | refused: EndpointSlice slice-1 lists no address that takes connections
		`,
	},
);

reach(
	"numbers count as written, whether Kubernetes takes them or not",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 99999, targetPort: 70000 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
	{
		"Service default/web": `
			outside nodePort nodeIP:99999 any via 80 -> Pod web:70000 | replaced | reaches
			node nodePort nodeIP:99999 any via 80 -> Pod web:70000 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod web:70000 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:70000 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:70000 | kept | reaches
			pod nodePort nodeIP:99999 any via 80 -> Pod web:70000 | replaced | reaches
		`,
		"Pod default/web": `
			node podIP podIP:70000 via - -> Pod web:70000 | kept | reaches
			pod podIP podIP:70000 via - -> Pod web:70000 | kept | reaches
		`,
	},
);

reach(
	"entries with one port number share a node port, and a dual-stack Service has two cluster IPs",
	`
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: kube-system }
spec:
  type: NodePort
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, "fd00::a"]
  selector: { app: web }
  ports: [{ name: t, port: 53 }, { name: u, port: 53, protocol: UDP, nodePort: 30053 }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: kube-system, labels: { app: web } }
spec: { containers: [{ name: c }] }
status: { podIP: 10.244.0.3 }
`,
	{
		"Service kube-system/dns": `
			outside nodePort nodeIP:30053 any via 53 -> Pod web:53 | replaced | reaches
			node nodePort nodeIP:30053 any via 53 -> Pod web:53 | replaced | reaches
			node clusterIP 10.96.0.10:53 via 53 -> Pod web:53 | replaced | reaches
			node clusterIP [fd00::a]:53 via 53 -> Pod web:53 | replaced | reaches
			pod dns dns.kube-system.svc.cluster.local:53 via 53 -> Pod web:53 | kept | reaches
			pod clusterIP 10.96.0.10:53 via 53 -> Pod web:53 | kept | reaches
			pod clusterIP [fd00::a]:53 via 53 -> Pod web:53 | kept | reaches
			pod nodePort nodeIP:30053 any via 53 -> Pod web:53 | replaced | reaches
			outside nodePort nodeIP:30053 any UDP via 53 -> Pod web:53 | replaced | reaches
			node nodePort nodeIP:30053 any UDP via 53 -> Pod web:53 | replaced | reaches
			node clusterIP 10.96.0.10:53 UDP via 53 -> Pod web:53 | replaced | reaches
			node clusterIP [fd00::a]:53 UDP via 53 -> Pod web:53 | replaced | reaches
			pod dns dns.kube-system.svc.cluster.local:53 UDP via 53 -> Pod web:53 | kept | reaches
			pod clusterIP 10.96.0.10:53 UDP via 53 -> Pod web:53 | kept | reaches
			pod clusterIP [fd00::a]:53 UDP via 53 -> Pod web:53 | kept | reaches
			pod nodePort nodeIP:30053 any UDP via 53 -> Pod web:53 | replaced | reaches
		`,
		"Pod kube-system/web": `
			node podIP 10.244.0.3:53 via - -> Pod web:53 | kept | reaches
			node podIP 10.244.0.3:53 UDP via - -> Pod web:53 | kept | reaches
			pod podIP 10.244.0.3:53 via - -> Pod web:53 | kept | reaches
			pod podIP 10.244.0.3:53 UDP via - -> Pod web:53 | kept | reaches
		`,
	},
);

reach(
	"a ClusterIP Service has no node port, `none` is no address, and no replicas are no Pods",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: none, selector: { app: web }, ports: [{ port: 80, nodePort: 30001 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 0, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`,
	{
		"Service default/web": `
			node clusterIP clusterIP:80 via 80 -> Deployment web:80 | replaced | cannot-tell: clusterIP none is no IP address that can be read
			pod dns web.default.svc.cluster.local:80 via 80 -> Deployment web:80 | kept | cannot-tell: clusterIP none is no IP address that can be read
			pod clusterIP clusterIP:80 via 80 -> Deployment web:80 | kept | cannot-tell: clusterIP none is no IP address that can be read
		`,
		"Deployment default/web": `
			node podIP podIP:80 via - -> Deployment web:80 | kept | cannot-tell: Deployment web asks for no Pods
			pod podIP podIP:80 via - -> Deployment web:80 | kept | cannot-tell: Deployment web asks for no Pods
		`,
	},
);

reach(
	"a headless name reaches only a part where Pods have the port at different numbers",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }, { name: grpc, port: 90, targetPort: grpc }] }
---
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: two, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 9090 }] }] }
`,
	{
		"Service default/web": `
			pod dns web.default.svc.cluster.local:8080 via 80 -> Pod one:8080 | kept | partly: The name gives addresses of Pods that have it at another port, too
			pod dns web.default.svc.cluster.local:9090 via 80 -> Pod two:9090 | kept | partly: The name gives addresses of Pods that have it at another port, too
			pod dns web.default.svc.cluster.local:<grpc> via 90 -> Pod one:-, Pod two:- | - | cannot-tell: No selected Pod has a port named grpc with protocol TCP, though the name gives their addresses
		`,
		"Pod default/one": `
			node podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
			pod podIP podIP:8080 via - -> Pod one:8080 | kept | reaches
		`,
		"Pod default/two": `
			node podIP podIP:9090 via - -> Pod two:9090 | kept | reaches
			pod podIP podIP:9090 via - -> Pod two:9090 | kept | reaches
		`,
	},
);
