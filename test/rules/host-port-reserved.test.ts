import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPortReserved } from "../../server/src/rules/host-port-reserved.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	hostPortReserved,
	"it stands on the hostPort, or on the containerPort that hostNetwork makes one",
	`
#- a.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: metrics }
spec:
  selector: { matchLabels: { app: metrics } }
  template:
    metadata: { labels: { app: metrics } }
    spec:
      hostNetwork: true
      containers: [{ name: a, image: a, ports: [{ containerPort: 10249 }] }]
#                                                                ^^^^^ warning: Host port 10249 of DaemonSet metrics is where kube-proxy listens on a node
#- b.yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: proxy }
spec:
  selector: { matchLabels: { app: proxy } }
  template:
    metadata: { labels: { app: proxy } }
    spec:
      containers: [{ name: a, image: a, ports: [{ containerPort: 80, hostPort: 31000 }] }]
#                                                                              ^^^^^ information: Host port 31000 of DaemonSet proxy lies in 30000-32767, from where Kubernetes may give it to a Service
`,
);

function of(
	hostPort: number | string,
	shape: Parameters<typeof workload>[1] = {},
	image = "registry.example.com/app:1.0",
): readonly string[] {
	const text = workload([`ports: [{ containerPort: 8080, hostPort: ${hostPort} }]`], { kind: "DaemonSet", ...shape });
	return said(hostPortReserved, text.replaceAll("registry.example.com/app:1.0", image)).map((each) => each.replace(/ of \w+ web/, ""));
}

for (const [port, owner, own] of [
	[10248, "the kubelet", "kubelet"],
	[10250, "the kubelet", "hyperkube"],
	[10255, "the kubelet", "k3s"],
	[10249, "kube-proxy", "kube-proxy"],
	[10256, "kube-proxy", "kube-proxy-amd64"],
	[10257, "the controller manager", "kube-controller-manager"],
	[10258, "the cloud controller manager", "aws-cloud-controller-manager"],
	[10259, "the scheduler", "kube-scheduler"],
	[6443, "the API server", "kube-apiserver"],
	[2379, "etcd", "etcd"],
	[2380, "etcd", "etcd-amd64"],
] as const) {
	test(`host-port-reserved: ${port} is taken by ${owner}, and ${own} may have it`, () => {
		assert.deepEqual(of(port), [`warning: Host port ${port} is where ${owner} listens on a node`]);
		assert.deepEqual(of(port, {}, `registry.k8s.io/${own}:v1.36.2`), []);
	});
}

test("host-port-reserved: an image is a whole Kubernetes by its name, not by how it begins", () => {
	assert.deepEqual(of(10250, {}, "docker.io/kindest/node:v1.36.1"), []);
	assert.deepEqual(of(10250, {}, "rancher/k3s:v1.36.1-k3s1"), []);
	for (const image of ["node:22", "example/node-red:slim", "example/kind-of-blue:1.0"]) assert.equal(of(10250, {}, image).length, 1);
});

test("host-port-reserved: another protocol, another address, no number at all", () => {
	assert.deepEqual(of("10250, protocol: UDP"), []);
	assert.equal(of("10250, hostIP: 10.0.0.1").length, 1);
	assert.deepEqual(of("'${PORT}'"), []);
	assert.deepEqual(of(9100), []);
});

test("host-port-reserved: what belongs to Kubernetes may have any", () => {
	assert.deepEqual(of(10250, { namespace: "kube-system" }), []);
	assert.deepEqual(of(10250, { kind: "Pod", spec: "priorityClassName: system-node-critical" }), []);
	assert.deepEqual(of(10250, { kind: "Pod" }).length, 1);
	const pod = workload(["ports: [{ containerPort: 10250, hostPort: 10250 }]"]);
	assert.deepEqual(said(hostPortReserved, `#- etc/kubernetes/manifests/web.yaml\n${pod}`), []);
	assert.deepEqual(said(hostPortReserved, pod.replace("labels: {", "labels: { tier: control-plane,")), []);
});

test("host-port-reserved: the namespace may be kube-system where a kustomization sets it", () => {
	const text = workload(["ports: [{ containerPort: 10250, hostPort: 10250 }]"], { kind: "DaemonSet" });
	assert.deepEqual(
		said(hostPortReserved, `#- kustomization.yaml\nresources: [web.yaml]\nnamespace: kube-system\n#- web.yaml\n${text}`),
		[],
	);
	assert.deepEqual(said(hostPortReserved, text.replace("name: web,", "name: web, namespace: '${NAMESPACE}',")), []);
});

test("host-port-reserved: the configured range of node ports, written numbers only", () => {
	const text = workload(["ports: [{ containerPort: 8080, hostPort: 8090 }]"], { kind: "DaemonSet" });
	const range = { nodePortRange: { first: 8000, last: 9000, configured: true } };
	assert.deepEqual(said(hostPortReserved, text, range), [
		"information: Host port 8090 of DaemonSet web lies in 8000-9000, from where Kubernetes may give it to a Service",
	]);
	assert.deepEqual(said(hostPortReserved, workload(["ports: [{ containerPort: 8090 }]"], { spec: "hostNetwork: true" }), range), []);
});

test("host-port-reserved: nothing opens the host port of an init container", () => {
	const port = "ports: [{ containerPort: 10250, hostPort: 10250 }]";
	assert.deepEqual(said(hostPortReserved, workload([""], { init: [port, `restartPolicy: Always, ${port}`] })), []);
	const sidecar = workload([""], { init: ["restartPolicy: Always, ports: [{ containerPort: 10250 }]"], spec: "hostNetwork: true" });
	assert.equal(said(hostPortReserved, sidecar).length, 1);
});
