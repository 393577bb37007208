import type { Snapshot } from "../links/snapshot.ts";
import { eachUnitOf } from "../links/units.ts";
import { type KubeObject, qualifiedName } from "../model/object.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import type { Edit, Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { isLiteral } from "../yaml/literal.ts";
import type { Node } from "../yaml/nodes.ts";
import { findingsOf } from "./findings.ts";
import { withEdits } from "./trial.ts";

/** Units in which a fix is tried out at most: what would have to be tried in more is not offered, as somebody waits for the answer. */
const MOST_TRIED = 100;

/** The fixes of a finding that may be offered. */
export function fixesOf(snapshot: Snapshot, finding: Finding, onFault: OnFault): readonly Fix[] {
	return finding.fixes.filter(
		(fix) => usersOf(snapshot, fix.edits).length <= MOST_TRIED && holdsWhenRendered(snapshot, finding, fix, onFault),
	);
}

/**
 * Whether a fix does what it says in everything that is rendered from the files that it changes: the characters are the value
 * itself, and once they are changed the finding is gone wherever it was, and nothing new is found; what comes to light in the objects of
 * what could not be built is not new. What is deployed as it is written is taken at its word.
 */
export function holdsWhenRendered(snapshot: Snapshot, finding: Finding, { edits }: Fix, onFault: OnFault): boolean {
	const units = usersOf(snapshot, edits);
	if (units.length === 0) return true;
	if (!edits.every((edit) => units.every((unit) => changesValues(unit, edit)))) return false;
	const after = withEdits(snapshot, edits);
	if (!after) return false;
	const left = new Map(units.map((unit) => [unit.id, { old: unit, before: countsOf(snapshot, unit, onFault) }]));
	let repaired = false;
	for (const unit of eachUserOf(after, edits)) {
		const known = left.get(unit.id);
		if (!known) continue;
		left.delete(unit.id);
		const { old, before } = known;
		const now = countsOf(after, unit, onFault);
		const isUnbuilt = !finding.object && !old.complete;
		for (const [key, count] of now) {
			if (count > (before.get(key) ?? 0) && !(isUnbuilt && !key.endsWith(NO_OBJECT))) return false;
		}
		const own = keyOf(finding);
		const had = before.get(own) ?? 0;
		if (had > 0 && (now.get(own) ?? 0) >= had) return false;
		repaired ||= had > 0;
	}
	return repaired && left.size === 0;
}

/** The units that are rendered from what is edited. */
function usersOf(snapshot: Snapshot, edits: readonly Edit[]): readonly Unit[] {
	return [...new Set(eachUserOf(snapshot, edits))];
}

/** The same, each made as it is asked for, so that none is rendered behind one for which a fix does not hold. */
function* eachUserOf(snapshot: Snapshot, edits: readonly Edit[]): Iterable<Unit> {
	for (const uri of new Set(edits.map(({ source }) => source.uri))) {
		for (const unit of eachUnitOf(snapshot, uri)) if (unit.renderings.length > 0) yield unit;
	}
}

function countsOf(snapshot: Snapshot, unit: Unit, onFault: OnFault): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const finding of findingsOf(snapshot, unit, onFault)) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
	return counts;
}

function keyOf({ rule, object }: Finding): string {
	return `${rule}${object ? ` ${identityOf(object)}` : NO_OBJECT}`;
}

/** How the key of a finding ends that is about no object. */
const NO_OBJECT = " ";

function identityOf(object: KubeObject): string {
	return `${object.kind}/${qualifiedName(object)}`;
}

/** Whether what an edit replaces is, in a unit, just what is written there. */
function changesValues(unit: Unit, edit: Edit): boolean {
	if (edit.start === edit.end) return true;
	return unit.documents(edit.source.uri).every(({ objects }) => objects.every(({ root }) => isWritten(root, edit)));
}

function isWritten(node: Node, edit: Edit): boolean {
	if (node.kind === "scalar") return !touches(node, edit) || isLiteral(node);
	if (node.kind === "seq") return node.items.every((item) => isWritten(item, edit));
	return node.entries.every(({ key, value }) => (!touches(key, edit) || isLiteral(key)) && isWritten(value, edit));
}

function touches(at: Place, edit: Edit): boolean {
	return at.source === edit.source && at.start < edit.end && edit.start < at.end;
}
