import { parseAddress } from "../model/address.ts";
import { describe, nameOf } from "../model/object.ts";
import type { ServicePort } from "../model/service.ts";
import type { Piece, Row, Text } from "./card.ts";
import type { Path, Target } from "./path.ts";

/** How much of an object a card holds. */
export interface Extent {
	readonly rows: number;
	/** Addresses in a row. */
	readonly addresses: number;
	/** Workloads and Services whose own paths are there, too. */
	readonly neighbours: number;
}

/** Not more than a screen; the command line lists every path. */
export const A_SCREEN: Extent = { rows: 12, addresses: 8, neighbours: 6 };

export const EVERYTHING: Extent = {
	rows: Number.POSITIVE_INFINITY,
	addresses: Number.POSITIVE_INFINITY,
	neighbours: Number.POSITIVE_INFINITY,
};

/** The access table of an object, and what it leaves out. */
export function cardRows(
	paths: readonly Path[],
	of: string,
	extent: Extent = A_SCREEN,
): { readonly rows: readonly Row[]; readonly more: Text | undefined } {
	const rows = rowsOf(paths, extent.addresses);
	if (rows.length <= extent.rows) return { rows, more: undefined };
	const option = of.includes(" ") ? "--workload" : "--service";
	const command = `portolan paths ${option} ${of.replace(" ", "/")}`;
	return { rows: rows.slice(0, extent.rows - 1), more: [`${rows.length - extent.rows + 1} more rows: `, { code: command }] };
}

/** Paths of the same clients that arrive at the same place share a row. */
function rowsOf(paths: readonly Path[], mostAddresses: number): readonly Row[] {
	const groups = new Map<string, Path[]>();
	for (const path of paths) {
		const from = clientWords(path);
		if (from === undefined) continue;
		const key = `${from}\n${path.verdict}\n${arrivalWords(path)}`;
		const known = groups.get(key);
		if (known) known.push(path);
		else groups.set(key, [path]);
	}
	const naming = ownerNaming(paths);
	const seen = new Set<string>();
	let before: string | undefined;
	return [...groups.values()].map((group): Row => {
		const first = group[0] as Path;
		const words = arrivalWords(first);
		const repeats = words === before;
		before = words;
		return {
			from: [clientWords(first) ?? ""],
			addresses: shortened(addressesOf(group, seen), mostAddresses),
			arrives: [words, ...naming(group)],
			repeats,
		};
	});
}

/** `undefined` for a path that another row already tells: ports of the node, and nodes that drop, are alike for everybody. */
function clientWords({ from, by, node, client, address }: Path): string | undefined {
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
function arrivalWords({ to, verdict }: Path): string {
	if (verdict === "dropped" || verdict === "refused") return verdict;
	const ports = portsOf(to) ?? (verdict === "reaches" ? "the Pods, at any port" : undefined);
	if (ports === undefined) return "cannot tell";
	return verdict === "cannot-tell" ? `perhaps ${ports}` : ports;
}

const MOST_TARGETS = 4;

function portsOf(to: readonly Target[]): string | undefined {
	const numbers = new Set(to.map(({ podPort }) => podPort));
	const [number] = numbers;
	if (numbers.size === 0 || (numbers.size === 1 && number === null)) return undefined;
	const word = to.every(isPods) ? "Pod port" : "port";
	if (numbers.size === 1) return `${word} ${number}`;
	const each = to.map(({ object, podPort }) => `${podPort ?? "none"} of ${object.kind} ${nameOf(object) ?? ""}`);
	const more = each.length > MOST_TARGETS ? `, and ${each.length - MOST_TARGETS} more` : "";
	return `${word} ${each.slice(0, MOST_TARGETS).join(", ")}${more}`;
}

function isPods({ object }: Target): boolean {
	return object.kind !== "Endpoints" && object.kind !== "EndpointSlice";
}

/**
 * Names whose port it is. With one workload that is the container: once where all paths end in the same one, in every row where
 * they do not. With several it is the workload, where a row leads to one of them only.
 */
function ownerNaming(paths: readonly Path[]): (row: readonly Path[]) => Text {
	const targets = paths.flatMap(({ to }) => to);
	const several = new Set(targets.map(({ object }) => object)).size > 1;
	const containers = new Set(targets.map(({ container }) => container?.name?.value));
	let said = false;
	return (row) => {
		const ends = row.flatMap(({ to }) => to);
		const [end] = ends;
		if (!end || end.podPort === null || row[0]?.verdict === "dropped") return [];
		if (several) return ends.every(({ object }) => object === end.object) ? [` of ${describe(end.object)}`] : [];
		const name = end.container?.name?.value;
		if (name === undefined || (said && containers.size === 1)) return [];
		said = true;
		return [" of ", { code: name }];
	};
}

function shortened(addresses: readonly Text[], most: number): readonly Text[] {
	if (addresses.length <= most) return addresses;
	return [...addresses.slice(0, most - 1), [`and ${addresses.length - most + 1} more`]];
}

/** Each address once, with what is to know about it; what holds for all rows is said at its first mention. */
function addressesOf(paths: readonly Path[], seen: Set<string>): readonly Text[] {
	const groups = new Map<string, Path[]>();
	for (const path of paths) groups.set(path.address, [...(groups.get(path.address) ?? []), path]);
	return [...groups].map(([address, group]) => {
		const first = !seen.has(address);
		seen.add(address);
		const words = [...new Set([...group.flatMap((path) => addressWords(path, first)), ...protocolWords(group)])];
		const code: Piece = { code: address, link: linkOf(group[0] as Path) };
		return words.length > 0 ? [code, ` (${words.join(", ")})`] : [code];
	});
}

function addressWords({ by, node, port, address, via }: Path, first: boolean): readonly string[] {
	if (by === "hostPort" || by === "hostNetwork") return [by === "hostPort" ? "hostPort" : "host network", "nodes that run a Pod"];
	if (by === "loadBalancer") return first && address.startsWith("loadBalancer:") ? ["address pending"] : [];
	if (by === "ingress") return via === undefined ? [] : [via];
	if (by === "externalIP") return first ? ["external IP"] : [];
	if (by !== "nodePort") return [];
	const assigned = first && port === null && address.includes("<") ? ["assigned"] : [];
	if (node !== "any") return [...assigned, node === null ? "" : NODES[node]].filter((word) => word !== "");
	return first && address.startsWith("nodeIP:") ? [...assigned, "any node"] : assigned;
}

const NODES = { any: "any node", own: "own node", "with-pod": "nodes with a Pod", "without-pod": "nodes without a Pod" };

/** TCP goes without saying, unless another protocol has the same address. */
function protocolWords(paths: readonly Path[]): readonly string[] {
	const protocols = [...new Set(paths.map(({ protocol }) => protocol))];
	return protocols.length === 1 && protocols[0] === "TCP" ? [] : [protocols.join(" and ")];
}

/** A link where the address is real and the port is known to speak HTTP. */
function linkOf({ address, port, entry, by, to }: Path): string | undefined {
	if (by === "ingress") return /^https?:\/\/[^*$?/]+\/[^$<>()\s]*$/.test(address) ? address : undefined;
	if (by === "dns" || by === "clusterIP" || by === "podIP" || port === null) return undefined;
	const host = address.slice(0, address.length - String(port).length - 1);
	const real = parseAddress(host.replace(/^\[|\]$/g, "")) !== undefined || (by === "loadBalancer" && host.includes("."));
	const scheme = real ? schemeOf(entry, to[0]?.podPort ?? null) : undefined;
	return scheme && `${scheme}://${address}`;
}

function schemeOf(entry: ServicePort | undefined, podPort: number | null): "http" | "https" | undefined {
	for (const word of [entry?.appProtocol?.value, entry?.name?.value]) {
		const match = /^(https?)(-|$)/.exec(word ?? "");
		if (match) return match[1] as "http" | "https";
	}
	for (const number of [entry?.port?.value, podPort]) {
		if (number === 80 || number === 8080) return "http";
		if (number === 443 || number === 8443) return "https";
	}
	return undefined;
}
