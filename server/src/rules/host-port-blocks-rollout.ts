import { type HostPortUse, hostPortUses } from "../links/hostPorts.ts";
import { knownNodes, nodesFor } from "../links/placement.ts";
import { type Rollout, resolvedRollout } from "../links/rollout.ts";
import { describe } from "../model/object.ts";
import { placeOfPath } from "../model/places.ts";
import type { Workload } from "../model/workload.ts";
import { deleteFirst } from "./rolloutEdits.ts";
import { type Context, type Report, rule } from "./rule.ts";

export const hostPortBlocksRollout = rule({
	name: "host-port-blocks-rollout",
	levels: ["warning", "information"],
	on: "Workload",
	whole: true,
	summary: "Pods with a hostPort whose update starts the new Pod before the old one is gone.",
	why: "A node gives its port to one Pod. Where every node that may run one has an old Pod, the new one stays Pending, the old ones stay, and the update never ends.",
	source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment",
	bad: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      nodeSelector:
        kubernetes.io/hostname: edge-1
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8080
              hostPort: 80
`,
	good: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 1
  template:
    metadata:
      labels:
        app: web
    spec:
      nodeSelector:
        kubernetes.io/hostname: edge-1
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8080
              hostPort: 80
`,
	*check(workload, context) {
		if (workload.custom || workload.metadata.controlled || context.unit.patched) return;
		const use = hostPortUses(workload).find(({ container }) => !container.init || container.sidecar);
		const rollout = use && resolvedRollout(workload);
		if (!use || !rollout) return;
		if (workload.kind === "DaemonSet") yield* ofDaemonSet(workload, use, rollout);
		else yield* ofDeployment(workload, use, rollout, context);
	},
});

/** A DaemonSet has a Pod on every node that may run one. */
function* ofDaemonSet(workload: Workload, use: HostPortUse, { maxSurge, surgeField }: Rollout): Iterable<Report> {
	if (maxSurge === 0) return;
	yield {
		at: surgeField?.node ?? workload.root,
		level: "warning",
		message: `${describe(workload)} can never update: with maxSurge ${written(surgeField)} a new Pod waits for host port ${use.number} of the old one`,
		related: [{ at: use.field.node, message: `Host port ${use.number}` }],
		fixes: deleteFirst(workload, "updateStrategy"),
	};
}

function* ofDeployment(workload: Workload, use: HostPortUse, rollout: Rollout, { unit, settings }: Context): Iterable<Report> {
	const { replicas, maxUnavailable } = rollout;
	// Where none of the known nodes may run it there are others.
	const nodes = nodesFor(workload, knownNodes(unit, settings)) || undefined;
	if (maxUnavailable > 0 || replicas === 0 || (nodes !== undefined && replicas < nodes)) return;
	const known = nodes !== undefined;
	const when = known
		? "can never update: its Pods fill all nodes that may run it"
		: `cannot update where only ${replicas} ${replicas === 1 ? "node" : "nodes"} may run it`;
	yield {
		at: placeOf(workload),
		level: known ? "warning" : "information",
		message: `${describe(workload)} ${when}, for a new Pod waits for host port ${use.number} of an old one`,
		related: [{ at: use.field.node, message: `Host port ${use.number}` }],
		fixes: deleteFirst(workload, "strategy"),
	};
}

/** What is written of the strategy, else the number of Pods, else the workload itself. */
function placeOf({ root, replicas, kindField, spec }: Workload) {
	const strategy = placeOfPath(root, "spec", "strategy", "rollingUpdate", "maxUnavailable");
	const isStrategy = spec !== undefined && strategy !== placeOfPath(root, "spec");
	return isStrategy ? strategy : (replicas?.node ?? kindField?.node ?? strategy);
}

function written(field: Rollout["surgeField"]): string {
	return field?.node.kind === "scalar" ? field.node.text : "above 0";
}
