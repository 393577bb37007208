// Cases that other tools get wrong, each of which must be answered as Kubernetes answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, settingsWith } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

interface Workload {
	readonly name?: string;
	readonly namespace?: string;
	/** In flow style. */
	readonly labels?: string;
	/** Labels of the workload itself. */
	readonly own?: string;
	/** Fields of the one container, in flow style. */
	readonly container?: string;
	/** Further fields of the Pod's spec, in flow style. */
	readonly pod?: string;
	readonly spec?: string;
	readonly kind?: string;
	readonly apiVersion?: string;
}

function metadata(name: string, namespace: string | undefined, labels?: string): string {
	return `metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""}${labels ? `, labels: ${labels}` : ""} }`;
}

function workload(options: Workload = {}): string {
	const {
		name = "web",
		labels = "{ app: web }",
		container = "",
		pod = "",
		spec = "",
		kind = "Deployment",
		apiVersion = "apps/v1",
	} = options;
	const image = `{ name: main, image: registry.example.com/web:1.0${container ? `, ${container}` : ""} }`;
	return `apiVersion: ${apiVersion}
kind: ${kind}
${metadata(name, options.namespace, options.own)}
spec:
  selector: { matchLabels: ${labels} }
  template: { metadata: { labels: ${labels} }, spec: { ${pod ? `${pod}, ` : ""}containers: [${image}] } }
${spec ? `  ${spec}\n` : ""}`;
}

function service(spec: string, name = "web", namespace?: string): string {
	return `apiVersion: v1\nkind: Service\n${metadata(name, namespace)}\nspec: { ${spec} }\n`;
}

function ingress(backend: string, annotations = ""): string {
	const path = `{ path: /, pathType: Prefix, backend: { service: ${backend} } }`;
	return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web${annotations ? `, annotations: ${annotations}` : ""} }
spec: { rules: [{ host: a.example.com, http: { paths: [${path}] } }] }
`;
}

const together = (...documents: readonly string[]): string => documents.join("---\n");
const PORTS = "ports: [{ containerPort: 8080 }]";
const WEB = "selector: { app: web }";

/** A title, files, and `rule: message` of everything that is found in them. */
const CASES: readonly (readonly [title: string, files: string, found: readonly string[]])[] = [
	[
		"two labels of a selector on two workloads are no match",
		together(
			service("selector: { app: a, tier: b }, ports: [{ port: 80 }]"),
			workload({ name: "one", labels: "{ app: a, team: x }" }),
			workload({ name: "two", labels: "{ tier: b, team: x }" }),
		),
		["service-without-pods: Selector app=a,tier=b matches no Pod; Deployment one has no label tier"],
	],
	[
		"the only match is in another written namespace",
		together(service(`${WEB}, ports: [{ port: 80 }]`, "web", "shop"), workload({ namespace: "back" })),
		["service-without-pods: Selector app=web matches no Pod in namespace shop; Deployment web has these labels in namespace back"],
	],
	[
		"a label of the Deployment is none of its Pods",
		together(service("selector: { role: front }, ports: [{ port: 80 }]"), workload({ own: "{ role: front }" })),
		["service-without-pods: Selector role=front matches no Pod; role=front is on Deployment web itself and not on its Pod template"],
	],
	[
		"an Ingress' port number is no unnamed port",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: 8080 }]`),
			workload({ container: PORTS }),
			ingress("{ name: web, port: { number: 4242 } }"),
		),
		["ingress-port-not-found: Service web has no port 4242, and it has 80"],
	],
	[
		"the second document of a file is checked like the first",
		together(workload({ container: PORTS }), service(`${WEB}, ports: [{ port: 80, targetPort: "8080" }]`)),
		["quoted-target-port: "],
	],
	[
		"a name of another protocol is not found",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: dns }]`),
			workload({ container: "ports: [{ name: dns, containerPort: 53, protocol: UDP }]" }),
		),
		["target-port-name-not-found: "],
	],
	[
		"a native sidecar's name is found",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: proxy }]`),
			workload({ pod: "initContainers: [{ name: proxy, image: a, restartPolicy: Always, ports: [{ name: proxy, containerPort: 90 }] }]" }),
		),
		[],
	],
	[
		"a plain init container's name is not",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: proxy }]`),
			workload({ pod: "initContainers: [{ name: proxy, image: a, ports: [{ name: proxy, containerPort: 90 }] }]" }),
		),
		["target-port-name-not-found: "],
	],
	[
		"of two workloads the one that lacks the name is named",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: http }]`),
			workload({ name: "one", container: "ports: [{ name: http, containerPort: 8080 }]" }),
			workload({ name: "two", container: PORTS }),
		),
		["target-port-name-not-found: targetPort http is not a port of Deployment two"],
	],
	["a number needs no declaration", together(service(`${WEB}, ports: [{ port: 80, targetPort: 8080 }]`), workload()), []],
	[
		"a Service without a selector has its own endpoints",
		`${service("ports: [{ port: 80 }]")}---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ port: 80 }]
endpoints: [{ addresses: [192.0.2.1] }]
`,
		[],
	],
	["an ExternalName selects nothing", together(service("type: ExternalName, externalName: db.example.com"), workload()), []],
	[
		"a headless Service translates nothing",
		together(service(`clusterIP: None, ${WEB}, ports: [{ port: 80, targetPort: 8080 }]`), workload({ container: PORTS })),
		["headless-port-translation: "],
	],
	[
		"a workload that cannot be read may be the one",
		`${service("selector: { app: wbe }, ports: [{ port: 80 }]")}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web
spec:
`,
		["invalid-yaml: "],
	],
	[
		"a label that a controller sets is on no manifest",
		together(
			service("selector: { app: web, statefulset.kubernetes.io/pod-name: web-0 }, ports: [{ port: 80 }]"),
			workload({ kind: "StatefulSet", spec: "serviceName: web" }),
		),
		[],
	],
	[
		"a Rollout with a template has Pods",
		together(
			service(`${WEB}, ports: [{ port: 80, targetPort: 8080 }]`),
			workload({ kind: "Rollout", apiVersion: "argoproj.io/v1alpha1", container: PORTS }),
		),
		[],
	],
	[
		"a Rollout that refers to a Deployment has the Deployment's",
		`${together(service(`${WEB}, ports: [{ port: 80 }]`), workload({ spec: "replicas: 0" }))}---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }
`,
		[],
	],
	[
		"an action annotation takes the place of a Service",
		ingress("{ name: go, port: { name: use-annotation } }", "{ alb.ingress.kubernetes.io/actions.go: '{}' }"),
		[],
	],
	[
		"without the annotation its name is one of a Service",
		together(service(`${WEB}, ports: [{ port: 80 }]`), workload(), ingress("{ name: web, port: { name: use-annotation } }")),
		["ingress-port-not-found: Service web has no port named use-annotation"],
	],
	[
		"hostNetwork makes every containerPort a host port",
		together(
			workload({ name: "one", kind: "DaemonSet", pod: "hostNetwork: true", container: PORTS }),
			workload({ name: "two", kind: "DaemonSet", labels: "{ app: b }", container: "ports: [{ containerPort: 80, hostPort: 8080 }]" }),
		),
		["host-port-conflict: ", "host-port-conflict: "],
	],
	[
		"one Service may have a node port for TCP and UDP",
		together(
			service(
				`type: NodePort, ${WEB}, ports: [{ name: a, port: 53, nodePort: 30053 }, { name: b, port: 53, protocol: UDP, nodePort: 30053 }]`,
			),
			workload(),
		),
		[],
	],
	[
		"two Services may not",
		together(
			service(`type: NodePort, ${WEB}, ports: [{ port: 53, nodePort: 30053 }]`),
			service(`type: NodePort, ${WEB}, ports: [{ port: 53, protocol: UDP, nodePort: 30053 }]`, "other"),
			workload(),
		),
		["node-port-conflict: ", "node-port-conflict: "],
	],
	[
		"two overlays are never deployed together",
		`#- dev/web.yaml
${together(service(`type: NodePort, ${WEB}, ports: [{ port: 80, nodePort: 30080 }]`), workload())}#- prod/web.yaml
${together(service(`type: NodePort, ${WEB}, ports: [{ port: 80, nodePort: 30080 }]`), workload())}`,
		[],
	],
	[
		"nodePort 0 is unset",
		together(
			service(`type: NodePort, ${WEB}, ports: [{ port: 80, nodePort: 0 }]`),
			service(`type: NodePort, ${WEB}, ports: [{ port: 80, nodePort: 0 }]`, "other"),
			workload(),
		),
		[],
	],
	[
		"a protocol in lower case is refused",
		together(service(`${WEB}, ports: [{ port: 80, protocol: tcp }]`), workload()),
		["invalid-protocol: "],
	],
	[
		"clusterIP none is an address that there is not",
		together(service(`${WEB}, clusterIP: none, ports: [{ port: 80 }]`), workload()),
		["invalid-ip-address: "],
	],
	[
		"a probe never leaves its container",
		workload({
			container: "readinessProbe: { httpGet: { port: http } } }, { name: other, image: a, ports: [{ name: http, containerPort: 80 }]",
		}),
		["probe-port-not-found: "],
	],
	[
		"items of a List are objects",
		`apiVersion: v1
kind: ServiceList
items:
  - metadata: { name: web }
    spec: { ${WEB}, ports: [{ port: 80, targetPort: "8080" }] }
`,
		["quoted-target-port: "],
	],
	[
		"JSON is a way to write it",
		`#- web.json
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "selector": { "app": "web" }, "ports": [{ "port": 80, "targetPort": "8080" }] } }
`,
		["quoted-target-port: "],
	],
	[
		"a namespace on one side only is decided by kubectl",
		together(service(`${WEB}, ports: [{ port: 80 }]`), workload({ namespace: "shop" })),
		["service-without-pods: Only Deployment web names a namespace (shop), so kubectl -n decides whether the Service finds Deployment web"],
	],
	["default is where nothing is written", together(service(`${WEB}, ports: [{ port: 80 }]`), workload({ namespace: "default" })), []],
];

for (const [title, files, found] of CASES) test(`peers: ${title}`, () => expectFound(files, found));

test("peers: three Pods with a host port on three nodes can never be replaced", () => {
	const settings = settingsWith({ cluster: { nodes: ["a", "b", "c"].map((name) => ({ name, addresses: [], labels: {} })) } });
	const text = workload({ spec: "replicas: 3", container: "ports: [{ containerPort: 80, hostPort: 8080 }]" });
	expectFound(text, ["host-port-instead-of-service: ", "host-port-blocks-rollout: Deployment web can never update"], settings);
});

function expectFound(files: string, wanted: readonly string[], settings?: Parameters<typeof snapshotOf>[1]): void {
	const found = findingsOf(snapshotOf(cutFiles(files), settings)).map(({ rule, message }) => `${rule}: ${message}`);
	// As far as a wanted message goes.
	const shown = found.map((text, index) => text.slice(0, wanted[index]?.length));
	assert.deepEqual(shown, wanted);
}
