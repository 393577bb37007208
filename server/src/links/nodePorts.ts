import type { Field } from "../model/field.ts";
import { given } from "../model/field.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { hasNodePorts, type Service, serviceType } from "../model/service.ts";
import type { PortRange } from "../settings/settings.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import type { MapNode } from "../yaml/nodes.ts";

/** A number that a Service asks of the cluster's node ports. */
export interface NodePortUse {
	readonly service: Service;
	readonly number: number;
	readonly name: "nodePort" | "healthCheckNodePort";
	readonly field: Field<number>;
	/** The map that the field stands in. */
	readonly parent: MapNode;
}

/**
 * The node ports that a Service writes itself. Kubernetes allocates them for NodePort and LoadBalancer, and a health check
 * node port only for a LoadBalancer with policy Local; 0 is unset. Source: pkg/registry/core/service/storage/alloc.go.
 */
export function nodePortUses(service: Service): readonly NodePortUse[] {
	if (!hasNodePorts(service)) return [];
	const uses = service.ports.flatMap(({ nodePort, node }) => useOf(service, "nodePort", nodePort, node));
	const checked = serviceType(service) === "LoadBalancer" && service.externalTrafficPolicy?.value === "Local";
	return checked ? [...uses, ...useOf(service, "healthCheckNodePort", service.healthCheckNodePort, service.spec)] : uses;
}

function useOf(
	service: Service,
	name: NodePortUse["name"],
	field: Field<number> | undefined,
	parent: MapNode | undefined,
): readonly NodePortUse[] {
	const number = given(field);
	return number !== undefined && field && parent ? [{ service, number, name, field, parent }] : [];
}

const BY_NUMBER = objectIndex((object) => (isService(object) ? nodePortUses(object).map((use) => [String(use.number), use] as const) : []));

/** Numbers that are better not taken: node ports of any Service, whatever its type, and host ports. */
const AVOIDED = objectIndex<true>((object) => avoidedBy(object).map((number) => [String(number), true]));

function avoidedBy(object: KubeObject): readonly number[] {
	if (isService(object)) {
		return [...object.ports.map(({ nodePort }) => nodePort), object.healthCheckNodePort].flatMap((field) => field?.value ?? []);
	}
	const containers = isWorkload(object) ? object.template.containers : [];
	return containers.flatMap(({ ports }) => ports.flatMap(({ hostPort }) => hostPort?.value ?? []));
}

/** Everything in a unit that asks for one number, whatever the protocol and namespace. */
export function usesOfNodePort(unit: Unit, number: number): readonly NodePortUse[] {
	return unit.find(BY_NUMBER, String(number));
}

/**
 * A number of the range that nothing in the unit uses: the next one behind `after` in the band that Kubernetes leaves to
 * written numbers, else the first in it, else the first of the rest. `undefined` when all are used.
 */
export function freeNodePort(unit: Unit, range: PortRange, after: number): number | undefined {
	const isFree = (number: number) => unit.find(AVOIDED, String(number)).length === 0;
	const band = range.first + staticBand(range);
	return (
		firstFree(Math.max(range.first, after + 1), band, isFree) ??
		firstFree(range.first, band, isFree) ??
		firstFree(band, range.last + 1, isFree)
	);
}

function firstFree(from: number, end: number, isFree: (number: number) => boolean): number | undefined {
	for (let number = from; number < end; number++) if (isFree(number)) return number;
	return undefined;
}

/**
 * How many numbers at the beginning of a range are chosen automatically only when the others are used up.
 * Source: calculateRangeOffset of pkg/registry/core/service/portallocator/allocator.go.
 */
export function staticBand(range: PortRange): number {
	const size = range.last - range.first + 1;
	return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}
