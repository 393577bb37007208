import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding } from "../rules/rule.ts";
import { spanInFile } from "../text/file.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { findingsAmong, findingsIn, findingsOf, mayShare, ownersOf } from "./findings.ts";

/** What decides which findings an editor shows. */
export interface Shown {
	/** Whether a file is open: only there information and hints are shown. */
	readonly isOpen: (uri: string) => boolean;
	/** Whether all files are read: before that, what is not found may be there. */
	readonly settled: boolean;
	/** Nothing is shown in files that are not open. */
	readonly onlyOpen?: boolean;
	/** Another extension shows what rules find that leave it to one. */
	readonly withoutAuto?: boolean;
}

/** The findings of a file that an editor shows, in the order of the text. */
export function shownIn(snapshot: Snapshot, uri: string, shown: Shown, onFault: OnFault): readonly Finding[] {
	return inOrder(
		snapshot,
		uri,
		findingsIn(snapshot, uri, onFault).filter((finding) => isShown(finding, shown)),
	);
}

/** The same while only some of its units are known. */
export function shownAmong(snapshot: Snapshot, uri: string, units: readonly Unit[], shown: Shown, onFault: OnFault): readonly Finding[] {
	const findings = findingsAmong(snapshot, uri, units, onFault).filter((finding) => isShown(finding, shown));
	return inOrder(snapshot, uri, findings);
}

/** The findings of a unit that an editor shows, by file. A file of several units is the first one's, with what all of them say. */
export function shownOf(snapshot: Snapshot, unit: Unit, shown: Shown, onFault: OnFault): ReadonlyMap<string, readonly Finding[]> {
	if (mayShare(unit)) {
		const found = new Set(findingsOf(snapshot, unit, onFault).map(({ at }) => at.source.uri));
		const own = [...new Set(unit.files)].filter((uri) => {
			const [owner, another] = ownersOf(snapshot, uri);
			return owner?.id === unit.id && (another !== undefined || found.has(uri));
		});
		return new Map(own.map((uri) => [uri, shownIn(snapshot, uri, shown, onFault)] as const).filter(([, findings]) => findings.length > 0));
	}
	return byFile(snapshot, unit, shown, onFault);
}

/** What is found in a unit, as far as an editor shows it, whatever other units say of its files. */
export function shownBy(snapshot: Snapshot, unit: Unit, shown: Shown, onFault: OnFault): readonly Finding[] {
	return [...byFile(snapshot, unit, shown, onFault).values()].flat();
}

function byFile(snapshot: Snapshot, unit: Unit, shown: Shown, onFault: OnFault): ReadonlyMap<string, readonly Finding[]> {
	const files = new Map<string, Finding[]>();
	for (const finding of findingsOf(snapshot, unit, onFault)) {
		if (!isShown(finding, shown)) continue;
		const { uri } = finding.at.source;
		const known = files.get(uri);
		if (known) known.push(finding);
		else files.set(uri, [finding]);
	}
	return new Map([...files].map(([uri, findings]) => [uri, inOrder(snapshot, uri, findings)]));
}

function isShown(finding: Finding, shown: Shown): boolean {
	if ((finding.lookedNear && !shown.settled) || (finding.auto && shown.withoutAuto)) return false;
	const everywhere = !shown.onlyOpen && (finding.severity === "error" || finding.severity === "warning");
	return everywhere || shown.isOpen(finding.at.source.uri);
}

function inOrder(snapshot: Snapshot, uri: string, findings: readonly Finding[]): readonly Finding[] {
	const file = fileOf(snapshot, uri);
	const start = (at: Place) => (file && spanInFile(file, at)?.start) ?? 0;
	return [...findings].sort((a, b) => start(a.at) - start(b.at) || a.at.end - a.at.start - (b.at.end - b.at.start));
}
