import { isBound } from "../links/placement.ts";
import { type Field, given } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import { describe } from "../model/object.ts";
import type { ContainerPort } from "../model/podTemplate.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { fixWithService } from "./nodePortService.ts";
import { rule } from "./rule.ts";

export const hostPortInsteadOfService = rule({
	name: "host-port-instead-of-service",
	levels: ["information"],
	on: "Workload",
	whole: true,
	summary: "A hostPort on Pods that may run on any node.",
	why: "The port answers only on nodes that run such a Pod, whichever these are, and no node can run two. A Service of type NodePort answers on every node.",
	source: "https://kubernetes.io/docs/concepts/configuration/overview/#services",
	bad: `
apiVersion: apps/v1
kind: StatefulSet
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
            - containerPort: 8080
              hostPort: 80
`,
	good: `
apiVersion: apps/v1
kind: StatefulSet
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
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 8080
`,
	*check(workload, context) {
		const [first, ...more] = hostPortsOf(workload);
		if (!first || !wandersAround(workload) || context.unit.patched) return;
		const ports = [first, ...more];
		const others = new Set(ports.map(({ number }) => number)).size - 1;
		const what =
			others > 0
				? `hostPorts ${first.number} and ${others} more of ${describe(workload)} answer`
				: `hostPort ${first.number} of ${describe(workload)} answers`;
		yield {
			at: first.field.key,
			message: `${what} only on nodes that run one of its Pods`,
			related: more.map(({ field, number }) => ({ at: field.key, message: `hostPort ${number}` })),
			fixes: fixWithService(workload, ports, context.links),
		};
	},
});

interface HostPort {
	readonly port: ContainerPort;
	readonly field: Field<number>;
	readonly number: number;
}

function hostPortsOf({ template }: Workload): readonly HostPort[] {
	return template.containers.flatMap(({ ports }) =>
		ports.flatMap((port): HostPort[] => {
			const number = given(port.hostPort);
			return port.hostPort && number !== undefined && isPortNumber(number) ? [{ port, field: port.hostPort, number }] : [];
		}),
	);
}

/** It lasts, and nothing says on which nodes it runs. */
function wandersAround(workload: Workload): boolean {
	const { kind, custom, metadata, template } = workload;
	if (kind === "DaemonSet" || custom || metadata.controlled || runsToCompletion(workload)) return false;
	return (template.hostNetwork === undefined || template.hostNetwork.value === false) && !isBound(workload);
}
