import { type Snapshot, unitsOf } from "../links/snapshot.ts";
import { checkUnit, type OnFault } from "../rules/check.ts";
import type { Finding } from "../rules/rule.ts";
import type { Unit } from "../units/unit.ts";

interface Known {
	readonly settings: Snapshot["settings"];
	/** The folders that the findings depend on, where they depend on more than the unit. */
	readonly folders: Snapshot["folders"] | undefined;
	readonly findings: readonly Finding[];
}

const cache = new WeakMap<Unit, Known>();

/** The findings of a unit under a snapshot, worked out once for as long as nothing that they depend on changes. */
export function findingsOf(snapshot: Snapshot, unit: Unit, onFault: OnFault): readonly Finding[] {
	const known = cache.get(unit);
	if (known && known.settings === snapshot.settings && (known.folders === undefined || known.folders === snapshot.folders))
		return known.findings;
	const { findings, lookedNear } = checkUnit(snapshot, unit, onFault);
	cache.set(unit, { settings: snapshot.settings, folders: lookedNear ? snapshot.folders : undefined, findings });
	return findings;
}

/** The findings whose place lies in a file. */
export function findingsIn(snapshot: Snapshot, uri: string, onFault: OnFault): readonly Finding[] {
	return unitsOf(snapshot, uri).flatMap((unit) => findingsOf(snapshot, unit, onFault).filter((finding) => finding.at.source.uri === uri));
}
