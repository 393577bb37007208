import type { ConfiguredUnit } from "../settings/settings.ts";
import type { Configuration } from "./configurations.ts";
import { folderOf } from "./folder.ts";

/** What a configured unit takes of a folder: some files, or (`undefined`) all. */
export interface Claim {
	readonly unit: ConfiguredUnit;
	readonly files: ReadonlySet<string> | undefined;
}

const NONE: readonly Claim[] = [];

const cache = new WeakMap<Configuration, Map<string, readonly Claim[]>>();

/** The units of a configuration that take something of a folder in which it holds. */
export function claimsOn(configuration: Configuration, folder: string): readonly Claim[] {
	if (configuration.settings.units.length === 0) return NONE;
	let known = cache.get(configuration);
	if (!known) {
		known = new Map();
		cache.set(configuration, known);
	}
	let claims = known.get(folder);
	if (!claims) {
		claims = configuration.settings.units.flatMap((unit) => claimOf(configuration, unit, folder) ?? []);
		known.set(folder, claims);
	}
	return claims;
}

function claimOf(configuration: Configuration, unit: ConfiguredUnit, folder: string): Claim | undefined {
	const targets = pathsOf(configuration, unit);
	if (targets.some((target) => folder === target || folder.startsWith(`${target}/`))) return { unit, files: undefined };
	const files = targets.filter((target) => folderOf(target) === folder);
	return files.length > 0 ? { unit, files: new Set(files) } : undefined;
}

/** The files and folders that a unit names. */
export function pathsOf({ folder }: Configuration, unit: ConfiguredUnit): readonly string[] {
	return unit.kind === "paths" ? unit.paths.map((path) => below(folder, path)) : [];
}

/** The folder of the kustomization that a unit names. */
export function kustomizationOfUnit({ folder }: Configuration, unit: ConfiguredUnit): string | undefined {
	return unit.kind === "kustomize" ? below(folder, unit.path) : undefined;
}

/** The folder of the chart that a unit names. */
export function chartOfUnit({ folder }: Configuration, unit: ConfiguredUnit): string | undefined {
	return unit.kind === "helm" ? below(folder, unit.path) : undefined;
}

function below(folder: string, path: string): string {
	return path === "" ? folder : `${folder}/${path}`;
}
