import { allUnits, type Snapshot } from "../../server/src/links/snapshot.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import type { Place, Span } from "../../server/src/text/source.ts";
import type { Node } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { hashOf } from "../support/corpus.ts";
import { describe, MUTATORS } from "./measure.ts";
import type { Mutator } from "./mutator.ts";
import { type Fault, type Mutant, mutated, type Site, sitesIn } from "./site.ts";

/** Two faults in one site, of which each alone is found. */
export interface Pair {
	readonly site: Site;
	readonly one: Mutator;
	readonly other: Mutator;
}

/** Two faults of which one is not found beside the other. */
export interface Swallowed extends Pair {
	/** The rules that speak of it alone. */
	readonly rules: readonly string[];
	/** What is said of both. */
	readonly said: readonly Finding[];
}

/** Every two kinds of fault, each in one site that has a place for both, chosen by chance but always the same; `take` tells which. */
export function* pairsIn(snapshot: Snapshot, take: (key: string) => boolean): Iterable<Pair> {
	const sites = [...allUnits(snapshot)].flatMap((unit) => sitesIn(snapshot, unit)).map((site) => ({ site, name: describe(site) }));
	for (const [index, one] of MUTATORS.entries()) {
		for (const other of MUTATORS.slice(index + 1)) {
			const key = `${one.rule} ${one.fault} ${other.rule} ${other.fault}`;
			if (one.rule === other.rule || !take(key)) continue;
			const first = hashOf(key) % sites.length;
			const ordered = [...sites.slice(first), ...sites.slice(0, first)].slice(0, MOST_TRIED);
			const found = ordered.find(({ site }) => isFound(site, one) && isFound(site, other) && together(site, one, other));
			if (found) yield { site: found.site, one, other };
		}
	}
}

/** Sites that are tried for a pair. */
const MOST_TRIED = 12;

/** What is not found of two faults although neither is the other's reason. */
export function swallowedIn({ site, one, other }: Pair): readonly Swallowed[] {
	const fault = together(site, one, other);
	const mutant = fault && mutated(site, fault);
	if (!mutant) return [];
	const said = new Set(mutant.findings.map(({ rule }) => rule));
	return [
		[one, other],
		[other, one],
	].flatMap(([lost, kept]): readonly Swallowed[] => {
		if (!lost || !kept || rulesOf(lost).some((rule) => said.has(rule))) return [];
		const alone = mutantOf(site, lost)?.findings.filter(({ rule }) => rulesOf(lost).includes(rule)) ?? [];
		const beside = mutantOf(site, kept)?.findings ?? [];
		if (alone.some((a) => beside.some((b) => isOfOneField(a.at, b.at)))) return [];
		return [{ site, one: lost, other: kept, rules: rulesOf(lost), said: mutant.findings }];
	});
}

function rulesOf({ rule, orElse = [] }: Mutator): readonly string[] {
	return [rule, ...orElse];
}

const mutants = new WeakMap<Site, Map<Mutator, Mutant | undefined>>();

function mutantOf(site: Site, mutator: Mutator): Mutant | undefined {
	const known = mutants.get(site) ?? new Map<Mutator, Mutant | undefined>();
	mutants.set(site, known);
	if (!known.has(mutator)) {
		const fault = mutator.put(site);
		const mutant = fault && mutated(site, fault);
		known.set(mutator, mutant && mutator.isFaulty?.(mutant, site) !== false ? mutant : undefined);
	}
	return known.get(mutator);
}

function isFound(site: Site, mutator: Mutator): boolean {
	return mutantOf(site, mutator)?.findings.some(({ rule }) => rulesOf(mutator).includes(rule)) === true;
}

/** Both faults at once; `undefined` where they touch the same characters. */
function together(site: Site, one: Mutator, other: Mutator): Fault | undefined {
	const [a, b] = [one.put(site), other.put(site)];
	if (!a || !b) return undefined;
	const overlaps = a.edits.some((x) => b.edits.some((y) => x.source === y.source && touch(x, y)));
	const renamed = Object.entries(b.files ?? {}).map(([name, text]): [string, string] => [
		name.replace("mutant", "second"),
		name.startsWith(".") ? text : text.replaceAll("mutant", "second"),
	]);
	const isTwice = renamed.some(([name]) => a.files?.[name] !== undefined);
	return overlaps || isTwice ? undefined : { edits: [...a.edits, ...b.edits], files: { ...a.files, ...Object.fromEntries(renamed) } };
}

/** Two entries that are written behind the same one do not disturb each other. */
function touch(a: Span, b: Span): boolean {
	if (a.start === a.end && b.start === b.end) return false;
	return a.start <= b.end && b.start <= a.end;
}

/** Whether two places stand in one field, or one in a field of the other's. */
function isOfOneField(a: Place, b: Place): boolean {
	const [one, other] = [pathOf(a), pathOf(b)];
	if (a.source.uri !== b.source.uri || one === undefined || other === undefined) return false;
	return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** The keys and numbers that lead to the innermost value that holds a place or has it as its key. */
function pathOf(at: Place): string | undefined {
	let node: Node | undefined = parseSource(at.source).root;
	let path = "";
	while (node) {
		const holder: Node = node;
		const steps: readonly (readonly [string, Node, Place])[] =
			holder.kind === "map"
				? holder.entries.map(({ name, key, value }) => [name, value, { ...key, end: Math.max(key.end, value.end) }] as const)
				: holder.kind === "seq"
					? holder.items.map((item, index) => [String(index), item, item] as const)
					: [];
		const step = steps.find(([, , span]) => span.start <= at.start && at.end <= span.end);
		if (!step) return path;
		path = `${path}/${step[0]}`;
		node = step[1];
	}
	return path;
}
