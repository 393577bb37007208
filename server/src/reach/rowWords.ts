import { describe, nameOf } from "../model/object.ts";
import type { Text } from "./card.ts";
import type { Path, Target, Verdict } from "./path.ts";

/** `undefined` for a path that another row already tells: ports of the node, and nodes that drop, are alike for everybody. */
export function clientWords({ from, by, node, client, address }: Path): string | undefined {
	if (by === "nodePort" && node === "without-pod") return from === "outside" ? "anyone" : undefined;
	if (by === "hostPort" || by === "hostNetwork") {
		if (from === "outside") return "anyone who reaches the node";
		return from === "node" && address.startsWith("127.") ? "the node itself" : undefined;
	}
	if (client === null) return CLIENTS[from];
	if (client.startsWith("other Pods")) return client;
	if (client.startsWith("to a Pod ")) return `${CLIENTS[from]}, ${client}`;
	if (/^(namespaces? |(a|any|the same) namespace)/.test(client)) return `${CLIENTS[from]} of ${client}`;
	return from === "node" && client.startsWith("on ") ? client.slice("on ".length) : `${CLIENTS[from]} ${client}`;
}

const CLIENTS: Readonly<Record<Path["from"], string>> = { outside: "outside the cluster", node: "a node", pod: "a Pod" };

/** `Pod port 80`, `dropped`: where a path ends. */
export function arrivalWords(path: Path): string {
	const { to, verdict } = path;
	if (verdict === "dropped" || verdict === "refused") return verdict;
	const ports = portsOf(to) ?? (verdict === "reaches" ? "the Pods, at any port" : undefined);
	if (ports === undefined) return "cannot tell";
	const naming = verdict === "partly" && path.halfClosed !== true && to.some(({ podPort }) => podPort === null);
	return `${naming ? "" : hedge(verdict)}${ports}`;
}

/** What stands before the ports where not all of the Pods, or perhaps none, are reached; a row that names those without the port says so. */
export function hedge(verdict: Verdict): string {
	return verdict === "partly" ? "partly " : verdict === "cannot-tell" ? "perhaps " : "";
}

const MOST_TARGETS = 4;

function portsOf(to: readonly Target[]): string | undefined {
	const numbers = [...new Set(to.map(({ podPort }) => podPort))];
	const [number, second] = numbers;
	if (number === undefined || (second === undefined && number === null)) return undefined;
	const word = to.every(isPods) ? "Pod port" : "port";
	if (second === undefined) return `${word} ${number}`;
	const each = numbers
		.slice(0, MOST_TARGETS)
		.map((port) => `${port ?? "none"} of ${holders(to.filter(({ podPort }) => podPort === port))}`);
	const more = numbers.length > MOST_TARGETS ? `, and ${numbers.length - MOST_TARGETS} more` : "";
	return `${word} ${each.join(", ")}${more}`;
}

/** `Deployment web`, `Deployments web and api`, `5 workloads`. */
function holders(to: readonly Target[]): string {
	const [first, second, more] = to.map(({ object }) => object);
	if (!first || more) return `${to.length} ${to.every(isPods) ? "workloads" : "objects"}`;
	if (!second) return describe(first);
	return first.kind === second.kind && first.kind !== "Endpoints"
		? `${first.kind}s ${nameOf(first) ?? ""} and ${nameOf(second) ?? ""}`
		: `${describe(first)} and ${describe(second)}`;
}

export function isPods({ object }: Target): boolean {
	return object.kind !== "Endpoints" && object.kind !== "EndpointSlice";
}

/** What is to know about an address beside it; what holds for all rows only at its first mention. */
export function addressWords({ by, node, port, address, via }: Path, first: boolean): readonly string[] {
	if (by === "hostPort" || by === "hostNetwork") return [by === "hostPort" ? "hostPort" : "host network", "nodes that run a Pod"];
	if (by === "loadBalancer") return first && address.startsWith("loadBalancer:") ? ["address pending"] : [];
	if (by === "ingress") return via === undefined ? [] : [via];
	if (by === "externalIP") return first ? ["external IP"] : [];
	// The external name of an alias is written without a port.
	if (by === "dns" && port !== null && !address.endsWith(`:${port}`)) return [`port ${port}`];
	if (by !== "nodePort") return [];
	const assigned = first && port === null && address.includes("<") ? ["assigned"] : [];
	if (node !== "any") return [...assigned, node === null ? "" : NODES[node]].filter((word) => word !== "");
	return first && address.startsWith("nodeIP:") ? [...assigned, "any node"] : assigned;
}

const NODES = { any: "any node", own: "own node", "with-pod": "nodes with a Pod", "without-pod": "nodes without a Pod" };

/** TCP goes without saying, unless another protocol has the same address. */
export function protocolWords(paths: readonly Path[]): readonly string[] {
	const protocols = [...new Set(paths.map(({ protocol }) => protocol))];
	return protocols.length === 1 && protocols[0] === "TCP" ? [] : [protocols.join(" and ")];
}

/** Not more addresses than so many, and how many there are besides. */
export function shortened(addresses: readonly Text[], most: number): readonly Text[] {
	if (addresses.length <= most) return addresses;
	return [...addresses.slice(0, most - 1), [`and ${addresses.length - most + 1} more`]];
}
