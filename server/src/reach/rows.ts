import { parseAddress } from "../model/address.ts";
import { nameOf } from "../model/object.ts";
import type { ServicePort } from "../model/service.ts";
import type { Piece, Row, Text } from "./card.ts";
import type { Path, Target } from "./path.ts";

/** A table does not grow beyond a screen; the command line lists every path. */
const MOST_ROWS = 12;

/** The access table of an object, and what it leaves out. */
export function cardRows(paths: readonly Path[], of: string): { readonly rows: readonly Row[]; readonly more: Text | undefined } {
	const rows = rowsOf(paths);
	if (rows.length <= MOST_ROWS) return { rows, more: undefined };
	const option = of.includes(" ") ? "--workload" : "--service";
	const command = `portolan paths ${option} ${of.replace(" ", "/")}`;
	return { rows: rows.slice(0, MOST_ROWS - 1), more: [`${rows.length - MOST_ROWS + 1} more rows: `, { code: command }] };
}

/** Paths of the same clients that arrive at the same place share a row. */
function rowsOf(paths: readonly Path[]): readonly Row[] {
	const groups = new Map<string, Path[]>();
	for (const path of paths) {
		const from = clientWords(path);
		if (from === undefined) continue;
		const key = `${from}\n${path.verdict}\n${arrivalWords(path)}`;
		const known = groups.get(key);
		if (known) known.push(path);
		else groups.set(key, [path]);
	}
	const naming = containerNaming(paths);
	const seen = new Set<string>();
	let before: string | undefined;
	return [...groups.values()].map((group): Row => {
		const first = group[0] as Path;
		const words = arrivalWords(first);
		const repeats = words === before;
		before = words;
		return {
			from: [clientWords(first) ?? ""],
			addresses: shortened(addressesOf(group, seen)),
			arrives: [words, ...naming(first.to)],
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
	return client === null ? CLIENTS[from] : `${CLIENTS[from]}, ${client}`;
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

/** Names the container behind a port: once where all paths end in the same one, in every row where they do not. */
function containerNaming(paths: readonly Path[]): (to: readonly Target[]) => Text {
	const targets = paths.flatMap(({ to }) => to);
	const objects = new Set(targets.map(({ object }) => object));
	const names = new Set(targets.map(({ container }) => container?.name?.value));
	if (objects.size !== 1) return () => [];
	let said = false;
	return (to) => {
		const name = to[0]?.container?.name?.value;
		if (name === undefined || (said && names.size === 1)) return [];
		said = true;
		return [" of ", { code: name }];
	};
}

const MOST_ADDRESSES = 8;

function shortened(addresses: readonly Text[]): readonly Text[] {
	if (addresses.length <= MOST_ADDRESSES) return addresses;
	return [...addresses.slice(0, MOST_ADDRESSES - 1), [`and ${addresses.length - MOST_ADDRESSES + 1} more`]];
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

function addressWords({ by, node, port, address }: Path, first: boolean): readonly string[] {
	if (by === "hostPort" || by === "hostNetwork") return [by === "hostPort" ? "hostPort" : "host network", "nodes that run a Pod"];
	if (by === "loadBalancer") return first && address.startsWith("loadBalancer:") ? ["address pending"] : [];
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
