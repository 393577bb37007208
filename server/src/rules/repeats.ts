import { type Edit, samePlace } from "../text/source.ts";
import { parseSource } from "../yaml/parse.ts";
import type { Finding, Fix } from "./rule.ts";

/**
 * Leaves one finding where one text, through an anchor, is a part of several objects and a rule says the same of each. An end of a
 * conflict that is the finding's own text is none to look at. What such a text becomes, it becomes for every object: only a safe
 * fix changes it.
 */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
	const seen = new Map<unknown, Set<string>>();
	return findings.flatMap((finding) => {
		const { at, rule, related, message } = finding;
		const others = related.filter((end) => !samePlace(end.at, at));
		const key = `${rule} ${at.start} ${at.end} ${others.length < related.length ? "" : message}`;
		const keys = seen.get(at.source) ?? new Set();
		if (keys.has(key)) return [];
		seen.set(at.source, keys.add(key));
		return [{ ...finding, related: others, fixes: finding.fixes.filter(isForAll) }];
	});
}

function isForAll({ safe, edits }: Fix): boolean {
	return safe || !edits.some(isShared);
}

function isShared({ source, start, end }: Edit): boolean {
	return [...parseSource(source).shared].some((node) => node.start <= start && end <= node.end);
}
