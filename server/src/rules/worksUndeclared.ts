import { builtImage, exposes } from "../evidence/imagePorts.ts";
import type { KnownImage } from "../evidence/images.ts";
import { effectiveSelector } from "../links/links.ts";
import { portNumbered } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import { knownProtocol, type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import type { Context } from "./rule.ts";

/** Who listens on a target port that nobody declares. */
export interface Works {
	readonly image: KnownImage;
	readonly container: Container;
}

/** Of every workload behind a Service the image, run as it was built, listens on a port's target, although its container declares only others. */
export function worksUndeclared({ unit, links }: Pick<Context, "unit" | "links">, service: Service, port: ServicePort): Works | undefined {
	const number = targetPortOf(port);
	const protocol = knownProtocol(port);
	if (typeof number !== "number" || protocol === undefined || !effectiveSelector(service) || service.broken) return undefined;
	const selection = links.selection(service);
	if (selection.uncertain.length > 0) return undefined;
	let first: Works | undefined;
	for (const workload of workloadsBehind(selection).flat()) {
		const works = listener(unit, workload, number, protocol);
		if (!works) return undefined;
		first ??= works;
	}
	return first;
}

function listener(unit: Unit, workload: Workload, number: number, protocol: string): Works | undefined {
	if (portNumbered(workload, number, protocol)) return undefined;
	return servingContainers(workload.template)
		.filter(({ ports }) => ports.length > 0)
		.flatMap((container): readonly Works[] => {
			const image = builtImage(unit, workload, container);
			return image && exposes(image, number, protocol) ? [{ image, container }] : [];
		})[0];
}
