import { type Place, type Source, textAt } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { firstProblem } from "../yaml/explain.ts";
import { parseSource } from "../yaml/parse.ts";
import type { Ignore } from "./ignores.ts";
import type { Finding, Subjects } from "./rule.ts";

/** What comments leave of the findings, and which names in them silenced something. */
export interface Silenced {
	readonly findings: readonly Finding[];
	readonly used: ReadonlySet<Place>;
}

export function silence(findings: readonly Finding[], ignores: readonly Ignore[]): Silenced {
	const used = new Set<Place>();
	const bySource = new Map<string, Ignore[]>();
	for (const ignore of ignores) {
		const { uri } = ignore.comment.source;
		const known = bySource.get(uri);
		if (known) known.push(ignore);
		else bySource.set(uri, [ignore]);
	}
	const kept = findings.filter((finding) => {
		const names = (bySource.get(finding.at.source.uri) ?? []).filter((ignore) => speaksOf(ignore, finding)).flatMap(namesIn(finding.rule));
		for (const name of names) used.add(name);
		return names.length === 0;
	});
	return { findings: kept, used };
}

function speaksOf({ line, misplaced }: Ignore, { at }: Finding): boolean {
	if (!line) return !misplaced;
	return at.source === line.source && at.start >= line.start && at.start <= line.end;
}

function namesIn(rule: string): (ignore: Ignore) => readonly Place[] {
	return ({ names }) => names.filter(({ source, start, end }) => source.text.slice(start, end) === rule);
}

/**
 * Comments with names that silenced nothing. Of rules that are off nothing is known, nor behind an error of YAML; and where
 * something of the unit is not read, a finding may be withheld.
 */
export function unusedIn(
	unit: Unit,
	ignores: readonly Ignore[],
	used: ReadonlySet<Place>,
	state: (rule: string) => "on" | "off" | "unknown",
): readonly Subjects["Ignore"][] {
	return ignores.flatMap((ignore) => {
		if (!isChecked(unit, ignore.comment.source.uri)) return [];
		const unused = ignore.names.filter((name) => {
			const known = state(textAt(name));
			if (known !== "on" || used.has(name)) return known === "unknown";
			return ignore.misplaced || (unit.complete && !isBehindError(name.source, ignore));
		});
		return unused.length > 0 || ignore.names.length === 0 ? [{ ignore, unused }] : [];
	});
}

/** Whether a file holds something that rules look at. */
function isChecked(unit: Unit, uri: string): boolean {
	return unit.configuration?.uri === uri || unit.documents(uri).some(({ objects }) => objects.length > 0);
}

function isBehindError(source: Source, { line }: Ignore): boolean {
	const error = firstProblem(parseSource(source));
	return error !== undefined && (!line || line.end >= error.start);
}
