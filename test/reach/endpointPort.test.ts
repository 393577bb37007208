import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { qualifiedName } from "../../server/src/model/object.ts";
import { backendsOf } from "../../server/src/reach/backends.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { pathsOf, reach } from "./expect.ts";

/**
 * What the EndpointSlice and Endpoints controllers of Kubernetes 1.36.2 made of a Service `svc` and a Pod: for each port of the
 * Service the port of the endpoint, `-` for none. The cases follow TestFindPort and TestGetEndpointPorts of k8s.io/endpointslice.
 */
function resolves(title: string, ports: string, spec: string, expected: readonly string[]): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(`${service(`selector: { app: web }, ports: [${ports}]`)}\n---\n${pod("pod", spec)}`));
		const paths = pathsOf(snapshot, "Service default/svc").filter(({ by }) => by === "dns");
		const found = paths.map(({ port, protocol, to, verdict }) => {
			assert.equal(verdict, to[0]?.podPort === null ? "refused" : "reaches");
			return `${port}/${protocol} ${to[0]?.podPort ?? "-"}`;
		});
		assert.deepEqual(found, expected);
	});
}

function service(spec: string): string {
	return `apiVersion: v1\nkind: Service\nmetadata: { name: svc, namespace: default }\nspec: { ${spec} }`;
}

function pod(name: string, spec: string, namespace = "default"): string {
	return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: web, tier: x } }\nspec: { ${spec} }`;
}

const BARE = "containers: [{ name: c0 }]";

resolves("a number needs no declaration", "{ port: 80, targetPort: 93 }", BARE, ["80/TCP 93"]);
resolves("a name that nobody declares leaves the port out", "{ port: 80, targetPort: p }", BARE, ["80/TCP -"]);
resolves(
	"a name is looked up among all ports of a container",
	"{ port: 80, targetPort: q }",
	`containers: [{ name: c0, ports: [{ containerPort: 11, protocol: UDP }, { name: p, containerPort: 22 }, { name: q, containerPort: 33 }] }]`,
	["80/TCP 33"],
);
resolves(
	"a name is looked up in the second container, too",
	"{ port: 80, targetPort: q }",
	`containers: [{ name: c0 }, { name: c1, ports: [{ containerPort: 11, protocol: UDP }, { name: p, containerPort: 22 }, { name: q, containerPort: 33 }] }]`,
	["80/TCP 33"],
);
resolves(
	"two names of one number are two ports",
	"{ port: 80, targetPort: q }",
	`containers: [{ name: c0 }, { name: c1, ports: [{ name: p, containerPort: 22 }, { name: q, containerPort: 22 }] }]`,
	["80/TCP 22"],
);
resolves(
	"the name alone is not enough, the protocol must be the same",
	"{ port: 80, targetPort: a }",
	`containers: [{ name: c0 }, { name: c1, ports: [{ name: a, containerPort: 11, protocol: UDP }] }]`,
	["80/TCP -"],
);
resolves(
	"hostPort and hostIP play no part",
	"{ port: 80, targetPort: a }, { name: b, port: 81, targetPort: b }",
	`containers: [{ name: c1, ports: [{ name: a, containerPort: 11, hostPort: 81 }, { name: b, containerPort: 12, hostIP: 192.168.1.1 }] }]`,
	["80/TCP 11", "81/TCP 12"],
);
resolves(
	"a sidecar's name is found, a plain init container's is not",
	"{ port: 80, targetPort: a }, { name: b, port: 81, targetPort: b }",
	`initContainers: [{ name: s, restartPolicy: Always, ports: [{ name: a, containerPort: 80 }] }, { name: i, ports: [{ name: b, containerPort: 90 }] }], ${BARE}`,
	["80/TCP 80", "81/TCP -"],
);
resolves(
	"regular containers come before sidecars, the first of them first",
	"{ name: http, port: 80, targetPort: a }",
	`initContainers: [{ name: s, restartPolicy: Always, ports: [{ name: a, containerPort: 80 }] }], containers: [{ name: c0, ports: [{ name: a, containerPort: 81 }] }, { name: c1, ports: [{ name: a, containerPort: 82 }] }]`,
	["80/TCP 81"],
);
resolves(
	"without a targetPort it is the number in port, whatever the Service's port is called",
	"{ name: http, port: 80 }",
	`containers: [{ name: c0, ports: [{ name: http, containerPort: 8080 }] }]`,
	["80/TCP 80"],
);
resolves(
	"a missing name takes only its own port away",
	"{ name: a, port: 80, targetPort: web }, { name: b, port: 81, targetPort: metrics }",
	`containers: [{ name: c0, ports: [{ name: web, containerPort: 8080 }] }]`,
	["80/TCP 8080", "81/TCP -"],
);
resolves(
	"a container port without protocol is TCP",
	"{ port: 53, protocol: UDP, targetPort: dns }",
	`containers: [{ name: c0, ports: [{ name: dns, containerPort: 5353 }] }]`,
	["53/UDP -"],
);
resolves(
	"one name for TCP and UDP resolves by protocol",
	"{ name: t, port: 53, targetPort: dns }, { name: u, port: 53, protocol: UDP, targetPort: dns }",
	`containers: [{ name: c0, ports: [{ name: dns, containerPort: 5301 }] }, { name: c1, ports: [{ name: dns, containerPort: 5302, protocol: UDP }] }]`,
	["53/TCP 5301", "53/UDP 5302"],
);
resolves(
	"names are compared byte for byte",
	"{ port: 80, targetPort: Http }",
	`containers: [{ name: c0, ports: [{ name: http, containerPort: 8080 }] }]`,
	["80/TCP -"],
);
resolves("targetPort 0 and null are the port", "{ name: a, port: 80, targetPort: 0 }, { name: b, port: 81, targetPort: null }", BARE, [
	"80/TCP 80",
	"81/TCP 81",
]);

/** What the EndpointSlice controller of Kubernetes 1.36.2 selected. */
function selects(title: string, spec: string, pods: string, expected: readonly string[]): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(`${service(spec)}\n---\n${pods}`));
		const [unit] = allUnits(snapshot);
		assert(unit);
		const found = linksOf(unit).services.flatMap((svc) => backendsOf(snapshot, unit, svc).list);
		assert.deepEqual(
			found.map(({ object }) => qualifiedName(object)),
			expected,
		);
	});
}

selects("a Pod with all labels of the selector is selected", "selector: { app: web }, ports: [{ port: 80 }]", pod("pod", BARE), [
	"default/pod",
]);
selects("a Pod of another namespace never is", "selector: { app: web }, ports: [{ port: 80 }]", pod("pod", BARE, "kube-public"), []);
selects("an empty selector selects nothing", "selector: {}, ports: [{ port: 80 }]", pod("pod", BARE), []);
selects("a headless Service needs no port to select", "clusterIP: None, selector: { app: web }", pod("pod", BARE), ["default/pod"]);
selects(
	"a Pod without the named port is selected all the same",
	"selector: { app: web }, ports: [{ port: 80, targetPort: http }]",
	pod("pod", BARE),
	["default/pod"],
);
selects("a Pod with one label of two is not selected", "selector: { app: web, tier: back }, ports: [{ port: 80 }]", pod("pod", BARE), []);

reach(
	"the name of a headless Service gives what is listed, whatever its port is called",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, ports: [{ name: a, port: 5432 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
endpoints: [{ addresses: [192.0.2.42] }]
ports: [{ name: b, port: 5432 }]
`,
	{
		"Service default/db": `
			pod dns db.default.svc.cluster.local:5432 via 5432 -> - | - | cannot-tell: EndpointSlice db-1 has no port named a with protocol TCP, though the name gives their addresses
		`,
	},
);
