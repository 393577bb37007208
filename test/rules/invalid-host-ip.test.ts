import assert from "node:assert/strict";
import { test } from "node:test";
import { invalidHostIp } from "../../server/src/rules/invalid-host-ip.ts";
import { said, workload } from "../support/said.ts";

function about(hostIP: string): readonly string[] {
	return said(invalidHostIp, workload([`ports: [{ containerPort: 80, hostPort: 80, hostIP: ${hostIP} }]`], { kind: "DaemonSet" }));
}

for (const [written, read = written] of [
	["localhost"],
	["node-1.example.com"],
	["10.0.0.256"],
	["10.0.0"],
	["10.0.0.0/8"],
	["10.0.0.1:80"],
	["'[::1]'", "[::1]"],
	["'fe80::1%eth0'", "fe80::1%eth0"],
	["'10.0.0.1 '", "10.0.0.1 "],
	["'*'", "*"],
] as const) {
	test(`invalid-host-ip: ${written} is no address, which Kubernetes accepts`, () =>
		assert.deepEqual(about(written), [`warning: hostIP ${read} is no IP address, so the Pods cannot start`]));
}

for (const written of ["10.0.0.1", "0.0.0.0", "010.0.0.1", "'::'", "'2001:db8::1'", "'::ffff:10.0.0.1'", "''", "~", "'${NODE_IP}'"]) {
	test(`invalid-host-ip: ${written} is an address, or may be one`, () => assert.deepEqual(about(written), []));
}

test("invalid-host-ip: what no sandbox is given does no harm", () => {
	const port = "ports: [{ containerPort: 80, hostPort: 80, hostIP: localhost }]";
	assert.deepEqual(said(invalidHostIp, workload([port], { spec: "hostNetwork: true" })), []);
	assert.deepEqual(said(invalidHostIp, workload([""], { init: [port, `restartPolicy: Always, ${port}`] })), []);
	assert.deepEqual(said(invalidHostIp, workload(["ports: [{ containerPort: 80, hostIP: localhost }]"])), []);
	assert.deepEqual(said(invalidHostIp, workload([port], { spec: "hostNetwork: false" })).length, 1);
});
