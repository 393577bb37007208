import { CONFIGURATION_FILE, type ConfigurationFile } from "../settings/configurationFile.ts";
import type { CustomWorkload } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import type { Assets } from "./assets.ts";
import { type Claim, claimsOn } from "./claims.ts";
import { type Configurations, configurationOf } from "./configurations.ts";
import { baseName, type Folder, folderOf, STDIN } from "./folder.ts";
import { type ImageBuilds, isBuildFile } from "./imageBuilds.ts";
import { isKustomizationFile, type Kustomized, readKustomization } from "./kustomization.ts";

/** How the files of a folder are deployed, as far as the files around it tell. */
export interface Role {
	readonly kind: "plain" | "chart" | "stdin";
	/** Files that are no manifests of their own, of whatever folder. */
	readonly notManifests: ReadonlySet<string>;
	/** Files whose objects are deployed only as something renders them, of whatever folder. */
	readonly rendered: ReadonlySet<string>;
	/** Whether a kustomization stands in the folder, and patches what it names: what it does not name is often an unused patch. */
	readonly kustomized: "no" | "yes" | "patches";
	/** The configuration file that is named for everything. */
	readonly fixed: string | undefined;
	/** What other units take of the folder. */
	readonly taken: readonly Claim[];
	/** Files outside of which nothing is the unit's. */
	readonly only: ReadonlySet<string> | undefined;
	/** Custom resources that hold a Pod template. */
	readonly workloads: readonly CustomWorkload[];
	/** The images that are built in the workspace around it. */
	readonly images: ImageBuilds;
	/** The configuration file that stands in the folder. */
	readonly configuration: ConfigurationFile | undefined;
}

/** Whether a file of the folder is no manifest of its own, or another unit's. */
export function isExcluded({ kind, notManifests, rendered, fixed, taken, only }: Role, uri: string): boolean {
	if ((only && !only.has(uri)) || taken.some(({ files }) => !files || files.has(uri))) return true;
	if (kind === "stdin" || kind === "chart") return kind === "chart";
	return notManifests.has(uri) || rendered.has(uri) || isKustomizationFile(uri) || isNoManifest(uri) || uri === fixed;
}

/** What decides how the files of a folder are deployed. */
export interface Surroundings {
	readonly folders: ReadonlyMap<string, Folder>;
	readonly kustomized: Kustomized;
	/** What renderers asked for beside manifests. */
	readonly assets: Assets;
	readonly configurations: Configurations;
	/** The same object for as long as the images that are built here expose the same. */
	readonly images: ImageBuilds;
}

/** The role of a folder by itself: what configured units take of it is not its own, nor what kustomizations and deployers deploy (`rendered`). */
export function roleOf(around: Surroundings, folder: Folder, rendered: ReadonlySet<string>): Role {
	const taken = claimsOn(configurationOf(around.configurations, folder.path), folder.path);
	return { ...wholeRole(around, folder), taken, rendered };
}

/** The role of what a configured unit takes of a folder: some files, or (`undefined`) all, but not what it has rendered. */
export function roleIn(
	around: Surroundings,
	folder: Folder,
	files: ReadonlySet<string> | undefined,
	rendered: ReadonlySet<string> = NO_FILES,
): Role {
	return { ...wholeRole(around, folder), only: files, rendered };
}

/** The role of all that stands in a folder, whoever deploys it. Files below a chart's `templates` are templates, and a chart's values and metadata are no manifests either. */
export function wholeRole({ folders, kustomized, configurations, images }: Surroundings, folder: Folder): Role {
	const { workloads } = configurationOf(configurations, folder.path).settings;
	const { fixed } = configurations.base;
	const own = fixed && folderOf(fixed.uri) === folder.path ? fixed : undefined;
	const configuration = fixed ? own : configurations.files.get(folder.path);
	const kustomization = kustomizationOf(folder);
	const kind = folder.files.has(STDIN) ? "stdin" : isInChart(folders, folder.path) ? "chart" : "plain";
	return {
		kind,
		workloads,
		configuration,
		images,
		notManifests: kustomized.notManifests,
		rendered: NO_FILES,
		kustomized: !kustomization ? "no" : readKustomization(kustomization).patches ? "patches" : "yes",
		fixed: fixed?.uri,
		taken: NOTHING,
		only: undefined,
	};
}

const NO_FILES: ReadonlySet<string> = new Set();

const NOTHING: readonly Claim[] = [];

/** Whether two roles make the same of a folder. */
export function sameRole(a: Role, b: Role, folder: Folder): boolean {
	return a.configuration === b.configuration && sameDocuments(a, b, folder);
}

/** Whether two roles make the same documents of the files of a folder, whatever is set for them. */
export function sameDocuments(a: Role, b: Role, { files }: Folder): boolean {
	return (
		a.kind === b.kind &&
		a.kustomized === b.kustomized &&
		a.workloads === b.workloads &&
		a.images === b.images &&
		a.fixed === b.fixed &&
		a.taken === b.taken &&
		a.only === b.only &&
		isSameAmong(a.notManifests, b.notManifests, files) &&
		isSameAmong(a.rendered, b.rendered, files)
	);
}

function isSameAmong(a: ReadonlySet<string>, b: ReadonlySet<string>, files: Folder["files"]): boolean {
	return a === b || [...files.keys()].every((uri) => a.has(uri) === b.has(uri));
}

/** An object of Flux that only has the same name. */
const FLUX = /^apiVersion:\s*["']?kustomize\.toolkit\.fluxcd\.io\//m;

export function kustomizationOf(folder: Folder | undefined): SourceFile | undefined {
	if (!folder) return undefined;
	for (const name of ["kustomization.yaml", "kustomization.yml", "Kustomization"]) {
		const file = folder.files.get(`${folder.path}/${name}`);
		if (file && !FLUX.test(file.text)) return file;
	}
	return undefined;
}

const NO_MANIFEST = /^(package(-lock)?\.json|tsconfig.*\.json)$/;

function isNoManifest(uri: string): boolean {
	const name = baseName(uri);
	return name === CONFIGURATION_FILE || NO_MANIFEST.test(name) || isBuildFile(name);
}

/** The file that makes a chart of its folder and of all below it. */
export const CHART_FILE = "Chart.yaml";

/** Whether a folder is the one that a chart begins in. */
function isChart(folder: Folder | undefined): boolean {
	return folder?.files.has(`${folder.path}/${CHART_FILE}`) === true;
}

function isInChart(folders: Surroundings["folders"], path: string): boolean {
	for (let at = path; at !== ""; at = folderOf(at)) if (isChart(folders.get(at))) return true;
	return false;
}
