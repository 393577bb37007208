import { nodePortUses, staticBand } from "../links/nodePorts.ts";
import { nextFree } from "./nextFree.ts";
import { rule } from "./rule.ts";

export const nodePortInDynamicBand = rule({
	name: "node-port-in-dynamic-band",
	levels: ["hint"],
	off: true,
	on: "Service",
	summary: "A written node port that Kubernetes may give to another Service first.",
	why: "Numbers that Kubernetes picks itself come from the upper part of the range. Where one of those is written, another Service may have it already when this one is created.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions",
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
      nodePort: 31080
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
      nodePort: 30000
`,
	*check(service, context) {
		const range = context.settings.cluster.nodePortRange;
		const size = staticBand(range);
		const first = range.first + size;
		for (const use of size === 0 ? [] : nodePortUses(service)) {
			if (use.number < first || use.number > range.last) continue;
			yield {
				at: use.field.node,
				message: `${use.name} ${use.number} is one of ${first}-${range.last}, from which Kubernetes picks numbers itself`,
				fixes: nextFree(use, context),
			};
		}
	},
});
