import { seenPorts } from "../links/seenPorts.ts";
import { isServed } from "../model/workload.ts";
import { rule } from "./rule.ts";

export const hostIpWithoutHostPort = rule({
	name: "host-ip-without-host-port",
	levels: ["warning"],
	on: "Workload",
	summary: "A hostIP beside no hostPort.",
	why: "The address says where on the node a hostPort is reachable, so alone it does nothing, and Kubernetes warns about it.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - containerPort: 8080
          hostIP: 10.0.0.1
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - containerPort: 8080
`,
	*check(workload, { settings }) {
		const warned = isServed(workload) && settings.cluster.version.from >= WARNED_SINCE;
		for (const { hostIP, hostPort, port } of seenPorts(workload)) {
			if (hostIP === "" || hostPort !== 0) continue;
			yield {
				at: port.hostIP?.node ?? port.node,
				message: `hostIP ${hostIP} has no effect without a hostPort`,
				...(warned ? { kubernetes: "warns" } : {}),
			};
		}
	},
});

const WARNED_SINCE = 28;
