import { type Field, given } from "../model/field.ts";
import { isOwn } from "../model/fieldEdits.ts";
import { isPortName, isPortNumber } from "../model/forms.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { placeOf, placeOfItem } from "../model/places.ts";
import { type Handler, servingContainers } from "../model/podTemplate.ts";
import type { Service } from "../model/service.ts";
import { describeValue } from "../model/shape.ts";
import { isServed, type Workload } from "../model/workload.ts";
import { type Place, textAt } from "../text/source.ts";
import { replace, tagBefore } from "../yaml/edit.ts";
import { isNull, type MapNode, type Node } from "../yaml/nodes.ts";
import { isMisspelt } from "./misspelt.ts";
import { type Fix, type Report, rule } from "./rule.ts";
import { unquote } from "./unquote.ts";

export const invalidPortNumber = rule({
	name: "invalid-port-number",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A port that is missing, no whole number, or outside 1-65535.",
	why: "Kubernetes refuses the object: a port is a number from 1 to 65535, written without quotes.",
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
    - port: "80"
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
`,
	*check(object) {
		const ports = isService(object) ? inService(object) : isWorkload(object) ? inWorkload(object) : [];
		const refused = !isWorkload(object) || isServed(object);
		// What an operator fills in is no absence: Knative's probes need no port.
		const filledIn = isWorkload(object) && object.custom;
		for (const { missing, ...port } of ports) {
			const report = judge(missing && !filledIn ? { ...port, missing } : port);
			if (report) yield refused ? { ...report, kubernetes: "refuses" } : report;
		}
	},
});

/** A field that holds the number of a port. */
interface Port {
	/** What it is called in messages. */
	readonly name: string;
	readonly field: Field<number | string> | undefined;
	/** The map that it stands in; not there for an empty item of a list. */
	readonly map: MapNode | undefined;
	/** Where it is reported when it must be there and is not; absent where it may be left out. */
	readonly missing?: Place;
	/** 0 is a number like any other, though the field may be missing here. */
	readonly zeroCounts?: boolean;
	/** A name may stand in its place. */
	readonly orName?: boolean;
	/** Which number it may be, another rule says. */
	readonly anyNumber?: boolean;
}

function* inService({ ports, portList, healthCheckNodePort, spec }: Service): Iterable<Port> {
	for (const { node: map, port, targetPort, nodePort } of ports) {
		yield { name: "port", field: port, map, missing: placeOfItem(map, portList ?? { key: map }) };
		yield { name: "targetPort", field: targetPort, map, orName: true };
		yield { name: "nodePort", field: nodePort, map, anyNumber: true };
	}
	yield* emptyItems("port", portList);
	yield { name: "healthCheckNodePort", field: healthCheckNodePort, map: spec, anyNumber: true };
}

function* inWorkload({ template }: Workload): Iterable<Port> {
	for (const { ports, portList } of [...template.containers, ...template.initContainers]) {
		for (const { node: map, containerPort, hostPort } of ports) {
			yield { name: "containerPort", field: containerPort, map, missing: placeOfItem(map, portList ?? { key: map }) };
			yield { name: "hostPort", field: hostPort, map };
		}
		yield* emptyItems("containerPort", portList);
	}
	for (const { handlers } of servingContainers(template)) for (const handler of handlers) yield* inHandler(handler);
}

/** The port of a grpc probe that is a name or not there is a matter of the probe. */
function* inHandler({ of, type, key, node: map, port }: Handler): Iterable<Port> {
	const name = `${of}.${type}.port`;
	if (type !== "grpc") yield { name, field: port, map, orName: true, missing: key };
	else if (typeof port?.value !== "string" || /^\d+$/.test(port.value)) yield { name, field: port, map, zeroCounts: true };
}

/** A null in a list is an entry whose fields are all unset. */
function* emptyItems(name: string, list: Service["portList"]): Iterable<Port> {
	for (const item of list?.value?.items ?? []) {
		if (list && isNull(item)) yield { name, field: undefined, map: undefined, missing: placeOfItem(item, list) };
	}
}

function judge(port: Port): Report | undefined {
	const { name, field, map, missing, orName, anyNumber, zeroCounts } = port;
	if (!field) return missing && !isMisspelt(map, name.replace(/.*\./, "")) ? { at: missing, message: `${name} is missing` } : undefined;
	if (field.state === "placeholder") return undefined;
	if (field.state === "unset") return missing ? { at: placeOf(field), message: `${name} is missing` } : undefined;
	if (field.state === "wrong-type" || (typeof field.value === "string" && !orName)) return noNumber(port, field.node);
	if (typeof field.value === "string" || anyNumber || (given(field) === undefined && !missing && !zeroCounts)) return undefined;
	if (field.value === undefined || isPortNumber(field.value)) return undefined;
	return { at: placeOf(field), message: `${name} ${written(field.node, field.value)} is outside 1-65535` };
}

function written(node: Node, value: number): string {
	const text = textAt(node);
	return text === String(value) ? text : `${value} (written ${text})`;
}

function noNumber({ name, field, orName, map }: Port, node: Node): Report {
	const what = node.kind === "scalar" && typeof node.value === "string" ? `the text ${textAt(node)}` : describeValue(node, textAt(node));
	return {
		at: field ? placeOf(field) : node,
		message: `${name} is ${what}, where a whole number ${orName ? "or a name " : ""}belongs`,
		fixes: map ? fixes(node, map, orName === true) : [],
	};
}

/** A number loses its quotes; a word that is read as a boolean, and may be a name, gets some. */
function fixes(node: Node, map: MapNode, orName: boolean): readonly Fix[] {
	if (node.kind !== "scalar") return [];
	if (typeof node.value === "string") return unquote(node, map);
	const text = textAt(node);
	const name = orName && typeof node.value === "boolean" && isPortName(text) && isOwn(node, map) && !tagBefore(node);
	return name ? [{ title: `Put ${text} in quotes`, safe: false, edits: [replace(node, JSON.stringify(text))] }] : [];
}
