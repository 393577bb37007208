import { linksOf } from "../links/links.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { qualifiedName, titleOf } from "../model/object.ts";
import type { ContainerPort } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import type { Card, ContainerPart, Row, Text } from "./card.ts";
import { containerWords, hostNotes, imageNotes, podsText, podWords, reasonNotes } from "./notes.ts";
import type { Path } from "./path.ts";
import { meantProtocol } from "./protocol.ts";
import { A_SCREEN, cardRows } from "./rows.ts";
import { pathsOfService } from "./service.ts";
import { isOpen } from "./serviceCard.ts";
import { pathsOfWorkload } from "./workload.ts";

/** What is known about a workload, or about one port of its Pods: every address that leads there, through Services and past them. */
export function workloadCard(snapshot: Snapshot, unit: Unit, workload: Workload, part?: ContainerPart, extent = A_SCREEN): Card {
	const services = linksOf(unit).servicesOf(workload);
	const all = services.slice(0, extent.neighbours).flatMap((service) => pathsOfService(snapshot, unit, service, workload));
	const through = all
		.map((path) => ({ ...path, to: path.to.filter(({ object }) => object === workload) }))
		.filter(({ to, verdict }) => to.length > 0 || verdict === "dropped");
	const direct = pathsOfWorkload(snapshot, unit, workload);
	const named = new Set(through.map(({ address }) => address));
	const paths = [...through, ...direct.filter(({ by, from, address }) => (by !== "podIP" || from === "pod") && !named.has(address))];
	const shown = part ? paths.filter((path) => leadsTo(path, part.port)) : paths;
	const { rows, more } = cardRows(shown, `${workload.kind} ${qualifiedName(workload)}`, extent);
	const closed = !isRouted(workload) && shown.length > 0 && !shown.some(({ from }) => from === "outside") && !services.some(isOpen);
	return {
		title: part ? partTitle(workload, part) : title(workload, services.map(qualifiedName)),
		rows: closed ? [UNREACHABLE, ...rows] : rows,
		more,
		notes: [
			...hostNotes(shown, part?.field !== "containerPort"),
			...imageNotes(unit, [workload], shown),
			...(part && services.length === 0 ? [["No Service here selects these Pods."]] : []),
		],
		reasons: reasonNotes([...shown, ...(part ? [] : all.filter(isElsewhere))], undefined),
		facts: [],
		warnings: [],
	};
}

/** Knative leads from outside to the Pods of its own kind of Service, by what no manifest says. */
function isRouted({ apiVersion }: Workload): boolean {
	return apiVersion.startsWith("serving.knative.dev/");
}

const UNREACHABLE: Row = { from: ["outside the cluster"], addresses: [], arrives: ["not reachable"], repeats: false };

/** Connections that others are given. */
function isElsewhere({ to, verdict }: Path): boolean {
	return to.length === 0 && verdict === "refused";
}

function leadsTo({ to, protocol }: Path, port: ContainerPort): boolean {
	const number = port.containerPort?.value;
	return number !== undefined && protocol === meantProtocol(port) && to.some(({ podPort }) => podPort === number);
}

function title(workload: Workload, services: readonly string[]): Text {
	const pods = podWords(workload);
	const from = services.length === 0 ? "no Service here" : shortList(services.map((name) => `Service ${name}`));
	return [{ strong: workload.kind }, ` ${titleOf(workload)}${pods ? ` · ${pods}` : ""} ← ${from}`];
}

function partTitle(workload: Workload, { container, port, field }: ContainerPart): Text {
	const written = port[field];
	const word = field === "hostPort" ? "Host port" : "Container port";
	const number = String(written?.value ?? spelling(written));
	const lead: Text = field === "hostPort" ? [` → Pod port ${port.containerPort?.value ?? spelling(port.containerPort)}`] : [];
	return [{ strong: `${word} ${number}` }, ...lead, " of ", ...containerWords(container), " · ", ...podsText(workload)];
}

function shortList(items: readonly string[]): string {
	return items.length > 3 ? `${items.slice(0, 3).join(", ")} and ${items.length - 3} more` : items.join(", ");
}
