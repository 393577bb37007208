import { linksOf } from "../links/links.ts";
import { followNear, Near } from "../links/near.ts";
import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { unfoundBy } from "../links/unfound.ts";
import { isService, isWorkload, type Manifest } from "../model/manifest.ts";
import { isRendered } from "../model/object.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { Settings } from "../settings/settings.ts";
import { ofWholeText, type Place, type Source } from "../text/source.ts";
import { makeMissing, TableMissing } from "../units/indexes.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import type { Problem } from "../units/kustomize/problem.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import type { Rendering } from "../units/rendering.ts";
import type { Unit } from "../units/unit.ts";
import { firstProblem } from "../yaml/explain.ts";
import { parseSource } from "../yaml/parse.ts";
import { seenPlace } from "../yaml/seen.ts";
import { chainOf } from "./chain.ts";
import { IGNORING, type Ignore, ignoresIn } from "./ignores.ts";
import { invalidConfiguration } from "./invalid-configuration.ts";
import { invalidYaml } from "./invalid-yaml.ts";
import { RULES } from "./list.ts";
import { type Heard, heardIn, oneForEachPlace } from "./oneForEachPlace.ts";
import { withoutRepeats } from "./repeats.ts";
import type { Context, Finding, Report, Rule, Severity, Subjects } from "./rule.ts";
import { silence, unusedIn } from "./silence.ts";

/** Called when a rule throws: its findings for that subject are lost, nothing else. */
export type OnFault = (rule: string, error: unknown) => void;

/** Every finding of a unit, in the order of the text, and there of the rules. Of two rules that speak about the same characters only one does. */
export function checkUnit(snapshot: Snapshot, unit: Unit, onFault: OnFault): readonly Finding[] {
	const around = surroundings(snapshot, unit, onFault);
	const { configuration } = unit;
	const ofConfiguration = configuration ? checkConfiguration(around, unit, configuration) : [];
	const findings = unit.results(around.key, (manifest, seen) => checkDocument(around, seen, manifest));
	return withoutSilenced(around, unit, [...ofConfiguration, ...checkRenderings(around, unit), ...findings], ignoresIn(unit));
}

/** The findings of a unit that stand in one of its files. */
export function checkFile(snapshot: Snapshot, unit: Unit, uri: string, onFault: OnFault): readonly Finding[] {
	const around = surroundings(snapshot, unit, onFault);
	const { configuration } = unit;
	const own = configuration?.uri === uri ? checkConfiguration(around, unit, configuration) : [];
	const all = unit
		.documents(uri)
		.flatMap((manifest) => unit.resultOf(around.key, manifest, (_, seen) => checkDocument(around, seen, manifest)));
	const findings = [...checkRenderings(around, unit), ...all].filter(({ at }) => at.source.uri === uri);
	return withoutSilenced(around, unit, [...own, ...findings], ignoresIn(unit, uri));
}

/** Works out what `checkFile` gives, a step for each document. */
export function* checkFileInSteps(snapshot: Snapshot, unit: Unit, uri: string, onFault: OnFault): Iterable<void> {
	const around = surroundings(snapshot, unit, onFault);
	for (const manifest of unit.documents(uri)) {
		yield* unit.resultInSteps(around.key, manifest, (_, seen) => checkDocument(around, seen, manifest));
		yield;
	}
}

/** Works out what `checkUnit` gives, a step for each document. */
export function* checkInSteps(snapshot: Snapshot, unit: Unit, onFault: OnFault): Iterable<void> {
	const around = surroundings(snapshot, unit, onFault);
	yield* unit.missingResults(around.key, (manifest, seen) => checkDocument(around, seen, manifest));
	yield* unit.prepare(IGNORING);
}

/** What holds for all documents of a unit. */
interface Around {
	readonly snapshot: Snapshot;
	readonly settings: Settings;
	/** What findings depend on of the settings: the same text for settings that differ in severities only. */
	readonly key: string;
	readonly rules: ActiveRules;
	readonly onFault: OnFault;
}

function surroundings(snapshot: Snapshot, unit: Unit, onFault: OnFault): Around {
	followNear(snapshot);
	const settings = settingsOf(snapshot, unit);
	return { snapshot, settings, key: keyOf(settings), rules: activeRules(settings), onFault };
}

function* checkDocument(around: Around, unit: Unit, manifest: Manifest): Generator<void, readonly Heard[]> {
	const findings = yield* checkInTurns(around, unit, subjectsOf(manifest), (source) => sourcesOf(manifest).has(source));
	// What stands in a packed chart nobody can mend.
	return isRendered(manifest.owner) ? findings.filter(({ at }) => unit.has(at.source.uri)) : findings;
}

/** A configuration is found afresh for every text, so what is said may stand in any of its documents. */
function checkConfiguration(around: Around, unit: Unit, configuration: ConfigurationFile): readonly Heard[] {
	return check(around, unit, [["Configuration", configuration]], (source) => source.uri === configuration.uri);
}

/** What is wrong in what a unit is rendered from, and stands in one of the files that are known. */
function checkRenderings(around: Around, unit: Unit): readonly Heard[] {
	return unit.renderings.flatMap((rendering) => {
		const subjects = rendering.problems.flatMap((problem): readonly Named[] => {
			const at = placeOfProblem(rendering, problem);
			return at ? [["Problem", { problem, at, rendering }]] : [];
		});
		subjects.push(...kustomizationsIn(rendering));
		return subjects.length === 0 ? [] : check(around, unit, subjects, ({ uri }) => rendering.files.has(uri));
	});
}

/** The kustomizations of a rendering that are no YAML, or in which a key stands twice. */
function* kustomizationsIn({ files }: Rendering): Iterable<Named> {
	for (const [uri, { parts }] of files) {
		if (!isKustomizationFile(uri)) continue;
		const [first] = parts;
		const kustomization = first && parseSource(first.source);
		if (kustomization && kustomization.duplicates.length + kustomization.problems.length > 0) yield ["Text", { kustomization }];
	}
}

/** What can be seen of a problem's place, and what the file begins with where it has none of its own. */
function placeOfProblem({ files, main }: Rendering, { at, uri }: Problem): Place | undefined {
	if (at && at.end > at.start) return files.has(at.source.uri) ? at : undefined;
	const [part] = files.get(uri)?.parts ?? files.get(main ?? "")?.parts ?? [];
	const root = part && parseSource(part.source).root;
	const seen = root && at && at.source === root.source ? seenPlace(root, at) : undefined;
	if (seen && seen.end > seen.start) return seen;
	const nodes = root?.kind === "map" ? root.entries.flatMap(({ key, value }) => [key, value]) : [];
	return nodes.find(({ start, end }) => end > start);
}

/** What the rules say about some subjects. */
function check(around: Around, unit: Unit, subjects: Iterable<Named>, isOwn: (source: Source) => boolean): readonly Heard[] {
	const steps = checkInTurns(around, unit, subjects, isOwn);
	let step = steps.next();
	while (!step.done) step = steps.next();
	return step.value;
}

/** What the rules say about one document, looking at its unit as it is seen from there; a step between two of its objects. */
function* checkInTurns(
	around: Around,
	unit: Unit,
	subjects: Iterable<Named>,
	isOwn: (source: Source) => boolean,
): Generator<void, readonly Heard[]> {
	const run = runIn(around, unit);
	const findings: Finding[] = [];
	let objects = 0;
	for (const [kind, subject] of subjects) {
		// What is changed in ways that are not known is judged no further; the text itself is what it is.
		if (unit.patched && "root" in subject) continue;
		if ("root" in subject && objects++ > 0) yield;
		for (const rule of around.rules[kind]) {
			if (rule.whole && "broken" in subject && subject.broken) continue;
			let found: readonly Finding[] | undefined;
			while (!found) {
				try {
					found = run(rule, subject);
				} catch (error) {
					yield* makeMissing(error);
				}
			}
			for (const finding of found) if (isWithin(finding, isOwn, around.onFault) && isSound(finding, subject)) findings.push(finding);
		}
	}
	return findings.length === 0 ? NONE : oneForEachPlace(withoutRepeats(findings));
}

/** A finding is kept with the document that it was found in, so it must stand there, or where something of what was rendered does. */
function isWithin({ at, rule }: Finding, isOwn: (source: Source) => boolean, onFault: OnFault): boolean {
	const own = isOwn(at.source);
	if (!own) onFault(rule, new Error("a finding outside of the document that it is about"));
	return own;
}

/** A silenced finding keeps its place, so that it lets nothing else up. */
function withoutSilenced(around: Around, unit: Unit, all: readonly Heard[], ignores: readonly Ignore[]): readonly Finding[] {
	const findings = heardIn(unit, all).map((finding) => withSeverity(around.settings, finding));
	if (ignores.length === 0) return findings;
	const { names } = around.rules;
	const left = silence(findings, ignores);
	const unused = unusedIn(unit, ignores, left.used, (name) => (names.has(name) ? "on" : NAMES.has(name) ? "off" : "unknown"));
	const run = runIn(around, unit);
	const more = around.rules.Ignore.flatMap((rule) => unused.flatMap((subject) => run(rule, subject)))
		// Whether nothing is found is known only when the folders around are read.
		.map((finding) => withSeverity(around.settings, { ...finding, lookedNear: true }));
	return [...left.findings, ...silence(more, ignores).findings];
}

type Subject = Subjects[keyof Subjects];

const NAMES: ReadonlySet<string> = new Set(RULES.map(({ name }) => name));

/** The rules that are on, by what they look at; those for every object are everywhere where objects are. */
type ActiveRules = Readonly<Record<keyof Subjects, readonly Rule[]>> & { readonly names: ReadonlySet<string> };

const active = new WeakMap<Settings, ActiveRules>();

function activeRules(settings: Settings): ActiveRules {
	let found = active.get(settings);
	if (!found) {
		const on = RULES.filter((rule) => isOn(rule, settings));
		const of = (...kinds: readonly (keyof Subjects)[]) => on.filter((rule) => kinds.includes(rule.on));
		found = {
			names: new Set(on.map(({ name }) => name)),
			Service: of("Service", "Object"),
			Workload: of("Workload", "Object"),
			Object: of("Object"),
			Document: of("Document"),
			Text: of("Text"),
			Manifest: of("Manifest"),
			Configuration: of("Configuration"),
			Problem: of("Problem"),
			Ignore: of("Ignore"),
		};
		active.set(settings, found);
	}
	return found;
}

function isOn(rule: Rule, settings: Settings): boolean {
	const setting = settings.rules[rule.name];
	return setting === undefined || setting === "auto" ? rule.off !== true : setting !== "off";
}

type Named = readonly [kind: keyof Subjects, subject: Exclude<Subject, Subjects["Ignore"]>];

function* subjectsOf(manifest: Manifest): Iterable<Named> {
	yield ["Document", manifest];
	yield ["Text", manifest];
	if (manifest.parsed) yield ["Manifest", manifest];
	for (const object of manifest.objects) yield [isService(object) ? "Service" : isWorkload(object) ? "Workload" : "Object", object];
}

/** Runs rules that look at a unit, and knows of each whether it looked around. */
function runIn({ snapshot, settings, onFault }: Around, unit: Unit): (rule: Rule, subject: Subject) => readonly Finding[] {
	let lookedNear = false;
	const near = () => {
		lookedNear = true;
		return new Near(snapshot, unit);
	};
	const context: Context = {
		unit,
		links: linksOf(unit),
		settings,
		ruleNames: NAMES,
		unfound: (configuration) => unfoundBy(snapshot, configuration),
		near,
	};
	return (rule, subject) => {
		lookedNear = false;
		try {
			let findings: Finding[] | undefined;
			for (const report of rule.check(subject as never, context)) {
				if (report.optional && !(rule.saysMore && configured(settings, rule.name) !== undefined)) continue;
				findings ??= [];
				findings.push(finding(rule, report, subject, lookedNear));
			}
			return findings ?? NONE;
		} catch (error) {
			if (error instanceof TableMissing) throw error;
			onFault(rule.name, error);
			return NONE;
		}
	};
}

const NONE: readonly Finding[] = [];

function finding(rule: Rule, report: Report, subject: Subject, lookedNear: boolean): Finding {
	const { level, kubernetes, related = [], fixes = [], object, optional: _, ...rest } = report;
	const about = object ?? ("root" in subject ? subject : undefined);
	return {
		...rest,
		at: about ? seenPlace(about.root, report.at) : report.at,
		rule: rule.name,
		severity: level ?? rule.levels[0],
		kubernetes,
		related: about && isRendered(about.owner) ? [...related, ...chainOf(about.root, report.at)] : related,
		fixes,
		object: about,
		lookedNear,
		...(rule.auto && { auto: true }),
	};
}

const keys = new WeakMap<Settings, string>();

function keyOf(settings: Settings): string {
	let found = keys.get(settings);
	if (found === undefined) {
		const states = RULES.map((rule) => {
			if (!isOn(rule, settings)) return "off";
			return rule.saysMore && configured(settings, rule.name) !== undefined ? "more" : "on";
		});
		found = JSON.stringify([states.join(" "), settings.cluster, settings.workloads]);
		keys.set(settings, found);
	}
	return found;
}

/** A finding as it is when no severity is set, and as it is told last. */
const told = new WeakMap<Finding, Finding>();

/** A finding with the severity that the settings give its rule, which nobody leaves to another extension then. */
function withSeverity(settings: Settings, finding: Finding): Finding {
	const severity = configured(settings, finding.rule);
	if (severity === undefined) return finding;
	const known = told.get(finding);
	if (known?.severity === severity) return known;
	const { auto: _, ...rest } = finding;
	const now = { ...rest, severity };
	told.set(finding, now);
	return now;
}

function configured(settings: Settings, name: string): Severity | undefined {
	const setting = settings.rules[name];
	return setting === undefined || setting === "auto" || setting === "off" ? undefined : setting;
}

/** What stands behind the first error of syntax in a document may be read otherwise once it is repaired, so only the error itself is said. */
function isSound({ rule, at }: Finding, subject: Subject): boolean {
	// A template is no YAML before it is rendered.
	if ("owner" in subject && isRendered(subject.owner) && mayBeTemplate(at.source)) return true;
	// What Helm says of a chart it says of files that it need not read as YAML, or that are none.
	if ("rendering" in subject && subject.rendering.root.kind === "chart") return true;
	const parsed = parseSource(at.source);
	const error = parsed.broken ? firstProblem(parsed) : undefined;
	if (error && "problem" in subject && at.start === error.start && at.end === error.end) return true;
	return !error || at.end <= error.start || rule === invalidYaml.name || rule === invalidConfiguration.name;
}

const mayBeTemplate = ofWholeText((text) => text.includes("{{"));
