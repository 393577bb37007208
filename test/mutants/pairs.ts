import type { Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import type { Edit, Place } from "../../server/src/text/source.ts";
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
	const makes = (rule: string) => said.has(rule) && ![one, other].some((each) => rulesOf(each).includes(rule));
	// Both faults write one field, or one of them in the midst of the other.
	if (["invalid-yaml", "duplicate-key", "chart-does-not-render", "invalid-kustomization", "patch-without-target"].some(makes)) return [];
	return [
		[one, other],
		[other, one],
	].flatMap(([lost, kept]): readonly Swallowed[] => {
		if (!lost || !kept || rulesOf(lost).some((rule) => said.has(rule)) || dependsOn(lost, kept)) return [];
		const alone = mutantOf(site, lost)?.findings.filter(({ rule }) => rulesOf(lost).includes(rule)) ?? [];
		const beside = mutantOf(site, kept)?.findings ?? [];
		if (alone.some((a) => beside.some((b) => isOfOneField(a.at, b.at)))) return [];
		return [{ site, one: lost, other: kept, rules: rulesOf(lost), said: mutant.findings }];
	});
}

/** Where the first fault is none, or cannot be told, beside the second; of `undefined` every rule. */
interface Dependence {
	readonly lost: RegExp | undefined;
	readonly kept: RegExp;
	readonly why: string;
}

const LINKED =
	/^(target-port|headless|service-(without-pods|selects)|listens-on-loopback|local-traffic|env-url|host-network-without|node-port-is-host-port)/;

const DEPENDENCES: readonly Dependence[] = [
	{ lost: undefined, kept: /^invalid-yaml$/, why: "what stands behind an error of syntax may be read otherwise" },
	{
		lost: undefined,
		kept: /^(kustomization-resource-not-found|patch-without-target|invalid-kustomization)$/,
		why: "what is not built may be changed by what is missing",
	},
	{ lost: LINKED, kept: /^chart-does-not-render$/, why: "a template that fails may have printed what is missing" },
	{ lost: undefined, kept: /^removed-api-version$/, why: "a version that is not served is the only finding of its object" },
	{
		lost: LINKED,
		kept: /^(invalid-selector|selector-|label-value-not-string|null-label-value|service-without-pods|workload-without-selector|selector-template-mismatch)/,
		why: "it is not known which Pods are selected, or there are none",
	},
	{
		lost: /^service-without-pods$/,
		kept: /^(label-value|null-label|invalid-selector)/,
		why: "a second pair of the selector is none that the Pods have",
	},
	{
		lost: /^selector-template-mismatch$/,
		kept: /^(workload-without-selector|null-label-value|label-value-not-string|invalid-selector)$/,
		why: "there is no selector to compare, or another one",
	},
	{
		lost: /^(forbidden|ignored|node-port|cluster-ip|env-url|ingress-port|invalid-traffic|duplicate-service-port|service-|target-port|headless|host-network-without|local-traffic|listens|deprecated|non-canonical|invalid-(ip|session))/,
		kept: /^(invalid-service-type|external-name-is-ip-address|invalid-external-name)$|^slash-comment$/,
		why: "it depends on the type of the Service, which is none",
	},
	{
		lost: /^(ingress|env-url|host-network-without|invalid-(ingress|network-policy|endpoints)|listens|duplicate-object)/,
		kept: /^(invalid-service-name|label-value-not-string)$/,
		why: "the Service has another name, or none",
	},
	{
		lost: /^(duplicate-(service-port|container-port|port-name)|target-port|headless|listens|service-selects|node-port|env-url|ingress-port|host-|container-port|probe-port-not-declared)/,
		kept: /^(invalid-port-number|invalid-port-name|invalid-protocol|octal-port-number|quoted-target-port|wrong-type|slash-comment|service-without-ports)$/,
		why: "the number, the name or the protocol of the port is none, or another one",
	},
	{
		lost: /^(target-port|headless|listens|service-selects|node-port-is-host-port|duplicate-(port-name|container-port)|container-port|invalid-port-name)/,
		kept: /^(target-port|headless|duplicate-port-name|forbidden-service-field)/,
		why: "the Service leads elsewhere, or the container's ports are gone",
	},
	{
		lost: /^invalid-traffic-policy$/,
		kept: /^(ignored-service-field|invalid-ip-address|non-canonical-ip)$/,
		why: "a Service with external addresses may have a policy",
	},
	{
		lost: /^(deprecated-service-field|env-url-port-mismatch)$/,
		kept: /^forbidden-service-field$/,
		why: "a headless Service has neither a load balancer nor ports that are translated",
	},
	{ lost: /^headless-missing-port$/, kept: /^invalid-ip-address$/, why: "the Service is not headless any more" },
	{ lost: LINKED, kept: /^duplicate-key$/, why: "kustomize does not take the document" },
	{ lost: /^duplicate-object$/, kept: /^(service-without-pods|invalid-service-name)$/, why: "the copy has another name or namespace" },
	{
		lost: /^(target-port|container-port)/,
		kept: /^(duplicate-container-port|service-selects-several-workloads)$/,
		why: "another container may listen",
	},
	{ lost: /^invalid-session-affinity$/, kept: /^ignored-service-field$/, why: "a timeout with an affinity is none that is lost" },
	{ lost: /^duplicate-service-port$/, kept: /^node-port-/, why: "the second entry has the number that the first one had" },
	{ lost: /^(host-|invalid-host-ip)/, kept: /^(host-|node-port-is-host-port|invalid-host-ip)/, why: "both write the hostPort" },
	{
		lost: /^(target-port|probe-port-not-declared|container-port)/,
		kept: /^listens-on-loopback$/,
		why: "the arguments say where the process listens",
	},
	{ lost: /^service-selects/, kept: /^(target-port|service-without-ports|headless)/, why: "nobody listens where the Service leads" },
	{
		lost: /^ingress-service-not-found$/,
		kept: /^(invalid-ingress|ingress-port-not-found)$/,
		why: "another Ingress leads to the Service already",
	},
	{ lost: /^ingress-port-not-found$/, kept: /^service-without-pods$/, why: "the Service may be in another namespace" },
	{
		lost: /^(cluster-ip-conflict|node-port-conflict|env-url-port-mismatch|ingress)/,
		kept: /^duplicate-object$/,
		why: "the second definition holds, and has not the fault",
	},
];

function dependsOn(lost: Mutator, kept: Mutator): boolean {
	return DEPENDENCES.some((each) => (each.lost?.test(lost.rule) ?? true) && each.kept.test(kept.rule));
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
function touch(a: Edit, b: Edit): boolean {
	if (a.start === a.end && b.start === b.end) return a.start === b.start && keyIn(a) !== undefined && keyIn(a) === keyIn(b);
	return a.start <= b.end && b.start <= a.end;
}

/** The key of an entry that is added. */
function keyIn({ text }: Edit): string | undefined {
	return /^[\s,]*"?([\w-]+)"?:/.exec(text)?.[1];
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
