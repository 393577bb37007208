import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { partAt } from "../text/file.ts";
import { type Place, place, samePlace } from "../text/source.ts";
import { baseName, folderOf } from "../units/folder.ts";
import { placeOutside, wholeOf } from "../units/helm/chart/chartFile.ts";
import type { Template } from "../units/helm/chart/context.ts";
import { EACH, type Mention, mentionsIn, type Path } from "../units/helm/template/mentions.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import { kustomizationOf } from "../units/role.ts";
import { effectiveEntries, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { type ChartLook, chartsWith, spokenAt } from "./chartLook.ts";
import { pathsIn } from "./kustomizationPaths.ts";

/** Where kustomizations name a file, or where templates use a key of a values file or what a template speaks of; each place once. */
export function referencesTo(snapshot: Snapshot, uri: string, offset: number): readonly Place[] {
	const users = usersOf(snapshot, uri, offset);
	if (users.length > 0) return users;
	const charts = chartsWith(snapshot, uri);
	const found = charts.flatMap((chart) => {
		const wanted = wantedAt(snapshot, chart, uri, offset);
		return wanted ? usesOf(chart, wanted) : [];
	});
	return found.filter((at, index) => found.findIndex((other) => samePlace(at, other)) === index);
}

/** Where kustomizations name a manifest, a patch or another kustomization; in a manifest asked for at its kind or name. */
function usersOf(snapshot: Snapshot, uri: string, offset: number): readonly Place[] {
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	if (!part) return [];
	const isKustomization = isKustomizationFile(uri);
	const { root } = parseSource(part.source);
	const named = [valueAt(root, "kind"), valueAt(root, "metadata", "name")];
	const at = offset - part.start;
	if (!isKustomization && !named.some((node) => node && node.start <= at && at <= node.end)) return [];
	const targets = isKustomization ? [folderOf(uri)] : [uri];
	return [...snapshot.folders.values()]
		.flatMap((folder) => kustomizationOf(folder) ?? [])
		.flatMap((kustomization) => pathsIn(kustomization).filter(({ target }) => targets.includes(target)))
		.map(({ scalar }) => place(scalar.source, scalar.start, scalar.end));
}

/** A named template, or a path of `.Values` of the chart that is rendered. */
type Wanted = { readonly template: string } | { readonly path: Path };

function wantedAt(snapshot: Snapshot, chart: ChartLook, uri: string, offset: number): Wanted | undefined {
	const spoken = spokenAt(chart, uri, offset);
	const [template] = spoken?.templates ?? [];
	if (spoken?.mention.kind === "template") return { template: spoken.mention.name };
	if (spoken?.path?.[0] === "Values" && template) return { path: fromTop(template, spoken.path) };
	if (spoken) return undefined;
	return definitionNamed(snapshot, uri, offset) ?? keyOf(snapshot, chart, uri, offset);
}

/** The name in a `define` or `block`. */
function definitionNamed(snapshot: Snapshot, uri: string, offset: number): Wanted | undefined {
	const text = fileOf(snapshot, uri)?.text ?? "";
	const line = text.lastIndexOf("\n", offset - 1) + 1;
	const end = text.indexOf("\n", offset);
	const before = text.slice(line, end < 0 ? text.length : end);
	for (const match of before.matchAll(/\{\{-?\s*(?:define|block)\s+"([^"]*)"/g)) {
		if (line + match.index <= offset && offset <= line + match.index + match[0].length) return { template: match[1] ?? "" };
	}
	return undefined;
}

/** The path of a key in the values file of a chart that is rendered, or of one that it depends on. */
function keyOf(snapshot: Snapshot, chart: ChartLook, uri: string, offset: number): Wanted | undefined {
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	if (!part) return undefined;
	const path = pathTo(parseSource(part.source).root, offset - part.start);
	if (path.length === 0) return undefined;
	const given = chart.options.values ?? [];
	if (given.some((each) => "file" in each && each.file === uri)) return { path: ["Values", ...path] };
	const owner =
		baseName(uri) === "values.yaml" ? chart.look.templates.find(({ node }) => folderOf(node.chart.uri) === folderOf(uri)) : undefined;
	return owner && { path: fromTop(owner, ["Values", ...path]) };
}

/** The names that lead to the key or value at an offset. */
function pathTo(node: Node | undefined, offset: number): Path {
	if (node?.kind === "map") {
		for (const { name, key, value } of effectiveEntries(node)) {
			if (key.start <= offset && offset <= key.end) return [name];
			if (value.start <= offset && offset <= value.end) return [name, ...pathTo(value, offset)];
		}
	}
	if (node?.kind === "seq") {
		const item = node.items.find(({ start, end }) => start <= offset && offset <= end);
		if (item) return [EACH, ...pathTo(item, offset)];
	}
	return [];
}

/** A path of a chart's own values as one of those that the top chart has. */
function fromTop({ node }: Template, [root = "Values", ...names]: Path): Path {
	if (names[0] === "global") return [root, ...names];
	const charts: string[] = [];
	for (let at = node; at.parent; at = at.parent) charts.unshift(at.name.value);
	return [root, ...charts, ...names];
}

function usesOf({ look }: ChartLook, wanted: Wanted): readonly Place[] {
	return look.templates.flatMap((template) => {
		const parsed = look.parsed.get(template.name);
		const { file } = template.file;
		if (!parsed || !file) return [];
		const own = mentionsIn(parsed).filter((mention) => isUse(template, mention, wanted));
		return own.map(({ start, end }) => placeOutside(place(wholeOf(file), start, end)));
	});
}

function isUse(template: Template, mention: Mention, wanted: Wanted): boolean {
	if ("template" in wanted) return mention.kind === "template" && mention.name === wanted.template;
	if (mention.kind !== "field" || mention.path?.[0] !== "Values" || mention.path.length < 2) return false;
	const path = fromTop(template, mention.path);
	// Who takes all of a map takes what is in it, and who takes something in it takes a part of it.
	return path.every((name, index) => index >= wanted.path.length || isSameName(name, wanted.path[index]));
}

function isSameName(a: Path[number] | undefined, b: Path[number] | undefined): boolean {
	return a === b || a === EACH || b === EACH;
}
