import { builtImage } from "../evidence/imagePorts.ts";
import { isExposed, printExposed } from "../evidence/images.ts";
import { declaredPorts } from "../links/targetPort.ts";
import { type Field, given, isUnreadable } from "../model/field.ts";
import { isWorkload } from "../model/manifest.ts";
import { describe, nameOf } from "../model/object.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import { isHeadless, protocolOf, type Service, type ServicePort, serviceType, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import type { Unit } from "../units/unit.ts";
import { visiblePlace } from "../yaml/nodes.ts";
import { serviceDomainName, spelling } from "./address.ts";
import type { Backend, Backends } from "./backends.ts";
import type { Fact, PortPart, Text } from "./card.ts";
import type { Path } from "./path.ts";
import { podCount } from "./pods.ts";
import { hasProtocol, meantProtocol } from "./protocol.ts";

const MOST_BACKENDS = 3;

/** `Deployment frontend (3 Pods)`: who stands behind a Service. */
export function backendsText({ kind, list }: Backends): Text {
	if (list.length === 0) return ["no Pod that is known here"];
	const shown = list.slice(0, MOST_BACKENDS).map(backendWords).join(", ");
	const more = list.length > MOST_BACKENDS ? ` and ${list.length - MOST_BACKENDS} more` : "";
	return [`${kind === "uncertain" ? "perhaps " : ""}${shown}${more}`];
}

function backendWords({ object, pods, folder }: Backend): string {
	const count = pods === undefined || object.kind === "Pod" ? "" : ` (${pods} ${pods === 1 ? "Pod" : "Pods"})`;
	return `${object.kind} ${nameOf(object) ?? "without a name"}${count}${folder === undefined ? "" : ` in folder ${folder}`}`;
}

export function podsText(workload: Workload): Text {
	const pods = podWords(workload);
	return [`${workload.kind} ${nameOf(workload) ?? "without a name"}${pods ? ` (${pods})` : ""}`];
}

/** `3 Pods`; nothing for one Pod itself, and where the number cannot be told. */
export function podWords(workload: Workload): string | undefined {
	const count = podCount(workload);
	if (workload.kind === "DaemonSet") return "a Pod on each of its nodes";
	return count === undefined || workload.kind === "Pod" ? undefined : `${count} ${count === 1 ? "Pod" : "Pods"}`;
}

export function containerWords({ name }: Container): Text {
	return name?.value ? [{ code: name.value }] : ["a container without a name"];
}

/** `**Node port 30080**`: the part of a Service that was asked for. */
export function portTitle({ entry, field }: PortPart): Text {
	const written: Field<number | string> | undefined = entry[field];
	const value = field === "targetPort" ? targetPortOf(entry) : given(written);
	return [{ strong: `${PORT_WORDS[field]} ${value ?? (field === "nodePort" && !isUnreadable(written) ? "assigned" : spelling(written))}` }];
}

const PORT_WORDS = { port: "Port", targetPort: "Target port", nodePort: "Node port" };

/** What becomes of the address of clients from outside. */
export function externalPolicyNote(service: Service, through: readonly Path[]): readonly Text[] {
	const outside = through.filter(({ from, by, verdict }) => from === "outside" && by !== "ingress" && verdict !== "dropped");
	const seen = new Set(outside.map(({ clientAddress }) => clientAddress));
	const [one] = seen;
	if (seen.size !== 1 || one === null || one === undefined) return [];
	const policy = given(service.externalTrafficPolicy) ?? "Cluster";
	const dropped = through.some(({ from, verdict, node }) => from === "outside" && verdict === "dropped" && node === "without-pod");
	const more = dropped ? " Nodes without a Pod drop the packets: clients wait, they are not refused." : "";
	return [[`Client address: ${one} (externalTrafficPolicy ${policy}).${more}`]];
}

/** What kind of address a port makes, in a sentence for the field that was asked for. */
export function addressNotes({ field }: PortPart, through: readonly Path[]): readonly Text[] {
	const bys = new Set(through.map(({ by }) => by));
	if (field === "nodePort" && bys.has("nodePort")) {
		const local = through.some(({ by, from, node }) => by === "nodePort" && from === "outside" && node === "without-pod");
		const leads = local ? "a node's port leads to the Pods on that node" : "the port balances over the Pods";
		return [[`Node addresses are real; ${leads} and outlives each of them.`]];
	}
	if (field === "targetPort") return [[{ code: "podIP" }, " is virtual and changes with its Pod; the Service's addresses stay."]];
	if (!bys.has("clusterIP")) return [];
	const local = through.some(({ by, verdict }) => by === "clusterIP" && verdict === "dropped");
	const leads = local ? "leads to the Pods on the client's own node" : "balances over the Pods";
	return [[{ code: "clusterIP" }, ` exists only with its ports (no ping); it ${leads} and outlives each of them.`]];
}

export function serviceNotes(service: Service, whole: boolean): readonly Text[] {
	const notes: Text[] = [];
	if (isHeadless(service) && whole) notes.push(["Headless: the name gives the Pods' own addresses, and no port is translated."]);
	if (service.sessionAffinity?.value === "ClientIP") notes.push(["A client stays with one Pod (sessionAffinity ClientIP)."]);
	if (service.publishNotReadyAddresses?.value === true) notes.push(["Pods that are not ready are reached, too."]);
	return notes;
}

/**
 * The record in DNS that tells a client the number of a named port: the Service's own, of a headless one the Pods'.
 * Source: the DNS specification of kubernetes/dns.
 */
export function srvNotes(settings: Settings, service: Service, { entry, field }: PortPart): readonly Text[] {
	const name = given(entry.name);
	if (field !== "port" || name === undefined || !hasProtocol(entry) || serviceType(service) === "ExternalName") return [];
	const record = `_${name}._${meantProtocol(entry).toLowerCase()}.${serviceDomainName(settings, service)}`;
	const whose = isHeadless(service) ? "the Pods' port" : `port ${entry.port?.value ?? spelling(entry.port)}`;
	return [["DNS tells ", whose, " by the SRV record ", { code: record }, "."]];
}

/** How a port on the node itself binds a Pod; of a hostPort only where it is asked for. */
export function hostNotes(paths: readonly Path[], withHostPort: boolean): readonly Text[] {
	if (paths.some(({ by }) => by === "hostNetwork")) {
		return [["hostNetwork: the Pod's ports are the node's; its address changes when the Pod moves."]];
	}
	if (!withHostPort || !paths.some(({ by }) => by === "hostPort")) return [];
	return [
		[
			"hostPort ties the Pod to nodes where the port is free; its address changes when the Pod moves. The network plugin forwards, nothing listens on the node.",
		],
	];
}

const MOST_REASONS = 3;

/** Why something does not arrive for certain, each reason once. Drops explain themselves, but for those of a policy. */
export function reasonNotes(paths: readonly Path[], more: string | undefined): readonly Text[] {
	const reasons = paths.filter(({ verdict, closed }) => verdict !== "dropped" || closed).flatMap(({ why }) => why ?? []);
	const distinct = [...new Set([...(more === undefined ? [] : [more]), ...reasons])];
	const told = distinct.filter((reason) => !distinct.some((other) => other !== reason && saysToo(other, reason)));
	return told.slice(0, MOST_REASONS).map((reason) => [`${reason}.`]);
}

/** Whether a longer reason tells another one and more. */
function saysToo(longer: string, reason: string): boolean {
	return longer.startsWith(`${reason},`) || `; ${longer};`.includes(`; ${reason};`);
}

/** Numbers that a Service sends to and that its only workload does not declare, though it declares others. They work all the same. */
export function undeclaredPorts(service: Service, backends: Backends, only: ServicePort | undefined): readonly Fact[] {
	const [backend, second] = backends.list;
	const workload = backend?.object;
	if (backends.kind !== "selected" || second || backend?.versions.length !== 1 || !workload || !isWorkload(workload)) return [];
	const declared = declaredPorts(workload);
	const numbers = [...new Set(declared.flatMap(({ port }) => port.containerPort?.value ?? []))];
	if (numbers.length === 0) return [];
	const [container, other] = servingContainers(workload.template);
	const name: Text = other || !container ? [describe(workload)] : containerWords(container);
	return service.ports.flatMap((entry): readonly Fact[] => {
		const target = targetPortOf(entry);
		const field = given(entry.targetPort) === undefined ? entry.port : entry.targetPort;
		const known = declared.some(({ port }) => port.containerPort?.value === target && protocolOf(port) === protocolOf(entry));
		if (typeof target !== "number" || known || !field || (only && only !== entry)) return [];
		const others = numbers.filter((number) => number !== target);
		const which = others.length > 0 ? others.join(", ") : `it for another protocol than ${protocolOf(entry) ?? "this"}`;
		return [{ at: visiblePlace(field), text: [`Port ${target} is not declared by `, ...name, `, which declares ${which}.`] }];
	});
}

/**
 * Where the processes behind an object listen, as their images are known to: the last port of a way in. Not said where the
 * declared ports say the same, nor where a reason why something does not arrive does.
 */
export function imageNotes(unit: Unit, workloads: readonly Workload[], paths: readonly Path[]): readonly Text[] {
	if (paths.some(({ verdict }) => verdict === "refused" || verdict === "cannot-tell")) return [];
	const images = workloads.flatMap((workload) =>
		servingContainers(workload.template).flatMap((container) => {
			const image = builtImage(unit, workload, container);
			const told = container.ports.filter(({ containerPort }) => image && isExposed(image, containerPort?.value));
			return image && told.length < Math.max(1, container.ports.length) ? [image] : [];
		}),
	);
	const distinct = [...new Map(images.map((image) => [image.name, image])).values()].filter(({ ports }) => ports.length > 0);
	return distinct
		.slice(0, MOST_BACKENDS)
		.map(({ name, ports }): Text => ["The image ", { code: name }, ` listens on ${printExposed(ports).join(", ")}.`]);
}
