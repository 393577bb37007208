import type { SourceFile } from "../text/file.ts";
import { entryOf, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { baseName, folderOf, resolvePath } from "./folder.ts";

/** What a kustomization does to the files that it names, as far as plain reading must know it. */
export interface Kustomization {
	readonly uri: string;
	/** Files that are no manifests of their own: patches, configurations, generators' and transformers' files. */
	readonly notManifests: readonly string[];
	/** Folders whose objects it takes: bases, components, those of the single files that it names. */
	readonly bases: readonly string[];
	/** Whether it changes its objects in ways that only a render tells: patches, components, transformers, replacements. */
	readonly patches: boolean;
}

export function isKustomizationFile(uri: string): boolean {
	return /^(kustomization\.ya?ml|Kustomization)$/.test(baseName(uri));
}

const cache = new WeakMap<SourceFile, Kustomization>();

export function readKustomization(file: SourceFile): Kustomization {
	let found = cache.get(file);
	if (!found) {
		found = read(file);
		cache.set(file, found);
	}
	return found;
}

const PATCH_LISTS = ["patchesStrategicMerge", "transformers", "generators", "configurations", "validators", "crds"];
const CHANGING = [...PATCH_LISTS.slice(0, 2), "patches", "patchesJson6902", "components", "replacements", "vars"];
const BASE_LISTS = ["resources", "bases", "components"];
const GENERATORS = ["configMapGenerator", "secretGenerator"];
const PATH_LISTS = ["patches", "patchesJson6902", "replacements"];

function read(file: SourceFile): Kustomization {
	const folder = folderOf(file.uri);
	const roots = file.parts.map((part) => parseSource(part.source).root);
	const paths = roots.flatMap((root) => [
		...PATCH_LISTS.flatMap((name) => textsOf(valueAt(root, name))),
		...PATH_LISTS.flatMap((name) => itemsOf(valueAt(root, name)).flatMap((item) => textsOf(entryOf(item, "path")?.value))),
		...itemsOf(valueAt(root, "helmCharts")).flatMap((item) => [
			...textsOf(entryOf(item, "valuesFile")?.value),
			...textsOf(entryOf(item, "additionalValuesFiles")?.value),
		]),
		...GENERATORS.flatMap((name) => itemsOf(valueAt(root, name))).flatMap((item) =>
			["files", "envs", "env"].flatMap((name) => textsOf(entryOf(item, name)?.value)).map((path) => path.replace(/^[^=]*=/, "")),
		),
	]);
	const notManifests = paths.flatMap((path) => (path.includes("\n") ? [] : (resolvePath(folder, path) ?? [])));
	const patches = roots.some((root) => CHANGING.some((name) => itemsOf(valueAt(root, name)).length > 0));
	const named = roots.flatMap((root) => BASE_LISTS.flatMap((name) => textsOf(valueAt(root, name))));
	const bases = named.flatMap((path) => {
		const at = resolvePath(folder, path);
		return at === undefined ? [] : [/\.(ya?ml|json)$/i.test(at) ? folderOf(at) : at];
	});
	return { uri: file.uri, notManifests, bases, patches };
}

/** What kustomizations make of the files around them. */
export interface Kustomized {
	/** Files that some kustomization uses as something else than a manifest. */
	readonly notManifests: ReadonlySet<string>;
	/** Folders whose objects some kustomization changes in ways that only a render tells. */
	readonly patched: ReadonlySet<string>;
}

export const NOTHING_KUSTOMIZED: Kustomized = { notManifests: new Set(), patched: new Set() };

/** What a set of kustomizations, by their folders, does to the files and folders that they name, through bases of bases. */
export function kustomized(kustomizations: ReadonlyMap<string, Kustomization>): Kustomized {
	const notManifests = new Set<string>();
	const patched = new Set<string>();
	for (const [folder, kustomization] of kustomizations) {
		for (const uri of kustomization.notManifests) notManifests.add(uri);
		if (kustomization.patches) reach(folder, kustomizations, patched);
	}
	return { notManifests, patched };
}

function reach(folder: string, kustomizations: ReadonlyMap<string, Kustomization>, patched: Set<string>): void {
	if (patched.has(folder)) return;
	patched.add(folder);
	for (const base of kustomizations.get(folder)?.bases ?? []) reach(base, kustomizations, patched);
}

function itemsOf(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

function textsOf(node: Node | undefined): readonly string[] {
	const items = node?.kind === "seq" ? node.items : node ? [node] : [];
	return items.flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}
