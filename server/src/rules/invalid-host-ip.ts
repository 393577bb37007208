import { parseAddress } from "../model/address.ts";
import { given } from "../model/field.ts";
import { rule } from "./rule.ts";

export const invalidHostIp = rule({
	name: "invalid-host-ip",
	levels: ["warning"],
	on: "Workload",
	summary: "A hostIP that is no IP address.",
	why: "Kubernetes does not look at it and accepts the Pod, but the Pod's sandbox cannot be made: it never starts.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports",
	bad: `
apiVersion: apps/v1
kind: DaemonSet
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
              hostPort: 8080
              hostIP: localhost
`,
	good: `
apiVersion: apps/v1
kind: DaemonSet
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
              hostPort: 8080
              hostIP: 127.0.0.1
`,
	/** The kubelet hands over the ports of regular containers only, and none on the node's network. */
	*check({ template }) {
		if (template.hostNetwork && template.hostNetwork.value !== false) return;
		for (const { ports } of template.containers) {
			for (const { hostIP, hostPort } of ports) {
				const text = given(hostIP);
				if (!hostIP || text === undefined || given(hostPort) === undefined || parseAddress(text)) continue;
				yield { at: hostIP.node, message: `hostIP ${text} is no IP address, so the Pods cannot start` };
			}
		}
	},
});
