import { mayLackServices, mayLackWorkloads } from "../links/absence.ts";
import type { Unit } from "../units/unit.ts";
import { Claims } from "./claims.ts";
import { RULES } from "./list.ts";
import type { Finding } from "./rule.ts";

/** Of what a unit may lack nothing: of both, of one, or of neither. */
type Known = "workloads and services" | "workloads" | "services" | "neither";

const KNOWN: readonly Known[] = ["workloads and services", "workloads", "services", "neither"];

/** A finding that is heard only where so much is known of its unit. */
export type Heard = Finding & { readonly when?: readonly Known[] };

/**
 * Leaves one finding where several speak about overlapping characters: the earlier in the list of rules, and what Kubernetes answers
 * before anything else. Holds for units of which everything is known as for others, so that it stays when a unit becomes one.
 */
export function oneForEachPlace(findings: readonly Finding[]): readonly Heard[] {
	const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
	if (!sorted.some(({ lacking }) => lacking)) return claiming(sorted);
	const lists = KNOWN.map((known) => [known, new Set(claiming(sorted.filter((finding) => counts(finding, known))))] as const);
	return sorted.flatMap((finding): readonly Heard[] => {
		const when = lists.flatMap(([known, list]) => (list.has(finding) ? [known] : []));
		return when.length === 0 ? [] : [when.length === KNOWN.length ? finding : { ...finding, when }];
	});
}

/** The findings that are heard in a unit as it is. */
export function heardIn(unit: Unit, findings: readonly Heard[]): readonly Finding[] {
	if (!findings.some(({ when }) => when)) return findings;
	const known = knownOf(unit);
	return findings.filter(({ when }) => !when || when.includes(known));
}

function knownOf(unit: Unit): Known {
	if (unit.complete) return "workloads and services";
	const hasServices = !mayLackServices(unit);
	if (mayLackWorkloads(unit)) return hasServices ? "services" : "neither";
	return hasServices ? "workloads and services" : "workloads";
}

function counts({ lacking }: Finding, known: Known): boolean {
	return lacking === undefined || known === "workloads and services" || known === `${lacking}s`;
}

function claiming(findings: readonly Finding[]): readonly Finding[] {
	const claims = new Claims();
	return findings.filter((finding) => claims.take(finding.at, finding.rule));
}

const ORDER: ReadonlyMap<string, number> = new Map(RULES.map((rule, index) => [rule.name, index]));

function rank(finding: Finding): number {
	return (ORDER.get(finding.rule) ?? 0) + (finding.kubernetes ? 0 : RULES.length);
}
