import { hostPortConflict } from "../../server/src/rules/host-port-conflict.ts";
import { check } from "../support/carets.ts";
import { reach } from "./expect.ts";

const node = (name: string, address: string, spec = "") => `
apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { ${spec} }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
---`;

const tainted = (taint: string) => node("control", "10.0.0.1", `taints: [${taint}]`) + node("worker", "10.0.0.2");

const pods = (kind: string, spec: string) => `
apiVersion: ${kind === "Pod" ? "v1" : "apps/v1"}
kind: ${kind}
metadata: { name: agent }
${kind === "Pod" ? podSpec("spec", spec) : `spec:\n  selector: { matchLabels: { app: agent } }\n  template:\n    metadata: { labels: { app: agent } }\n    ${podSpec("spec", spec)}`}
`;

function podSpec(key: string, spec: string): string {
	return `${key}: { ${spec === "" ? "" : `${spec}, `}containers: [{ name: c, ports: [{ containerPort: 8080, hostPort: 8080 }] }] }`;
}

const CONTROL = "{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }";
const KEY = "node-role.kubernetes.io/control-plane";

const BOTH = ["10.0.0.1", "10.0.0.2"];
const WORKER = ["10.0.0.2"];

/** Where host ports answer. */
function hosts(title: string, taint: string, kind: string, spec: string, addresses: readonly string[]): void {
	const by = spec.includes("hostNetwork") ? "hostNetwork" : "hostPort";
	const lines = ["outside", "node", "pod"].map((from) => {
		const seen = from === "pod" ? "replaced" : "kept";
		const ports = addresses.map((address) => `${from} ${by} ${address}:8080 with-pod via - -> ${kind} agent:8080 | ${seen} | reaches`);
		const own =
			from === "outside" ? [] : [`${from} podIP podIP:8080 via - -> ${kind} agent:8080 | ${by === "hostPort" ? "kept" : seen} | reaches`];
		return [...ports, ...own].join("\n");
	});
	reach(title, tainted(taint) + pods(kind, spec), { [`${kind} default/agent`]: lines.join("\n") });
}

hosts("a Pod does not stand on a node whose taint it does not tolerate", CONTROL, "Pod", "", WORKER);
hosts("a DaemonSet does not either", CONTROL, "DaemonSet", "", WORKER);
hosts("a node that prefers others takes Pods", CONTROL.replace("NoSchedule", "PreferNoSchedule"), "Pod", "", BOTH);

for (const [title, toleration, addresses] of [
	["the key, whatever its value", `{ key: ${KEY}, operator: Exists }`, BOTH],
	["the key and the value", `{ key: ${KEY}, value: "", effect: NoSchedule }`, BOTH],
	["another value", `{ key: ${KEY}, value: "yes" }`, WORKER],
	["another effect", `{ key: ${KEY}, operator: Exists, effect: NoExecute }`, WORKER],
	["another key", "{ key: other, operator: Exists }", WORKER],
	["everything", "{ operator: Exists }", BOTH],
	["everything of one effect", "{ operator: Exists, effect: NoSchedule }", BOTH],
	["what is filled in later", "{ key: '${KEY}', operator: Exists }", BOTH],
] as const) {
	hosts(`a Pod that tolerates ${title}`, CONTROL, "Pod", `tolerations: [${toleration}]`, addresses);
}

const pressure = (name: string, effect = "NoSchedule") => `{ key: node.kubernetes.io/${name}, effect: ${effect} }`;

for (const [name, effect, kind, spec, addresses] of [
	["disk-pressure", "NoSchedule", "DaemonSet", "", BOTH],
	["memory-pressure", "NoSchedule", "DaemonSet", "", BOTH],
	["pid-pressure", "NoSchedule", "DaemonSet", "", BOTH],
	["unschedulable", "NoSchedule", "DaemonSet", "", BOTH],
	["unschedulable", "NoSchedule", "Deployment", "", WORKER],
	["disk-pressure", "NoSchedule", "Deployment", "", WORKER],
	["not-ready", "NoExecute", "DaemonSet", "", BOTH],
	["not-ready", "NoExecute", "Deployment", "", BOTH],
	["not-ready", "NoSchedule", "DaemonSet", "", WORKER],
	["network-unavailable", "NoSchedule", "DaemonSet", "", WORKER],
	["network-unavailable", "NoSchedule", "DaemonSet", "hostNetwork: true", BOTH],
	["network-unavailable", "NoSchedule", "Deployment", "hostNetwork: true", WORKER],
] as const) {
	const who = `a ${kind}${spec === "" ? "" : " on the host network"}`;
	hosts(
		`${who} ${addresses === BOTH ? "tolerates" : "does not tolerate"} ${name}:${effect} by itself`,
		pressure(name, effect),
		kind,
		spec,
		addresses,
	);
}

const CLOSED = node("control", "10.0.0.1", "unschedulable: true") + node("worker", "10.0.0.2");

reach("a node that takes no new Pods is none for a Pod, but for one that names it", CLOSED + pods("Pod", "nodeName: control"), {
	"Pod default/agent": `
		outside hostPort 10.0.0.1:8080 with-pod via - -> Pod agent:8080 | kept | reaches
		node hostPort 10.0.0.1:8080 with-pod via - -> Pod agent:8080 | kept | reaches
		node podIP podIP:8080 via - -> Pod agent:8080 | kept | reaches
		pod hostPort 10.0.0.1:8080 with-pod via - -> Pod agent:8080 | replaced | reaches
		pod podIP podIP:8080 via - -> Pod agent:8080 | kept | reaches
	`,
});

const daemon = (name: string, spec: string, caret = "") => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${spec}
      containers:
        - name: c
          ports:
            - containerPort: 8080
              hostPort: 8080
${caret}---`;

const ONE = node("control", "10.0.0.1", `taints: [${CONTROL}]`);

check(
	hostPortConflict,
	"DaemonSets of which only one tolerates the taint of the only node share none",
	`${ONE}${daemon("a", "tolerations: [{ operator: Exists }]")}${daemon("b", "tolerations: []")}`,
	{ only: true },
);

const says = (one: string, other: string) =>
	`#                       ^^^^ warning: DaemonSet ${one} and DaemonSet ${other} both take host port 8080/TCP, and they have to share nodes\n`;

check(
	hostPortConflict,
	"DaemonSets that both tolerate it do",
	`${ONE}${daemon("a", "tolerations: [{ operator: Exists }]", says("a", "b"))}${daemon("b", `tolerations: [{ key: ${KEY}, operator: Exists }]`, says("b", "a"))}`,
	{ only: true },
);
