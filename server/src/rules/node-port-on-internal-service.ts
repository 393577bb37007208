import { given } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { placeOf } from "../model/places.ts";
import { knownType } from "../model/service.ts";
import { removeField } from "./removeField.ts";
import { rule } from "./rule.ts";

export const nodePortOnInternalService = rule({
	name: "node-port-on-internal-service",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "A node port on a Service of type ClusterIP, which is the type where none is written.",
	why: "Kubernetes refuses the Service: a ClusterIP Service is not reachable on nodes.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
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
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30080
  type: NodePort
`,
	*check(service, { unit }) {
		const { spec, type, ports } = service;
		if (!spec || knownType(service) !== "ClusterIP" || (!type && unit.patched)) return;
		const edit = setField(spec, "type", type, "NodePort");
		for (const { nodePort, node } of ports) {
			if (!nodePort || given(nodePort) === undefined) continue;
			yield {
				at: placeOf(nodePort),
				message: `nodePort ${nodePort.value} is on a Service of type ClusterIP${given(type) ? "" : ", as no type is written"}`,
				kubernetes: "refuses",
				fixes: [...(edit ? [{ title: "Set type to NodePort", safe: false, edits: [edit] }] : []), ...removeField(node, nodePort)],
			};
		}
	},
});
