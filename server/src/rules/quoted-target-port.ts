import type { Field } from "../model/field.ts";
import { replace } from "../yaml/edit.ts";
import { rule } from "./rule.ts";

export const quotedTargetPort = rule({
	name: "quoted-target-port",
	levels: ["error"],
	on: "Service",
	summary: "A targetPort in quotes is a name, and a name needs a letter.",
	why: "Kubernetes refuses the Service: a quoted number is the name of a container port, and such a name must contain a letter.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
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
      targetPort: "8080"
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
      targetPort: 8080
`,
	*check(service) {
		for (const { targetPort } of service.ports) {
			const number = quotedNumber(targetPort);
			if (!targetPort || number === undefined) continue;
			yield {
				at: targetPort.node,
				message: `targetPort "${number}" is a name because of its quotes, and no container port can have it`,
				kubernetes: "refuses",
				fixes: [{ title: "Remove the quotes", safe: true, edits: [replace(targetPort.node, number)] }],
			};
		}
	},
});

/** The digits of a quoted port number. */
function quotedNumber(field: Field<number | string> | undefined): string | undefined {
	const value = field?.value;
	return typeof value === "string" && /^\d+$/.test(value) ? value : undefined;
}
