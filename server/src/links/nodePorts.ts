import type { Field } from "../model/field.ts";
import { given } from "../model/field.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { hasNodePorts, type Service, serviceType } from "../model/service.ts";
import type { PortRange } from "../settings/settings.ts";
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

interface Index {
	readonly byNumber: ReadonlyMap<number, readonly NodePortUse[]>;
	/** Numbers that are better not taken: node ports of any Service, whatever its type, and host ports. */
	readonly avoided: ReadonlySet<number>;
}

const cache = new WeakMap<Unit, Index>();

function indexOf(unit: Unit): Index {
	let index = cache.get(unit);
	if (!index) {
		index = makeIndex(unit);
		cache.set(unit, index);
	}
	return index;
}

function makeIndex(unit: Unit): Index {
	const byNumber = new Map<number, NodePortUse[]>();
	const avoided = new Set<number | undefined>();
	for (const object of unit.objects) {
		if (isService(object)) {
			for (const use of nodePortUses(object)) {
				const known = byNumber.get(use.number);
				if (known) known.push(use);
				else byNumber.set(use.number, [use]);
			}
			for (const { nodePort } of object.ports) avoided.add(nodePort?.value);
			avoided.add(object.healthCheckNodePort?.value);
		} else if (isWorkload(object)) {
			for (const { ports } of object.template.containers) for (const { hostPort } of ports) avoided.add(hostPort?.value);
		}
	}
	return { byNumber, avoided: avoided as Set<number> };
}

/** Everything in a unit that asks for one number, whatever the protocol and namespace. */
export function usesOfNodePort(unit: Unit, number: number): readonly NodePortUse[] {
	return indexOf(unit).byNumber.get(number) ?? [];
}

/**
 * A number of the range that nothing in the unit uses: the next one behind `after` in the band that Kubernetes leaves to
 * written numbers, else the first in it, else the first of the rest. `undefined` when all are used.
 */
export function freeNodePort(unit: Unit, range: PortRange, after: number): number | undefined {
	const { avoided } = indexOf(unit);
	const band = range.first + staticBand(range);
	return (
		firstFree(Math.max(range.first, after + 1), band, avoided) ??
		firstFree(range.first, band, avoided) ??
		firstFree(band, range.last + 1, avoided)
	);
}

function firstFree(from: number, end: number, avoided: ReadonlySet<number>): number | undefined {
	for (let number = from; number < end; number++) if (!avoided.has(number)) return number;
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
