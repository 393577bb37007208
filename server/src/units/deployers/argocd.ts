import { entryOf, type MapNode, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import { argoChart } from "./argocdChart.ts";
import { argoKustomization } from "./argocdKustomize.ts";
import type { DeployedSource, Deployment } from "./deployment.ts";
import { directorySource } from "./directory.ts";
import { globMatcher } from "./glob.ts";
import { isSaid, isTrue, listAt, literalAt, placeholderIn, scalarAt } from "./literal.ts";
import { merged } from "./overrides.ts";
import type { FindFolder, FoundFolder, RepositoryPath } from "./repository.ts";

/** An Application of Argo CD, as it is written or as an ApplicationSet makes it. */
export interface Application {
	readonly uri: string;
	readonly root: MapNode;
	/** Files beside its own that say what it is. */
	readonly reads: readonly string[];
}

export function isOfArgo(root: Node, kind: string): boolean {
	return literalAt(root, "kind") === kind && literalAt(root, "apiVersion")?.startsWith("argoproj.io/") === true;
}

/** The paths in repositories that an Application names. */
export function pathsOfApplication({ uri, root }: Application): readonly RepositoryPath[] {
	return sourcesOf(root).flatMap((source) => {
		const path = placeOf(source, uri);
		const values = listAt(source, "helm", "valueFiles").flatMap((file) => valuesPlace(literalAt(file) ?? "", root, uri) ?? []);
		return [...(path ? [path] : []), ...values];
	});
}

/** What an Application deploys of the workspace; `undefined` where that is nothing, or cannot be told. */
export function readApplication(files: Files, application: Application, find: FindFolder): Deployment | undefined {
	const { uri, root, reads } = application;
	const name = scalarAt(root, "metadata", "name");
	if (!name) return undefined;
	const sources: DeployedSource[] = [];
	const gaps: Gap[] = [];
	for (const source of sourcesOf(root)) {
		const place = placeOf(source, uri);
		const found = place && find(place);
		const deployed = found && sourceIn(files, application, source, found, find);
		if (deployed) sources.push(deployed);
		else if (!isReference(source)) gaps.push({ uri, reason: `${name.text} deploys something that is not here, too`, at: source });
	}
	if (sources.length === 0) return undefined;
	const id = `argocd ${uri} ${literalAt(root, "metadata", "namespace") ?? ""}/${name.text}`;
	return { id, name: `Application ${name.text}`, uri, at: name, reads, sources, gaps };
}

function sourcesOf(root: Node): readonly Node[] {
	const several = listAt(root, "spec", "sources");
	const one = valueAt(root, "spec", "source");
	return several.length > 0 ? several : one ? [one] : [];
}

/** A source that only gives a name to a repository, in which values files are. */
function isReference(source: Node): boolean {
	return entryOf(source, "ref") !== undefined && !entryOf(source, "path") && !entryOf(source, "chart");
}

/** Tags of versions and commits: what stands in the workspace is something else. */
const PINNED = /^(v?\d+(\.\d+)+.*|[0-9a-f]{40})$/;

function placeOf(source: Node, from: string): RepositoryPath | undefined {
	const [url, path] = [literalAt(source, "repoURL"), literalAt(source, "path")];
	if (url === undefined || path === undefined || isSaid(entryOf(source, "chart")?.value)) return undefined;
	return PINNED.test(literalAt(source, "targetRevision") ?? "") ? undefined : { from, url, path };
}

/** The folder of a values file `$name/path` of another source. */
function valuesPlace(file: string, root: Node, from: string): RepositoryPath | undefined {
	const [, ref, path = ""] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
	const source = sourcesOf(root).find((each) => literalAt(each, "ref") === ref);
	const url = source && literalAt(source, "repoURL");
	if (ref === undefined || url === undefined || PINNED.test(literalAt(source, "targetRevision") ?? "")) return undefined;
	return { from, url, path: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "." };
}

/**
 * What is done with a source: what it says itself, or else what the folder looks like. Source: GetAppSourceType() of Argo CD's
 * repository server.
 */
function sourceIn(
	files: Files,
	{ uri, root }: Application,
	written: Node,
	found: FoundFolder,
	find: FindFolder,
): DeployedSource | undefined {
	const { folder } = found;
	const source = merged(files, written, folder, literalAt(root, "metadata", "name") ?? "");
	const said = ["helm", "kustomize", "directory", "plugin"].filter((name) => isSaid(entryOf(source, name)?.value));
	const kind = said[0] ?? kindOf(files, folder);
	const namespace = scalarAt(root, "spec", "destination", "namespace");
	if (said.length > 1) return undefined;
	const hidden = placeholderIn(entryOf(source, kind)?.value);
	const unknown: readonly Gap[] = hidden ? [{ uri, reason: "what is filled in here is not known", at: hidden, alters: true }] : [];
	switch (kind) {
		case "helm":
			return argoChart({ files, folder, root, source, namespace, unknown, locate: valuesFile(files, root, uri, found, find) });
		case "kustomize":
			return argoKustomization({ files, folder, uri, node: entryOf(source, "kustomize")?.value, namespace, unknown });
		case "directory":
			return hidden ? undefined : directory(files, folder, entryOf(source, "directory")?.value, namespace);
		default:
			return undefined;
	}
}

function kindOf(files: Files, folder: string): string {
	const names = new Set([...(files.folder(folder)?.files.keys() ?? [])].map((uri) => uri.slice(folder.length + 1)));
	if (names.has("Chart.yaml")) return "helm";
	return ["kustomization.yaml", "kustomization.yml", "Kustomization"].some((name) => names.has(name)) ? "kustomize" : "directory";
}

/** Files of jsonnet are programs, which are not run. */
function directory(files: Files, folder: string, node: Node | undefined, namespace: ScalarNode | undefined): DeployedSource | undefined {
	const [include, exclude] = [literalAt(node, "include"), literalAt(node, "exclude")].map((glob) => (glob ? globMatcher(glob) : undefined));
	const takes = (path: string) => !exclude?.(path) && (include?.(path) ?? true);
	const source = directorySource(files, folder, { recurse: isTrue(node, "recurse"), takes }, namespace);
	return source.manifests.size > 0 ? source : undefined;
}

/** Where a values file lies: beside the chart, below the repository (`/path`) or in that of another source (`$name/path`). */
function valuesFile(files: Files, root: Node, from: string, { root: top, folder }: FoundFolder, find: FindFolder) {
	return (file: string): string | undefined => {
		if (file.startsWith("$")) {
			const place = valuesPlace(file, root, from);
			const there = place && find(place);
			return there && `${there.folder}/${file.slice(file.lastIndexOf("/") + 1)}`;
		}
		const uri = file.startsWith("/") ? resolvePath(top, file.slice(1)) : resolvePath(folder, file);
		return uri !== undefined && files.isInReach(uri) ? uri : undefined;
	};
}
