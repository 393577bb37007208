import { linksOf } from "../links/links.ts";
import { nearUnits, type Snapshot, settingsOf } from "../links/snapshot.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import type { Settings } from "../settings/settings.ts";
import type { Unit } from "../units/unit.ts";
import { firstProblem } from "../yaml/explain.ts";
import { parseSource } from "../yaml/parse.ts";
import { Claims } from "./claims.ts";
import { ignoresIn } from "./ignores.ts";
import { invalidConfiguration } from "./invalid-configuration.ts";
import { invalidYaml } from "./invalid-yaml.ts";
import { RULES } from "./list.ts";
import { withoutRepeats } from "./repeats.ts";
import type { Context, Finding, Report, Rule, Severity, Subjects } from "./rule.ts";
import { silence, unusedIn } from "./silence.ts";

/** Called when a rule throws: its findings for that subject are lost, nothing else. */
export type OnFault = (rule: string, error: unknown) => void;

/** What a unit's rules say, and whether that depends on the folders around it. */
export interface Checked {
	readonly findings: readonly Finding[];
	readonly lookedNear: boolean;
}

/**
 * Every finding of a unit, in the order of the rules. Of two rules that speak about the same characters only one does: the
 * earlier in the list, but what Kubernetes answers is never silenced by our own judgement.
 */
export function checkUnit(snapshot: Snapshot, unit: Unit, onFault: OnFault): Checked {
	const looks: Looks = { inRun: false, ever: false };
	const near = () => {
		looks.inRun = looks.ever = true;
		return nearUnits(snapshot, unit);
	};
	const settings = settingsOf(snapshot, unit);
	const context: Context = { unit, links: linksOf(unit), settings, ruleNames: NAMES, near };
	const active = RULES.filter((rule) => isOn(rule, settings));
	const findings = [...subjectsOf(unit)].flatMap(([kind, subject]) =>
		active
			.filter((rule) => rule.on === kind || (rule.on === "Object" && "root" in subject))
			.filter((rule) => !(rule.whole && "broken" in subject && subject.broken))
			// What a patch will change is not known before it is rendered; the text itself is what it is.
			.filter(() => !unit.patched || !("root" in subject))
			.flatMap((rule) => run(rule, subject, context, looks, onFault))
			.filter(isSound),
	);
	return { findings: withoutSilenced(oneForEachPlace(withoutRepeats(findings)), context, active, onFault), lookedNear: looks.ever };
}

/** A silenced finding keeps its place, so that it lets nothing else up. */
function withoutSilenced(findings: readonly Finding[], context: Context, active: readonly Rule[], onFault: OnFault): readonly Finding[] {
	const ignores = ignoresIn(context.unit);
	if (ignores.length === 0) return findings;
	const names = new Set(active.map(({ name }) => name));
	const left = silence(findings, ignores);
	const unused = unusedIn(context.unit, ignores, left.used, (name) => (names.has(name) ? "on" : NAMES.has(name) ? "off" : "unknown"));
	const more = active
		.filter(({ on }) => on === "Ignore")
		.flatMap((rule) => unused.flatMap((subject) => run(rule, subject, context, { inRun: false, ever: false }, onFault)))
		// Whether nothing is found is known only when the folders around are read.
		.map((finding) => ({ ...finding, lookedNear: true }));
	return [...left.findings, ...silence(more, ignores).findings];
}

type Subject = Subjects[keyof Subjects];

const NAMES: ReadonlySet<string> = new Set(RULES.map(({ name }) => name));

/** Whether the folders around were asked for, by the rule that runs and by any. */
interface Looks {
	inRun: boolean;
	ever: boolean;
}

function isOn(rule: Rule, settings: Settings): boolean {
	const setting = settings.rules[rule.name];
	return setting === undefined || setting === "auto" ? rule.off !== true : setting !== "off";
}

function* subjectsOf(unit: Unit): Iterable<[keyof Subjects, Exclude<Subject, Subjects["Ignore"]>]> {
	if (unit.configuration) yield ["Configuration", unit.configuration];
	for (const manifest of unit.manifests) {
		if (manifest.parsed) yield ["Manifest", manifest];
		for (const object of manifest.objects) yield [isService(object) ? "Service" : isWorkload(object) ? "Workload" : "Object", object];
	}
}

function run(rule: Rule, subject: Subject, context: Context, looks: Looks, onFault: OnFault): readonly Finding[] {
	looks.inRun = false;
	try {
		const reports = [...rule.check(subject as never, context)];
		return reports.map((report) => finding(rule, report, subject, context.settings, looks.inRun));
	} catch (error) {
		onFault(rule.name, error);
		return [];
	}
}

function finding(rule: Rule, report: Report, subject: Subject, settings: Settings, lookedNear: boolean): Finding {
	const { level, kubernetes, related = [], fixes = [], object, ...rest } = report;
	return {
		...rest,
		rule: rule.name,
		severity: configured(settings, rule.name) ?? level ?? rule.levels[0],
		kubernetes,
		related,
		fixes,
		object: object ?? ("root" in subject ? subject : undefined),
		lookedNear,
		...(rule.auto && configured(settings, rule.name) === undefined && { auto: true }),
	};
}

function configured(settings: Settings, name: string): Severity | undefined {
	const setting = settings.rules[name];
	return setting === undefined || setting === "auto" || setting === "off" ? undefined : setting;
}

const ORDER: ReadonlyMap<string, number> = new Map(RULES.map((rule, index) => [rule.name, index]));

/** What stands behind the first error of a document may be read otherwise once it is repaired, so only the error itself is said. */
function isSound({ rule, at }: Finding): boolean {
	const error = firstProblem(parseSource(at.source));
	return !error || at.end <= error.start || rule === invalidYaml.name || rule === invalidConfiguration.name;
}

/** Leaves one finding where several speak about overlapping characters. */
function oneForEachPlace(findings: readonly Finding[]): readonly Finding[] {
	const claims = new Claims();
	const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
	return sorted.filter((finding) => claims.take(finding.at, finding.rule));
}

/** What Kubernetes answers comes first, then the order of the list. */
function rank(finding: Finding): number {
	return (ORDER.get(finding.rule) ?? 0) + (finding.kubernetes ? 0 : RULES.length);
}
