import type { Finding } from "../rules/rule.ts";
import { type Place, samePlace } from "../text/source.ts";
import type { Node } from "../yaml/nodes.ts";

/** Findings inside a node in the order of its text, wherever its parts stand, and those elsewhere that point inside, unless they are the other end of one inside. */
export function touchingFindings(about: Node, findings: readonly Finding[]): readonly Finding[] {
	const inside = findings.filter((finding) => within(finding.at, about));
	const isOtherEnd = (finding: Finding) =>
		inside.some(({ rule, related }) => rule === finding.rule && related.some(({ at }) => samePlace(at, finding.at)));
	const pointing = findings.filter(
		(finding) => !inside.includes(finding) && finding.related.some(({ at }) => within(at, about)) && !isOtherEnd(finding),
	);
	const [own, others] = [inside.filter(({ at }) => at.source === about.source), inside.filter(({ at }) => at.source !== about.source)];
	return [...own.sort((a, b) => a.at.start - b.at.start), ...others, ...pointing];
}

/** Whether characters belong to a node: to its own, or to those of something in it that stands elsewhere. */
function within(at: Place, about: Node): boolean {
	if (at.source === about.source && about.start <= at.start && at.end <= about.end) return true;
	if (about.kind === "seq") return about.items.some((item) => within(at, item));
	return about.kind === "map" && about.entries.some(({ key, value }) => within(at, key) || within(at, value));
}
