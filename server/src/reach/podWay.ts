import type { Refusal } from "../evidence/refusal.ts";
import type { Container } from "../model/podTemplate.ts";
import type { ServicePort } from "../model/service.ts";
import type { Place } from "../text/source.ts";
import type { ClientAddress, From } from "./path.ts";

/** A port of a workload's Pods, and the text that tells of it. */
export interface PodPort {
	readonly port: number | null;
	readonly protocol: string;
	readonly container: Container | undefined;
	readonly at: Place;
	/** What speaks against a process that listens on it. */
	readonly refusal?: Refusal | undefined;
}

export interface PodWay extends PodPort {
	readonly by: "podIP" | "dns" | "hostPort" | "hostNetwork";
	readonly address: string;
	/** What the client dials, where that is another number than the Pod's. */
	readonly dials?: number | null;
	readonly entry?: ServicePort;
	readonly servicePort?: number | null;
	/** Who can use it, and whether the Pod sees their address. */
	readonly clients: Clients;
	readonly doubt?: string | undefined;
}

export type Clients = Readonly<Partial<Record<From, ClientAddress | null>>>;
