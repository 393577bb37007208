import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { unitsOf } from "../links/units.ts";
import { isIngress, isService, isWorkload } from "../model/manifest.ts";
import { isRendered, type KubeObject } from "../model/object.ts";
import type { Card, Warning } from "../reach/card.ts";
import { type CardFormat, printCard, printSheet } from "../reach/print.ts";
import type { Extent } from "../reach/rows.ts";
import type { Finding } from "../rules/rule.ts";
import { partAt } from "../text/file.ts";
import { type Place, place, type Span, samePlace } from "../text/source.ts";
import { isCalledByFolder } from "../units/names.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import type { Unit } from "../units/unit.ts";
import { type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { sheetFor } from "./chartHover.ts";
import { chartsWith } from "./chartLook.ts";
import { ingressSpots, type Spot, serviceSpots, workloadSpots } from "./hoverSpots.ts";
import { overlaySheet } from "./kustomizationHover.ts";
import { type LinkTo, placeName } from "./placeName.ts";
import { touchingFindings } from "./touching.ts";
import { chartName, type Preferred, preferring, unitName, valuesName } from "./unitName.ts";

export interface Hover {
	/** Markdown, or text without marks for the format `plain`. */
	readonly contents: string;
	/** Offsets into the file. */
	readonly span: Span;
}

export interface HoverOptions {
	readonly format: CardFormat;
	/** The unit that is shown of a file that belongs to several, if it is one of them. */
	readonly preferred?: Preferred;
	/** Leads to a line of a file, for clients that follow links. */
	readonly linkTo?: LinkTo;
	/** Leads to all that a long hover leaves out, for clients that follow such links. */
	readonly list?: string | undefined;
	/** How much is said; as much as a screen holds where it is not given. */
	readonly extent?: Extent;
	/** The editor itself says what is wrong at the cursor, above what is said here. */
	readonly showsProblems?: boolean;
	/** What is wrong in a unit: what touches the object is said with it. */
	readonly findings: (unit: Unit) => readonly Finding[];
}

/** What is known at an offset of a file; `undefined` where it is not on something that has a path. */
export function hover(snapshot: Snapshot, uri: string, offset: number, options: HoverOptions): Hover | undefined {
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	if (!part) return undefined;
	const spoken = inTemplate(snapshot, uri, offset, options);
	if (spoken) return spoken;
	const at = place(part.source, offset - part.start, offset - part.start);
	const units = preferring(unitsOf(snapshot, uri), options.preferred);
	for (const unit of units) {
		const found = spotIn(snapshot, unit, at) ?? patchedSpot(snapshot, unit, at);
		if (!found) continue;
		const findings = options.findings(unit);
		const others = options.showsProblems ? findings.filter((finding) => !isAt(finding.at, at)) : findings;
		const card = withFindings(found.card(options.extent), found.about, findings, others);
		const contents = `${printCard(card, options.format, options.list)}${shownAs(snapshot, unit, units)}`;
		return { contents, span: { start: part.start + found.at.start, end: part.start + found.at.end } };
	}
	return inOverlay(snapshot, uri, offset, units, options);
}

/** What a kustomization or a patch does there, in the first unit in which it does something. */
function inOverlay(
	snapshot: Snapshot,
	uri: string,
	offset: number,
	units: readonly Unit[],
	{ format, linkTo }: HoverOptions,
): Hover | undefined {
	for (const unit of units) {
		const found = overlaySheet(snapshot, unit, uri, offset, (at) => placeName(snapshot, at, unit.path, linkTo));
		if (found) return { contents: `${printSheet(found.sheet, format)}${shownAs(snapshot, unit, units)}`, span: found.span };
	}
	return undefined;
}

/** What an action of a template speaks of. */
function inTemplate(snapshot: Snapshot, uri: string, offset: number, { format, preferred = [], linkTo }: HoverOptions): Hover | undefined {
	if (!fileOf(snapshot, uri)?.text.includes("{{")) return undefined;
	const charts = chartsWith(snapshot, uri, preferred);
	const found = sheetFor(snapshot, charts, uri, offset, (at, chart) => placeName(snapshot, at, chart.rendering.root.path, linkTo));
	return found && { contents: printSheet(found.sheet, format), span: { start: found.start, end: found.end } };
}

/** Which of several units is shown. */
function shownAs(snapshot: Snapshot, unit: Unit, units: readonly Unit[]): string {
	const rendered = units.filter(({ renderings }) => renderings.length > 0);
	if (rendered.length < 2) return "";
	const isChart = rendered.every((each) => each.kind === "chart" && each.path === unit.path && isCalledByFolder(each));
	const name = isChart ? `${chartName(snapshot, unit)} with ${valuesName(unit)}` : unitName(snapshot, unit);
	return `\n\nAs deployed by ${name}, one of ${rendered.length} ${isChart ? "sets of values" : "units"}.`;
}

/** The kind and the name of a patch stand for the object that it patches, though they are no part of it. */
function patchedSpot(snapshot: Snapshot, unit: Unit, at: Place): Spot | undefined {
	if (unit.renderings.length === 0) return undefined;
	const { root } = parseSource(at.source);
	const named = [valueAt(root, "kind"), valueAt(root, "metadata", "name")].find((node) => node && holds(node, at.start));
	const kind = valueAt(root, "kind");
	if (!named || kind?.kind !== "scalar") return undefined;
	const patched = unit.documents(at.source.uri).filter((manifest) => sourcesOf(manifest).has(at.source));
	const object = patched.flatMap(({ objects }) => objects).find((each) => each.kind === kind.text);
	const whole = object && spotsOf(snapshot, unit, object).find(({ about }) => about === object.root);
	return whole && { ...whole, at: named };
}

/** What an object of the unit has at a place: of a rendered one something may stand in any of several files. */
function spotIn(snapshot: Snapshot, unit: Unit, at: Place): Spot | undefined {
	const objects = unit
		.documents(at.source.uri)
		.flatMap((manifest) => (sourcesOf(manifest).has(at.source) ? manifest.objects : []))
		.filter(({ root, owner }) => isRendered(owner) || holds(root, at.start));
	for (const object of objects) {
		const spots = spotsOf(snapshot, unit, object).filter((spot) => spot.at.source === at.source);
		const found = spotAt(spots, at.start);
		if (found) return found;
	}
	return undefined;
}

function holds(span: Span, offset: number): boolean {
	return span.start <= offset && offset <= span.end;
}

function spotsOf(snapshot: Snapshot, unit: Unit, object: KubeObject): readonly Spot[] {
	if (isService(object)) return serviceSpots(snapshot, unit, object);
	if (isIngress(object)) return ingressSpots(snapshot, unit, object);
	return isWorkload(object) ? workloadSpots(snapshot, unit, object) : [];
}

/** The smallest spot around the offset; of two that touch there the one that begins. */
function spotAt(spots: readonly Spot[], offset: number): Spot | undefined {
	const found = spots.filter(({ at }) => at.end > at.start && holds(at, offset));
	return found.sort((a, b) => a.at.end - a.at.start - (b.at.end - b.at.start) || b.at.start - a.at.start)[0];
}

function isAt({ source, start, end }: Place, at: Place): boolean {
	return source === at.source && start <= at.start && at.start <= end;
}

/**
 * What is wrong, of what is to be told; only without it what is worth knowing, which the text shows anyway. A finding at the place of
 * a fact makes a warning of the fact, whose words are shorter; others are said in their own words.
 */
function withFindings(card: Card, about: Node, findings: readonly Finding[], told: readonly Finding[]): Card {
	const touching = touchingFindings(about, findings);
	if (touching.length === 0) return card;
	const warnings = touchingFindings(about, told).map((finding): Warning => {
		const serious = finding.severity === "error" || finding.severity === "warning";
		const fact = serious ? card.facts.find(({ at }) => samePlace(at, finding.at)) : undefined;
		return { serious, text: fact?.text ?? [`${finding.message}.`] };
	});
	const facts = card.facts.filter(({ at }) => !touching.some((finding) => samePlace(at, finding.at)));
	const isSerious = touching.some(({ severity }) => severity === "error" || severity === "warning");
	return { ...card, facts, reasons: isSerious ? [] : card.reasons, warnings: warnings.filter(({ serious }) => serious === isSerious) };
}
