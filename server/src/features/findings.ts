import { type Snapshot, unitsOf } from "../links/snapshot.ts";
import { checkFile, checkUnit, type OnFault } from "../rules/check.ts";
import type { Finding } from "../rules/rule.ts";
import { unusedIgnore } from "../rules/unused-ignore.ts";
import { samePlace } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";

/** The findings of a unit under a snapshot. Costs what changed since they were asked for last, and what is found. */
export function findingsOf(snapshot: Snapshot, unit: Unit, onFault: OnFault): readonly Finding[] {
	return checkUnit(snapshot, unit, onFault);
}

/** The findings whose place lies in a file, each once however many units it belongs to. */
export function findingsIn(snapshot: Snapshot, uri: string, onFault: OnFault): readonly Finding[] {
	const lists = unitsOf(snapshot, uri).map((unit) => checkFile(snapshot, unit, uri, onFault));
	const [only, ...others] = lists;
	return others.length === 0 ? (only ?? []) : together(lists);
}

/** The findings of a unit without those that another unit has said before, of files that belong to several. */
export function ownFindings(snapshot: Snapshot, unit: Unit, onFault: OnFault): readonly Finding[] {
	const findings = findingsOf(snapshot, unit, onFault);
	if (unit.kind !== "configured") return findings;
	const said = new Map<string, readonly Finding[]>();
	return findings.filter((finding) => {
		const { uri } = finding.at.source;
		const all = said.get(uri) ?? findingsIn(snapshot, uri, onFault);
		said.set(uri, all);
		return all.includes(finding);
	});
}

/** What several units say of one file: the same is said once, and a comment is unused only where it is in all of them. */
function together(lists: readonly (readonly Finding[])[]): readonly Finding[] {
	const all: Finding[] = [];
	for (const finding of lists.flat()) {
		const unused = finding.rule === unusedIgnore.name;
		if (unused && !lists.every((list) => list.some((other) => isSame(other, finding)))) continue;
		if (!all.some((other) => isSame(other, finding))) all.push(finding);
	}
	return all;
}

function isSame(a: Finding, b: Finding): boolean {
	return a.rule === b.rule && a.message === b.message && samePlace(a.at, b.at);
}
