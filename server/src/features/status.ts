import { allUnits, folderUnit, hasManifests, type Snapshot } from "../links/snapshot.ts";
import type { Gap } from "../units/unit.ts";

/** What an editor says about a document beside its findings. */
export interface Status {
	readonly text: string;
	readonly detail: string;
	/** Something keeps Portolan from checking the document, or from saying what is missing. */
	readonly limited: boolean;
}

/** Whether there is anything that Portolan speaks about. */
export function anyManifests(snapshot: Snapshot): boolean {
	for (const unit of allUnits(snapshot)) if (hasManifests(unit)) return true;
	return false;
}

/** How a document is checked; `undefined` where there is nothing in its folder that Portolan reads. */
export function statusOf(snapshot: Snapshot, uri: string): Status | undefined {
	const unit = folderUnit(snapshot, uri);
	if (!unit) return undefined;
	if (unit.kind === "chart") return { text: "chart: not checked yet", detail: "the templates of a chart are left alone", limited: true };
	const skipped = unit.gaps.find((gap) => gap.uri === uri);
	if (skipped) return { text: "not checked", detail: skipped.reason, limited: true };
	if (unit.objects.length === 0) return undefined;
	const where = unit.kind === "configured" ? `unit ${unit.name}` : "this folder";
	const objects = `${unit.objects.length} ${unit.objects.length === 1 ? "object" : "objects"} in ${where}`;
	return { text: objects, detail: gapText(unit.gaps), limited: !unit.complete };
}

function gapText(gaps: readonly Gap[]): string {
	const [first] = gaps;
	if (!first) return "";
	const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : "";
	return `something here is not read${more}: ${first.reason}`;
}
