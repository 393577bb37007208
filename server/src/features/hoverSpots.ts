import type { Snapshot } from "../links/snapshot.ts";
import type { Field } from "../model/field.ts";
import type { Ingress } from "../model/ingress.ts";
import type { LabelMap } from "../model/labels.ts";
import type { KubeObject } from "../model/object.ts";
import { type ContainerPort, servingContainers } from "../model/podTemplate.ts";
import type { Service, ServicePort } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Card, ContainerPart, PortPart } from "../reach/card.ts";
import { ingressCard } from "../reach/ingressCard.ts";
import type { Extent } from "../reach/rows.ts";
import { serviceCard } from "../reach/serviceCard.ts";
import { workloadCard } from "../reach/workloadCard.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import type { Node } from "../yaml/nodes.ts";

/** A piece of text, and what there is to say about it. */
export interface Spot {
	readonly at: Place;
	/** Findings inside, wherever its parts stand, belong to what is said. */
	readonly about: Node;
	readonly card: (extent?: Extent) => Card;
}

const SERVICE_FIELDS = [
	"type",
	"clusterIP",
	"clusterIPs",
	"externalName",
	"externalTrafficPolicy",
	"internalTrafficPolicy",
	"sessionAffinity",
] as const satisfies readonly (keyof Service)[];

/** Which part of a Service a field of a port entry stands for. */
const PORT_FIELDS: readonly (readonly [Exclude<keyof ServicePort, "node">, PortPart["field"]])[] = [
	["name", "port"],
	["protocol", "port"],
	["port", "port"],
	["appProtocol", "port"],
	["targetPort", "targetPort"],
	["nodePort", "nodePort"],
];

export function serviceSpots(snapshot: Snapshot, unit: Unit, service: Service): readonly Spot[] {
	const whole = [
		...named(service),
		...SERVICE_FIELDS.flatMap((name) => places(service[name])),
		...service.externalIPs.flatMap(places),
		...labels(service.selector),
		...keyOf(service.portList),
	];
	return [
		...whole.map((at): Spot => ({ at, about: service.root, card: (extent) => serviceCard(snapshot, unit, service, undefined, extent) })),
		...service.ports.flatMap((entry) =>
			PORT_FIELDS.flatMap(([name, field]) =>
				places(entry[name]).map((at): Spot => {
					const about = service.ports.length > 1 ? entry.node : service.root;
					return { at, about, card: (extent) => serviceCard(snapshot, unit, service, { entry, field }, extent) };
				}),
			),
		),
	];
}

/** Hosts, paths and backends of an Ingress. */
export function ingressSpots(snapshot: Snapshot, unit: Unit, ingress: Ingress): readonly Spot[] {
	const whole = [...named(ingress), ...places(ingress.className)];
	return [
		...whole.map((at): Spot => ({ at, about: ingress.root, card: (extent) => ingressCard(snapshot, unit, ingress, undefined, extent) })),
		...ingress.routes.flatMap((route) => {
			const { backend, path } = route;
			return [backend.key, ...places(backend.service), ...places(backend.port), ...places(path)].map(
				(at): Spot => ({ at, about: backend.node, card: (extent) => ingressCard(snapshot, unit, ingress, route, extent) }),
			);
		}),
		...ingress.routes.flatMap(({ host }) => {
			const same = ingress.routes.filter((route) => route.host?.node === host?.node);
			return places(host).map(
				(at): Spot => ({
					at,
					about: host?.node ?? ingress.root,
					card: (extent) => ingressCard(snapshot, unit, { ...ingress, routes: same }, undefined, extent),
				}),
			);
		}),
	];
}

const CONTAINER_PORT_FIELDS: readonly (readonly [Exclude<keyof ContainerPort, "node">, ContainerPart["field"]])[] = [
	["name", "containerPort"],
	["containerPort", "containerPort"],
	["protocol", "containerPort"],
	["hostPort", "hostPort"],
	["hostIP", "hostPort"],
];

export function workloadSpots(snapshot: Snapshot, unit: Unit, workload: Workload): readonly Spot[] {
	return [
		...[...named(workload), ...labels(workload.template.labels)].map(
			(at): Spot => ({ at, about: workload.root, card: (extent) => workloadCard(snapshot, unit, workload, undefined, extent) }),
		),
		...servingContainers(workload.template).flatMap((container) =>
			container.ports.flatMap((port) =>
				CONTAINER_PORT_FIELDS.flatMap(([name, field]) =>
					places(port[name]).map(
						(at): Spot => ({
							at,
							about: port.node,
							card: (extent) => workloadCard(snapshot, unit, workload, { container, port, field }, extent),
						}),
					),
				),
			),
		),
	];
}

function named(object: KubeObject): readonly Place[] {
	return [...places(object.kindField), ...places(object.metadata.name), ...places(object.metadata.generateName)];
}

function places(field: Field<unknown> | undefined): readonly Place[] {
	return field ? [field.key, field.node] : [];
}

function keyOf(field: Field<unknown> | undefined): readonly Place[] {
	return field ? [field.key] : [];
}

function labels(map: LabelMap | undefined): readonly Place[] {
	return map ? [map.key, ...map.pairs.flatMap(({ key, node }) => [key, node])] : [];
}
