import { parseAddress, printAddress } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import { isService } from "../model/manifest.ts";
import { clusterIPsOf, knownType, type Service } from "../model/service.ts";
import type { Unit } from "../units/unit.ts";

/** A cluster IP that a Service asks for. */
export interface ClusterIPUse {
	readonly service: Service;
	/** In its canonical spelling. */
	readonly address: string;
	readonly field: Field<string>;
}

/** The cluster IPs that a Service writes itself: none for a headless one and an ExternalName. What is no address is left out. */
export function clusterIPUses(service: Service): readonly ClusterIPUse[] {
	const type = knownType(service);
	if (type === undefined || type === "ExternalName") return [];
	return clusterIPsOf(service).flatMap((field) => {
		const address = field.value === undefined ? undefined : parseAddress(field.value);
		return address ? [{ service, address: printAddress(address), field }] : [];
	});
}

const cache = new WeakMap<Unit, ReadonlyMap<string, readonly ClusterIPUse[]>>();

/** Everything in a unit that asks for one address. */
export function usesOfClusterIP(unit: Unit, address: string): readonly ClusterIPUse[] {
	let index = cache.get(unit);
	if (!index) {
		index = byAddress(unit);
		cache.set(unit, index);
	}
	return index.get(address) ?? [];
}

function byAddress(unit: Unit): ReadonlyMap<string, readonly ClusterIPUse[]> {
	const index = new Map<string, ClusterIPUse[]>();
	for (const use of unit.objects.filter(isService).flatMap(clusterIPUses)) {
		const known = index.get(use.address);
		if (known) known.push(use);
		else index.set(use.address, [use]);
	}
	return index;
}
