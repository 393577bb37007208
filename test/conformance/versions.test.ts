import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

interface Parts {
	readonly name?: string;
	readonly spec?: string;
	readonly port?: number;
}

/** What is said of a Service over a range of versions: rule, severity and what Kubernetes answers in all of them. */
const ANSWERS: readonly (readonly [what: string, service: Parts, from: number, to: number, said: readonly string[]])[] = [
	["a name with a digit in front", { name: "1web" }, 34, 35, ["invalid-service-name error refuses"]],
	["a name with a digit in front", { name: "1web" }, 34, 36, ["invalid-service-name warning -"]],
	["a name with a digit in front", { name: "1web" }, 36, 36, []],
	["leading zeros", { spec: "clusterIP: 10.0.0.010" }, 34, 35, ["non-canonical-ip warning warns"]],
	["leading zeros", { spec: "clusterIP: 10.0.0.010" }, 35, 36, ["invalid-ip-address warning -"]],
	["leading zeros", { spec: "clusterIP: 10.0.0.010" }, 36, 36, ["invalid-ip-address error refuses"]],
	["no address at all", { spec: "clusterIP: here" }, 34, 36, ["invalid-ip-address error refuses"]],
	["IPv6 in upper case", { spec: 'clusterIP: "FD00::1"' }, 34, 36, ["non-canonical-ip warning warns"]],
	["external addresses", { spec: "externalIPs: [10.0.0.1]" }, 34, 35, []],
	["external addresses", { spec: "externalIPs: [10.0.0.1]" }, 35, 36, ["deprecated-service-field information -"]],
	["external addresses", { spec: "externalIPs: [10.0.0.1]" }, 36, 36, ["deprecated-service-field information warns"]],
	["PreferClose", { spec: "trafficDistribution: PreferClose" }, 34, 34, []],
	["PreferClose", { spec: "trafficDistribution: PreferClose" }, 34, 36, ["deprecated-service-field information -"]],
	["PreferClose", { spec: "trafficDistribution: PreferClose" }, 36, 36, ["deprecated-service-field information warns"]],
	[
		"an affinity that is the default, headless",
		{ spec: "clusterIP: None, sessionAffinity: None" },
		34,
		34,
		["ignored-service-field warning warns"],
	],
	["an affinity that is the default, headless", { spec: "clusterIP: None, sessionAffinity: None" }, 34, 36, []],
	["the kubelet's port on a load balancer", { spec: "type: LoadBalancer", port: 10250 }, 31, 32, ["forbidden-service-field error refuses"]],
	["the kubelet's port on a load balancer", { spec: "type: LoadBalancer", port: 10250 }, 32, 33, ["forbidden-service-field warning -"]],
	["the kubelet's port on a load balancer", { spec: "type: LoadBalancer", port: 10250 }, 33, 36, []],
];

for (const [what, service, from, to, said] of ANSWERS) {
	test(`${what} in 1.${from}-1.${to}: ${said.join() || "nothing"}`, () => {
		const settings = settingsWith({ cluster: { version: { from, to } } });
		const findings = findingsOf(snapshotOf(new Map([["manifest.yaml", manifest(service)]]), settings));
		assert.deepEqual(
			findings.map(({ rule, severity, kubernetes }) => `${rule} ${severity} ${kubernetes ?? "-"}`),
			said,
		);
	});
}

function manifest({ name = "web", spec = "type: ClusterIP", port = 80 }: Parts): string {
	return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${spec}, ports: [{ port: ${port} }] }\n`;
}
