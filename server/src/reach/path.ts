import { type KubeObject, nameOf, writtenNamespace } from "../model/object.ts";
import type { Container } from "../model/podTemplate.ts";
import type { ServicePort } from "../model/service.ts";
import type { Place } from "../text/source.ts";
import type { WrittenEndpoints } from "./endpoints.ts";

/** Where the client stands. */
export type From = "outside" | "node" | "pod";

/** The kind of address that it dials. */
export type By =
	| "clusterIP"
	| "dns"
	| "podIP"
	| "nodePort"
	| "hostPort"
	| "hostNetwork"
	| "loadBalancer"
	| "externalIP"
	| "ingress"
	| "gateway";

/** Whose address it must be, for addresses of nodes; `own`: the client's own node. */
export type WhichNode = "any" | "with-pod" | "without-pod" | "own";

export type ClientAddress = "kept" | "replaced";

/** Whether a packet arrives at the Pod's port. A drop leaves the client waiting, a refusal answers at once. */
export type Verdict = "reaches" | "partly" | "refused" | "dropped" | "cannot-tell";

/** Where a path arrives: a workload's Pods, or what an Endpoints or EndpointSlice object lists. */
export interface Target {
	readonly object: KubeObject;
	/** The number on the Pod; null where this one has no such named port, or where it cannot be told. */
	readonly podPort: number | null;
	/** The container that declares the port, or the only one that serves. */
	readonly container: Container | undefined;
	/** What the object lists, where it is none of Pods. */
	readonly endpoints?: WrittenEndpoints;
	/** Why its Pods answer nobody at this port, where it is known. */
	readonly refuses?: string;
}

/** One way of one kind of client to one port, with its outcome: the PATH of the command line, and the places that it came from. */
export interface Path {
	readonly from: From;
	readonly by: By;
	/** Which clients, where it matters: `on a node with a Pod`. */
	readonly client: string | null;
	readonly address: string;
	readonly node: WhichNode | null;
	readonly protocol: string;
	/** What the client dials; null where the cluster assigns it or where it cannot be told. */
	readonly port: number | null;
	/** `port` of the Service's entry that it goes through. */
	readonly servicePort: number | null;
	readonly to: readonly Target[];
	/** What the Pod sees as the source. */
	readonly clientAddress: ClientAddress | null;
	readonly verdict: Verdict;
	/** One sentence, where the verdict needs one. */
	readonly why: string | null;
	/** The entry of the Service that it goes through. */
	readonly entry: ServicePort | undefined;
	/** What else it comes through, in words: `Ingress shop`. */
	readonly via?: string;
	/** Only what is known of the processes keeps it from arriving: packets get as far as the Pod. */
	readonly byProcess?: boolean;
	/** A NetworkPolicy drops the packets; `to` is where they would arrive. */
	readonly closed?: boolean;
	/** A NetworkPolicy drops them at some of the Pods in `to`. */
	readonly halfClosed?: boolean;
	/** A name that gives the Pods' own addresses, so that nothing translates them on the way. */
	readonly direct?: boolean;
	/** The text that opens the path: a Service's port entry, a container's port. */
	readonly at: Place;
}

/** A path as the command line prints it in JSON: names and order are a contract. */
export interface PathData extends Omit<Path, "to" | "entry" | "via" | "byProcess" | "closed" | "halfClosed" | "direct" | "at"> {
	readonly to: readonly {
		readonly kind: string;
		readonly namespace: string | null;
		readonly name: string;
		readonly podPort: number | null;
	}[];
}

export function pathData(path: Path): PathData {
	const { from, by, client, address, node, protocol, port, servicePort, clientAddress, verdict, why } = path;
	const to = (path.closed ? [] : path.to).map(({ object, podPort }) => ({
		kind: object.kind,
		namespace: writtenNamespace(object) ?? null,
		name: nameOf(object) ?? "",
		podPort,
	}));
	return { from, by, client, address, node, protocol, port, servicePort, to, clientAddress, verdict, why };
}
