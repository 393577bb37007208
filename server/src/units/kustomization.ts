import type { SourceFile } from "../text/file.ts";
import { entryOf, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { baseName, folderOf, resolvePath } from "./folder.ts";

/** What a kustomization names, as far as it tells how the files around it are deployed. */
export interface Kustomization {
	readonly uri: string;
	/** It changes what others deploy, and is never deployed alone. */
	readonly component: boolean;
	/** Files that are no manifests of their own: patches, configurations, generators' and transformers' files. */
	readonly notManifests: readonly string[];
	/** Files whose objects it deploys. */
	readonly resources: readonly string[];
	/** Folders of the kustomizations that it takes in: bases, components. */
	readonly bases: readonly string[];
	/** Folders of the charts that it has rendered, as far as they lie here. */
	readonly charts: readonly string[];
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
	const used = roots.flatMap((root) => [
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
	const notManifests = used.flatMap((path) => (path.includes("\n") ? [] : (resolvePath(folder, path) ?? [])));
	const named = roots.flatMap((root) => BASE_LISTS.flatMap((name) => textsOf(valueAt(root, name))));
	const paths = named.flatMap((path) => (path.includes("\n") ? [] : (resolvePath(folder, path) ?? [])));
	const component = roots.some((root) => textsOf(entryOf(root, "kind")?.value).includes("Component"));
	return {
		uri: file.uri,
		component,
		notManifests,
		resources: paths.filter(isFile),
		bases: paths.filter((path) => !isFile(path)),
		charts: roots.flatMap((root) => chartsOf(folder, root)),
		patches: roots.some((root) => CHANGING.some((name) => itemsOf(valueAt(root, name)).length > 0)),
	};
}

function chartsOf(folder: string, root: Node | undefined): readonly string[] {
	const [home = "charts"] = textsOf(valueAt(root, "helmGlobals", "chartHome"));
	return ["helmCharts", "helmChartInflationGenerator"].flatMap((list) =>
		itemsOf(valueAt(root, list)).flatMap((item) => {
			const text = (name: string) => textsOf(entryOf(item, name)?.value)[0] ?? "";
			const name = text("name") || text("chartName");
			const own = text("version") !== "" && text("repo") !== "" ? `/${name}-${text("version")}` : "";
			return resolvePath(folder, `${text("chartHome") || home}${own}/${name}`) ?? [];
		}),
	);
}

function isFile(path: string): boolean {
	return /\.(ya?ml|json)$/i.test(path);
}

/** What kustomizations make of the files around them. */
export interface Kustomized {
	/** Files that some kustomization uses as something else than a manifest. */
	readonly notManifests: ReadonlySet<string>;
	/** Files whose objects some kustomization deploys. */
	readonly resources: ReadonlySet<string>;
	/** Those of them that it changes before. */
	readonly patched: ReadonlySet<string>;
	/** The folders of those that are deployed by themselves: nothing refers to them. */
	readonly roots: readonly string[];
	/** By file and by folder: the roots that use something there, through bases of bases. */
	readonly users: ReadonlyMap<string, readonly string[]>;
	/** The same text for the same facts. */
	readonly key: string;
}

export const NOTHING_KUSTOMIZED: Kustomized = {
	notManifests: new Set(),
	resources: new Set(),
	patched: new Set(),
	roots: [],
	users: new Map(),
	key: "[]",
};

/** What a set of kustomizations, by their folders, does to the files and folders that they name. */
export function kustomized(kustomizations: ReadonlyMap<string, Kustomization>): Kustomized {
	const all = [...kustomizations.values()];
	const reached = reachedFrom(kustomizations);
	const users = new Map<string, Set<string>>();
	for (const [root, folders] of reached) {
		for (const folder of folders) for (const at of namedBy(kustomizations.get(folder), folder)) add(users, at, root);
	}
	return {
		notManifests: new Set(all.flatMap((one) => one.notManifests)),
		resources: new Set(all.flatMap((one) => one.resources)),
		patched: new Set([...reached.values()].flatMap((folders) => patchedIn(kustomizations, folders))),
		roots: [...reached.keys()],
		users: new Map([...users].map(([at, roots]) => [at, [...roots]])),
		key: JSON.stringify(all),
	};
}

/** The roots, each with the folders of all kustomizations that it takes in. Of those that refer to each other in a circle one is a root. */
function reachedFrom(kustomizations: ReadonlyMap<string, Kustomization>): ReadonlyMap<string, ReadonlySet<string>> {
	const referred = new Set([...kustomizations.values()].flatMap(({ bases }) => bases));
	const reached = new Map<string, ReadonlySet<string>>();
	const seen = new Set<string>();
	const take = (root: string): void => {
		const folders = new Set<string>();
		reach(root, kustomizations, folders);
		reached.set(root, folders);
		for (const folder of folders) seen.add(folder);
	};
	const candidates = [...kustomizations].filter(([, { component }]) => !component).map(([folder]) => folder);
	for (const folder of candidates) if (!referred.has(folder)) take(folder);
	const ofComponents = [...kustomizations].filter(([folder, { component }]) => component && !referred.has(folder));
	for (const [folder] of ofComponents) reach(folder, kustomizations, seen);
	for (const folder of candidates) if (!seen.has(folder)) take(folder);
	return reached;
}

/** The resources of kustomizations of which one patches. */
function patchedIn(kustomizations: ReadonlyMap<string, Kustomization>, folders: ReadonlySet<string>): readonly string[] {
	const all = [...folders].flatMap((folder) => kustomizations.get(folder) ?? []);
	return all.some(({ patches }) => patches) ? all.flatMap(({ resources }) => resources) : [];
}

function reach(folder: string, kustomizations: ReadonlyMap<string, Kustomization>, into: Set<string>): void {
	if (into.has(folder)) return;
	const found = kustomizations.get(folder);
	if (found) into.add(folder);
	for (const base of found?.bases ?? []) reach(base, kustomizations, into);
}

/** The files and folders in which something stands that a kustomization uses. */
function namedBy(kustomization: Kustomization | undefined, folder: string): readonly string[] {
	if (!kustomization) return [];
	const files = [kustomization.uri, ...kustomization.notManifests, ...kustomization.resources];
	return [folder, ...files, ...files.map(folderOf), ...kustomization.charts];
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
	const known = map.get(key);
	if (known) known.add(value);
	else map.set(key, new Set([value]));
}

function itemsOf(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

function textsOf(node: Node | undefined): readonly string[] {
	const items = node?.kind === "seq" ? node.items : node ? [node] : [];
	return items.flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}
