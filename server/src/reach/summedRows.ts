import type { Row, Text } from "./card.ts";
import type { Path } from "./path.ts";
import { addressWords, arrivalWords, clientWords, hedge, isPods, shortened } from "./rowWords.ts";

/** The rows of many ports together: one for each kind of client and outcome, with the ports of an address as ranges. */
export function summedRows(paths: readonly Path[], mostAddresses: number): readonly Row[] {
	const seen = new Set<string>();
	const shown = paths.filter((path) => clientWords(path) !== undefined);
	let before: string | undefined;
	return grouped(shown, outcomeOf).map((group): Row => {
		const [first] = group as [Path];
		const words = summedArrival(group);
		const repeats = words === before;
		before = words;
		return { from: [clientWords(first) ?? ""], addresses: shortened(addressesOf(group, seen), mostAddresses), arrives: [words], repeats };
	});
}

function outcomeOf(path: Path): string {
	const ends = path.to.some(({ podPort }) => podPort !== null);
	return `${clientWords(path)}\n${path.verdict}\n${ends}`;
}

function grouped(paths: readonly Path[], keyOf: (path: Path) => string): readonly (readonly Path[])[] {
	const groups = new Map<string, Path[]>();
	for (const path of paths) {
		const key = keyOf(path);
		const known = groups.get(key);
		if (known) known.push(path);
		else groups.set(key, [path]);
	}
	return [...groups.values()];
}

/** `clusterIP:8000-8039`. */
function addressesOf(paths: readonly Path[], seen: Set<string>): readonly Text[] {
	return grouped(paths, ({ by, address, port }) => `${by}\n${hostOf(address, port)}`).map((group) => {
		const [first] = group as [Path];
		const host = hostOf(first.address, first.port);
		const isFirst = !seen.has(host);
		seen.add(host);
		const words = [...new Set(group.flatMap((path) => addressWords(path, isFirst)))];
		const code = {
			code: first.port === null || host === first.address ? first.address : `${host}:${ranges(group.flatMap(({ port }) => port ?? []))}`,
		};
		return words.length > 0 ? [code, ` (${words.join(", ")})`] : [code];
	});
}

/** The address without its port, where it ends with one. */
function hostOf(address: string, port: number | null): string {
	return port !== null && address.endsWith(`:${port}`) ? address.slice(0, -`:${port}`.length) : address;
}

function summedArrival(paths: readonly Path[]): string {
	const [first] = paths as [Path];
	const targets = paths.flatMap(({ to }) => to);
	const numbers = [...new Set(targets.flatMap(({ podPort }) => podPort ?? []))];
	if (first.verdict === "dropped" || first.verdict === "refused" || numbers.length < 2) return arrivalWords(first);
	return `${hedge(first.verdict)}${targets.every(isPods) ? "Pod ports" : "ports"} ${ranges(numbers)}`;
}

const MOST_RANGES = 4;

/** `80, 443, 8000-8039`. */
function ranges(numbers: readonly number[]): string {
	const found: [first: number, last: number][] = [];
	for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
		const last = found.at(-1);
		if (last && number === last[1] + 1) last[1] = number;
		else found.push([number, number]);
	}
	const shown = found.slice(0, MOST_RANGES).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
	return `${shown.join(", ")}${found.length > MOST_RANGES ? ", …" : ""}`;
}
