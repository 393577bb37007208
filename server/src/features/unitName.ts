import type { Snapshot } from "../links/snapshot.ts";
import { eachUnitOf, unitsOf } from "../links/units.ts";
import { topAbove } from "../units/configurations.ts";
import { baseName } from "../units/folder.ts";
import { isCalledByFolder } from "../units/names.ts";
import type { Unit } from "../units/unit.ts";

/** What a unit is called where all of the workspace is seen: its configured name or that of its deployer, else its folder relative to the one that is open. */
export function unitName(snapshot: Snapshot, unit: Unit): string {
	const variant = isCalledByFolder(unit) ? unit.renderings[0]?.root.variant : undefined;
	return chartName(snapshot, unit) + (variant ? ` with ${variant}` : "");
}

/** The same without the values that a chart is rendered with. */
export function chartName({ configurations }: Snapshot, unit: Unit): string {
	const { name, path } = unit;
	if (!isCalledByFolder(unit)) return name;
	const top = topAbove(configurations, path);
	if (top === undefined) return path;
	return path === top ? baseName(path) : path.slice(top.length + 1);
}

/** A folder as a command in the folder that is open names it. */
export function folderName({ configurations }: Snapshot, path: string): string {
	const top = topAbove(configurations, path);
	if (top === undefined) return path;
	return path === top ? "." : path.slice(top.length + 1);
}

/** What a unit of a chart is rendered with where several are shown beside each other: its values file, or the name that somebody gave it. */
export function valuesName(unit: Unit): string {
	return isCalledByFolder(unit) ? unit.renderings[0]?.root.variant || "values.yaml" : unit.name;
}

/** Ids of units that a user has chosen to be shown of the files that belong to several, the last choice first. */
export type Preferred = readonly string[];

/** The unit that is shown of a file: the one that is preferred most, else the first, and then no other is rendered for that. */
export function shownUnit(snapshot: Snapshot, uri: string, preferred: Preferred = []): Unit | undefined {
	const [unit] = preferred.length === 0 ? eachUnitOf(snapshot, uri) : preferring(unitsOf(snapshot, uri), preferred);
	return unit;
}

/** Units in their order, the one that is preferred most first. */
export function preferring(units: readonly Unit[], preferred: Preferred = []): readonly Unit[] {
	const chosen = preferred.find((id) => units.some((unit) => unit.id === id));
	const first = units.find(({ id }) => id === chosen);
	return first ? [first, ...units.filter((unit) => unit !== first)] : units;
}
