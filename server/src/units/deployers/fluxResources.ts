import type { MapNode, Node } from "../../yaml/nodes.ts";
import { entry, mapNode, textNode } from "../kustomize/tree.ts";
import type { Files } from "../rendered.ts";

/** The kustomization that Flux makes for a folder that has none. */
export interface GeneratedKustomization {
	readonly spec: MapNode;
	readonly files: readonly string[];
	/** Folders with kustomizations of their own, which it takes in. */
	readonly folders: readonly string[];
}

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * Every manifest below a folder, and of folders that have a kustomization this one; `undefined` where the folder has one itself. What is
 * taken in stands at `at`. Source: generateKustomization() of fluxcd/pkg/kustomize.
 */
export function generatedResources(files: Files, folder: string, at: Node): GeneratedKustomization | undefined {
	if (hasKustomization(files, folder)) return undefined;
	const found: { files: string[]; folders: string[] } = { files: [], folders: [] };
	collect(files, folder, found);
	const paths = [...found.files, ...found.folders].sort().map((path) => textNode(at, `.${path.slice(folder.length)}`));
	const { source, start, end } = at;
	const resources = { kind: "seq", source, start, end, items: paths, flow: false } as const;
	return { ...found, spec: mapNode(at, [entry("resources", at, resources)]) };
}

function collect(files: Files, folder: string, into: { files: string[]; folders: string[] }): void {
	into.files.push(...[...(files.folder(folder)?.files.keys() ?? [])].filter((uri) => /\.ya?ml$/.test(uri)));
	for (const below of files.folders(folder)) {
		if (hasKustomization(files, below)) into.folders.push(below);
		else collect(files, below, into);
	}
}

/** Whether a kustomization stands in a folder. */
export function hasKustomization(files: Files, folder: string): boolean {
	const there = files.folder(folder)?.files;
	return NAMES.some((name) => there?.has(`${folder}/${name}`));
}
