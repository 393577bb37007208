import type { Field } from "../model/field.ts";
import { isQualifiedName } from "../model/forms.ts";
import { placeOf } from "../model/places.ts";
import { knownType } from "../model/service.ts";
import { type Report, rule } from "./rule.ts";

export const invalidQualifiedName = rule({
	name: "invalid-qualified-name",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "An appProtocol or a loadBalancerClass that is no qualified name.",
	why: "Kubernetes refuses the Service: such a name has up to 63 letters, digits, -, _ and . with a letter or digit at both ends, and may have a lower-case domain and / in front of it.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol",
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
      appProtocol: HTTP/1.1/TLS
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
      appProtocol: http
`,
	*check(service) {
		for (const { appProtocol } of service.ports) yield* unqualified(appProtocol);
		if (knownType(service) === "LoadBalancer") yield* unqualified(service.loadBalancerClass);
	},
});

/** An empty text is a value here, for the fields are pointers. */
function* unqualified(field: Field<string> | undefined): Iterable<Report> {
	if (field?.value === undefined || isQualifiedName(field.value)) return;
	const form = "is no qualified name such as http or example.com/http";
	yield {
		at: placeOf(field),
		message: `${field.key.text} ${field.value === "" ? "is empty, which" : `"${field.value}"`} ${form}`,
		kubernetes: "refuses",
	};
}
