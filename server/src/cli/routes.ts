import { linksOf } from "../links/links.ts";
import type { Ingress } from "../model/ingress.ts";
import { isIngress } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { qualifiedName } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type Backends, backendsOf } from "../reach/backends.ts";
import { lostPaths } from "../reach/ingress.ts";
import type { Path } from "../reach/path.ts";
import { pathsOfService } from "../reach/service.ts";
import { pathsOfWorkload } from "../reach/workload.ts";
import { objectIndex } from "../units/indexes.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import type { Unit } from "../units/unit.ts";
import { isMain, type Reading } from "./read.ts";

/** The access paths of what was named, unit by unit in the order of the text. */
export interface Routes {
	readonly services: readonly ServiceRoutes[];
	readonly workloads: readonly WorkloadRoutes[];
	readonly ingresses: readonly IngressRoutes[];
}

/** What leads through a Service. */
export interface ServiceRoutes {
	readonly unit: Unit;
	readonly object: Service;
	readonly backends: Backends;
	readonly paths: readonly Path[];
}

/** What leads to a workload's Pods directly. */
export interface WorkloadRoutes {
	readonly unit: Unit;
	readonly object: Workload;
	/** The Services that select its Pods. */
	readonly services: readonly Service[];
	readonly paths: readonly Path[];
}

/** What an Ingress sends to no Service that is deployed here. */
export interface IngressRoutes {
	readonly unit: Unit;
	readonly object: Ingress;
	readonly paths: readonly Path[];
}

/** Services and workloads that lie in what was named, or lead to one or from one that does. */
export function routesOf(reading: Reading): Routes {
	const services: ServiceRoutes[] = [];
	const workloads: WorkloadRoutes[] = [];
	const ingresses: IngressRoutes[] = [];
	for (const unit of reading.units.filter(isMain)) {
		for (const { object, backends } of namedServices(reading, unit))
			services.push({ unit, object, backends, paths: pathsOfService(reading.snapshot, unit, object) });
		for (const { object, services: selecting } of namedWorkloads(reading, unit))
			workloads.push({ unit, object, services: selecting, paths: pathsOfWorkload(reading.snapshot, unit, object) });
		for (const object of unit.find(INGRESSES, "").filter((one) => standsInNamed(reading, unit, one))) {
			const paths = lostPaths(reading.snapshot, unit, object);
			if (paths.length > 0) ingresses.push({ unit, object, paths });
		}
	}
	return { services, workloads, ingresses };
}

function* namedServices(reading: Reading, unit: Unit): Iterable<Pick<ServiceRoutes, "object" | "backends">> {
	for (const object of linksOf(unit).services) {
		const backends = backendsOf(reading.snapshot, unit, object);
		if ([object, ...backends.list.map((backend) => backend.object)].some((one) => standsInNamed(reading, unit, one)))
			yield { object, backends };
	}
}

function* namedWorkloads(reading: Reading, unit: Unit): Iterable<Pick<WorkloadRoutes, "object" | "services">> {
	const links = linksOf(unit);
	for (const object of links.workloads) {
		const services = links.servicesOf(object);
		if ([object, ...services].some((one) => standsInNamed(reading, unit, one))) yield { object, services };
	}
}

const INGRESSES = objectIndex((object) => (isIngress(object) ? [["", object]] : []));

/** Whether something of an object stands in what was named, or the kustomization that deploys it does. */
function standsInNamed({ isNamed }: Reading, { renderings }: Unit, object: KubeObject): boolean {
	if (renderings.some(({ main }) => main !== undefined && isNamed(main))) return true;
	return [...sourcesOf(object)].some(({ uri }) => isNamed(uri));
}

/** What the options of a command narrow the paths down to. */
export interface Wanted {
	/** `NS/NAME`. */
	readonly service: string | undefined;
	/** `KIND/NS/NAME`, the kind in lower case. */
	readonly workload: string | undefined;
}

/** Only the Service and the workload that are wanted; everything where none is. */
export function narrowed(routes: Routes, { service, workload }: Wanted): Routes {
	if (service === undefined && workload === undefined) return routes;
	const { services, workloads } = routes;
	return {
		services: services.filter(({ object }) => qualifiedName(object) === service),
		workloads: workloads.filter(({ object }) => `${object.kind.toLowerCase()}/${qualifiedName(object)}` === workload),
		ingresses: [],
	};
}

/** How many paths there are, and of how many of them it cannot be told whether they arrive. */
export function countPaths({ services, workloads }: Routes): Counted {
	const counted = { paths: 0, unknown: 0 };
	for (const { paths } of [...services, ...workloads]) add(counted, paths);
	return counted;
}

interface Counted {
	paths: number;
	unknown: number;
}

function add(counted: Counted, paths: readonly Path[]): void {
	counted.paths += paths.length;
	for (const { verdict } of paths) if (verdict === "cannot-tell") counted.unknown++;
}

/** More paths than this are not counted: each of a hundred Pods is reached at each of a thousand ports in several ways. */
export const MOST_COUNTED = 200_000;

/** What `routesOf` would give, counted without keeping it. `paths` is undefined where there are too many. */
export function countRoutes(reading: Reading): { readonly services: number; readonly paths: Counted | undefined } {
	let services = 0;
	const counted = { paths: 0, unknown: 0 };
	const isFew = () => counted.paths <= MOST_COUNTED;
	for (const unit of reading.units.filter(isMain)) {
		for (const { object } of namedServices(reading, unit)) {
			services++;
			if (isFew()) add(counted, pathsOfService(reading.snapshot, unit, object));
		}
		for (const { object } of namedWorkloads(reading, unit)) {
			if (!isFew()) break;
			add(counted, pathsOfWorkload(reading.snapshot, unit, object));
		}
	}
	return { services, paths: isFew() ? counted : undefined };
}
