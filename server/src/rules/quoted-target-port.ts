import type { Field } from "../model/field.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { servingContainers } from "../model/podTemplate.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";
import { isQuoted, unquote } from "./unquote.ts";

export const quotedTargetPort = rule({
	name: "quoted-target-port",
	levels: ["error"],
	on: "Object",
	summary: "A targetPort or a probe's port in quotes is a name, and a name needs a letter.",
	why: "Kubernetes refuses the object: a quoted number is the name of a container port, and such a name must contain a letter.",
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
	*check(object) {
		if (isService(object)) {
			for (const { node, targetPort } of object.ports) yield* quoted(targetPort, node, "targetPort", true);
		} else if (isWorkload(object)) {
			for (const { handlers } of servingContainers(object.template)) {
				for (const { of, type, node, port } of handlers) {
					if (type !== "grpc") yield* quoted(port, node, `${of}.${type}.port`, !object.custom);
				}
			}
		}
	},
});

function* quoted(field: Field<number | string> | undefined, parent: MapNode, name: string, refused: boolean): Iterable<Report> {
	const node = field?.node;
	if (node?.kind !== "scalar" || typeof field?.value !== "string" || !/^\d+$/.test(field.value)) return;
	yield {
		at: node,
		message: isQuoted(node)
			? `${name} "${field.value}" is a name because of its quotes, and no container port can have it`
			: `${name} ${field.value} is read as a text, so as a name, and no container port can have it`,
		...(refused ? { kubernetes: "refuses" as const } : {}),
		fixes: unquote(node, parent),
	};
}
