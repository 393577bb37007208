import { mayLackWorkloads } from "../links/absence.ts";
import type { Unit } from "../units/unit.ts";
import { Claims } from "./claims.ts";
import { RULES } from "./list.ts";
import type { Finding } from "./rule.ts";

/** How much is known of a unit: it has everything, it may lack objects but no workloads, it may lack workloads. */
type Known = "everything" | "workloads" | "some";

const KNOWN: readonly Known[] = ["everything", "workloads", "some"];

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
	const known = unit.complete ? "everything" : mayLackWorkloads(unit) ? "some" : "workloads";
	return findings.filter(({ when }) => !when || when.includes(known));
}

function counts({ lacking }: Finding, known: Known): boolean {
	return lacking === undefined || known === "everything" || (lacking === "workload" && known === "workloads");
}

function claiming(findings: readonly Finding[]): readonly Finding[] {
	const claims = new Claims();
	return findings.filter((finding) => claims.take(finding.at, finding.rule));
}

const ORDER: ReadonlyMap<string, number> = new Map(RULES.map((rule, index) => [rule.name, index]));

function rank(finding: Finding): number {
	return (ORDER.get(finding.rule) ?? 0) + (finding.kubernetes ? 0 : RULES.length);
}
