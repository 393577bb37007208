import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { isWorkload } from "../model/manifest.ts";
import { qualifiedName, titleOf } from "../model/object.ts";
import { isHeadless, type Service, serviceType, targetPortOf } from "../model/service.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import { type Backends, backendsOf } from "./backends.ts";
import type { Card, PortPart, Text } from "./card.ts";
import {
	addressNotes,
	backendsText,
	externalPolicyNote,
	imageNotes,
	portTitle,
	reasonNotes,
	serviceNotes,
	srvNotes,
	undeclaredPorts,
} from "./notes.ts";
import type { Path } from "./path.ts";
import { A_SCREEN, cardRows } from "./rows.ts";
import { pathsOfService } from "./service.ts";
import { pathsOfWorkload } from "./workload.ts";

/** What is known about a Service, or about one of its ports: who reaches it, by which address, and where that leads. */
export function serviceCard(snapshot: Snapshot, unit: Unit, service: Service, part?: PortPart, extent = A_SCREEN): Card {
	const backends = backendsOf(snapshot, unit, service);
	const whole = part === undefined || service.ports.length < 2;
	const through = pathsOfService(snapshot, unit, service).filter(({ entry }) => whole || entry === part.entry);
	const direct = directPaths(snapshot, unit, backends, through, whole, extent.neighbours);
	const { rows, more } = cardRows([...through, ...direct], qualifiedName(service), extent);
	const outside = through.some(({ from }) => from === "outside");
	return {
		title: title(service, backends, through, part),
		rows: outside || isOpen(service) ? rows : [unreachable(direct), ...rows],
		more,
		notes: [
			...externalPolicyNote(service, through),
			...(part ? [...addressNotes(part, through), ...srvNotes(settingsOf(snapshot, unit), service, part)] : []),
			...serviceNotes(service, part === undefined),
			...imageNotes(unit, backends.kind === "selected" ? backends.list.flatMap(({ versions }) => versions) : [], through),
		],
		reasons: reasonNotes(through, serviceType(service) === "ExternalName" ? undefined : backends.why),
		facts: undeclaredPorts(service, backends, part?.entry),
		warnings: [],
	};
}

/** Whether it cannot be told which addresses it has, or where they lead: an alias, a type that Kubernetes does not know. */
export function isOpen(service: Service): boolean {
	const type = serviceType(service);
	return type !== "ClusterIP" && type !== "NodePort" && type !== "LoadBalancer";
}

function unreachable(direct: readonly Path[]): Card["rows"][number] {
	const words = direct.some(({ from }) => from === "outside") ? "not through this Service" : "not reachable";
	return { from: ["outside the cluster"], addresses: [], arrives: [words], repeats: false };
}

function title(service: Service, backends: Backends, through: readonly Path[], part: PortPart | undefined): Text {
	const type = isHeadless(service) ? "headless" : (serviceType(service) ?? spelling(service.type));
	const lead: Text = part ? portTitle(part) : [{ strong: "Service" }];
	const of = `${part ? " of Service" : ""} ${titleOf(service)} · ${type} → `;
	if (serviceType(service) === "ExternalName") return [...lead, of, { code: spelling(service.externalName) }];
	const said = part?.field === "targetPort" && typeof targetPortOf(part.entry) === "number";
	const numbers = part && !said ? [...new Set(through.flatMap(({ to }) => to.flatMap(({ podPort }) => podPort ?? [])))] : [];
	return [...lead, of, numbers.length > 0 ? `Pod port ${numbers.join(", ")} of ` : "", ...backendsText(backends)];
}

/** The ways past the Service to its Pods: their addresses at the target ports, their own names, host ports. */
function directPaths(
	snapshot: Snapshot,
	unit: Unit,
	backends: Backends,
	through: readonly Path[],
	whole: boolean,
	most: number,
): readonly Path[] {
	if (backends.kind !== "selected") return [];
	const workloads = backends.list.map(({ object }) => object).filter(isWorkload);
	const targets = new Set(through.flatMap(({ to, protocol }) => to.map(({ podPort }) => `${podPort}/${protocol}`)));
	const entries = new Set(through.map(({ entry }) => entry));
	const paths = workloads.slice(0, most).flatMap((workload) => pathsOfWorkload(snapshot, unit, workload));
	return paths.filter(({ by, from, entry, to, protocol }) => {
		if (by === "dns") return entries.has(entry) && entry !== undefined;
		const isTarget = targets.has(`${to[0]?.podPort}/${protocol}`);
		return by === "podIP" ? from === "pod" && isTarget : whole || isTarget;
	});
}
