import { type MapNode, type Node, valueAt } from "../../yaml/nodes.ts";
import { entry, mapNode, textNode } from "../kustomize/tree.ts";
import type { Files } from "../rendered.ts";
import { type Application, isOfArgo } from "./argocd.ts";
import { filled } from "./fill.ts";
import { parametersOf } from "./generators.ts";
import { isSaid, isTrue, listAt, literalAt } from "./literal.ts";
import type { Parameters } from "./parameters.ts";
import type { FindFolder, RepositoryPath } from "./repository.ts";

/** An ApplicationSet of Argo CD, which makes one Application for each set of parameters. */
export interface ApplicationSet {
	readonly uri: string;
	readonly root: Node;
}

export function isApplicationSet(root: Node): boolean {
	return isOfArgo(root, "ApplicationSet");
}

/** The folders of repositories in which its generators look. */
export function pathsOfSet({ uri, root }: ApplicationSet): readonly RepositoryPath[] {
	const generators = [...listAt(root, "spec", "generators")];
	const found: RepositoryPath[] = [];
	for (let each = generators.pop(); each !== undefined; each = generators.pop()) {
		generators.push(...listAt(each, "matrix", "generators"), ...listAt(each, "merge", "generators"));
		const url = literalAt(each, "git", "repoURL");
		for (const item of [...listAt(each, "git", "directories"), ...listAt(each, "git", "files")]) {
			const path = literalAt(item, "path")?.replace(/(^|\/)[^/]*[*?[{].*$/, "");
			if (url !== undefined && path) found.push({ from: uri, url, path: isFile(path) ? path.replace(/\/?[^/]*$/, "") || "." : path });
		}
	}
	return found;
}

function isFile(path: string): boolean {
	return /\.(ya?ml|json)$/.test(path);
}

/** The Applications that a set makes of what stands in the workspace; what its generators ask of others makes none here. */
export function applicationsOf(files: Files, { uri, root }: ApplicationSet, find: FindFolder): readonly Application[] {
	const template = valueAt(root, "spec", "template");
	const patch = valueAt(root, "spec", "templatePatch");
	if (template?.kind !== "map" || (patch && isSaid(patch))) return [];
	const isGo = isTrue(valueAt(root, "spec"), "goTemplate");
	const all = listAt(root, "spec", "generators").flatMap((generator) => parametersOf({ files, uri, find, isGo }, generator, []) ?? []);
	return all.map((parameters) => ({ uri, root: applicationOf(root, template, parameters, isGo), reads: parameters.reads }));
}

/** It stands in the namespace of the set. */
function applicationOf(root: Node, template: MapNode, parameters: Parameters, isGo: boolean): MapNode {
	const made = filled(template, parameters, isGo) as MapNode;
	const head = ["apiVersion", "kind"].map((name) =>
		entry(name, root, textNode(root, name === "kind" ? "Application" : "argoproj.io/v1alpha1")),
	);
	return mapNode(template, [...head, ...made.entries]);
}
