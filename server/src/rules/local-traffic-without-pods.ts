import { knownNodes } from "../links/placement.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { describe } from "../model/object.ts";
import { serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type Context, type Fix, rule } from "./rule.ts";

export const localTrafficWithoutPods = rule({
	name: "local-traffic-without-pods",
	levels: ["hint", "information"],
	on: "Service",
	summary: "A node port with externalTrafficPolicy Local in front of Pods that need not be on every node.",
	why: "With Local a node that runs none of the Pods drops what comes in on the node port. With fewer Pods than known nodes that is certain (information).",
	source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: Cluster
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 80
`,
	/** The load balancer of a cloud asks each node whether it runs one; nobody asks for a plain node port. */
	*check(service, context) {
		const policy = service.externalTrafficPolicy;
		const { workloads, uncertain } = context.links.selection(service);
		if (policy?.value !== "Local" || serviceType(service) !== "NodePort" || uncertain.length > 0 || workloads.length === 0) return;
		const backends = workloadsBehind({ workloads, uncertain }).flat();
		const leaving = backends.map((workload) => leavesNodes(workload, context));
		const [first] = backends;
		if (!first || leaving.includes("no")) return;
		const sure = backends.length === 1 && leaving[0] === "yes";
		const edit = service.spec && setField(service.spec, "externalTrafficPolicy", policy, "Cluster");
		const fixes: readonly Fix[] = edit ? [{ title: "Set externalTrafficPolicy to Cluster", safe: false, edits: [edit] }] : [];
		yield {
			at: policy.node,
			level: sure ? "information" : "hint",
			message: sure
				? `Nodes without one of the ${podsOf(first)} Pods of ${describe(first)} drop what comes in on the node port`
				: `Nodes without a Pod of ${describe(first)} drop what comes in on the node port`,
			related: [{ at: first.metadata.name?.node ?? first.root, message: describe(first) }],
			fixes,
		};
	},
});

/** Whether nodes are left without a Pod: not by what runs on every node, and perhaps where the nodes are not known. */
function leavesNodes(workload: Workload, { unit, settings }: Context): "yes" | "no" | "maybe" {
	if (workload.kind !== "Deployment" && workload.kind !== "StatefulSet") return "no";
	const nodes = knownNodes(unit, settings);
	if (nodes.length === 0 || isUnreadable(workload.replicas)) return "maybe";
	if (nodes.length === 1) return "no";
	return podsOf(workload) < nodes.length ? "yes" : "maybe";
}

function podsOf({ replicas }: Workload): number {
	return replicas?.value ?? 1;
}
