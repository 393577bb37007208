import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { unitsOf } from "../links/units.ts";
import { partAt } from "../text/file.ts";
import { type Place, type Span, samePlace } from "../text/source.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import { kustomizationOf } from "../units/role.ts";
import { valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { chartsWith, contextsOf, definedAt, type Spoken, spokenAt } from "./chartLook.ts";
import { valuesAt } from "./chartValues.ts";
import { pathsIn } from "./kustomizationPaths.ts";
import type { Preferred } from "./unitName.ts";
import { writtenAt } from "./valuesFiles.ts";

/** Files, or places in them, that something leads to. */
export interface Definition {
	readonly targets: readonly Target[];
	/** What leads there: offsets into the file that was asked about. */
	readonly span: Span;
}

export interface Target {
	readonly uri: string;
	/** Absent for a file as a whole. */
	readonly at?: Place;
}

/** What the text at an offset leads to: paths in a kustomization, the object that a patch names, and what the actions of a template speak of. */
export function definitionAt(snapshot: Snapshot, uri: string, offset: number, preferred?: Preferred): Definition | undefined {
	if (isKustomizationFile(uri)) return ofKustomization(snapshot, uri, offset);
	return snapshot.kustomized.notManifests.has(uri) ? ofPatch(snapshot, uri, offset) : ofTemplate(snapshot, uri, offset, preferred);
}

/** The file, or the kustomization of the folder, that a path in a kustomization names. */
function ofKustomization(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	if (!part) return undefined;
	const at = offset - part.start;
	const named = pathsIn(file).find(({ scalar }) => scalar.source === part.source && scalar.start <= at && at <= scalar.end);
	const found = named && fileAt(snapshot, named.target);
	if (!named || found === undefined) return undefined;
	return { targets: [{ uri: found }], span: { start: part.start + named.scalar.start, end: part.start + named.scalar.end } };
}

/** The kind or the name in a patch leads to the object that it patches, where that is written. */
function ofPatch(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	const { root } = part ? parseSource(part.source) : {};
	const [kind, name] = [valueAt(root, "kind"), valueAt(root, "metadata", "name")];
	const at = [kind, name].find((node) => node && part && node.start <= offset - part.start && offset - part.start <= node.end);
	if (!part || !at || kind?.kind !== "scalar") return undefined;
	const objects = unitsOf(snapshot, uri)
		.flatMap((unit) => unit.documents(uri))
		.flatMap((manifest) => (sourcesOf(manifest).has(part.source) ? manifest.objects : []));
	const names = objects.flatMap((object) => (object.kind === kind.text && object.metadata.name ? [object.metadata.name.node] : []));
	const targets = placed(names.filter((place, index) => names.findIndex((other) => samePlace(other, place)) === index));
	return targets.length === 0 ? undefined : { targets, span: { start: part.start + at.start, end: part.start + at.end } };
}

/** Values with all values files, named templates, files and what Chart.yaml holds. */
function ofTemplate(snapshot: Snapshot, uri: string, offset: number, preferred: Preferred | undefined): Definition | undefined {
	if (!fileOf(snapshot, uri)?.text.includes("{{")) return undefined;
	const spoken = chartsWith(snapshot, uri, preferred).flatMap((chart) => spokenAt(chart, uri, offset) ?? []);
	const [first] = spoken;
	if (!first) return undefined;
	const found = spoken.flatMap((each) => targetsOf(snapshot, each)).filter((target) => fileOf(snapshot, target.uri));
	const targets = found.filter((target, index) => found.findIndex((other) => isSame(other, target)) === index);
	return targets.length === 0 ? undefined : { targets, span: { start: first.start, end: first.end } };
}

function isSame(a: Target, b: Target): boolean {
	return a.uri === b.uri && (a.at && b.at ? samePlace(a.at, b.at) : a.at === b.at);
}

function targetsOf(snapshot: Snapshot, spoken: Spoken): readonly Target[] {
	const { chart, templates, mention, path } = spoken;
	const [template] = templates;
	if (mention.kind === "template") return placed([definedAt(chart, mention.name)]);
	if (mention.kind === "file") {
		const file = template?.node.chart.files.find(({ name }) => name === mention.name);
		return file ? [{ uri: file.uri }] : [];
	}
	if (!path || !template) return [];
	const effective = contextsOf(chart, templates).flatMap((context) => valuesAt(context, path).map(({ at }) => at));
	return placed([...effective, ...(path[0] === "Values" ? writtenAt(snapshot, chart, template, path) : [])]);
}

function placed(places: readonly (Place | undefined)[]): readonly Target[] {
	return places.flatMap((at) => (at ? [{ uri: at.source.uri, at }] : []));
}

function fileAt(snapshot: Snapshot, path: string): string | undefined {
	return fileOf(snapshot, path)?.uri ?? kustomizationOf(snapshot.folders.get(path))?.uri;
}
