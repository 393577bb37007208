import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import { spanInFile } from "../text/file.ts";
import type { Edit, Span } from "../text/source.ts";
import { edited, type TextEdit, withFiles } from "./trial.ts";
import { mayApply } from "./verifiedFixes.ts";

/** A file with all its safe fixes. */
export interface FixedFile {
	readonly uri: string;
	readonly before: string;
	readonly after: string;
	/** What leads from one to the other: in order, apart from each other. */
	readonly edits: readonly TextEdit[];
	/** What was repaired, in order; the places are those of the moment of the repair. */
	readonly findings: readonly Finding[];
}

export interface FixOptions {
	/** The findings of a snapshot whose fixes are wanted. */
	readonly findings: (snapshot: Snapshot) => readonly Finding[];
	/** A fix that changes any other file is left alone. */
	readonly mayEdit: (uri: string) => boolean;
	readonly onFault: OnFault;
}

/** More rounds than repairs that wait for each other ever need; an end where two rules undo each other. */
const MOST_ROUNDS = 20;

/**
 * Applies safe fixes until there are none left. Of those that change the same characters one is taken at a time, and the next
 * when the text with the first is read again. A finding counts as repaired in every file that its fix changes.
 */
export function withSafeFixes(snapshot: Snapshot, options: FixOptions): readonly FixedFile[] {
	const fixed = new Map<string, FixedFile>();
	let current = snapshot;
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const changes = roundOf(current, options);
		if (changes.size === 0) break;
		for (const [uri, change] of changes) {
			const known = fixed.get(uri);
			fixed.set(uri, known ? joined(known, change) : change);
		}
		current = withTexts(current, changes);
	}
	return [...fixed.values()].filter(({ before, after }) => before !== after);
}

/** The fixes that can be applied together. */
function roundOf(snapshot: Snapshot, { findings, mayEdit, onFault }: FixOptions): ReadonlyMap<string, FixedFile> {
	const taken = new Map<string, { readonly edits: TextEdit[]; readonly findings: Finding[] }>();
	const mayFix = (finding: Finding, fix: Fix) => mayApply(snapshot, finding, fix, onFault);
	for (const finding of findings(snapshot)) {
		const fix = finding.fixes.find(({ safe }) => safe);
		const edits = fix && mayFix(finding, fix) ? placed(snapshot, fix, mayEdit) : undefined;
		if (!edits || edits.some(([uri, edit]) => taken.get(uri)?.edits.some((other) => collide(edit, other)))) continue;
		for (const [uri, edit] of edits) {
			const file = taken.get(uri) ?? { edits: [], findings: [] };
			taken.set(uri, file);
			file.edits.push(edit);
			if (!file.findings.includes(finding)) file.findings.push(finding);
		}
	}
	return new Map([...taken].map(([uri, change]) => [uri, changed(snapshot, uri, change.edits, change.findings)]));
}

/** A fix's edits as offsets into files; `undefined` where one may not be made, or changes nothing. */
function placed(
	snapshot: Snapshot,
	{ edits }: Fix,
	mayEdit: FixOptions["mayEdit"],
): readonly (readonly [uri: string, edit: TextEdit])[] | undefined {
	const found = edits.map((edit) => placeOf(snapshot, edit, mayEdit));
	const all = found.filter((edit) => edit !== undefined);
	const changes = edits.some((edit) => edit.source.text.slice(edit.start, edit.end) !== edit.text);
	return changes && all.length === edits.length ? all : undefined;
}

function placeOf(snapshot: Snapshot, edit: Edit, mayEdit: FixOptions["mayEdit"]): readonly [string, TextEdit] | undefined {
	const { uri } = edit.source;
	const file = mayEdit(uri) ? fileOf(snapshot, uri) : undefined;
	const span = file && spanInFile(file, edit);
	return span && [uri, { ...span, text: edit.text }];
}

/** Two edits that touch are in each other's way: what they give together depends on their order. */
function collide(a: Span, b: Span): boolean {
	return a.start <= b.end && b.start <= a.end;
}

function changed(snapshot: Snapshot, uri: string, edits: readonly TextEdit[], findings: readonly Finding[]): FixedFile {
	const before = fileOf(snapshot, uri)?.text ?? "";
	const sorted = [...edits].sort((a, b) => a.start - b.start);
	return { uri, before, after: edited(before, sorted), edits: sorted, findings };
}

/** Two rounds as one: the characters between the first and the last that differ. */
function joined(first: FixedFile, { after, findings }: FixedFile): FixedFile {
	const { before } = first;
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	let end = 0;
	while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
	const edit = { start, end: before.length - end, text: after.slice(start, after.length - end) };
	return { ...first, after, edits: [edit], findings: [...first.findings, ...findings] };
}

function withTexts(snapshot: Snapshot, changes: ReadonlyMap<string, FixedFile>): Snapshot {
	return withFiles(snapshot, new Map([...changes].map(([uri, { after }]) => [uri, after])));
}
