import { entryOf, type MapNode, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import { entry, mapNode, textNode, withValue } from "../kustomize/tree.ts";
import type { Gap } from "../piece.ts";
import type { Files, RenderedObject } from "../rendered.ts";
import { configMapNear } from "./configMaps.ts";
import type { Deployment } from "./deployment.ts";
import { generatedResources } from "./fluxResources.ts";
import { kustomizeSource } from "./kustomizations.ts";
import { appending, inTurn, replacing, setting } from "./kustomizeEdits.ts";
import { isTrue, listAt, literalAt, scalarAt } from "./literal.ts";
import { type FindFolder, isFolder, type RepositoryPath } from "./repository.ts";
import { type OwnIgnore, sourceIgnore } from "./sourceIgnore.ts";
import { substituted, type Variables } from "./substitution.ts";

/** A manifest of Flux. */
export interface FluxObject {
	readonly uri: string;
	readonly root: Node;
}

/** What Flux manifests of a workspace say beside each one's own. */
export interface FluxWorld {
	/** The addresses of GitRepositories, by namespace and name. */
	readonly addresses: ReadonlyMap<string, string>;
	/** What GitRepositories leave out of what they fetch, by namespace and name. */
	readonly ignores: ReadonlyMap<string, OwnIgnore>;
	/** Kustomizations are patched by others, so that each may say more than is written. */
	readonly arePatched: boolean;
}

export function isFlux(root: Node, kind: string): boolean {
	return literalAt(root, "kind") === kind && /^[a-z]+\.toolkit\.fluxcd\.io\//.test(literalAt(root, "apiVersion") ?? "");
}

export function fluxWorld(objects: readonly FluxObject[]): FluxWorld {
	const sources = objects.filter(({ root }) => isFlux(root, "GitRepository"));
	const said = (field: string) =>
		sources.flatMap(({ uri, root }) => {
			const text = literalAt(root, "spec", field);
			const key = keyOf(literalAt(root, "metadata", "namespace"), literalAt(root, "metadata", "name"));
			return text === undefined ? [] : [[key, { uri, text }] as const];
		});
	const addresses = said("url").map(([key, { text }]) => [key, text] as const);
	const patches = objects.flatMap(({ root }) => (isFlux(root, "Kustomization") ? listAt(root, "spec", "patches") : []));
	const arePatched = patches.some(
		(patch) => literalAt(patch, "target", "kind") === "Kustomization" || textOf(valueAt(patch, "patch")).includes("kind: Kustomization"),
	);
	return { addresses: new Map(addresses), ignores: new Map(said("ignore")), arePatched };
}

function textOf(node: Node | undefined): string {
	return node?.kind === "scalar" ? node.text : "";
}

function keyOf(namespace: string | undefined, name: string | undefined): string {
	return `${namespace ?? ""}/${name ?? ""}`;
}

function sourceKey(root: Node, reference: Node | undefined): string {
	return keyOf(literalAt(reference, "namespace") ?? literalAt(root, "metadata", "namespace"), literalAt(reference, "name"));
}

/** The path in the repository that an object of Flux takes from a GitRepository: `reference` is where it names that one. */
export function fluxPath(
	{ uri, root }: FluxObject,
	reference: Node | undefined,
	path: string,
	{ addresses }: FluxWorld,
): RepositoryPath | undefined {
	if (literalAt(reference, "kind") !== "GitRepository") return undefined;
	const name = literalAt(reference, "name");
	const key = sourceKey(root, reference);
	return name === undefined ? undefined : { from: uri, url: addresses.get(key) ?? `flux:${key}`, path };
}

export function pathOfKustomization(object: FluxObject, world: FluxWorld): RepositoryPath | undefined {
	const path = entryOf(valueAt(object.root, "spec"), "path") ? literalAt(object.root, "spec", "path") : ".";
	return path === undefined ? undefined : fluxPath(object, valueAt(object.root, "spec", "sourceRef"), path, world);
}

/** What a Kustomization of Flux deploys. Source: WriteFile() of fluxcd/pkg/kustomize, and what kustomize-controller does with the result. */
export function readFluxKustomization(files: Files, object: FluxObject, world: FluxWorld, find: FindFolder): Deployment | undefined {
	const { uri, root } = object;
	const name = scalarAt(root, "metadata", "name");
	const place = pathOfKustomization(object, world);
	const found = place && find(place);
	if (!name || !found) return undefined;
	const path = found.folder;
	const spec = valueAt(root, "spec");
	const components = listAt(spec, "components").filter((item) => !isTrue(spec, "ignoreMissingComponents") || isThere(files, path, item));
	const merges = listAt(spec, "patchesStrategicMerge")[0] ?? listAt(spec, "patchesJson6902")[0];
	const unknown: readonly Gap[] = merges ? [{ uri, reason: "patches of an old version are not read", at: merges, alters: true }] : [];
	const { isIgnored, reads } = sourceIgnore(files, found.root, world.ignores.get(sourceKey(root, valueAt(spec, "sourceRef"))));
	const generated = generatedResources(files, path, valueAt(spec, "path") ?? name, isIgnored);
	const variables = variablesOf(files, object, world);
	const edit = inTurn([
		setting("namespace", scalarAt(spec, "targetNamespace")),
		setting("namePrefix", scalarAt(spec, "namePrefix")),
		setting("nameSuffix", scalarAt(spec, "nameSuffix")),
		appending("patches", listAt(spec, "patches")),
		appending("components", components),
		replacing("images", "name", listAt(spec, "images")),
	]);
	const bases = components.flatMap((item) => resolvePath(path, textOf(item)) ?? []);
	const source = kustomizeSource(files, {
		path,
		edit,
		namespace: undefined,
		unknown,
		bases: [...bases, ...(generated?.folders ?? [])],
		manifests: generated?.files ?? [],
		made: generated?.spec,
		finish: (outcome) => ({
			...outcome,
			objects: withCommonMetadata(substituted(outcome.objects, variables), valueAt(spec, "commonMetadata")),
		}),
	});
	const id = `flux ${uri} Kustomization ${keyOf(literalAt(root, "metadata", "namespace"), name.text)}`;
	return { id, name: `Kustomization ${name.text}`, uri, at: name, reads: generated ? [...reads] : [], sources: [source], gaps: [] };
}

function isThere(files: Files, folder: string, path: Node): boolean {
	const at = resolvePath(folder, textOf(path));
	return at !== undefined && isFolder(files, at);
}

/** ConfigMaps in their order, then what stands in the Kustomization itself. What a Secret holds is not known. */
function variablesOf(files: Files, { uri, root }: FluxObject, { arePatched }: FluxWorld): Variables {
	const known = new Map<string, ScalarNode>();
	let isOpen = arePatched;
	for (const from of listAt(root, "spec", "postBuild", "substituteFrom")) {
		const name = literalAt(from, "name");
		const isConfigMap = literalAt(from, "kind") === "ConfigMap" && name !== undefined;
		const found = isConfigMap ? configMapNear(files, uri, name) : undefined;
		isOpen ||= !found;
		for (const [key, value] of found ?? []) known.set(key, value);
	}
	const own = valueAt(root, "spec", "postBuild", "substitute");
	for (const { name, value } of own?.kind === "map" ? own.entries : []) if (value.kind === "scalar") known.set(name, value);
	return { known, isOpen };
}

/** Labels and annotations of the objects themselves, of no Pod template. */
function withCommonMetadata(objects: readonly RenderedObject[], common: Node | undefined): readonly RenderedObject[] {
	if (common?.kind !== "map") return objects;
	const fields = ["labels", "annotations"].flatMap((field) => {
		const pairs = entryOf(common, field)?.value;
		return pairs?.kind === "map" ? [[field, pairs] as const] : [];
	});
	return objects.map((object) => ({
		...object,
		root: fields.reduce((root, [field, pairs]) => withPairs(root, field, pairs), object.root),
	}));
}

function withPairs(root: MapNode, field: string, pairs: MapNode): MapNode {
	const metadata = entryOf(root, "metadata")?.value;
	if (metadata?.kind !== "map") return root;
	const old = entryOf(metadata, field)?.value;
	const all = pairs.entries.reduce(
		(map, { name, key, value }) => withValue(map, name, value, key),
		old?.kind === "map" ? old : mapNode(pairs),
	);
	return withValue(root, "metadata", withValue(metadata, field, all, textNode(pairs, field)), entry("metadata", pairs, all).key);
}
