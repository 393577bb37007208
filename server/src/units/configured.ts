import type { Manifest } from "../model/manifest.ts";
import type { ConfiguredUnit } from "../settings/settings.ts";
import type { Configuration } from "./configurations.ts";
import { type Folder, folderOf } from "./folder.ts";
import { NOTHING_BUILT } from "./imageBuilds.ts";
import { type Role, readFolder } from "./plain.ts";
import type { Gap, Unit } from "./unit.ts";

/** What a configured unit takes of a folder: some files, or (`undefined`) all. */
export interface Claim {
	readonly unit: ConfiguredUnit;
	readonly files: ReadonlySet<string> | undefined;
}

const cache = new WeakMap<Configuration, Map<string, readonly Claim[]>>();

/** The units of a configuration that take something of a folder in which it holds. */
export function claimsOn(configuration: Configuration, folder: string): readonly Claim[] {
	if (configuration.settings.units.length === 0) return [];
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
	return unit.kind === "paths" ? unit.paths.map((path) => (path === "" ? folder : `${folder}/${path}`)) : [];
}

/** A folder as a configured unit sees it: `role.excluded` holds what is not the unit's. */
export interface Member {
	readonly folder: Folder;
	readonly role: Role;
}

/** A unit of folders and files that the user names. Its files are deployed together, so none is another's alternative. */
export function configuredUnit(
	{ folder }: Configuration,
	unit: ConfiguredUnit,
	members: readonly Member[],
	missing: readonly string[],
): Unit {
	const read = members.map((member) => readFolder(member.folder, member.role));
	const manifests: readonly Manifest[] = read.flatMap((part) => part.manifests);
	const gaps = [
		...read.flatMap((part) => part.gaps),
		...missing.map((uri): Gap => ({ uri, reason: NOTHING_THERE, at: undefined })),
		...notRendered(folder, unit),
	];
	return {
		id: `configured:${folder}:${unit.name}`,
		name: unit.name,
		kind: "configured",
		path: folder,
		manifests,
		objects: manifests.flatMap((manifest) => manifest.objects),
		complete: gaps.length === 0,
		gaps,
		patched: members.some(({ role }) => role.patched),
		areAlternatives: () => false,
		images: members[0]?.role.images ?? NOTHING_BUILT,
		configuration: undefined,
	};
}

/** The reason of the gap that a path leaves where nothing was found. */
export const NOTHING_THERE = "there is no manifest";

function notRendered(folder: string, unit: ConfiguredUnit): readonly Gap[] {
	if (unit.kind === "paths") return [];
	const reason = unit.kind === "helm" ? "chart: not rendered yet" : "kustomization: not rendered yet";
	return [{ uri: `${folder}/${unit.path}`, reason, at: undefined }];
}
