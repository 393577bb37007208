import { type DeclaredPort, portNamed, unsureAboutName } from "../links/targetPort.ts";
import type { Workload } from "../model/workload.ts";
import { injectorsOf } from "./injection.ts";
import { PATCHED, type Surroundings } from "./listening.ts";

/** What a port name of a Service finds in a workload's Pods. */
export type NamedPort =
	| ({ readonly verdict: "yes"; readonly number: number | undefined } & DeclaredPort)
	/** A container has it that is added to the Pods as they are made. */
	| { readonly verdict: "injected"; readonly number: number; readonly by: string }
	/** Only some of the configured versions of Kubernetes find it: a sidecar declares it. */
	| ({ readonly verdict: "by-version"; readonly since: string; readonly number: number | undefined } & DeclaredPort)
	| { readonly verdict: "no" }
	| { readonly verdict: "cannot-tell"; readonly why: string };

/** EndpointSlices hold the named ports of sidecars since Kubernetes 1.33 (PR 127976). */
const SIDECARS_SINCE = 33;

/** Looks a named target port up in the Pods of a workload, as the endpoint slice controller does. */
export function resolveName(around: Surroundings, workload: Workload, name: string, protocol: string): NamedPort {
	const { from, to } = around.settings.cluster.version;
	const found = portNamed(workload, name, protocol);
	const number = found?.port.containerPort?.value;
	if (found && (!found.container.sidecar || from >= SIDECARS_SINCE)) return { verdict: "yes", number, ...found };
	const injectors = injectorsOf(around.unit, workload);
	const injected = injectors.find(({ ports }) => protocol === "TCP" && ports[name] !== undefined);
	if (injected) return { verdict: "injected", number: injected.ports[name] ?? 0, by: injected.name };
	const [injector] = injectors;
	const why =
		(around.unit.patched ? PATCHED : unsureAboutName(workload, name)) ?? (injector && `${injector.name} adds containers to its Pods`);
	if (why !== undefined) return { verdict: "cannot-tell", why };
	if (found && to >= SIDECARS_SINCE) return { verdict: "by-version", since: `1.${SIDECARS_SINCE}`, number, ...found };
	return { verdict: "no" };
}
