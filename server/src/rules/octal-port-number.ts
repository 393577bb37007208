import type { Field } from "../model/field.ts";
import { isOwn } from "../model/fieldEdits.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import type { Workload } from "../model/workload.ts";
import { replace } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";

export const octalPortNumber = rule({
	name: "octal-port-number",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "A port number with a leading zero, which makes it octal.",
	why: "Kubernetes reads it as another number than the one that is written: 010 is 8.",
	source: "https://yaml.org/type/int.html",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 0110
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
    - port: 72
`,
	*check(object) {
		if (isService(object)) {
			for (const { node, port, targetPort, nodePort } of object.ports) {
				for (const field of [port, targetPort, nodePort]) yield* octal(field, node);
			}
			if (object.spec) yield* octal(object.healthCheckNodePort, object.spec);
		} else if (isWorkload(object)) yield* inWorkload(object);
	},
});

function* inWorkload({ template }: Workload): Iterable<Report> {
	for (const { ports, handlers } of [...template.containers, ...template.initContainers]) {
		for (const { node, containerPort, hostPort } of ports) for (const field of [containerPort, hostPort]) yield* octal(field, node);
		for (const { node, port } of handlers) yield* octal(port, node);
	}
}

/** 080 is no octal number and counts as 80. The number that Kubernetes sees keeps what works; the one that is written may be meant. */
function* octal(field: Field<number | string> | undefined, map: MapNode): Iterable<Report> {
	const node = field?.node;
	if (!field || node?.kind !== "scalar" || typeof field.value !== "number" || !/^[-+]?0[oO]?[0-7_]+$/.test(node.text)) return;
	const decimal = Number(node.text.replace(/[_oO]/g, ""));
	if (decimal === field.value) return;
	const numbers = isOwn(node, map) ? [field.value, decimal] : [];
	yield {
		at: node,
		message: `${field.key.text} ${node.text} is octal: Kubernetes reads ${field.value}`,
		fixes: numbers.map((number) => ({ title: `Write ${number}`, safe: false, edits: [replace(node, String(number))] })),
	};
}
