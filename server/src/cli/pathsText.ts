import { describe, type KubeObject } from "../model/object.ts";
import type { Card, Piece, Row } from "../reach/card.ts";
import { ingressCard } from "../reach/ingressCard.ts";
import { plain } from "../reach/print.ts";
import { EVERYTHING } from "../reach/rows.ts";
import { serviceCard } from "../reach/serviceCard.ts";
import { workloadCard } from "../reach/workloadCard.ts";
import type { Io } from "./io.ts";
import { locate } from "./locate.ts";
import type { Reading } from "./read.ts";
import { countPaths, type Routes, type WorkloadRoutes } from "./routes.ts";
import { type Cells, NOTHING, table, wrapped } from "./table.ts";
import { counted } from "./words.ts";

/**
 * The cards of the Services, of the workloads with addresses that these do not tell, and of Ingresses that lead to other Services;
 * then one line that counts. A Service's card holds what leads to its Pods directly, too.
 */
export function pathsText(reading: Reading, routes: Routes, io: Io): string {
	const shown = new Map<KubeObject, Card>(
		routes.services.map(({ unit, object }) => [object, serviceCard(reading.snapshot, unit, object, undefined, EVERYTHING)]),
	);
	const others = routes.workloads.filter((workload) => !isShown(workload, shown));
	const known = others.filter((workload) => workload.paths.length > 0);
	const cards = [
		...[...shown].map(([object, card]) => printed(card, object, reading, io)),
		...known.map(({ unit, object }) => printed(workloadCard(reading.snapshot, unit, object, undefined, EVERYTHING), object, reading, io)),
	];
	const routed = routes.ingresses.map(({ unit, object }) =>
		printed(ingressCard(reading.snapshot, unit, object, undefined, EVERYTHING), object, reading, io),
	);
	const unknown = others.filter((workload) => workload.paths.length === 0);
	const lines = [
		...[...cards, ...routed].flatMap((card) => [...card, ""]),
		...(unknown.length > 0 ? [portless(unknown, io), ""] : []),
		summary(routes),
	];
	return lines.map((line) => `${line}\n`).join("");
}

/** Whether the cards of the Services that select a workload tell all of its addresses. */
function isShown({ services, paths }: WorkloadRoutes, shown: ReadonlyMap<KubeObject, Card>): boolean {
	const cards = services.flatMap((service) => shown.get(service) ?? []);
	const told = new Set(
		cards.flatMap(({ rows }) => rows.flatMap(({ addresses }) => addresses.flatMap((address) => address.flatMap(codeOf)))),
	);
	return cards.length > 0 && paths.every(({ address }) => told.has(address));
}

function codeOf(piece: Piece): readonly string[] {
	return typeof piece !== "string" && "code" in piece ? [piece.code] : [];
}

const INDENT = "  ";

function printed(card: Card, object: KubeObject, reading: Reading, io: Io): string[] {
	const { file, line } = locate(reading.snapshot, io.cwd, object.root);
	const width = io.columns - INDENT.length;
	const notes = [...card.notes, ...card.reasons, ...card.facts.map(({ text }) => text)];
	const { heading, lines } = table(["From", "Address", "Arrives at"], card.rows.map(cells), width);
	const title = plain(card.title);
	const at = io.paint("dim", `${file}:${line}`);
	const fits = `${title}${INDENT}${file}:${line}`.length <= io.columns;
	return [
		...(fits
			? [`${io.paint("bold", title)}${INDENT}${at}`]
			: [...wrapped([title], io.columns).map((part) => io.paint("bold", part)), `${INDENT}${at}`]),
		...(heading === undefined ? [] : [INDENT + io.paint("dim", heading)]),
		...lines.map((row) => INDENT + row),
		...notes.flatMap((note) => wrapped([plain(note)], width)).map((note) => `${INDENT}${io.paint("dim", note)}`),
	];
}

function cells(row: Row): Cells {
	const addresses = row.addresses.length > 0 ? row.addresses.map(plain) : [NOTHING];
	return [
		[plain(row.from)],
		addresses.map((address, index) => (index < addresses.length - 1 ? `${address},` : address)),
		[plain(row.arrives)],
		row.repeats,
	];
}

const NAMES_SHOWN = 5;

function portless(workloads: readonly WorkloadRoutes[], io: Io): string {
	const names = workloads.slice(0, NAMES_SHOWN).map(({ object }) => describe(object));
	const more = workloads.length > NAMES_SHOWN ? ` and ${workloads.length - NAMES_SHOWN} more` : "";
	return io.paint("dim", `No port is known of ${names.join(", ")}${more}`);
}

function summary(routes: Routes): string {
	const { paths, unknown } = countPaths(routes);
	const { services, workloads } = routes;
	const objects =
		services.length === 0 && workloads.length > 0 ? counted(workloads.length, "workload") : counted(services.length, "Service");
	return [objects, counted(paths, "path"), `${unknown} cannot tell`].join(", ");
}
