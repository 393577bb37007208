import { mayLackWorkloads, mayMatchIn } from "../links/absence.ts";
import { candidates, effectiveSelector, linksOf, matchesIn, sameIdentity, selects } from "../links/links.ts";
import { Near } from "../links/near.ts";
import { nearestWorkload } from "../links/nearestWorkload.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { unitsOf } from "../links/units.ts";
import { isUnreadable } from "../model/field.ts";
import { printLabels } from "../model/labels.ts";
import { describe, type KubeObject, sameNamespace, writtenNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { baseName, folderOf } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import { type WrittenEndpoints, writtenEndpoints } from "./endpoints.ts";
import { podCount } from "./pods.ts";

/** One workload behind a Service, or one object that lists endpoints. */
export interface Backend {
	readonly object: KubeObject;
	/** The workload in every version that alternative files give it; none for written endpoints. */
	readonly versions: readonly Workload[];
	readonly pods: number | undefined;
	/** The folder that it stands in, where that is not the Service's own. */
	readonly folder: string | undefined;
}

export interface Backends {
	/**
	 * `selected`: these Pods, for certain. `uncertain`: perhaps these. `near`: nothing in the unit, these in folders around.
	 * `written`: what Endpoints and EndpointSlices say. `none`: nothing is known.
	 */
	readonly kind: "selected" | "uncertain" | "near" | "written" | "none";
	readonly list: readonly Backend[];
	readonly endpoints: readonly WrittenEndpoints[];
	/** Why it is not certain that packets go there. */
	readonly why: string | undefined;
	/** Nobody is there for certain, not only for what is known here. */
	readonly absent?: boolean;
	/** Others may stand beside those that are listed. */
	readonly open?: boolean;
	/** All of them, where only one workload is asked for. */
	readonly among?: Pick<Backends, "list" | "open">;
}

/** Who stands behind a Service of a unit, or one workload of them. Looks into the folders around only when its own has nothing. */
export function backendsOf(snapshot: Snapshot, unit: Unit, service: Service, only?: Workload): Backends {
	const all = allBackends(snapshot, unit, service);
	return only ? narrowedTo(all, only) : all;
}

function allBackends(snapshot: Snapshot, unit: Unit, service: Service): Backends {
	const selector = effectiveSelector(service);
	if (!selector) return written(unit, service);
	const { workloads, uncertain } = linksOf(unit).selection(service);
	if (workloads.length > 0) {
		const open = uncertain.length > 0 || mayLackWorkloads(unit);
		return { kind: "selected", list: backendList(workloads), endpoints: [], why: undefined, open };
	}
	const [first] = uncertain;
	if (first) return { kind: "uncertain", list: byIdentity(uncertain), endpoints: [], why: doubt(service, first) };
	const near = nearBackends(snapshot, unit, service);
	if (near.length > 0) return { kind: "near", list: near, endpoints: [], why: nearWords(near) };
	const complete = selector.complete && !mayLackWorkloads(unit);
	const isElsewhere = (workload: Workload) => sameNamespace(service, workload) === "no" && selects(selector, workload) === "yes";
	const [elsewhere] = candidates(unit, selector, isElsewhere);
	const why = elsewhere
		? `No Pod in namespace ${writtenNamespace(service) ?? "default"} has ${printLabels(selector.pairs)}; ${describe(elsewhere)} is in namespace ${writtenNamespace(elsewhere) ?? "default"}`
		: `No Pod template ${complete ? "here" : "that could be read"} has ${printLabels(selector.pairs)}`;
	return { kind: "none", list: [], endpoints: [], why, absent: complete && isAbsent(snapshot, unit, service) };
}

const lists = new WeakMap<readonly Workload[], readonly Backend[]>();

/** What is selected stays the same list as long as it is. */
function backendList(workloads: readonly Workload[]): readonly Backend[] {
	const list = lists.get(workloads) ?? byIdentity(workloads);
	lists.set(workloads, list);
	return list;
}

const holders = new WeakMap<readonly Backend[], ReadonlyMap<Workload, Backend>>();

function holderOf(list: readonly Backend[], workload: Workload): Backend | undefined {
	const known = holders.get(list) ?? new Map(list.flatMap((backend) => backend.versions.map((version) => [version, backend] as const)));
	holders.set(list, known);
	return known.get(workload);
}

/** Only one workload of those behind a Service: what becomes of the connections that its Pods are given. */
function narrowedTo(backends: Backends, workload: Workload): Backends {
	const own = holderOf(backends.list, workload);
	if (!own) return backends;
	const versions = [workload, ...own.versions.filter((version) => version !== workload)];
	return {
		...backends,
		list: [{ ...own, object: workload, versions }],
		open: false,
		among: { list: backends.list, open: backends.open === true },
	};
}

/** Whether a workload beside the Service shows that its selector is wrong; else its Pods may come from anywhere. */
function isAbsent(snapshot: Snapshot, unit: Unit, service: Service): boolean {
	if (service.selector?.pairs.some(({ state }) => state === "wrong-type")) return false;
	return !service.broken && nearestWorkload(unit, service) !== undefined && !mayMatchIn(new Near(snapshot, unit), service);
}

function written(unit: Unit, service: Service): Backends {
	const endpoints = writtenEndpoints(unit, service);
	const objects = [...new Set(endpoints.map(({ object }) => object))];
	const list = objects.map((object): Backend => ({ object, versions: [], pods: undefined, folder: undefined }));
	if (list.length > 0) return { kind: "written", list, endpoints, why: undefined };
	const why = "The Service has no selector, and no Endpoints or EndpointSlice here tells where it leads";
	return { kind: "none", list, endpoints, why };
}

function byIdentity(workloads: readonly Workload[], folder?: (workload: Workload) => string): readonly Backend[] {
	const groups = new Map<string, Workload[][]>();
	for (const workload of workloads) {
		const key = `${workload.kind}/${workload.metadata.name?.value ?? ""}`;
		const known = groups.get(key) ?? [];
		const group = known.find(([first]) => first && sameIdentity(first, workload));
		if (group) group.push(workload);
		else groups.set(key, [...known, [workload]]);
	}
	return [...groups.values()].flat().flatMap((versions): readonly Backend[] => {
		const [object] = versions;
		if (!object) return [];
		const counts = new Set(versions.map(podCount));
		const folders = folder && [...new Set(versions.map(folder))].join(", ");
		return [{ object, versions, pods: counts.size === 1 ? podCount(object) : undefined, folder: folders }];
	});
}

function doubt(service: Service, workload: Workload): string {
	const unreadable = [service, workload].find(({ metadata }) => isUnreadable(metadata.namespace));
	if (sameNamespace(service, workload) === "cannot-tell") {
		if (unreadable) return `namespace ${spelling(unreadable.metadata.namespace)} of ${describe(unreadable)} cannot be read`;
		return `Only one of the two names its namespace, so kubectl -n decides whether ${describe(workload)} is selected`;
	}
	if (workload.broken) return `The manifest of ${describe(workload)} cannot be read as a whole`;
	return `Whether ${describe(workload)} is selected depends on labels that are not written here`;
}

function nearBackends(snapshot: Snapshot, unit: Unit, service: Service): readonly Backend[] {
	return byIdentity(matchesIn(new Near(snapshot, unit), service), ({ source }) => {
		const [other] = unitsOf(snapshot, source.uri);
		return other ? nameFromParent(unit, other) : "";
	});
}

/** A folder near by, as it is called from the parent that both share; a configured unit by its name. */
function nameFromParent(unit: Unit, other: Unit): string {
	const parent = unit.kind === "configured" ? unit.path : folderOf(unit.path);
	if (other.deployer) return other.name;
	if (other.kind === "configured") return `unit ${other.name}`;
	return other.path.startsWith(`${parent}/`) ? other.path.slice(parent.length + 1) : `${baseName(other.path)}/`;
}

function nearWords(list: readonly Backend[]): string {
	const [first] = list;
	const more = list.length > 1 ? ` and ${list.length - 1} more stand` : " stands";
	return `${first ? describe(first.object) : ""}${more} in another folder, ${[...new Set(list.map(({ folder }) => folder))].join(", ")}`;
}
