import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const SERVICE =
	"apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: NodePort, selector: { a: b }, ports: [{ port: 80, nodePort: NUMBER }] }\n";

/** Files that start an API server with the range 20000-22767. */
const FILES: readonly (readonly [what: string, name: string, text: string])[] = [
	[
		"kubeadm, until v1beta3",
		"kubeadm.yaml",
		"apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\napiServer:\n  extraArgs:\n    service-node-port-range: 20000-22767\n",
	],
	[
		"kubeadm, since v1beta4, behind another document",
		"kubeadm.yaml",
		"apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer:\n  extraArgs:\n    - { name: v, value: '4' }\n    - { name: service-node-port-range, value: 20000-22767 }\n",
	],
	[
		"kind",
		"kind/config.yaml",
		'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nkubeadmConfigPatches:\n  - |\n    kind: ClusterConfiguration\n    apiServer:\n      extraArgs:\n        "service-node-port-range": "20000-22767"\n',
	],
	[
		"kind, for a node",
		"kind.yaml",
		"kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n  - role: control-plane\n    kubeadmConfigPatches:\n      - |\n        kind: ClusterConfiguration\n        apiServer: { extraArgs: { service-node-port-range: 20000-22767 } }\n",
	],
	["k3s", "config.yaml", "service-node-port-range: 20000-22767\ndisable: traefik\n"],
	["k3s, passed on", "config.yaml", "kube-apiserver-arg:\n  - v=4\n  - service-node-port-range=20000-22767\n"],
	[
		"k3d",
		"k3d.yaml",
		"apiVersion: k3d.io/v1alpha5\nkind: Simple\noptions:\n  k3s:\n    extraArgs:\n      - arg: --kube-apiserver-arg=service-node-port-range=20000-22767\n        nodeFilters: [server:*]\n",
	],
	[
		"a static Pod",
		"kube-apiserver.yaml",
		"apiVersion: v1\nkind: Pod\nmetadata: { name: kube-apiserver }\nspec:\n  containers:\n    - { name: kube-apiserver, command: [kube-apiserver, --v=4, --service-node-port-range=20000-22767] }\n",
	],
	["a range with its size", "config.yaml", "service-node-port-range: 20000+2767\n"],
];

for (const [what, name, text] of FILES) {
	test(`the node ports of a cluster that ${name} starts: ${what}`, () => {
		assert.deepEqual(said({ [name]: text }, 30080), [`nodePort 30080 is outside 20000-22767, the range in ${name.split("/").at(-1)}`]);
		assert.deepEqual(said({ [name]: text }, 20080), []);
	});
}

for (const [what, name, text] of [
	["a placeholder", "config.yaml", "service-node-port-range: ${RANGE}\n"],
	["no range", "config.yaml", "service-node-port-range: 40000-30000\n"],
	["another program's argument", "pod.yaml", `${FILES[7]?.[2].replaceAll("kube-apiserver,", "proxy,")}`],
	["a list of flags somewhere else", "flags.yaml", "kind: Flags\nservice-node-port-range: 20000-22767\n"],
	["broken YAML", "config.yaml", "service-node-port-range: [20000-22767\n"],
	["a comment", "config.yaml", "# service-node-port-range: 20000-22767\ndisable: traefik\n"],
] as const) {
	test(`the default range holds beside ${what}`, () => {
		assert.deepEqual(said({ [name]: text }, 20080), ["nodePort 20080 is outside 30000-32767, the default range"]);
	});
}

test("where files name several ranges, all that any of them allows", () => {
	const files = { "a/config.yaml": "service-node-port-range: 20000-21000\n", "b/config.yaml": "service-node-port-range: 30000-31000\n" };
	assert.deepEqual(said(files, 31000), []);
	assert.deepEqual(said(files, 31001), ["nodePort 31001 is outside 20000-31000, the configured range"]);
});

test("what a user has set goes before what files say", () => {
	const settings = settingsWith({ cluster: { nodePortRange: { first: 30000, last: 32767, configured: true } } });
	const file = { "config.yaml": "service-node-port-range: 20000-22767\n" };
	assert.deepEqual(said(file, 20080, settings), ["nodePort 20080 is outside 30000-32767, the configured range"]);
});

function said(files: Readonly<Record<string, string>>, number: number, settings = settingsWith({})): readonly string[] {
	const all = new Map([...Object.entries(files), ["web.yaml", SERVICE.replace("NUMBER", String(number))]]);
	return findingsOf(snapshotOf(all, settings))
		.filter(({ rule }) => rule === "node-port-out-of-range")
		.map(({ message }) => message);
}
