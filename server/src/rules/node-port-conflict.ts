import { linksOf } from "../links/links.ts";
import { type NodePortUse, nodePortUses, usesOfNodePort } from "../links/nodePorts.ts";
import { distinctNames, mayBeOne, versionsFor } from "../links/versions.ts";
import { printLabels } from "../model/labels.ts";
import { describe, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { sees, type Unit } from "../units/unit.ts";
import { nextFree } from "./nextFree.ts";
import { type Report, rule } from "./rule.ts";

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
		for (const use of nodePortUses(service)) {
			const rivals = rivalsOf(context.unit, use);
			if (rivals.length > 0) yield { ...conflict(context.unit, use, rivals), fixes: nextFree(use, context) };
		}
	},
});

/** The other Services that take the number for certain: where one has several versions, all of them do. */
function rivalsOf(unit: Unit, use: NodePortUse): readonly NodePortUse[] {
	const rivals = new Map<Service, NodePortUse>();
	for (const other of usesOfNodePort(unit, use.number)) {
		const { service } = other;
		if (rivals.has(service) || mayBeOne(use.service, service) || !sees(unit, use.service, service)) continue;
		if (allTake(unit, use.service, service, use.number) && allTake(unit, service, use.service, use.number)) rivals.set(service, other);
		if (rivals.size === MOST) break;
	}
	return [...rivals.values()];
}

/** More holders of one number than this are not listed. */
const MOST = 10;

function allTake(unit: Unit, viewer: Service, service: Service, number: number): boolean {
	return versionsFor(unit, viewer, service).every((version) => nodePortUses(version).some((use) => use.number === number));
}

function conflict(unit: Unit, use: NodePortUse, rivals: readonly NodePortUse[]): Omit<Report, "fixes"> {
	const together = rivals.some(({ service }) => service.source.uri === use.service.source.uri || unit.kind === "stdin");
	const names = distinctNames([use.service, ...rivals.map(({ service }) => service)]).map(({ name }) => name);
	const all = `${names.slice(0, -1).join(", ")} and ${names.at(-1)} ${names.length > 2 ? "all" : "both"}`;
	const takes = `Services ${all} take node port ${use.number}`;
	const related = rivals.map(({ service, field }) => ({ at: field.node, message: `${describe(service)} takes it too` }));
	if (together) return { at: use.field.node, level: "error", kubernetes: "refuses", message: takes, related };
	const samePods = rivals.every(({ service }) => selectSamePods(unit, use.service, service));
	return {
		at: use.field.node,
		level: samePods ? "information" : "warning",
		message: `${takes}${samePods ? " for the same Pods" : ""}; where both are deployed, the second is refused`,
		related,
	};
}

/** Two ways to the same Pods are usually offered to choose from. */
function selectSamePods(unit: Unit, a: Service, b: Service): boolean {
	const { selection } = linksOf(unit);
	const pods = selection(a).workloads;
	if (selection(b).workloads.some((workload) => pods.includes(workload))) return true;
	const [one, other] = [a, b].map(({ selector }) => printLabels([...(selector?.pairs ?? [])].sort((x, y) => (x.name < y.name ? -1 : 1))));
	return one !== "" && one === other && sameNamespace(a, b) !== "no";
}
