import { injectorsOf } from "../../server/src/evidence/injection.ts";
import { findingsOf } from "../../server/src/features/findings.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { isRendered, nameOf } from "../../server/src/model/object.ts";
import { isServed } from "../../server/src/model/workload.ts";
import { RULES } from "../../server/src/rules/list.ts";
import { positionAt, spanInFile } from "../../server/src/text/file.ts";
import { isHarmless } from "../../server/src/units/kustomize/problem.ts";
import { hashOf } from "../support/corpus.ts";
import { HOST_PORT_MUTATORS } from "./hostPorts.ts";
import type { Mutator } from "./mutator.ts";
import { POD_MUTATORS } from "./pods.ts";
import { CHART_MUTATORS, KUSTOMIZATION_MUTATORS } from "./rendered.ts";
import { ROUTING_MUTATORS } from "./routing.ts";
import { SELECTION_MUTATORS } from "./selection.ts";
import { SERVICE_MUTATORS } from "./services.ts";
import { type Answer, answerFor, type Mutant, mutated, onFault, type Site, sitesIn } from "./site.ts";
import { TARGET_MUTATORS } from "./targets.ts";
import { TEXT_MUTATORS } from "./texts.ts";

export const MUTATORS: readonly Mutator[] = [
	...SERVICE_MUTATORS,
	...SELECTION_MUTATORS,
	...TARGET_MUTATORS,
	...POD_MUTATORS,
	...HOST_PORT_MUTATORS,
	...TEXT_MUTATORS,
	...KUSTOMIZATION_MUTATORS,
	...CHART_MUTATORS,
	...ROUTING_MUTATORS,
];

/** What became of the mutants of one mutator. */
export interface Score {
	readonly mutator: Mutator;
	/** Mutants that were made. */
	seeded: number;
	found: number;
	/** A rule that comes before says it. */
	byAnother: number;
	/** Reasons and how often. */
	readonly cannotTell: Map<string, number>;
	/** Where the others are. */
	readonly missed: string[];
}

export function newScores(): readonly Score[] {
	return MUTATORS.map((mutator) => ({ mutator, seeded: 0, found: 0, byAnother: 0, cannotTell: new Map(), missed: [] }));
}

/** Puts every fault into the sound sites of a snapshot; of each into at most `most`, which are chosen by chance but always the same. */
export function measure(scores: readonly Score[], snapshot: Snapshot, most: number): void {
	// One that is rendered in several ways counts once.
	const all = [...allUnits(snapshot)].flatMap((unit) => sitesIn(snapshot, unit));
	const sites = [...new Map(all.map((site) => [describe(site), site]))];
	for (const score of scores) {
		const ordered = sites
			.map(([name, site]) => ({ site, order: hashOf(`${score.mutator.fault} ${name}`) }))
			.sort((a, b) => a.order - b.order);
		const enough = score.seeded + most;
		for (const { site } of ordered) {
			if (score.seeded >= enough) break;
			judge(score, site);
		}
	}
}

function judge(score: Score, site: Site): void {
	const { mutator } = score;
	const mutant = mutantOf(mutator, site);
	if (!mutant) return;
	const said = new Set(mutant.findings.map(({ rule }) => rule));
	const isSaid = [mutator.rule, ...(mutator.orElse ?? [])].some((rule) => said.has(rule));
	if (!isSaid && isRefusedAsAWhole(mutant, site)) return;
	score.seeded++;
	if (said.has(mutator.rule)) score.found++;
	else if (mutator.orElse?.some((rule) => said.has(rule))) score.byAnother++;
	else {
		const doubt = doubtAbout(site) ?? mutator.cannotTell?.(mutant, site);
		if (doubt === undefined) score.missed.push(describe(site));
		else score.cannotTell.set(doubt, (score.cannotTell.get(doubt) ?? 0) + 1);
	}
}

function mutantOf(mutator: Mutator, site: Site): Mutant | undefined {
	const fault = mutator.put(site);
	const mutant = fault && mutated(site, fault);
	return mutant && mutator.isFaulty?.(mutant, site) !== false ? mutant : undefined;
}

/**
 * The edit made another fault than it was meant to: an action of the template is cut, or a patch finds no place any more, and the tool that
 * renders says so and prints nothing.
 */
function isRefusedAsAWhole({ unit }: Mutant, site: Site): boolean {
	const refusals = (of: Site["unit"]) => of.renderings.flatMap(({ problems }) => problems.filter((problem) => !isHarmless(problem)));
	return refusals(unit).length > refusals(site.unit).length;
}

/** Why little is said about a site at all: what is deployed may be another object than the one that is written. */
function doubtAbout({ unit, service, workload }: Site): string | undefined {
	if (unit.patched) return `what is rendered differs from what is read (${unit.kind})`;
	if (!unit.complete && unit.renderings.length > 0) return `a part that could not be rendered (${unit.kind})`;
	const files = new Set(unit.manifests.map(({ source }) => source.uri));
	const others = [service, workload].some(({ source }) => [...files].some((uri) => unit.areAlternatives(uri, source.uri)));
	if (others) return "files of the folder that define one object differently";
	if (unit.addedTo) return "files beside a kustomization that does not name them, which may be patches";
	if (isRendered(workload.owner) && !isServed(workload)) return "an API version that a chart chooses by what the cluster serves";
	return injectorsOf(unit, workload).length > 0 ? "injected containers" : undefined;
}

/** `file:line Service name`. */
export function describe({ snapshot, service }: Site): string {
	const file = fileOf(snapshot, service.source.uri);
	const span = file && spanInFile(file, service.root);
	const line = file && span ? positionAt(file, span.start).line + 1 : 0;
	return `${service.source.uri}:${line} Service ${nameOf(service) ?? ""}`;
}

/** How many Services with a workload in their unit are answered how. */
export function countAnswers(counts: Map<Answer, number>, snapshot: Snapshot): void {
	for (const unit of allUnits(snapshot)) {
		for (const service of linksOf(unit).services) {
			const answer = answerFor(unit, service);
			if (answer) counts.set(answer, (counts.get(answer) ?? 0) + 1);
		}
	}
}

/** Findings where nothing is wrong. */
export function falseFindings(snapshot: Snapshot): readonly string[] {
	return [...allUnits(snapshot)].flatMap((unit) =>
		findingsOf(snapshot, unit, onFault).map(({ rule, message, at }) => `${at.source.uri}: ${rule}: ${message}`),
	);
}

/** Rules that speak of charts alone: the manifests that faults are put into are none. */
const OF_CHARTS: ReadonlySet<string> = new Set(["chart-does-not-render"]);

/** Rules that are on without a user's doing, and for which there is no mutator. */
export function withoutMutator(): readonly string[] {
	return RULES.flatMap(({ name, off }) => (off || OF_CHARTS.has(name) || MUTATORS.some(({ rule }) => rule === name) ? [] : name));
}

/** Mutants that must be found: those that rules.md does not call "cannot tell". */
export function tellable({ seeded, cannotTell }: Score): number {
	return seeded - [...cannotTell.values()].reduce((sum, count) => sum + count, 0);
}
