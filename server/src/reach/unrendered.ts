import type { Unit } from "../units/unit.ts";
import type { Path } from "./path.ts";

/** Paths of a unit that something not known changes before it is deployed: they stand as written, and none is certain. */
export function untilRendered(unit: Unit, paths: readonly Path[]): readonly Path[] {
	const reason = unit.alteration?.reason;
	if (reason === undefined) return paths;
	return paths.map((path) => ({ ...path, verdict: "cannot-tell", why: `What is deployed may differ: ${reason}` }));
}
