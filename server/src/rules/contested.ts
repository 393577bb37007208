import { linksOf } from "../links/links.ts";
import { distinctNames, mayBeOne, versionsFor } from "../links/versions.ts";
import type { Field } from "../model/field.ts";
import { printLabels } from "../model/labels.ts";
import { describe, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { isDeployedAsOne, sees, type Unit } from "../units/unit.ts";
import type { Report } from "./rule.ts";

/** A Service that asks for something which only one can have, and where it does. */
export interface Holder {
	readonly service: Service;
	readonly field: Field<unknown>;
}

/**
 * That a Service and others ask for one thing: Kubernetes refuses the second where they are deployed together for certain.
 * `undefined` where none does. `among` are all that ask for it, `asks` tells whether a version of a Service does.
 */
export function contested(
	unit: Unit,
	holder: Holder,
	among: readonly Holder[],
	asks: (service: Service) => boolean,
	thing: string,
): Report | undefined {
	const rivals = rivalsOf(unit, holder.service, among, asks);
	return rivals.length > 0 ? conflict(unit, holder, rivals, thing) : undefined;
}

/** The other Services that take it for certain: where one has several versions, all of them do. */
function rivalsOf(unit: Unit, service: Service, among: readonly Holder[], asks: (service: Service) => boolean): readonly Holder[] {
	const allAsk = (viewer: Service, object: Service) => versionsFor(unit, viewer, object).every(asks);
	const rivals = new Map<Service, Holder>();
	for (const other of among) {
		const rival = other.service;
		if (rivals.has(rival) || mayBeOne(service, rival) || !sees(unit, service, rival)) continue;
		if (allAsk(service, rival) && allAsk(rival, service)) rivals.set(rival, other);
		if (rivals.size === MOST) break;
	}
	return [...rivals.values()];
}

/** More holders of one thing than this are not listed. */
const MOST = 10;

function conflict(unit: Unit, { service, field }: Holder, rivals: readonly Holder[], thing: string): Report {
	const together = rivals.some((rival) => rival.service.source.uri === service.source.uri || isDeployedAsOne(unit));
	const names = distinctNames([service, ...rivals.map((rival) => rival.service)]).map(({ name }) => name);
	const all = `${names.slice(0, -1).join(", ")} and ${names.at(-1)} ${names.length > 2 ? "all" : "both"}`;
	const takes = `Services ${all} take ${thing}`;
	const related = rivals.map((rival) => ({ at: rival.field.node, message: `${describe(rival.service)} takes it too` }));
	if (together) return { at: field.node, level: "error", kubernetes: "refuses", message: takes, related };
	const samePods = rivals.every((rival) => selectSamePods(unit, service, rival.service));
	return {
		at: field.node,
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
