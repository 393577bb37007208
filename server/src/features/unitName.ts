import type { Snapshot } from "../links/snapshot.ts";
import { topAbove } from "../units/configurations.ts";
import { baseName } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";

/** What a unit is called where all of the workspace is seen: its configured name, else its folder relative to the one that is open. */
export function unitName({ configurations }: Snapshot, { kind, name, path, renderings }: Unit): string {
	if (kind === "configured" || kind === "stdin") return name;
	const variant = renderings[0]?.root.variant;
	const values = variant ? ` with ${variant}` : "";
	const top = topAbove(configurations, path);
	if (top === undefined) return path + values;
	return (path === top ? baseName(path) : path.slice(top.length + 1)) + values;
}

/** Units in their order, one that is preferred first. */
export function preferring(units: readonly Unit[], preferred: string | undefined): readonly Unit[] {
	const first = units.find(({ id }) => id === preferred);
	return first ? [first, ...units.filter((unit) => unit !== first)] : units;
}
