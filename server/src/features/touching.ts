import type { Finding } from "../rules/rule.ts";
import { type Place, samePlace } from "../text/source.ts";

/** Findings inside a piece of text, and those elsewhere that point inside, unless they are the other end of one inside. */
export function touchingFindings(about: Place, findings: readonly Finding[]): readonly Finding[] {
	const inside = findings.filter((finding) => within(finding.at, about));
	const isOtherEnd = (finding: Finding) =>
		inside.some(({ rule, related }) => rule === finding.rule && related.some(({ at }) => samePlace(at, finding.at)));
	const pointing = findings.filter(
		(finding) => !inside.includes(finding) && finding.related.some(({ at }) => within(at, about)) && !isOtherEnd(finding),
	);
	return [...inside, ...pointing];
}

function within(at: Place, about: Place): boolean {
	return at.source === about.source && about.start <= at.start && at.end <= about.end;
}
