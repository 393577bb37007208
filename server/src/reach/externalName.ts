import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { isUnreadable } from "../model/field.ts";
import { isService } from "../model/manifest.ts";
import { nameOf, qualifiedName } from "../model/object.ts";
import { type Service, serviceType } from "../model/service.ts";
import type { Settings } from "../settings/settings.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import type { Path } from "./path.ts";

/**
 * An ExternalName is an alias in DNS. What lies behind the name cannot be told, unless it is the name of a Service of the
 * unit; then its paths are those of that Service, at the ports that it has.
 */
export function externalNamePaths(
	snapshot: Snapshot,
	unit: Unit,
	service: Service,
	pathsOf: (snapshot: Snapshot, unit: Unit, service: Service) => readonly Path[],
): readonly Path[] {
	const field = service.externalName;
	const name = field?.value ?? (isUnreadable(field) ? spelling(field) : undefined);
	if (!field || name === undefined) return [];
	const alias = {
		from: "pod" as const,
		by: "dns" as const,
		client: null,
		address: name.replace(/\.$/, ""),
		node: null,
		entry: undefined,
		at: field.node,
	};
	const end = follow(settingsOf(snapshot, unit), unit, service);
	const paths = typeof end === "string" ? [] : pathsOf(snapshot, unit, end).filter(({ by }) => by === "dns");
	if (paths.length > 0) return paths.map((path) => ({ ...path, ...alias, client: path.client }));
	const why = typeof end === "string" ? end : `Service ${nameOf(end)} has no port`;
	return [{ ...alias, protocol: "TCP", port: null, servicePort: null, to: [], clientAddress: null, verdict: "cannot-tell", why }];
}

/** Longer chains of aliases are not followed, by resolvers neither. */
const LONGEST_CHAIN = 8;

/** The Service of the unit at the end of the chain of names, or why there is none. */
function follow(settings: Settings, unit: Unit, service: Service): Service | string {
	const seen = new Set<Service>([service]);
	let at = service;
	while (seen.size <= LONGEST_CHAIN) {
		const target = namedService(settings, unit, at);
		if (!target) return `${spelling(at.externalName)} is no Service that is deployed here`;
		if (seen.has(target)) return "The external names lead in a circle";
		if (serviceType(target) !== "ExternalName") return target;
		seen.add(target);
		at = target;
	}
	return `The external names are a chain of more than ${LONGEST_CHAIN}`;
}

function namedService(settings: Settings, unit: Unit, service: Service): Service | undefined {
	const suffix = `.svc.${settings.cluster.domain}`;
	const name = (service.externalName?.value ?? "").replace(/\.$/, "");
	if (!name.endsWith(suffix)) return undefined;
	const [label, namespace, more] = name.slice(0, -suffix.length).split(".");
	if (namespace === undefined || more !== undefined) return undefined;
	return unit.find(BY_NAME, `${namespace}/${label}`).find((other) => sees(unit, service, other));
}

const BY_NAME = objectIndex((object) => (isService(object) ? [[qualifiedName(object), object]] : []));
