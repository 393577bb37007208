import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import type { Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { qualifiedName } from "../../server/src/model/object.ts";
import type { Card } from "../../server/src/reach/card.ts";
import { type Path, type PathData, pathData } from "../../server/src/reach/path.ts";
import { plain } from "../../server/src/reach/print.ts";
import { pathsOfService } from "../../server/src/reach/service.ts";
import { serviceCard } from "../../server/src/reach/serviceCard.ts";
import { pathsOfWorkload } from "../../server/src/reach/workload.ts";
import { workloadCard } from "../../server/src/reach/workloadCard.ts";
import type { Settings } from "../../server/src/settings/settings.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/**
 * A case: manifests, and for each named object all of its paths, one a line:
 * `from by address [node] (client) [port=N] via servicePort -> KIND NAME:podPort, ... | client address | verdict: why`.
 * The port is written where it is not the end of the address, the protocol where it is not TCP; `-` is null.
 */
export function reach(title: string, manifests: string, expected: Readonly<Record<string, string>>, settings?: Settings): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(manifests), settings);
		for (const [name, lines] of Object.entries(expected)) {
			assert.deepEqual(pathsOf(snapshot, name).map(printPath), linesOf(lines), name);
		}
	});
}

/** The paths of `Service NS/NAME` or `KIND NS/NAME`, whichever unit holds it. */
export function pathsOf(snapshot: Snapshot, name: string): readonly Path[] {
	for (const unit of allUnits(snapshot)) {
		const { services, workloads } = linksOf(unit);
		const service = services.find((object) => `Service ${qualifiedName(object)}` === name);
		if (service) return pathsOfService(snapshot, unit, service);
		const workload = workloads.find((object) => `${object.kind} ${qualifiedName(object)}` === name);
		if (workload) return pathsOfWorkload(snapshot, unit, workload);
	}
	throw new Error(`no ${name}`);
}

/**
 * A case: manifests, and for each named object the rows of its card, one a line: `from | address, ... | where it arrives`, then the
 * reasons, each behind a `*`.
 */
export function rows(title: string, manifests: string, expected: Readonly<Record<string, string>>): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(manifests));
		for (const [name, lines] of Object.entries(expected)) {
			const card = cardOf(snapshot, name);
			const told = card.rows.map(({ from, addresses, arrives }) =>
				[plain(from), addresses.map(plain).join(", "), plain(arrives)].join(" | "),
			);
			assert.deepEqual([...told, ...card.reasons.map((reason) => `* ${plain(reason)}`)], linesOf(lines), name);
		}
	});
}

/** The card of `Service NS/NAME` or `KIND NS/NAME`, whichever unit holds it. */
function cardOf(snapshot: Snapshot, name: string): Card {
	for (const unit of allUnits(snapshot)) {
		const { services, workloads } = linksOf(unit);
		const service = services.find((object) => `Service ${qualifiedName(object)}` === name);
		if (service) return serviceCard(snapshot, unit, service);
		const workload = workloads.find((object) => `${object.kind} ${qualifiedName(object)}` === name);
		if (workload) return workloadCard(snapshot, unit, workload);
	}
	throw new Error(`no ${name}`);
}

export function printPath(path: Path): string {
	const data: PathData = pathData(path);
	const { from, by, address, node, client, port, protocol, servicePort, clientAddress, verdict, why } = data;
	const number = port === null ? (/:\d+$/.test(address) ? " port=-" : "") : address.endsWith(`:${port}`) ? "" : ` port=${port}`;
	const who = [node, client && `(${client})`, protocol === "TCP" ? "" : protocol].filter((part) => part).map((part) => ` ${part}`);
	const to = data.to.map(({ kind, name, podPort }) => `${kind} ${name}:${podPort ?? "-"}`).join(", ");
	const end = `${clientAddress ?? "-"} | ${verdict}${why === null ? "" : `: ${why}`}`;
	return `${from} ${by} ${address}${who.join("")}${number} via ${servicePort ?? "-"} -> ${to || "-"} | ${end}`;
}

function linesOf(block: string): readonly string[] {
	return block
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "");
}
