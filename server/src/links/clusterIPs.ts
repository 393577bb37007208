import { parseAddress, printAddress } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import { isService } from "../model/manifest.ts";
import { clusterIPsOf, knownType, type Service } from "../model/service.ts";
import { objectIndex } from "../units/indexes.ts";
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

const BY_ADDRESS = objectIndex((object) => (isService(object) ? clusterIPUses(object).map((use) => [use.address, use] as const) : []));

/** Everything in a unit that asks for one address. */
export function usesOfClusterIP(unit: Unit, address: string): readonly ClusterIPUse[] {
	return unit.find(BY_ADDRESS, address);
}
