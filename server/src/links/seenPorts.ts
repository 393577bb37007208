import { given, isUnreadable } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import type { Container, ContainerPort } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";

/** A container port as the API server sees it, its defaults applied. */
export interface SeenPort {
	readonly container: Container;
	readonly port: ContainerPort;
	readonly number: number;
	readonly protocol: string;
	/** 0 for none. */
	readonly hostPort: number;
	/** "" for every address. */
	readonly hostIP: string;
}

/**
 * The ports of a workload in the order in which the API server compares them: init containers, then regular ones. What cannot
 * be read, or is refused for its number, is left out. In a Pod on the node's network, not in a template, an absent hostPort is
 * the containerPort. Source: SetDefaults_Pod of pkg/apis/core/v1/defaults.go, VisitContainersWithPath of pkg/apis/core/pods.
 */
export function seenPorts(workload: Workload): readonly SeenPort[] {
	const { initContainers, containers, hostNetwork } = workload.template;
	const defaulted = workload.kind === "Pod" && hostNetwork?.value === true;
	return [...initContainers, ...containers].flatMap((container) => container.ports.flatMap((port) => seen(container, port, defaulted)));
}

function seen(container: Container, port: ContainerPort, defaulted: boolean): readonly SeenPort[] {
	const number = port.containerPort?.value;
	const protocol = protocolOf(port);
	if (number === undefined || !isPortNumber(number) || protocol === undefined) return [];
	if (isUnreadable(port.hostPort) || isUnreadable(port.hostIP)) return [];
	const hostPort = given(port.hostPort) ?? (defaulted ? number : 0);
	return [{ container, port, number, protocol, hostPort, hostIP: port.hostIP?.value ?? "" }];
}
