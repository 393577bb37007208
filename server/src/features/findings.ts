import type { Snapshot } from "../links/snapshot.ts";
import { allUnits, unitsOf } from "../links/units.ts";
import { checkFile, checkFileInSteps, checkInSteps, checkUnit, type OnFault } from "../rules/check.ts";
import type { Finding } from "../rules/rule.ts";
import type { Source } from "../text/source.ts";
import { unitNames } from "../units/names.ts";
import type { Unit } from "../units/unit.ts";

/** The findings of a unit under a snapshot. Costs what changed since they were asked for last, and what is found. */
export function findingsOf(snapshot: Snapshot, unit: Unit, onFault: OnFault): readonly Finding[] {
	return checkUnit(snapshot, unit, onFault);
}

/** Works out what `findingsOf` gives for all units, a step for each document. */
export function* findingsInSteps(snapshot: Snapshot, onFault: OnFault): Iterable<void> {
	for (const unit of allUnits(snapshot)) {
		yield* checkInSteps(snapshot, unit, onFault);
		yield;
	}
}

/** Works out what `findingsIn` gives, a step for each document. */
export function* findingsInFileInSteps(snapshot: Snapshot, uri: string, onFault: OnFault): Iterable<void> {
	for (const unit of usersOf(snapshot, uri)) yield* checkFileInSteps(snapshot, unit, uri, onFault);
}

/** The findings whose place lies in a file, each once however many units it belongs to. */
export function findingsIn(snapshot: Snapshot, uri: string, onFault: OnFault): readonly Finding[] {
	return fileOf(snapshot, uri, onFault).findings.map(({ finding }) => finding);
}

/** What can be said about a file while only some of its units are known: nothing that they all must agree about. */
export function findingsAmong(snapshot: Snapshot, uri: string, units: readonly Unit[], onFault: OnFault): readonly Finding[] {
	return checked(snapshot, uri, units, false, onFault).findings.flatMap(({ finding }) => (finding.lookedNear ? [] : [finding]));
}

/**
 * The findings of a unit without those that another unit has said before, of files that belong to several; `among` are the units that
 * are asked about, all where none are named.
 */
export function ownFindings(snapshot: Snapshot, unit: Unit, onFault: OnFault, among?: ReadonlySet<Unit>): readonly Finding[] {
	const findings = findingsOf(snapshot, unit, onFault);
	if (!mayShare(unit)) return findings;
	const files = new Set(findings.map(({ at }) => at.source.uri));
	return [...files].flatMap((uri) =>
		fileOf(snapshot, uri, onFault, among).findings.flatMap(({ finding, units }) => (units[0]?.id === unit.id ? [finding] : [])),
	);
}

/** The units that a file belongs to; with the first of them it is reported. */
export function ownersOf(snapshot: Snapshot, uri: string): readonly Unit[] {
	return usersOf(snapshot, uri);
}

/** Whether files of a unit may belong to others too. */
export function mayShare({ kind, renderings }: Unit): boolean {
	return kind === "configured" || renderings.length > 0;
}

/** What is said about a file, and the units in which it is found. */
interface CheckedFile {
	readonly findings: readonly { readonly finding: Finding; readonly units: readonly Unit[] }[];
}

const files = new WeakMap<object, Map<string, CheckedFile>>();
const users = new WeakMap<Snapshot, Map<string, readonly Unit[]>>();

function fileOf(snapshot: Snapshot, uri: string, onFault: OnFault, among?: ReadonlySet<Unit>): CheckedFile {
	return known(files, among ?? snapshot, uri, () => {
		const all = usersOf(snapshot, uri);
		const units = all.filter((unit) => !among || idsOf(among).has(unit.id));
		return checked(snapshot, uri, units, units.length === all.length, onFault);
	});
}

function checked(snapshot: Snapshot, uri: string, units: readonly Unit[], allAsked: boolean, onFault: OnFault): CheckedFile {
	const lists = units.map((unit) => ({ unit, findings: checkFile(snapshot, unit, uri, onFault) }));
	const [only, another] = lists;
	if (!only) return { findings: [] };
	if (another || mayShare(only.unit)) return { findings: decided(together(uri, lists), allAsked) };
	return { findings: only.findings.map((finding) => ({ finding, units: [only.unit] })) };
}

/** What is of no use counts only where all that use the file say so, and some may not have been asked. */
function decided(findings: CheckedFile["findings"], allAsked: boolean): CheckedFile["findings"] {
	return allAsked ? findings : findings.filter(({ finding }) => finding.useless !== true);
}

const ids = new WeakMap<ReadonlySet<Unit>, ReadonlySet<string>>();

/** A unit may be made again for one snapshot, and keeps its id. */
function idsOf(units: ReadonlySet<Unit>): ReadonlySet<string> {
	let found = ids.get(units);
	if (!found) {
		found = new Set([...units].map(({ id }) => id));
		ids.set(units, found);
	}
	return found;
}

/** Of a configuration file only the unit that it configures speaks, and not a chart whose templates could read it. */
function usersOf(snapshot: Snapshot, uri: string): readonly Unit[] {
	return known(users, snapshot, uri, () => {
		const all = unitsOf(snapshot, uri);
		const configured = all.filter(({ configuration }) => configuration?.uri === uri);
		return configured.length > 0 ? configured : all;
	});
}

/** Remembered for a snapshot, or some units of one, which never change. */
function known<T>(cache: WeakMap<object, Map<string, T>>, key: object, uri: string, compute: () => T): T {
	let all = cache.get(key);
	if (!all) {
		all = new Map();
		cache.set(key, all);
	}
	const found = all.get(uri) ?? compute();
	all.set(uri, found);
	return found;
}

interface List {
	readonly unit: Unit;
	readonly findings: readonly Finding[];
}

/** What several units, or several objects of one, say of the same characters: it is said once, in the words of the first. */
function together(uri: string, lists: readonly List[]): CheckedFile["findings"] {
	const places = new Map<Source, Map<string, { readonly findings: Finding[]; readonly units: Set<Unit> }>>();
	for (const { unit, findings } of lists) {
		for (const finding of findings) {
			const { rule, at } = finding;
			const of = places.get(at.source) ?? new Map();
			places.set(at.source, of);
			const key = `${rule} ${at.start} ${at.end}`;
			const said = of.get(key) ?? { findings: [], units: new Set<Unit>() };
			of.set(key, said);
			const [first] = said.findings;
			if (!first || (said.units.size === 1 && said.units.has(unit) && first.object === finding.object)) said.findings.push(finding);
			said.units.add(unit);
		}
	}
	const all = lists.map(({ unit }) => unit);
	// What a deployer's manifest says of one unit, others that stand in the same file have nothing to do with.
	const others = all.filter(({ deployer }) => deployer?.uri !== uri);
	return [...places.values()]
		.flatMap((of) => [...of.values()])
		.flatMap(({ findings, units }) => {
			if (findings[0] && others.some((unit) => !units.has(unit)) && isForAll(findings[0], others)) return [];
			const where = onlyIn(uri, [...units], all);
			return findings.map((finding) => ({
				finding: where === "" ? finding : { ...finding, message: `${finding.message}${where}` },
				units: [...units],
			}));
		});
}

/** What is of no use, and what a chart lacks, counts only where it is so with all values. */
function isForAll({ useless, lookedNear }: Finding, units: readonly Unit[]): boolean {
	return useless === true || (lookedNear && units.every(({ kind }) => kind === "chart"));
}

/** Whether a file is the one with which a chart is rendered, or that has it deployed, so that nobody needs to be told. */
function isValuesFileOf({ renderings, deployer }: Unit, uri: string): boolean {
	return deployer?.uri === uri || renderings.some(({ root }) => `${root.path}/${root.variant}` === uri);
}

const NAMES_SHOWN = 3;

/** ` (only in overlays/prod)`, where something is rendered in several ways and not the same in all of them. */
function onlyIn(uri: string, units: readonly Unit[], all: readonly Unit[]): string {
	const rendered = all.filter(({ renderings }) => renderings.length > 0);
	// What is said of the text itself, as of a configuration, holds however it is rendered.
	if (units.length >= rendered.length || units.some(({ renderings }) => renderings.length === 0)) return "";
	if (units.every((unit) => isValuesFileOf(unit, uri))) return "";
	const names = unitNames(uri, units, rendered);
	const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : "";
	return ` (only in ${names.slice(0, NAMES_SHOWN).join(", ")}${more})`;
}
