import type { Snapshot } from "../links/snapshot.ts";
import { folderUnit, hasManifests, renderedFiles, unitsOf, writtenUnits } from "../links/units.ts";
import { folderOf } from "../units/folder.ts";
import { isCalledByFolder } from "../units/names.ts";
import type { Gap, Unit } from "../units/unit.ts";
import { chartName, folderName, type Preferred, preferring, unitName, valuesName } from "./unitName.ts";

/** What an editor says about a document beside its findings. */
export interface Status {
	readonly text: string;
	readonly detail: string;
	/** Something keeps Portolan from checking the document, or from saying what is missing. */
	readonly limited: boolean;
	/** How many units the document is rendered into: of several one can be chosen. */
	readonly units?: number;
}

/** Whether there is anything that Portolan speaks about. */
export function anyManifests(snapshot: Snapshot): boolean {
	if (snapshot.charts.length > 0 || snapshot.kustomized.roots.length > 0 || renderedFiles(snapshot).size > 0) return true;
	for (const unit of writtenUnits(snapshot)) if (hasManifests(unit)) return true;
	return false;
}

/** How a document is checked; `undefined` where there is nothing in its folder that Portolan reads. */
export function statusOf(snapshot: Snapshot, uri: string, preferred?: Preferred): Status | undefined {
	const rendered = unitsOf(snapshot, uri).filter(({ renderings }) => renderings.length > 0);
	if (rendered.length > 0) return renderedStatus(snapshot, uri, preferring(rendered, preferred));
	const unit = folderUnit(snapshot, uri);
	if (!unit) return undefined;
	if (unit.kind === "chart") return { text: "in a chart", detail: "nothing is rendered from this file", limited: false };
	const skipped = unit.gaps.find((gap) => gap.uri === uri);
	if (skipped) return { text: "not checked", detail: skipped.reason, limited: true };
	if (unit.objects.length === 0) return undefined;
	const where = unit.kind === "configured" ? `unit ${unit.name}` : "this folder";
	const objects = `${unit.objects.length} ${unit.objects.length === 1 ? "object" : "objects"} in ${where}`;
	return { text: objects, detail: gapText(unit.gaps), limited: !unit.complete };
}

/** `unit overlays/prod; complete`, or of a base `base of 2 units; unit overlays/prod is shown; complete`. */
function renderedStatus(snapshot: Snapshot, uri: string, units: readonly Unit[]): Status {
	const [shown] = units;
	if (shown?.kind === "chart" && shown.deployer?.uri !== uri) return chartStatus(snapshot, shown, units);
	const incomplete = units.filter(({ complete }) => !complete);
	const state = incomplete.length === 0 ? "complete" : (missingIn(snapshot, incomplete) ?? "not complete");
	const name = shown ? `unit ${unitName(snapshot, shown)}` : "";
	const own = shown?.deployer?.uri === uri || shown?.renderings.some(({ root }) => root.path === folderOf(uri));
	const isDeployer = units.every(({ deployer }) => deployer?.uri === uri);
	const several = isDeployer ? `deploys ${units.length} units` : `base of ${units.length} units`;
	const words = units.length > 1 ? [name, several, state] : own ? [name, state] : [name, "base", state];
	const [gap] = incomplete.flatMap(({ gaps }) => gaps);
	const more = units.length > 1 ? `it is a part of ${units.map((unit) => unitName(snapshot, unit)).join(", ")}` : "";
	const detail = [more, gap ? `what may be missing is not reported: ${gap.reason}` : ""].filter((text) => text !== "").join("; ");
	return { text: words.join("; "), detail, limited: incomplete.length > 0, units: units.length };
}

/** `unit charts/api (values-prod.yaml); complete`, or what to run. The state is that of the values that are shown. */
function chartStatus(snapshot: Snapshot, shown: Unit, all: readonly Unit[]): Status {
	const others = all.slice(1);
	const isBare = !isCalledByFolder(shown) || (others.every((unit) => unit.path !== shown.path) && !shown.renderings[0]?.root.variant);
	const name = `unit ${chartName(snapshot, shown)}${isBare ? "" : ` (${valuesName(shown)})`}`;
	const state = shown.complete ? "complete" : (missingIn(snapshot, [shown]) ?? "not complete");
	const isSame = (unit: Unit) => unit.path === shown.path && isCalledByFolder(unit) && isCalledByFolder(shown);
	const values = others.filter(isSame).map(valuesName);
	const units = others.filter((unit) => !isSame(unit)).map((unit) => unitName(snapshot, unit));
	const also = values.length > 0 ? `it is rendered with ${values.join(", ")}, too` : "";
	const more = units.length > 0 ? `it is a part of ${units.join(", ")}, too` : "";
	const [gap] = shown.gaps;
	const detail = [also, more, gap ? `what may be missing is not reported: ${gap.reason}` : ""].filter((text) => text !== "").join("; ");
	return { text: `${name}; ${state}`, detail, limited: !shown.complete, units: all.length };
}

/** What is to be run where a chart lacks what it depends on. */
function missingIn(snapshot: Snapshot, units: readonly Unit[]): string | undefined {
	const folder = units.flatMap(({ gaps }) => gaps).find(({ unbuilt }) => unbuilt !== undefined)?.unbuilt;
	return folder === undefined ? undefined : `dependencies missing: run \`helm dependency build ${folderName(snapshot, folder)}\``;
}

function gapText(gaps: readonly Gap[]): string {
	const [first] = gaps;
	if (!first) return "";
	const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : "";
	return `something here is not read${more}: ${first.reason}`;
}
