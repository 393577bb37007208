import { type Field, given, isUnreadable } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import { isWorkload } from "../model/manifest.ts";
import type { Container, ContainerPort } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import type { Node } from "../yaml/nodes.ts";

/** A port that the Pods of a workload take on their node. */
export interface HostPortUse {
	readonly workload: Workload;
	readonly container: Container;
	readonly number: number;
	readonly protocol: string;
	/** As written; "" where it is not. */
	readonly hostIP: string;
	/** The number's field: `hostPort`, or the `containerPort` that it comes from under hostNetwork. */
	readonly field: Field<number>;
	/** Where it is reported: `hostPort` wherever one is written, a 0 too. */
	readonly at: Node;
	/** False where only defaulting writes it into the Pod. */
	readonly written: boolean;
}

/**
 * The host ports of all containers, plain init containers included. Under hostNetwork a containerPort without a hostPort is
 * one, by the defaulting of Pods. Source: SetDefaults_Pod of pkg/apis/core/v1/defaults.go. What cannot be read is left out.
 */
export function hostPortUses(workload: Workload): readonly HostPortUse[] {
	let uses = cache.get(workload);
	if (!uses) {
		uses = readUses(workload);
		cache.set(workload, uses);
	}
	return uses;
}

const cache = new WeakMap<Workload, readonly HostPortUse[]>();

function readUses(workload: Workload): readonly HostPortUse[] {
	const { containers, initContainers, hostNetwork } = workload.template;
	return [...containers, ...initContainers].flatMap((container) =>
		container.ports.flatMap((port) => useOf(workload, container, port, hostNetwork?.value === true)),
	);
}

function useOf(workload: Workload, container: Container, port: ContainerPort, hostNetwork: boolean): readonly HostPortUse[] {
	const { hostPort, hostIP, containerPort } = port;
	if (isUnreadable(hostPort) || isUnreadable(hostIP)) return [];
	const written = given(hostPort) !== undefined;
	const field = written ? hostPort : hostNetwork ? containerPort : undefined;
	const number = given(field);
	const protocol = protocolOf(port);
	if (!field || number === undefined || !isPortNumber(number) || protocol === undefined) return [];
	return [{ workload, container, number, protocol, hostIP: hostIP?.value ?? "", field, at: visible(hostPort) ?? field.node, written }];
}

function visible(field: Field<number> | undefined): Node | undefined {
	return field && field.node.end > field.node.start ? field.node : undefined;
}

/** What workloads that are none of another's take on their nodes. */
const BY_PORT = objectIndex((object) => {
	if (!isWorkload(object) || object.metadata.controlled) return [];
	return hostPortUses(object)
		.filter(isScheduled)
		.map((use) => [portKey(use), use] as const);
});

/** The uses of other workloads that no node has room for beside this one, wherever they run. */
export function collisions(unit: Unit, use: HostPortUse): readonly HostPortUse[] {
	if (!isScheduled(use)) return [];
	return unit.find(BY_PORT, portKey(use), (other) => other.workload !== use.workload && overlap(use.hostIP || ANY, other.hostIP || ANY));
}

function portKey(use: HostPortUse): string {
	return `${use.protocol}/${use.number}`;
}

/** The scheduler counts regular containers and, since 1.34, sidecars. Source: GetHostPorts of pkg/scheduler/util/utils.go. */
function isScheduled({ container }: HostPortUse): boolean {
	return !container.init || container.sidecar;
}

const ANY = "0.0.0.0";

/** `0.0.0.0` meets every address, `::` only itself. Source: HostPortInfo.CheckConflict of k8s.io/kube-scheduler/framework/types.go. */
function overlap(a: string, b: string): boolean {
	return a === b || a === ANY || b === ANY;
}
