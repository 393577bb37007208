import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { settingsWith } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { pathsOf, reach } from "./expect.ts";

reach(
	"without a detector a Pod's own node hands out its own Pods only under Local, and nothing is masqueraded on the way to a cluster IP",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: LoadBalancer, externalTrafficPolicy: Local, selector: { app: api }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
`,
	{
		"Service shop/api": `
			outside loadBalancer loadBalancer:80 via 80 -> Pod api:80 | kept | reaches
			outside nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | kept | reaches
			outside nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 own via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | kept | reaches
			node nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node clusterIP clusterIP:80 via 80 -> Pod api:80 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:80 | kept | reaches
			pod loadBalancer loadBalancer:80 (on a node with a Pod) via 80 -> Pod api:80 | kept | reaches
			pod loadBalancer loadBalancer:80 (on a node without a Pod) via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			pod nodePort nodeIP:30080 own (on a node with a Pod) via 80 -> Pod api:80 | kept | reaches
			pod nodePort nodeIP:30080 own (on a node without a Pod) via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			pod nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | replaced | reaches
			pod nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
		`,
	},
	settingsWith({ cluster: { podCIDR: [] } }),
);

reach(
	"masqueradeAll replaces the source of everything that goes to a cluster IP",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
`,
	{
		"Service shop/api": `
			outside loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			outside nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
			node loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod api:80 | replaced | reaches
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:80 | replaced | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:80 | replaced | reaches
			pod loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			pod nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
		`,
	},
	settingsWith({ cluster: { podCIDR: [], proxy: { ...DEFAULT_SETTINGS.cluster.proxy, masqueradeAll: true } } }),
);

const TWO_ADDRESSES = [{ name: "one", addresses: ["172.18.0.3", "203.0.113.7", "fd00::4"], labels: {} }];
const WITH_NODE_PORT = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
`;

for (const [what, proxy, hosts] of [
	["all addresses of a node", {}, ["172.18.0.3", "203.0.113.7", "[fd00::4]"]],
	["those that nodePortAddresses holds", { nodePortAddresses: ["172.16.0.0/12"] }, ["172.18.0.3"]],
	["the first ones of each family", { nodePortAddresses: ["primary"] }, ["172.18.0.3", "[fd00::4]"]],
	["the first ones of each family in the mode nftables", { mode: "nftables" }, ["172.18.0.3", "[fd00::4]"]],
	["what nodePortAddresses says in any mode", { mode: "nftables", nodePortAddresses: ["0.0.0.0/0"] }, ["172.18.0.3", "203.0.113.7"]],
] as const) {
	test(`node ports answer on ${what}`, () => {
		const cluster = { nodes: TWO_ADDRESSES, proxy: { ...DEFAULT_SETTINGS.cluster.proxy, ...proxy } };
		const paths = pathsOf(snapshotOf(cutFiles(WITH_NODE_PORT), settingsWith({ cluster })), "Service default/web");
		const found = paths.filter(({ by, from }) => by === "nodePort" && from === "outside");
		assert.deepEqual(
			found.map(({ address, verdict }) => `${address} ${verdict}`),
			hosts.map((host) => `${host}:30080 reaches`),
		);
	});
}

for (const [hostIP, hosts] of [
	["0.0.0.0", ["172.18.0.3", "203.0.113.7"]],
	["::", ["[fd00::4]"]],
	["", ["172.18.0.3", "203.0.113.7", "[fd00::4]"]],
] as const) {
	test(`a host port with the hostIP "${hostIP}" answers on the addresses of its family`, () => {
		const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 8080, hostIP: "${hostIP}" }] }] }
`;
		const paths = pathsOf(snapshotOf(cutFiles(pod), settingsWith({ cluster: { nodes: TWO_ADDRESSES } })), "Pod default/web");
		assert.deepEqual(
			paths.filter(({ by, from }) => by === "hostPort" && from === "outside").map(({ address }) => address),
			hosts.map((host) => `${host}:8080`),
		);
	});
}

for (const [what, nodes] of [
	["known addresses", TWO_ADDRESSES],
	["unknown ones", []],
] as const) {
	test(`where nodePortAddresses leaves nothing of ${what}, a node port is refused`, () => {
		const cluster = { nodes, proxy: { ...DEFAULT_SETTINGS.cluster.proxy, nodePortAddresses: ["127.0.0.0/8"] } };
		const paths = pathsOf(snapshotOf(cutFiles(WITH_NODE_PORT), settingsWith({ cluster })), "Service default/web");
		const found = paths.filter(({ by }) => by === "nodePort");
		assert.ok(found.length > 0);
		for (const { verdict, why, to } of found) {
			assert.deepEqual([verdict, why, to], ["refused", "kube-proxy answers node ports on 127.0.0.0/8 only (nodePortAddresses)", []]);
		}
	});
}

test("the first addresses of a Node object are its internal ones", () => {
	const node = `
---
apiVersion: v1
kind: Node
metadata: { name: one }
status: { addresses: [{ type: ExternalIP, address: 203.0.113.7 }, { type: InternalIP, address: 172.18.0.3 }] }
`;
	const proxy = { ...DEFAULT_SETTINGS.cluster.proxy, mode: "nftables" } as const;
	const paths = pathsOf(snapshotOf(cutFiles(WITH_NODE_PORT + node), settingsWith({ cluster: { proxy } })), "Service default/web");
	assert.deepEqual([...new Set(paths.filter(({ by }) => by === "nodePort").map(({ address }) => address))], ["172.18.0.3:30080"]);
});
