import { given } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isPortNumber } from "../model/forms.ts";
import type { ContainerPort } from "../model/podTemplate.ts";
import { isServed } from "../model/workload.ts";
import { type Fix, rule } from "./rule.ts";

export const hostNetworkPortMismatch = rule({
	name: "host-network-port-mismatch",
	levels: ["error"],
	on: "Workload",
	summary: "A hostPort that differs from its containerPort although the Pod is on the node's network.",
	why: "Kubernetes refuses it: with hostNetwork nothing translates ports, so the container's port is the node's.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - containerPort: 8080
          hostPort: 80
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - containerPort: 8080
          hostPort: 8080
`,
	/** Source: validatePodHostNetworkDeps of pkg/apis/core/validation/validation.go, which leaves out init containers and what defaulting fills in. */
	*check(workload) {
		if (workload.template.hostNetwork?.value !== true) return;
		for (const { ports } of workload.template.containers) {
			for (const port of ports) {
				const { hostPort, containerPort } = port;
				const [host, own] = [given(hostPort), containerPort?.value];
				if (!hostPort || host === undefined || own === undefined || host === own || !isPortNumber(own)) continue;
				yield {
					at: hostPort.node,
					message: `hostPort ${host} differs from containerPort ${own}, which it must equal with hostNetwork`,
					...(isServed(workload) ? { kubernetes: "refuses" } : {}),
					related: containerPort ? [{ at: containerPort.node, message: `containerPort ${own}` }] : [],
					fixes: [...set(port, "hostPort", own), ...set(port, "containerPort", host)],
				};
			}
		}
	},
});

function set(port: ContainerPort, name: "hostPort" | "containerPort", value: number): readonly Fix[] {
	const edit = isPortNumber(value) ? setField(port.node, name, port[name], value) : undefined;
	return edit ? [{ title: `Set ${name} to ${value}`, safe: false, edits: [edit] }] : [];
}
