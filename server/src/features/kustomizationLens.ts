import type { Snapshot } from "../links/snapshot.ts";
import { unitsOf } from "../links/units.ts";
import type { Finding } from "../rules/rule.ts";
import type { SourceFile } from "../text/file.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { deployedIn } from "./deployed.ts";
import type { Lens } from "./lens.ts";
import { type Preferred, preferring, unitName, valuesName } from "./unitName.ts";

/** What a kustomization or a chart comes to, above its first line; of a chart with which values; of what others take in what it is a part of. */
export function* lensesOfKustomization(
	snapshot: Snapshot,
	file: SourceFile,
	findings: (unit: Unit) => readonly Finding[],
	preferred: Preferred = [],
): Iterable<Lens> {
	const [part] = file.parts;
	const root = part && parseSource(part.source).root;
	const first = root?.kind === "map" ? effectiveEntries(root)[0] : undefined;
	if (!part || !first) return;
	const at = part.start + first.key.start;
	const units = preferring(
		unitsOf(snapshot, file.uri).filter(({ renderings }) => renderings.length > 0),
		preferred,
	);
	const isOwn = ({ renderings }: Unit) => renderings.some(({ main }) => main === file.uri);
	const own = units.filter(isOwn);
	const others = units.filter((unit) => !isOwn(unit));
	const lens = (text: string, more: Pick<Lens, "unit" | "chooses"> = {}): Lens => ({
		span: { start: at, end: at },
		text,
		ends: [],
		...more,
	});
	const [shown] = own;
	if (shown) yield lens(summaryOf(shown, findings(shown)), { unit: shown.id });
	if (shown && own.length > 1) yield lens(`with ${valuesName(shown)}, one of ${own.length} sets of values`, { chooses: true });
	if (others.length > 0) yield lens(partOf(snapshot, others));
}

function summaryOf(unit: Unit, findings: readonly Finding[]): string {
	const problems = findings.filter(({ severity }) => severity === "error" || severity === "warning").length;
	const words = [counted(deployedIn(unit).length, "object")];
	if (unit.gaps.length > 0) words.push(counted(unit.gaps.length, "gap"));
	if (problems > 0) words.push(counted(problems, "problem"));
	return words.join(" · ");
}

const NAMES_SHOWN = 3;

function partOf(snapshot: Snapshot, units: readonly Unit[]): string {
	const names = units.slice(0, NAMES_SHOWN).map((unit) => unitName(snapshot, unit));
	const more = units.length > NAMES_SHOWN ? ` and ${units.length - NAMES_SHOWN} more` : "";
	return `part of ${names.join(", ")}${more}`;
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
