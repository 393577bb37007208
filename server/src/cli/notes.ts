import { findingsIn } from "../features/findings.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { unfoundBy } from "../links/unfound.ts";
import { invalidConfiguration } from "../rules/invalid-configuration.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import { NOTHING_THERE } from "../units/configured.ts";
import { folderOf } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import type { Io } from "./io.ts";
import { locate, relativePath } from "./locate.ts";
import type { Reading } from "./read.ts";
import { counted } from "./words.ts";

/** Says on standard error what was left out. */
export function sayNotes(reading: Reading, io: Io): void {
	for (const note of notesOf(reading, io.cwd)) io.err(`portolan: ${note}\n`);
}

/** What was left out of a reading and is not a finding, a line each; empty when everything was read. */
function notesOf(reading: Reading, cwd: string): readonly string[] {
	const incomplete = reading.units.filter((unit) => unit.renderings.length > 0 && !unit.complete);
	const templates = reading.units.flatMap((unit) => unit.gaps.filter((gap) => gap.reason === TEMPLATE).map((gap) => gap.uri));
	return [
		...reading.tooWide.map((path) => `what deploys the named paths is not looked for: ${relativePath(cwd, path)} holds too many files`),
		...reading.skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
		...lacking("chart", ofKind(incomplete, "chart"), reading, cwd),
		...lacking("kustomization", ofKind(incomplete, "kustomize"), reading, cwd),
		...note("template", "not checked", templates, cwd),
		...reading.units.filter(({ kind, deployer }) => kind === "configured" && !deployer).flatMap((unit) => unitNotes(unit, reading, cwd)),
		...reading.configurations.flatMap((configuration) => configurationNote(reading, configuration, cwd)),
	];
}

function ofKind(units: readonly Unit[], wanted: Unit["kind"]): readonly Unit[] {
	const byPath = new Map(units.filter(({ kind }) => kind === wanted).map((unit) => [unit.path, unit]));
	return [...byPath.values()];
}

/** Why units are not complete, a line for each reason that comes first in some of them. */
function lacking(noun: string, units: readonly Unit[], { snapshot }: Reading, cwd: string): readonly string[] {
	const byReason = new Map<string, string[]>();
	for (const unit of units) {
		const reason = reasonOf(unit, snapshot, cwd);
		byReason.set(reason, [...(byReason.get(reason) ?? []), unit.path]);
	}
	const lines = [...byReason].flatMap(([reason, paths]) =>
		note(noun, `not complete${reason}, so what may be missing in it is not said`, paths, cwd),
	);
	const rest = [...byReason.values()].slice(REASONS_SHOWN).flat().length;
	return rest === 0
		? lines
		: [...lines.slice(0, REASONS_SHOWN), `${counted(rest, `other ${noun}`)}: not complete (portolan render says why)`];
}

/** What comes first of what a unit lacks, with its place, and how much more there is. */
function reasonOf({ gaps, renderings }: Unit, snapshot: Snapshot, cwd: string): string {
	const [first] = gaps;
	if (!first) return "";
	const place = first.at && locate(snapshot, cwd, first.at);
	const isFolder = renderings.some(({ root }) => root.path === first.uri);
	const where = place ? `, ${place.file}:${place.line}` : isFolder ? "" : `, ${relativePath(cwd, first.uri)}`;
	const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : "";
	return ` (${first.reason}${where}${more})`;
}

/** What a configured unit lacks of what its configuration names, where no finding in that says it. */
function unitNotes({ name, path, gaps, renderings }: Unit, { snapshot, configurations }: Reading, cwd: string): readonly string[] {
	const isFound = configurations.some((each) => folderOf(each.uri) === path && unfoundBy(snapshot, each).length > 0);
	const own = gaps.filter(({ reason, uri }) =>
		reason === NOTHING_THERE ? !isFound : renderings.some(({ root }) => uri.startsWith(`${root.path}/`)),
	);
	return own.slice(0, NAMES_SHOWN).map(({ uri, reason }) => `unit ${name}: ${relativePath(cwd, uri)}: ${reason}`);
}

/** A configuration holds for what was named, and is rarely named itself. */
function configurationNote(reading: Reading, { uri }: ConfigurationFile, cwd: string): readonly string[] {
	if (reading.isNamed(uri)) return [];
	const findings = findingsIn(reading.snapshot, uri, () => {}).filter(({ rule }) => rule === invalidConfiguration.name);
	const file = relativePath(cwd, uri);
	return findings.length === 0 ? [] : [`${file}: ${counted(findings.length, "problem")} (portolan check ${file})`];
}

const TEMPLATE = "a template, not a manifest";

const NAMES_SHOWN = 3;
const REASONS_SHOWN = 5;

function note(noun: string, state: string, paths: readonly string[], cwd: string): string[] {
	const [only, second] = paths;
	if (only === undefined) return [];
	if (second === undefined) return [`${noun} ${relativePath(cwd, only)}: ${state}`];
	const names = paths.slice(0, NAMES_SHOWN).map((path) => relativePath(cwd, path));
	const more = paths.length - names.length;
	return [`${counted(paths.length, noun)}: ${state} (${names.join(", ")}${more > 0 ? ` and ${more} more` : ""})`];
}
