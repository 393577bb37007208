import { configure } from "../features/configure.ts";
import { ownFindings } from "../features/findings.ts";
import { fixesOf } from "../features/verifiedFixes.ts";
import { fileOf } from "../links/snapshot.ts";
import { type KubeObject, nameOf, writtenNamespace } from "../model/object.ts";
import type { OnFault } from "../rules/check.ts";
import type { Answer, Finding, Fix, Severity } from "../rules/rule.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { type Location, lineAt, locate, relativePath } from "./locate.ts";
import { isMain, type Reading, unitName } from "./read.ts";

/** What `portolan check` found, as its JSON has it. */
export interface Report {
	readonly version: 1;
	readonly files: number;
	readonly objects: number;
	readonly units: number;
	readonly skipped: readonly { readonly file: string; readonly reason: string }[];
	readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding extends Location {
	readonly rule: string;
	readonly severity: Severity;
	readonly kubernetes: Answer | null;
	readonly message: string;
	readonly unit: string;
	readonly object: { readonly kind: string; readonly namespace: string | null; readonly name: string | null } | null;
	readonly related: readonly (Location & { readonly message: string })[];
	readonly fixes: readonly ReportedFix[];
}

export interface ReportedFix {
	readonly title: string;
	readonly safe: boolean;
	readonly edits: readonly (Location & { readonly text: string })[];
}

/** The report on what was named, and the source line of each of its findings. */
export interface Checked {
	readonly report: Report;
	readonly lineOf: (finding: ReportedFinding) => string;
}

/** Findings whose place or related place lies in what was named, by file and then place. `onFault` hears of a rule that threw. */
export function reportOn(reading: Reading, cwd: string, onFault: (rule: string, error: unknown) => void): Checked {
	const lines = new Map<ReportedFinding, string>();
	const among = new Set(reading.units);
	for (const unit of reading.units) {
		for (const finding of ownFindings(reading.snapshot, unit, onFault, among)) {
			if (!concerns(reading, finding, unit)) continue;
			const file = fileOf(reading.snapshot, finding.at.source.uri);
			lines.set(reported(reading, cwd, unit, finding, onFault), file ? lineAt(file, finding.at) : "");
		}
	}
	const report: Report = {
		version: 1,
		files: reading.files,
		objects: reading.units.filter(isMain).reduce((sum, unit) => sum + unit.objects.length, 0),
		units: reading.units.filter((unit) => isMain(unit) && unit.objects.length > 0).length,
		skipped: reading.skipped,
		findings: [...lines.keys()].sort(byPlace),
	};
	return { report, lineOf: (finding) => lines.get(finding) ?? "" };
}

/** Whether a finding's place or a related place lies in what was named, or the kustomization or the manifest of a tool that deploys it does. */
export function concerns({ isNamed }: Reading, { at, related }: Finding, { renderings, deployer }: Unit): boolean {
	const places = [at, ...related.map((other) => other.at)];
	const mains = [...renderings.map(({ main }) => main), deployer?.uri];
	return places.some(({ source }) => isNamed(source.uri)) || mains.some((main) => main !== undefined && isNamed(main));
}

function reported(reading: Reading, cwd: string, unit: Unit, finding: Finding, onFault: OnFault): ReportedFinding {
	const at = (place: Place): Location => locate(reading.snapshot, cwd, place);
	return {
		rule: finding.rule,
		severity: finding.severity,
		kubernetes: finding.kubernetes ?? null,
		...at(finding.at),
		message: finding.message,
		unit: unitName(unit, cwd),
		object: finding.object ? reportedObject(finding.object) : null,
		related: finding.related.map((related) => ({ ...at(related.at), message: related.message })),
		// They are tried out, which only the formats need that print them.
		get fixes() {
			return fixesOf(reading.snapshot, finding, onFault).flatMap((fix) => reportedFix(reading, cwd, finding, fix));
		},
	};
}

/** A configuration that is not there is one edit at its beginning. */
function reportedFix({ snapshot }: Reading, cwd: string, { at }: Finding, { title, safe, edits, setting }: Fix): readonly ReportedFix[] {
	const configured = setting && configure(snapshot, at.source.uri, setting);
	if (setting && !configured) return [];
	const all = configured && "edit" in configured ? [...edits, configured.edit] : edits;
	const reported = all.map((edit) => ({ ...locate(snapshot, cwd, edit), text: edit.text }));
	if (!configured || "edit" in configured) return [{ title, safe, edits: reported }];
	const file = relativePath(cwd, configured.create.uri);
	return [{ title, safe, edits: [...reported, { file, line: 1, column: 1, endLine: 1, endColumn: 1, text: configured.create.text }] }];
}

function reportedObject(object: KubeObject): NonNullable<ReportedFinding["object"]> {
	return { kind: object.kind, namespace: writtenNamespace(object) ?? null, name: nameOf(object) ?? null };
}

function byPlace(a: ReportedFinding, b: ReportedFinding): number {
	return (
		compare(a.file, b.file) ||
		a.line - b.line ||
		a.column - b.column ||
		a.endLine - b.endLine ||
		a.endColumn - b.endColumn ||
		compare(a.rule, b.rule)
	);
}

/** By code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
