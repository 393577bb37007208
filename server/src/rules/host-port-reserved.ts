import { type HostPortUse, hostPortUses } from "../links/hostPorts.ts";
import { type Reservation, reservationOf } from "../links/reservedPorts.ts";
import { given } from "../model/field.ts";
import { labelOf } from "../model/labels.ts";
import { describe, namespaceOf } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { valueAt } from "../yaml/nodes.ts";
import { type Context, type Report, rule } from "./rule.ts";

export const hostPortReserved = rule({
	name: "host-port-reserved",
	levels: ["warning", "information"],
	on: "Workload",
	summary: "A host port on which Kubernetes itself listens, or that it may give to a Service.",
	why: "The kubelet, kube-proxy and the control plane listen on ports of the node, where a second process cannot. A node port may be any free number of its range, and kube-proxy comes before a hostPort (information).",
	source: "https://kubernetes.io/docs/reference/networking/ports-and-protocols/",
	bad: `
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: agent
          image: registry.example.com/agent:1.0
          ports:
            - containerPort: 8080
              hostPort: 10250
`,
	good: `
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: agent
          image: registry.example.com/agent:1.0
          ports:
            - containerPort: 8080
              hostPort: 8080
`,
	*check(workload, context) {
		if (isPartOfKubernetes(workload, context)) return;
		for (const use of hostPortUses(workload)) {
			// Nothing opens the host port of a sidecar or init container, but a sidecar on the node's network listens itself.
			if (use.container.init && (use.written || !use.container.sidecar)) continue;
			const owner = use.protocol === "TCP" ? reservationOf(use.number, given(use.container.image)) : undefined;
			if (owner) yield taken(use, owner);
			else if (use.written) yield* inNodePortRange(use, context);
		}
	},
});

const NODE_CRITICAL = /^system-(node|cluster)-critical$/;

/** In kube-system, or a static Pod. Objects of a kustomization get their namespace when it is built. */
function isPartOfKubernetes(workload: Workload, { unit }: Context): boolean {
	const { metadata, template, kind, source } = workload;
	if (namespaceOf(workload) === "kube-system" || (metadata.namespace && metadata.namespace.state !== "set")) return true;
	if (unit.addedTo) return true;
	const priority = valueAt(template.spec, "priorityClassName");
	const critical = priority?.kind === "scalar" && NODE_CRITICAL.test(priority.text);
	const isStatic =
		/\/(etc\/kubernetes\/|static-?)(manifests|pods)\//.test(source.uri) || labelOf(template.labels, "tier")?.value === "control-plane";
	return kind === "Pod" && (critical || isStatic);
}

function taken(use: HostPortUse, { owner }: Reservation): Report {
	return {
		at: use.field.node,
		message: `Host port ${use.number} of ${describe(use.workload)} is where ${owner} listens on a node`,
	};
}

function* inNodePortRange(use: HostPortUse, { settings }: Context): Iterable<Report> {
	const { first, last } = settings.cluster.nodePortRange;
	if (use.number < first || use.number > last) return;
	yield {
		at: use.field.node,
		level: "information",
		message: `Host port ${use.number} of ${describe(use.workload)} lies in ${first}-${last}, from where Kubernetes may give it to a Service`,
	};
}
