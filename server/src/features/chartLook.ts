import { filesOf, type Snapshot } from "../links/snapshot.ts";
import { unitsOf } from "../links/units.ts";
import { type Place, place } from "../text/source.ts";
import { placeOutside } from "../units/helm/chart/chartFile.ts";
import type { Template } from "../units/helm/chart/context.ts";
import type { Look } from "../units/helm/chart/look.ts";
import type { ChartOptions } from "../units/helm/chart/render.ts";
import { isLibrary } from "../units/helm/chart/tree.ts";
import { EACH, type FieldMention, type Mention, mentionsIn, type Path } from "../units/helm/template/mentions.ts";
import type { Value } from "../units/helm/template/values.ts";
import type { Rendering } from "../units/rendering.ts";
import type { Unit } from "../units/unit.ts";
import { type Preferred, preferring } from "./unitName.ts";

/** A chart as one unit renders it. */
export interface ChartLook {
	readonly unit: Unit;
	readonly rendering: Rendering;
	readonly look: Look;
	/** What it is rendered with. */
	readonly options: ChartOptions;
}

/** What a template speaks of at an offset of its file. */
export interface Spoken {
	readonly chart: ChartLook;
	/** The file as the charts have it: several times where an alias repeats a chart. */
	readonly templates: readonly Template[];
	readonly mention: Mention;
	/** Offsets into the file: of several names, from the first to the one that is asked for. */
	readonly start: number;
	readonly end: number;
	/** Up to that name. */
	readonly path: Path | undefined;
}

const looks = new WeakMap<Rendering, Pick<ChartLook, "look" | "options">>();

/** The charts that are rendered with a file, one for each unit and values, the one that is preferred first. */
export function chartsWith(snapshot: Snapshot, uri: string, preferred: Preferred = []): readonly ChartLook[] {
	return preferring(unitsOf(snapshot, uri), preferred).flatMap((unit) =>
		unit.renderings.flatMap((rendering) => {
			const found = rendering.files.has(uri) ? lookOf(snapshot, rendering) : undefined;
			return found ? [{ unit, rendering, ...found }] : [];
		}),
	);
}

function lookOf(snapshot: Snapshot, rendering: Rendering): Pick<ChartLook, "look" | "options"> | undefined {
	const { chart, path } = rendering.root;
	let found = looks.get(rendering);
	if (!found && chart) {
		const files = filesOf(snapshot);
		const options = chart(files);
		found = { look: snapshot.load().lookInto(files, path, options), options };
		looks.set(rendering, found);
	}
	return found;
}

/** What a template speaks of at an offset, in a chart; the innermost where one thing holds another. */
export function spokenAt(chart: ChartLook, uri: string, offset: number): Spoken | undefined {
	const templates = chart.look.templates.filter(({ file }) => file.uri === uri);
	const parsed = templates.flatMap(({ name }) => chart.look.parsed.get(name) ?? [])[0];
	const [mention] = (parsed ? mentionsIn(parsed) : [])
		.filter(({ start, end }) => start <= offset && offset <= end)
		.sort((a, b) => a.end - a.start - (b.end - b.start));
	if (!mention) return undefined;
	if (mention.kind !== "field") return { chart, templates, mention, start: mention.start, end: mention.end, path: undefined };
	const { index, end } = nameAt(mention, offset);
	const behind = mention.ends.length - 1 - index;
	return { chart, templates, mention, start: mention.start, end, path: mention.path?.slice(0, mention.path.length - behind) };
}

/** The name that an offset lies in; the first for what stands before it. */
function nameAt({ ends, end }: FieldMention, offset: number): { readonly index: number; readonly end: number } {
	const index = ends.findIndex((each) => offset <= each);
	return { index, end: ends[index] ?? end };
}

/** What a mention comes to when its chart is rendered. */
export function comesTo(snapshot: Snapshot, { chart: { rendering, options }, mention, templates }: Spoken): readonly (Value | undefined)[] {
	const [template] = templates;
	if (!template || mention.kind === "file") return [];
	return snapshot.load().watched(filesOf(snapshot), rendering.root.path, options, template.name, mention.node);
}

/** Where a named template is defined, by the name in its `define` or `block`; `undefined` where it is not. */
export function definedAt({ look }: ChartLook, name: string): Place | undefined {
	const written = look.set.definitions.get(name)?.written;
	if (!written?.source) return undefined;
	const { source } = written;
	let found: Place | undefined;
	for (const match of source.text.matchAll(/\{\{-?\s*(?:define|block)\s+(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g)) {
		const own = match[1] ?? match[2] ?? "";
		const end = match.index + match[0].length;
		if (own === name) found = placeOutside(place(source, end - own.length - 1, end - 1));
	}
	return found ?? placeOutside(place(source, 0, 0));
}

/** The root contexts that a template may run in: of a library chart those of the charts that use it. */
export function contextsOf({ look }: ChartLook, templates: readonly Template[]): readonly Template["dot"][] {
	const found = new Set<Template["dot"]>();
	for (const template of templates) {
		if (!isLibrary(template.node)) found.add(template.dot);
		else for (const other of look.templates) if (uses(other, template)) found.add(other.dot);
	}
	return [...found];
}

function uses({ node }: Template, library: Template): boolean {
	return !isLibrary(node) && library.node.parent === node;
}

/** A path as it is written from the root context. */
export function pathText(path: Path): string {
	return path.map((name) => (name === EACH ? "[]" : /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `.${name}` : ` "${name}"`)).join("");
}
