import { reach } from "./expect.ts";

reach(
	"an Ingress leads to the Pod's port by the port or its name, over TLS where its hosts say so",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: admin, port: 81, targetPort: adm }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  tls: [{ hosts: ["*.example.com"] }]
  rules:
    - host: shop.example.com
      http: { paths: [
          { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } },
        ] }
    - host: example.com
      http: { paths: [
          { path: /http, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } },
        ] }
    - http: { paths: [
          { path: /admin, pathType: Prefix, backend: { service: { name: web, port: { name: admin } } } },
        ] }
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
	{
		"Service default/web": `
			outside ingress https://shop.example.com/ port=443 via 80 -> Pod web:8080 | replaced | reaches
			outside ingress http://example.com/http port=80 via 80 -> Pod web:8080 | replaced | reaches
			outside ingress http://*/admin port=80 via 81 -> Pod web:- | - | refused: No selected Pod has a port named adm with protocol TCP
			outside ingress http://*/ port=80 via 80 -> Pod web:8080 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod web:8080 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:8080 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:8080 | kept | reaches
			node clusterIP clusterIP:81 via 81 -> Pod web:- | - | refused: No selected Pod has a port named adm with protocol TCP
			pod dns web.default.svc.cluster.local:81 via 81 -> Pod web:- | - | refused: No selected Pod has a port named adm with protocol TCP
			pod clusterIP clusterIP:81 via 81 -> Pod web:- | - | refused: No selected Pod has a port named adm with protocol TCP
		`,
	},
);

reach(
	"a port that the Service does not have is refused, and the reason says what the number is",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, annotations: { alb.ingress.kubernetes.io/actions.web: redirect } }
spec:
  rules:
    - host: a.b
      http: { paths: [
          { path: /1, pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } } },
          { path: /2, pathType: Prefix, backend: { service: { name: web, port: { number: 30080 } } } },
          { path: /3, pathType: Prefix, backend: { service: { name: web, port: { name: nope } } } },
          { path: /4, pathType: Prefix, backend: { service: { name: web, port: { name: use-annotation } } } },
          { path: /5, pathType: Prefix, backend: { service: { name: web, port: { number: $(PORT) } } } },
          { path: /6, pathType: Prefix, backend: { service: { name: web, port: { number: 80, name: http } } } },
        ] }

`,
	{
		"Service default/web": `
			outside ingress http://a.b/1 port=80 via - -> - | - | refused: Service web has no port 8080; that is a target port
			outside ingress http://a.b/2 port=80 via - -> - | - | refused: Service web has no port 30080; that is a node port
			outside ingress http://a.b/3 port=80 via - -> - | - | refused: Service web has no port named nope
			outside ingress http://a.b/4 port=80 via - -> - | - | cannot-tell: An annotation says what becomes of the requests
			outside ingress http://a.b/5 port=80 via - -> - | - | cannot-tell: The port of the backend cannot be read
			outside ingress http://a.b/6 port=80 via - -> - | - | cannot-tell: The backend names no port, or two
			outside nodePort nodeIP:30080 any via 80 -> Pod web:8080 | replaced | reaches
			node nodePort nodeIP:30080 any via 80 -> Pod web:8080 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod web:8080 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:8080 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:8080 | kept | reaches
			pod nodePort nodeIP:30080 any via 80 -> Pod web:8080 | replaced | reaches
		`,
	},
);

reach(
	"only one that names its namespace leaves it open whether an Ingress reaches",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
	{
		"Service shop/web": `
			outside ingress http://*/ port=80 via 80 -> - | - | cannot-tell: Only one of the two names its namespace, so kubectl -n decides whether the Ingress reaches the Service
			node clusterIP clusterIP:80 via 80 -> Pod web:80 | replaced | reaches
			pod dns web.shop.svc.cluster.local:80 via 80 -> Pod web:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:80 | kept | reaches
		`,
	},
);

reach(
	"where policies close the Pods it depends on where the controller runs",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
	{
		"Service shop/web": `
			outside ingress http://*/ port=80 via 80 -> Pod web:80 | replaced | cannot-tell: NetworkPolicy deny closes Pod web, and where the Ingress controller runs is not known
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod web:80 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy deny closes Pod web
			pod dns web.shop.svc.cluster.local:80 via 80 -> - | - | dropped: NetworkPolicy deny closes Pod web
			pod clusterIP clusterIP:80 via 80 -> - | - | dropped: NetworkPolicy deny closes Pod web
		`,
	},
);

reach(
	"an Ingress of an old version leads on like its successor",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: old }
spec: { backend: { serviceName: web, servicePort: 80 } }
`,
	{
		"Service default/web": `
			outside ingress http://*/ port=80 via 80 -> Pod web:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod web:80 | replaced | reaches
			pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod web:80 | kept | reaches
		`,
	},
);

reach(
	"what an ExternalName makes of requests is up to the controller",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: ExternalName, externalName: example.com, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
	{
		"Service default/web": `
			outside ingress http://*/ port=80 via 80 -> - | - | cannot-tell: What becomes of requests to an ExternalName is up to the controller
			pod dns example.com via - -> - | - | cannot-tell: example.com is no Service that is deployed here
		`,
	},
);
