import { clusterIPUses, usesOfClusterIP } from "../links/clusterIPs.ts";
import { contested } from "./contested.ts";
import { rule } from "./rule.ts";

export const clusterIpConflict = rule({
	name: "cluster-ip-conflict",
	levels: ["error", "warning", "information"],
	on: "Service",
	whole: true,
	summary: "Two Services that ask for one cluster IP.",
	why: "Kubernetes refuses the Service that comes second. Between files of a folder it is a warning, since only one of them may be meant; for the same Pods it is information.",
	source: "https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.0.50
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  clusterIP: 10.96.0.50
  selector:
    app: api
  ports:
    - port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.0.50
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  clusterIP: 10.96.0.51
  selector:
    app: api
  ports:
    - port: 80
`,
	*check(service, { unit }) {
		for (const use of clusterIPUses(service)) {
			const { address } = use;
			const asks = (other: typeof service) => clusterIPUses(other).some((each) => each.address === address);
			const report = contested(unit, use, usesOfClusterIP(unit, address), asks, `cluster IP ${address}`);
			if (report) yield report;
		}
	},
});
