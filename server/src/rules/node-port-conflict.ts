import { nodePortUses, usesOfNodePort } from "../links/nodePorts.ts";
import { contested } from "./contested.ts";
import { nextFree } from "./nextFree.ts";
import { rule } from "./rule.ts";

export const nodePortConflict = rule({
	name: "node-port-conflict",
	levels: ["error", "warning", "information"],
	on: "Service",
	summary: "Two Services that ask for one node port.",
	why: "Kubernetes refuses the Service that comes second: a node port belongs to one Service, whatever the protocol and the namespace. Between files of a folder it is a warning, since only one of them may be meant; for the same Pods it is information.",
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
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  type: NodePort
  selector:
    app: api
  ports:
    - port: 80
      nodePort: 30080
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
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  type: NodePort
  selector:
    app: api
  ports:
    - port: 80
      nodePort: 30080
`,
	*check(service, context) {
		const { unit } = context;
		for (const use of nodePortUses(service)) {
			const { number } = use;
			const asks = (other: typeof service) => nodePortUses(other).some((each) => each.number === number);
			const report = contested(unit, use, usesOfNodePort(unit, number), asks, `node port ${number}`);
			if (report) yield { ...report, fixes: nextFree(use, context) };
		}
	},
});
