import { type HostPortUse, hostPortUses } from "../links/hostPorts.ts";
import { type NodePortUse, nodePortUses } from "../links/nodePorts.ts";
import { isWorkload } from "../model/manifest.ts";
import { describe } from "../model/object.ts";
import { protocolOf } from "../model/service.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees } from "../units/unit.ts";
import { nextFree } from "./nextFree.ts";
import { rule } from "./rule.ts";

export const nodePortIsHostPort = rule({
	name: "node-port-is-host-port",
	levels: ["warning"],
	on: "Service",
	summary: "A node port that is also a host port of Pods in the unit.",
	why: "Nobody compares the two, so Kubernetes accepts both. On a node that runs such a Pod the order of the data plane's rules decides who answers, which is kube-proxy as a rule.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30080
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: kube-system
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
              hostPort: 30080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30081
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: kube-system
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
              hostPort: 30080
`,
	*check(service, context) {
		for (const use of nodePortUses(service)) {
			const protocol = protocolFor(use);
			const holders = context.unit.find(BY_PORT, `${protocol}/${use.number}`);
			const holder = holders.find(({ workload }) => sees(context.unit, service, workload));
			if (!holder) continue;
			yield {
				at: use.field.node,
				message: `${use.name} ${use.number} is also a host port of ${describe(holder.workload)}, and only one of them answers on its nodes`,
				related: [{ at: holder.field.node, message: `Host port of ${describe(holder.workload)}` }],
				fixes: nextFree(use, context),
			};
		}
	},
});

/** Health checks go over TCP. */
function protocolFor({ service, parent, name }: NodePortUse): string | undefined {
	const port = service.ports.find(({ node }) => node === parent);
	return name === "healthCheckNodePort" ? "TCP" : port && protocolOf(port);
}

/** The host ports that something listens on or forwards, by protocol and number. */
const BY_PORT = objectIndex((object) => {
	if (!isWorkload(object) || object.metadata.controlled || object.broken) return [];
	return hostPortUses(object)
		.filter(isOpen)
		.map((use) => [`${use.protocol}/${use.number}`, use] as const);
});

/** Nothing forwards the host port of an init container; a sidecar on the node's network listens itself. */
function isOpen({ container, workload }: HostPortUse): boolean {
	return !container.init || (container.sidecar && workload.template.hostNetwork?.value === true);
}
