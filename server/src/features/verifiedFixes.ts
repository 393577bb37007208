import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { eachUnitOf } from "../links/units.ts";
import { type KubeObject, qualifiedName } from "../model/object.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import type { Edit, Place, Source } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { isLiteral } from "../yaml/literal.ts";
import type { Node } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { openFile } from "../yaml/stream.ts";
import { findingsOf } from "./findings.ts";
import { textsAfter, withEdits } from "./trial.ts";

/** Units in which a fix is tried out at most: what would have to be tried in more is not offered, as somebody waits for the answer. */
const MOST_TRIED = 100;

/** The fixes of a finding that may be offered. */
export function fixesOf(snapshot: Snapshot, finding: Finding, onFault: OnFault): readonly Fix[] {
	return finding.fixes.filter((fix) => usersOf(snapshot, fix.edits).length <= MOST_TRIED && mayApply(snapshot, finding, fix, onFault));
}

/** Whether a fix leaves what can be read, and does what it says in all that is rendered. */
export function mayApply(snapshot: Snapshot, finding: Finding, fix: Fix, onFault: OnFault): boolean {
	return leavesReadable(snapshot, fix) && holdsWhenRendered(snapshot, finding, fix, onFault);
}

/** Characters of a document up to which a fix is tried on its text: a long one may have many findings, and each would read it again. */
const LONGEST_TRIED = 2 ** 15;

/** Whether what could be read before a fix can be read after it. Files of which something is not read, and long documents, are not looked at. */
function leavesReadable(snapshot: Snapshot, { edits }: Fix): boolean {
	if (edits.length === 0 || edits.some(({ source }) => source.text.length > LONGEST_TRIED || !isRead(source))) return true;
	const texts = textsAfter(snapshot, edits);
	return [...(texts ?? [])].every(([uri, text]) => {
		const before = fileOf(snapshot, uri);
		const known = new Set(before?.parts.map(({ source }) => source));
		return openFile(uri, text, before).parts.every(({ source }) => known.has(source) || parseSource(source).problems.length === 0);
	});
}

function isRead(source: Source): boolean {
	const { problems, trailing } = parseSource(source);
	return problems.length === 0 && trailing === undefined;
}

/**
 * Whether a fix does what it says in everything that is rendered from the files that it changes: the characters are the value
 * itself, and once they are changed the finding is gone wherever it was, and nothing new is found; what comes to light in the objects of
 * what could not be built is not new. What is deployed as it is written is taken at its word.
 */
function holdsWhenRendered(snapshot: Snapshot, finding: Finding, { edits }: Fix, onFault: OnFault): boolean {
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
