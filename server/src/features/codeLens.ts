import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { type Summary, summaryOfService, summaryOfWorkload } from "../reach/summary.ts";
import type { Finding } from "../rules/rule.ts";
import type { CodeLensSetting } from "../settings/editorSettings.ts";
import { type Part, partAt, type SourceFile, spanInFile } from "../text/file.ts";
import { mover } from "../text/moved.ts";
import type { Source } from "../text/source.ts";
import { baseName } from "../units/folder.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import { CHART_FILE } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { parseSource } from "../yaml/parse.ts";
import { lensesOfKustomization } from "./kustomizationLens.ts";
import type { Lens } from "./lens.ts";
import { touchingFindings } from "./touching.ts";
import { type Preferred, shownUnit } from "./unitName.ts";

/** What was shown above the objects of a version of a file that could be read as a whole. */
export interface Lenses {
	readonly file: SourceFile;
	readonly lenses: readonly Lens[];
}

export interface LensOptions {
	readonly shows: CodeLensSetting;
	/** What an editor shows as wrong in a unit. */
	readonly findings: (unit: Unit) => readonly Finding[];
	/** The unit that is shown of a file that belongs to several, if it is one of them. */
	readonly preferred?: Preferred;
	/** Documents that do not parse keep what was shown above their objects, and so do those that were not touched beside them. */
	readonly last: Lenses | undefined;
}

/** The lenses of a file, in the order of the text, one at a time. */
export function* lensesIn(snapshot: Snapshot, uri: string, { shows, findings, last, preferred }: LensOptions): Iterable<Lens> {
	const file = fileOf(snapshot, uri);
	const unit = shownUnit(snapshot, uri, preferred);
	if (!file || !unit || shows === "off") return;
	if (showsAllUnits(uri)) yield* lensesOfKustomization(snapshot, file, findings, preferred);
	const kept = isReadable(file) ? undefined : keptLenses(last, file);
	const problems = problemsBySource(findings(unit));
	const all = unit.documents(uri).flatMap(({ objects }) => objects);
	for (const part of file.parts) {
		if (kept?.holds(part)) yield* kept.lensesOf(part);
		else if (parseSource(part.source).problems.length === 0)
			for (const object of all.filter(({ source }) => source === part.source)) yield* lensOf(snapshot, unit, file, object, shows, problems);
	}
}

/** Whether the lenses of a file are about all units that it belongs to; those of others are about the one that is shown. */
export function showsAllUnits(uri: string): boolean {
	return isKustomizationFile(uri) || baseName(uri) === CHART_FILE;
}

/** Whether every document of a file can be read. */
export function isReadable(file: SourceFile): boolean {
	return file.parts.every(({ source }) => parseSource(source).problems.length === 0);
}

function* lensOf(
	snapshot: Snapshot,
	unit: Unit,
	file: SourceFile,
	object: KubeObject,
	shows: CodeLensSetting,
	problems: ReadonlyMap<Source, readonly Finding[]>,
): Iterable<Lens> {
	const summary = summaryOf(snapshot, unit, object, shows);
	const span = spanInFile(file, object.root);
	if (!summary || !span) return;
	const near = new Set([...sourcesOf(object)].flatMap((source) => problems.get(source) ?? []));
	const count = touchingFindings(object.root, [...near]).length;
	if (isService(object) && summary.outside === undefined && count === 0) return;
	const words = [summary.leads, summary.outside, count > 0 ? `${count} ${count === 1 ? "problem" : "problems"}` : undefined];
	yield {
		span: { start: span.start, end: span.start },
		text: words.filter((word) => word !== undefined).join(" · "),
		ends: summary.ends.map((end) => end.metadata.name?.node ?? end.root),
	};
}

function summaryOf(snapshot: Snapshot, unit: Unit, object: KubeObject, shows: CodeLensSetting): Summary | undefined {
	if (isService(object)) return summaryOfService(snapshot, unit, object);
	return isWorkload(object) && shows === "all" ? summaryOfWorkload(snapshot, unit, object) : undefined;
}

/** What is wrong for certain or almost, by the documents that it stands in or points at. */
function problemsBySource(findings: readonly Finding[]): ReadonlyMap<Source, readonly Finding[]> {
	const found = new Map<Source, Finding[]>();
	for (const finding of findings) {
		if (finding.severity !== "error" && finding.severity !== "warning") continue;
		for (const source of new Set([finding.at.source, ...finding.related.map(({ at }) => at.source)])) {
			const known = found.get(source);
			if (known) known.push(finding);
			else found.set(source, [finding]);
		}
	}
	return found;
}

/** The last lenses where they have come to, for documents that have no others. */
function keptLenses(last: Lenses | undefined, file: SourceFile) {
	if (!last) return undefined;
	const before = new Set(last.file.parts.map(({ source }) => source));
	const move = mover(last.file.text, file.text);
	const moved = new Map<Source | undefined, Lens[]>();
	for (const lens of last.lenses) {
		const start = move(lens.span.start);
		if (start === undefined) continue;
		const source = partAt(file, start)?.source;
		moved.set(source, [...(moved.get(source) ?? []), { ...lens, span: { start, end: start } }]);
	}
	return {
		holds: ({ source }: Part): boolean => before.has(source) || parseSource(source).problems.length > 0,
		lensesOf: ({ source }: Part): readonly Lens[] => moved.get(source) ?? [],
	};
}
