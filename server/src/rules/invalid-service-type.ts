import { SERVICE_TYPES } from "../model/service.ts";
import { noneOf } from "./oneOf.ts";
import { rule } from "./rule.ts";

export const invalidServiceType = rule({
	name: "invalid-service-type",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "A Service type that Kubernetes does not have.",
	why: "Kubernetes refuses the Service: the type is ClusterIP, NodePort, LoadBalancer or ExternalName, with this case.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: Nodeport
  selector:
    app: web
  ports:
    - port: 80
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
`,
	*check({ spec, type }) {
		const report = spec && type?.value !== "" ? noneOf(spec, type, SERVICE_TYPES) : undefined;
		if (report) yield report;
	},
});
