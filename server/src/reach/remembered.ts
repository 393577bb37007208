import type { Snapshot } from "../links/snapshot.ts";
import type { Unit } from "../units/unit.ts";
import type { Path } from "./path.ts";

type PathsOf<O> = (snapshot: Snapshot, unit: Unit, object: O) => readonly Path[];

/** More paths than this are not kept for one moment, so that they take no more than some 20 MB. */
const MOST = 50_000;

interface Known<O> {
	readonly paths: Map<O, { readonly unit: Unit; readonly paths: readonly Path[] }>;
	count: number;
}

/** The paths of an object at one moment, worked out once for all who ask: with many Services and Pods each is at the end of the others. */
export function remembered<O extends object>(pathsOf: PathsOf<O>): PathsOf<O> {
	const moments = new WeakMap<Snapshot, Known<O>>();
	return (snapshot, unit, object) => {
		// What somebody looked at that is told of changes must be looked at again.
		if (unit.reading) return pathsOf(snapshot, unit, object);
		const known = moments.get(snapshot) ?? { paths: new Map(), count: 0 };
		moments.set(snapshot, known);
		const found = known.paths.get(object);
		if (found?.unit === unit) return found.paths;
		const paths = pathsOf(snapshot, unit, object);
		if (known.count > MOST) {
			known.paths.clear();
			known.count = 0;
		}
		known.paths.set(object, { unit, paths });
		known.count += paths.length + 1;
		return paths;
	};
}
