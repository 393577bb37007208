import { CONFIGURATION_FILE, type ConfigurationFile, readConfigurationFile } from "../settings/configurationFile.ts";
import type { Settings } from "../settings/settings.ts";
import { type Folder, folderOf, STDIN } from "./folder.ts";

/** Settings, and the folder that their paths and globs are relative to. */
export interface Configuration {
	readonly folder: string;
	readonly settings: Settings;
}

/** What holds where no configuration file does, and where such files are looked for. */
export interface Base {
	readonly settings: Settings;
	/** Folders at which the search upwards ends, with what holds below them: the folders of a workspace, the root of a repository. */
	readonly tops: ReadonlyMap<string, Settings>;
	/** Where else something may lie that a kustomization, a chart or the manifest of a deployer names by its path; nowhere, where it is absent. */
	readonly reach?: Reach;
	/** A configuration file that holds everywhere, whatever else there is. */
	readonly fixed?: ConfigurationFile;
	/** The folder whose configuration holds for standard input. */
	readonly home?: string;
}

/** Folders (the repositories around what is open), with what holds below them; or any place at all, as outside a repository nothing bounds it. */
export type Reach = readonly string[] | "anywhere";

/** The configurations of one moment. */
export interface Configurations {
	readonly base: Base;
	/** Configuration files, by the folder that each stands in. */
	readonly files: ReadonlyMap<string, ConfigurationFile>;
}

/** The configuration file of a folder. */
export function configurationIn(folder: Folder | undefined): ConfigurationFile | undefined {
	const file = folder?.files.get(`${folder.path}/${CONFIGURATION_FILE}`);
	return file && readConfigurationFile(file);
}

/**
 * What holds in a folder: the nearest file upwards, whole, up to a top. One that cannot be parsed sets nothing and hides those
 * above it, so what holds without files does.
 */
export function configurationOf({ base, files }: Configurations, folder: string): Configuration {
	if (base.fixed?.settings) return ofFile(base.fixed, base.fixed.settings);
	let broken = false;
	for (let at = folder === folderOf(STDIN) ? (base.home ?? "") : folder; at !== ""; at = folderOf(at)) {
		const file: ConfigurationFile | undefined = broken ? undefined : files.get(at);
		if (file?.settings) return ofFile(file, file.settings);
		broken ||= file !== undefined;
		const settings = base.tops.get(at);
		if (settings) return cached(base, at, settings);
	}
	return cached(base, "", base.settings);
}

/** The nearest configuration file upwards from a folder, whether or not it can be parsed. */
export function fileAbove({ base, files }: Configurations, folder: string): ConfigurationFile | undefined {
	for (let at = folder; at !== ""; at = folderOf(at)) {
		const file = files.get(at);
		if (file || base.tops.has(at)) return file;
	}
	return undefined;
}

/** The folder at which the search upwards from another one ends. */
export function topAbove({ base }: Configurations, folder: string): string | undefined {
	for (let at = folder; at !== ""; at = folderOf(at)) if (base.tops.has(at)) return at;
	return undefined;
}

/**
 * Whether something that is named by its path may be looked at. What is open as a whole may. Beyond it and its repository nothing is that
 * lies in a hidden folder, where programs keep what is theirs: credentials among it.
 */
export function isInReach(configurations: Configurations, path: string): boolean {
	const { tops, reach = [] } = configurations.base;
	if (tops.size === 0 || topAbove(configurations, path) !== undefined) return true;
	if (reach !== "anywhere") return reach.some((folder) => path === folder || path.startsWith(`${folder}/`));
	return path !== "" && ![...tops.keys()].every((top) => /(^|\/)\./.test(beyond(top, path)));
}

/** The end of a path, from where it leaves another. */
function beyond(from: string, path: string): string {
	const [others, own] = [from.split("/"), path.split("/")];
	const at = own.findIndex((part, index) => part !== others[index]);
	return at < 0 ? "" : own.slice(at).join("/");
}

const ofFiles = new WeakMap<ConfigurationFile, Configuration>();

function ofFile(file: ConfigurationFile, settings: Settings): Configuration {
	let found = ofFiles.get(file);
	if (!found) {
		found = { folder: folderOf(file.uri), settings };
		ofFiles.set(file, found);
	}
	return found;
}

const ofBases = new WeakMap<Base, Map<string, Configuration>>();

function cached(base: Base, folder: string, settings: Settings): Configuration {
	let known = ofBases.get(base);
	if (!known) {
		known = new Map();
		ofBases.set(base, known);
	}
	let found = known.get(folder);
	if (!found) {
		found = { folder, settings };
		known.set(folder, found);
	}
	return found;
}
