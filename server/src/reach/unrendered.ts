import type { Unit } from "../units/unit.ts";
import type { Path } from "./path.ts";

/** Paths of a unit that a kustomization changes in ways that only a render tells: they stand as written, and none is certain. */
export function untilRendered(unit: Unit, paths: readonly Path[]): readonly Path[] {
	if (!unit.patched) return paths;
	return paths.map((path) => ({
		...path,
		verdict: "cannot-tell",
		why: "A kustomization patches these objects, and it is not rendered yet",
	}));
}
