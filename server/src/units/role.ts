import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import type { SourceFile } from "../text/file.ts";
import { type Configurations, configurationOf } from "./configurations.ts";
import { claimsOn } from "./configured.ts";
import { baseName, type Folder, folderOf, STDIN } from "./folder.ts";
import { type ImageBuilds, isBuildFile } from "./imageBuilds.ts";
import { isKustomizationFile, type Kustomized } from "./kustomization.ts";
import type { Role } from "./plain.ts";

/** What decides how the files of a folder are deployed. */
export interface Surroundings {
	readonly folders: ReadonlyMap<string, Folder>;
	readonly kustomized: Kustomized;
	readonly configurations: Configurations;
	/** The same object for as long as the images that are built here expose the same. */
	readonly images: ImageBuilds;
}

/** The role of a folder by itself: what configured units take of it is not its own. */
export function roleOf(around: Surroundings, folder: Folder): Role {
	const claims = claimsOn(configurationOf(around.configurations, folder.path), folder.path);
	if (claims.length === 0) return wholeRole(around, folder);
	const taken = [...folder.files.keys()].filter((uri) => claims.some(({ files }) => !files || files.has(uri)));
	const role = wholeRole(around, folder);
	return { ...role, excluded: new Set([...role.excluded, ...taken]) };
}

/** The role of what a configured unit takes of a folder: some files, or (`undefined`) all. */
export function roleIn(around: Surroundings, folder: Folder, files: ReadonlySet<string> | undefined): Role {
	const role = wholeRole(around, folder);
	if (!files) return role;
	return { ...role, excluded: new Set([...role.excluded, ...[...folder.files.keys()].filter((uri) => !files.has(uri))]) };
}

/** Files below a chart's `templates` are templates, and a chart's values and metadata are no manifests either. */
function wholeRole(around: Surroundings, folder: Folder): Role {
	const { configurations } = around;
	const { workloads } = configurationOf(configurations, folder.path).settings;
	const { fixed } = configurations.base;
	const own = fixed && folderOf(fixed.uri) === folder.path ? fixed : undefined;
	const configuration = fixed ? own : configurations.files.get(folder.path);
	const shared = { workloads, configuration, images: around.images };
	if (folder.files.has(STDIN)) return { ...shared, kind: "stdin", excluded: new Set(), patched: false };
	if (chartOf(around, folder.path)) return { ...shared, kind: "chart", excluded: new Set(folder.files.keys()), patched: false };
	const excluded = [...folder.files.keys()].filter(
		(uri) => around.kustomized.notManifests.has(uri) || isKustomizationFile(uri) || isNoManifest(uri) || uri === fixed?.uri,
	);
	const kustomization = kustomizationOf(folder);
	const patched = around.kustomized.patched.has(folder.path);
	return { ...shared, kind: kustomization ? "kustomize" : "plain", excluded: new Set(excluded), patched };
}

export function sameRole(a: Role, b: Role): boolean {
	return (
		a.kind === b.kind &&
		a.patched === b.patched &&
		a.workloads === b.workloads &&
		a.configuration === b.configuration &&
		a.images === b.images &&
		a.excluded.size === b.excluded.size &&
		[...a.excluded].every((uri) => b.excluded.has(uri))
	);
}

export function kustomizationOf(folder: Folder | undefined): SourceFile | undefined {
	if (!folder) return undefined;
	for (const name of ["kustomization.yaml", "kustomization.yml", "Kustomization"]) {
		const file = folder.files.get(`${folder.path}/${name}`);
		if (file) return file;
	}
	return undefined;
}

const NO_MANIFEST = /^(package(-lock)?\.json|tsconfig.*\.json)$/;

function isNoManifest(uri: string): boolean {
	const name = baseName(uri);
	return name === CONFIGURATION_FILE || NO_MANIFEST.test(name) || isBuildFile(name);
}

/** The nearest folder upwards that holds a Chart.yaml. */
function chartOf({ folders }: Surroundings, path: string): string | undefined {
	for (let at = path; at !== ""; at = folderOf(at)) {
		if (folders.get(at)?.files.has(`${at}/Chart.yaml`)) return at;
	}
	return undefined;
}
