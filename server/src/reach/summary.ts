import { linksOf } from "../links/links.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { describe, type KubeObject } from "../model/object.ts";
import { type Service, serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import { type Backends, backendsOf } from "./backends.ts";
import { backendsText } from "./notes.ts";
import type { Path } from "./path.ts";
import { pathsOfService } from "./service.ts";
import { pathsOfWorkload } from "./workload.ts";

/** An object in half a line. */
export interface Summary {
	/** `→ 3 Pods`: where it leads, or what leads to it. */
	readonly leads: string;
	/** `reachable at nodeIP:30080`; `undefined` where no address outside the cluster leads here. */
	readonly outside: string | undefined;
	/** What stands at the other end. */
	readonly ends: readonly KubeObject[];
}

export function summaryOfService(snapshot: Snapshot, unit: Unit, service: Service): Summary {
	const paths = pathsOfService(snapshot, unit, service);
	if (serviceType(service) === "ExternalName") {
		return { leads: `→ ${spelling(service.externalName)}`, outside: outsideWords(paths), ends: [] };
	}
	const backends = backendsOf(snapshot, unit, service);
	const ends = backends.list.flatMap(({ object, versions }): readonly KubeObject[] => (versions.length > 0 ? versions : [object]));
	return { leads: `→ ${podsBehind(backends)}`, outside: outsideWords(paths), ends };
}

export function summaryOfWorkload(snapshot: Snapshot, unit: Unit, workload: Workload): Summary {
	const services = linksOf(unit).servicesOf(workload);
	const through = services.flatMap((service) => {
		const paths = pathsOfService(snapshot, unit, service);
		const differ = paths.some(({ from, verdict }) => from === "outside" && verdict === "partly");
		return differ ? pathsOfService(snapshot, unit, service, workload) : paths;
	});
	const here = through.filter(({ to }) => objectsIn(to).has(workload));
	const leads = services.length === 0 ? "no Service here" : someOf(services.map(describe));
	return { leads: `← ${leads}`, outside: outsideWords([...here, ...pathsOfWorkload(snapshot, unit, workload)]), ends: services };
}

const objects = new WeakMap<Path["to"], ReadonlySet<KubeObject>>();

/** All Pods behind a Service ask the same of its paths. */
function objectsIn(to: Path["to"]): ReadonlySet<KubeObject> {
	const known = objects.get(to) ?? new Set(to.map(({ object }) => object));
	objects.set(to, known);
	return known;
}

/** `3 Pods` where their number is known, else who they belong to. */
function podsBehind(backends: Backends): string {
	const counts = backends.list.map(({ pods }) => pods);
	const sum = counts.reduce<number | undefined>((all, count) => (all === undefined || count === undefined ? undefined : all + count), 0);
	if (backends.kind !== "selected" || sum === undefined) return backendsText(backends).join("");
	return `${sum} ${sum === 1 ? "Pod" : "Pods"}`;
}

function outsideWords(paths: readonly Path[]): string | undefined {
	const outside = paths.filter(({ from }) => from === "outside");
	const arriving = outside.filter(({ verdict }) => verdict === "reaches" || verdict === "partly");
	const perhaps = outside.filter(({ verdict }) => verdict === "cannot-tell");
	const [word, shown] = arriving.length > 0 ? ["reachable at", arriving] : ["perhaps reachable at", perhaps];
	return shown.length > 0 ? `${word} ${someOf([...new Set(shown.map(({ address }) => address))])}` : undefined;
}

const MOST = 2;

function someOf(items: readonly string[]): string {
	return items.length > MOST ? `${items.slice(0, MOST).join(", ")} and ${items.length - MOST} more` : items.join(", ");
}
