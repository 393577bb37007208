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

/** Whether a file or a folder is left out. */
type Ignored = (path: string, isFolder: boolean) => boolean;

/**
 * Every manifest below a folder, and of folders that have a kustomization this one; `undefined` where the folder has one itself. What is
 * taken in stands at `at`; what `isIgnored` is not there for Flux. Source: generateKustomization() of fluxcd/pkg/kustomize.
 */
export function generatedResources(files: Files, folder: string, at: Node, isIgnored: Ignored): GeneratedKustomization | undefined {
	if (hasKustomization(files, folder)) return undefined;
	const found: { files: string[]; folders: string[] } = { files: [], folders: [] };
	collect(files, folder, isIgnored, found);
	const paths = [...found.files, ...found.folders].sort().map((path) => textNode(at, `.${path.slice(folder.length)}`));
	const { source, start, end } = at;
	const resources = { kind: "seq", source, start, end, items: paths, flow: false } as const;
	return { ...found, spec: mapNode(at, [entry("resources", at, resources)]) };
}

function collect(files: Files, folder: string, isIgnored: Ignored, into: { files: string[]; folders: string[] }): void {
	const names = [...(files.folder(folder)?.files.keys() ?? [])];
	into.files.push(...names.filter((uri) => /\.ya?ml$/.test(uri) && !isIgnored(uri, false)));
	for (const below of files.folders(folder)) {
		if (isIgnored(below, true)) continue;
		if (hasKustomization(files, below)) into.folders.push(below);
		else collect(files, below, isIgnored, into);
	}
}

/** Whether a kustomization stands in a folder. */
export function hasKustomization(files: Files, folder: string): boolean {
	const there = files.folder(folder)?.files;
	return NAMES.some((name) => there?.has(`${folder}/${name}`));
}
