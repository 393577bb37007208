import picomatch from "picomatch/posix.js";
import { type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { baseName, folderOf, resolvePath } from "../folder.ts";
import type { GivenValues } from "../helm/chart/given.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import { chartSource } from "./charts.ts";
import type { DeployedSource, Deployment } from "./deployment.ts";
import { filesBelow, filesSource } from "./directory.ts";
import { hasKustomization } from "./fluxResources.ts";
import { kustomizeSource } from "./kustomizations.ts";
import { isLiteral, isSaid, listAt, literalAt, scalarAt } from "./literal.ts";

/** A configuration of Skaffold, and how many others its file holds. */
export interface SkaffoldConfig {
	readonly uri: string;
	readonly root: Node;
	/** Its place among the documents of its file. */
	readonly index: number;
}

export function isSkaffold(root: Node): boolean {
	return literalAt(root, "kind") === "Config" && literalAt(root, "apiVersion")?.startsWith("skaffold/") === true;
}

/** What `skaffold run` deploys without a profile. */
export function readSkaffold(files: Files, { uri, root, index }: SkaffoldConfig): Deployment | undefined {
	const folder = folderOf(uri);
	const namespace = scalarAt(root, "deploy", "kubectl", "defaultNamespace");
	const gaps: Gap[] = [];
	const missing = (at: Node) => gaps.push({ uri, reason: "what is deployed from there is not here", at });
	const raw = [...listAt(root, "manifests", "rawYaml"), ...listAt(root, "deploy", "kubectl", "manifests")];
	const manifests = rawFiles(files, folder, raw, missing);
	const sources = [
		...(manifests.length > 0 ? [filesSource(folder, manifests, namespace)] : []),
		...kustomizations(root).flatMap((path) => kustomizationAt(files, folder, path, namespace, missing)),
		...[...listAt(root, "manifests", "helm", "releases"), ...listAt(root, "deploy", "helm", "releases")].flatMap((release) =>
			releaseOf(files, uri, release, missing),
		),
	];
	if (sources.length === 0) return undefined;
	const name = scalarAt(root, "metadata", "name");
	const at = name ?? valueAt(root, "kind") ?? root;
	return { id: `skaffold ${uri} ${index}`, name: `Skaffold ${name?.text ?? baseName(folder)}`, uri, at, reads: [], sources, gaps };
}

/** Globs and folders, of which the manifests below count. */
function rawFiles(files: Files, folder: string, paths: readonly Node[], missing: (at: Node) => void): readonly string[] {
	const found = paths.flatMap((node) => {
		const path = literalAt(node);
		const target = path === undefined ? undefined : resolvePath(folder, path.replaceAll("\\", "/"));
		if (target === undefined || !files.isInReach(folderOf(target))) {
			missing(node);
			return [];
		}
		const fixed = target.split("/").findIndex((part) => /[*?[{]/.test(part));
		const top = fixed < 0 ? target : target.split("/").slice(0, fixed).join("/");
		const isMatch = fixed < 0 ? (uri: string) => uri === target || uri.startsWith(`${target}/`) : matching(target);
		const from = fixed < 0 && /\.(ya?ml|json)$/.test(target) ? folderOf(target) : top;
		return filesBelow(files, from, { recurse: true, takes: () => true }).filter(isMatch);
	});
	return [...new Set(found)];
}

/** A folder that a glob names stands for all below it. */
function matching(glob: string): (uri: string) => boolean {
	const isMatch = picomatch(glob);
	return (uri) => {
		for (let at = uri; at !== ""; at = folderOf(at)) if (isMatch(at)) return true;
		return false;
	};
}

/** A deployer without paths builds the folder of the configuration. */
function kustomizations(root: Node): readonly Node[] {
	const deployer = valueAt(root, "deploy", "kustomize");
	const paths = valueAt(deployer, "paths") ?? valueAt(deployer, "path");
	return [...listAt(root, "manifests", "kustomize", "paths"), ...(paths?.kind === "seq" ? paths.items : paths ? [paths] : [])];
}

function kustomizationAt(
	files: Files,
	folder: string,
	path: Node,
	namespace: ScalarNode | undefined,
	missing: (at: Node) => void,
): readonly DeployedSource[] {
	const at = resolvePath(folder, (literalAt(path) ?? "https://").replaceAll("\\", "/"));
	if (at !== undefined && hasKustomization(files, at)) {
		return [kustomizeSource(files, { path: at, edit: (spec) => spec, namespace, unknown: [] })];
	}
	missing(path);
	return [];
}

/** A chart with values files, then `overrides`, then single values. Source: the helm deployer of Skaffold. */
function releaseOf(files: Files, uri: string, release: Node, missing: (at: Node) => void): readonly DeployedSource[] {
	const folder = folderOf(uri);
	const [name, chart] = [scalarAt(release, "name"), literalAt(release, "chartPath")?.replaceAll("\\", "/")];
	const path = chart === undefined ? undefined : resolvePath(folder, chart);
	if (!name || path === undefined || !files.folder(path)?.files.has(`${path}/Chart.yaml`)) {
		missing(release);
		return [];
	}
	const unknown: Gap[] = [];
	const doubt: Doubt = (at, reason) => unknown.push({ uri, reason, at, alters: true });
	const overrides = valueAt(release, "overrides");
	const values = [
		...listAt(release, "valuesFiles").flatMap((file) => valuesFile(folder, file, doubt)),
		...(overrides && isSaid(overrides) ? [{ node: overrides }] : []),
		...["artifactOverrides", "setValues", "setValueTemplates"].flatMap((field) => single(valueAt(release, field), "", doubt)),
	];
	const secret = valueAt(release, "setFiles");
	if (secret && isSaid(secret)) doubt(secret, "the text of a file is a value here, which is not read");
	const namespace = scalarAt(release, "namespace");
	return [chartSource({ path, release: { name: name.text, namespace: namespace?.text ?? "default" }, values, namespace, unknown })];
}

type Doubt = (at: Node, reason: string) => void;

function valuesFile(folder: string, file: Node, doubt: Doubt): readonly GivenValues[] {
	const uri = resolvePath(folder, (literalAt(file) ?? "https://").replaceAll("\\", "/"));
	if (uri === undefined) doubt(file, "this values file is not here");
	return uri === undefined ? [] : [{ file: uri }];
}

/** Fields that only say which image it is, whose tag Skaffold makes up. */
const OF_AN_IMAGE = /(image|repository|registry|tag|digest)s?(\.[\w-]+)?$/i;

/** Values that are set one by one, also below maps. */
function single(node: Node | undefined, prefix: string, doubt: Doubt): readonly GivenValues[] {
	if (node?.kind !== "map") return [];
	return node.entries.flatMap(({ name: key, value }): readonly GivenValues[] => {
		const name = `${prefix}${key}`;
		if (value.kind === "map") return single(value, `${name}.`, doubt);
		if (value.kind === "scalar" && (isLiteral(value.text) || OF_AN_IMAGE.test(name))) return [{ set: { name, value, asText: false } }];
		doubt(value, "what is filled in here is not known");
		return [];
	});
}
