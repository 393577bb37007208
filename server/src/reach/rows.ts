import { parseAddress } from "../model/address.ts";
import { describe } from "../model/object.ts";
import type { ServicePort } from "../model/service.ts";
import type { More, Piece, Row, Text } from "./card.ts";
import type { Path } from "./path.ts";
import { addressWords, arrivalWords, clientWords, protocolWords, shortened } from "./rowWords.ts";
import { summedRows } from "./summedRows.ts";

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
): { readonly rows: readonly Row[]; readonly more: More | undefined } {
	const rows = rowsOf(paths, extent.addresses);
	if (rows.length <= extent.rows) return { rows, more: undefined };
	const option = of.includes(" ") ? "--workload" : "--service";
	const command = `portolan paths ${option} ${of.replace(" ", "/")}`;
	const summed = summedRows(paths, extent.addresses);
	if (summed.length <= extent.rows) return { rows: summed, more: { words: "Each address by itself", command } };
	return { rows: summed.slice(0, extent.rows - 1), more: { words: `${summed.length - extent.rows + 1} more rows`, command } };
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
		const verdict = row[0]?.verdict;
		if (!end || end.podPort === null || verdict === "dropped" || verdict === "refused") return [];
		if (several) return ends.every(({ object }) => object === end.object) ? [` of ${describe(end.object)}`] : [];
		const name = end.container?.name?.value;
		if (name === undefined || (said && containers.size === 1)) return [];
		said = true;
		return [" of ", { code: name }];
	};
}

/** Each address once, with what is to know about it; what holds for all rows is said at its first mention. */
function addressesOf(paths: readonly Path[], seen: Set<string>): readonly Text[] {
	const groups = new Map<string, Path[]>();
	for (const path of paths) {
		const known = groups.get(path.address);
		if (known) known.push(path);
		else groups.set(path.address, [path]);
	}
	return [...groups].map(([address, group]) => {
		const first = !seen.has(address);
		seen.add(address);
		const words = [...new Set([...group.flatMap((path) => addressWords(path, first)), ...protocolWords(group)])];
		const code: Piece = { code: address, link: linkOf(group[0] as Path) };
		return words.length > 0 ? [code, ` (${words.join(", ")})`] : [code];
	});
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
