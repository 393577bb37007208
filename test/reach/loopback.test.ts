import { reach, rows } from "./expect.ts";

const scene = (container: string, service = "selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]") => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ${service} }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: example/web, ${container} }] }
`;

const BOUND = 'args: ["--listen=127.0.0.1:8080"], ports: [{ containerPort: 8080, hostPort: 9090 }]';

reach("what listens on a loopback address only refuses whatever comes to the Pod", scene(BOUND), {
	"Service default/web": `
		node clusterIP clusterIP:80 via 80 -> Pod web:8080 | - | refused: Container c listens on 127.0.0.1:8080 only
		pod dns web.default.svc.cluster.local:80 via 80 -> Pod web:8080 | - | refused: Container c listens on 127.0.0.1:8080 only
		pod clusterIP clusterIP:80 via 80 -> Pod web:8080 | - | refused: Container c listens on 127.0.0.1:8080 only
	`,
	"Pod default/web": `
		outside hostPort nodeIP:9090 with-pod via - -> Pod web:8080 | kept | refused: Container c listens on 127.0.0.1:8080 only
		node hostPort nodeIP:9090 with-pod via - -> Pod web:8080 | kept | refused: Container c listens on 127.0.0.1:8080 only
		node podIP podIP:8080 via - -> Pod web:8080 | kept | refused: Container c listens on 127.0.0.1:8080 only
		pod hostPort nodeIP:9090 with-pod via - -> Pod web:8080 | replaced | refused: Container c listens on 127.0.0.1:8080 only
		pod podIP podIP:8080 via - -> Pod web:8080 | kept | refused: Container c listens on 127.0.0.1:8080 only
	`,
});

reach("a headless Service without ports leads to what refuses, too", scene(BOUND, "clusterIP: None, selector: { app: web }"), {
	"Service default/web": `
		pod dns web.default.svc.cluster.local:8080 via - -> Pod web:8080 | - | refused: Container c listens on 127.0.0.1:8080 only
	`,
});

for (const [title, container] of [
	["every address", 'args: ["--listen=0.0.0.0:8080"]'],
	["another port of a loopback address", 'args: ["--listen=127.0.0.1:9090"]'],
	["a loopback address and another one", 'args: ["--listen=127.0.0.1:8080", "--listen=10.0.0.1:8080"]'],
	["a loopback address, to which it sends", 'args: ["--upstream=127.0.0.1:8080"]'],
	[
		"a loopback address in one container, and another declares the port",
		'args: ["--listen=127.0.0.1:8080"] }, { name: d, ports: [{ containerPort: 8080 }]',
	],
] as const) {
	rows(`what names ${title} is reached`, scene(container), {
		"Service default/web": `
			outside the cluster |  | not reachable
			a node | clusterIP:80 | Pod port 8080${container.includes("name: d") ? " of d" : " of c"}
			a Pod | web.default.svc.cluster.local:80, clusterIP:80, podIP:8080 | Pod port 8080
		`,
	});
}
