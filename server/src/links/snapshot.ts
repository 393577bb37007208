import { isService, isWorkload } from "../model/manifest.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import type { ConfiguredUnit, Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { differences, SortedMap } from "../text/sortedMap.ts";
import { type Claim, claimsOn, pathsOf } from "../units/claims.ts";
import { type Base, type Configuration, type Configurations, configurationIn, configurationOf } from "../units/configurations.ts";
import { configuredUnit } from "../units/configured.ts";
import type { Member } from "../units/content.ts";
import { baseName, type Folder, folderOf } from "../units/folder.ts";
import { type ImageBuilds, isBuildFile, NOTHING_BUILT, readImageBuilds, sameBuilds } from "../units/imageBuilds.ts";
import {
	isKustomizationFile,
	type Kustomized,
	kustomized as kustomizedBy,
	NOTHING_KUSTOMIZED,
	readKustomization,
} from "../units/kustomization.ts";
import { NO_RANGES, type NodePortRanges, withNodePortRange, withRanges } from "../units/nodePortRanges.ts";
import { plainUnit } from "../units/plain.ts";
import { CHART_FILE, kustomizationOf, type Role, roleIn, roleOf, type Surroundings, sameRole } from "../units/role.ts";
import type { Line, Unit } from "../units/unit.ts";

/** Everything that is known at one moment. Immutable: a change makes a new one that shares what did not change. */
export interface Snapshot extends Surroundings {
	/** The same object for as long as no folder comes or goes and no configuration changes. */
	readonly layout: object;
	/** The same object for as long as no file can have become something else because of others: of a configuration, a kustomization, a chart. */
	readonly roles: object;
	readonly nodePortRanges: NodePortRanges;
	/** The same for all snapshots that were made of one another. */
	readonly line: Line;
}

/** A configured unit and what it takes of which folders, in order. */
interface Placed {
	readonly configuration: Configuration;
	readonly unit: ConfiguredUnit;
	readonly folders: readonly (readonly [path: string, claim: Claim])[];
}

export function emptySnapshot(settings: Settings): Snapshot {
	const base = { settings, tops: new Map() };
	return {
		folders: SortedMap.of(),
		kustomized: NOTHING_KUSTOMIZED,
		images: NOTHING_BUILT,
		configurations: { base, files: new Map() },
		layout: {},
		roles: {},
		nodePortRanges: NO_RANGES,
		line: new Map(),
	};
}

/** The snapshot with some folders replaced (or, for `undefined`, gone). Costs what changed, not what there is. */
export function withFolders(snapshot: Snapshot, changes: ReadonlyMap<string, Folder | undefined>): Snapshot {
	const folders = SortedMap.of(snapshot.folders).with(changes);
	const names = [...changes].flatMap(([path, folder]) => changedNames(snapshot.folders.get(path), folder));
	const configurations = names.includes(CONFIGURATION_FILE) ? withFiles(snapshot.configurations, changes) : snapshot.configurations;
	const kustomized = names.some(isKustomizationFile) ? findKustomized(folders, snapshot.kustomized) : snapshot.kustomized;
	const images = names.some(isBuildFile) ? imagesOf(snapshot, folders) : snapshot.images;
	const sameFolders = [...changes].every(([path, folder]) => snapshot.folders.has(path) === (folder !== undefined));
	const sameConfigurations = configurations === snapshot.configurations;
	const sameRoles = sameConfigurations && kustomized === snapshot.kustomized && images === snapshot.images && !names.includes(CHART_FILE);
	return {
		folders,
		kustomized,
		images,
		configurations,
		layout: sameFolders && sameConfigurations ? snapshot.layout : {},
		roles: sameRoles ? snapshot.roles : {},
		nodePortRanges: withRanges(
			snapshot.nodePortRanges,
			[...changes].map(([path, folder]) => [snapshot.folders.get(path), folder]),
		),
		line: snapshot.line,
	};
}

/** The snapshot with something else where no configuration file holds. */
export function withBase(snapshot: Snapshot, base: Base): Snapshot {
	return { ...snapshot, configurations: { ...snapshot.configurations, base }, layout: {}, roles: {} };
}

/** The names of the files that are not the same in two versions of a folder. */
function changedNames(before: Folder | undefined, after: Folder | undefined): readonly string[] {
	return differences(before?.files ?? NO_FILES, after?.files ?? NO_FILES).map(([old, now]) => baseName((now ?? old)?.uri ?? ""));
}

const NO_FILES: Folder["files"] = SortedMap.of();

function withFiles(configurations: Configurations, changes: ReadonlyMap<string, Folder | undefined>): Configurations {
	const files = new Map(configurations.files);
	for (const [path, folder] of changes) {
		const file = configurationIn(folder);
		if (file) files.set(path, file);
		else files.delete(path);
	}
	return { ...configurations, files };
}

function imagesOf(before: Snapshot, folders: ReadonlyMap<string, Folder>): ImageBuilds {
	const images = readImageBuilds(folders);
	return sameBuilds(before.images, images) ? before.images : images;
}

function findKustomized(folders: ReadonlyMap<string, Folder>, before: Kustomized): Kustomized {
	const files = [...folders].flatMap(([path, folder]) => {
		const file = kustomizationOf(folder);
		return file ? [[path, readKustomization(file)] as const] : [];
	});
	const found = kustomizedBy(new Map(files));
	return sameSet(found.notManifests, before.notManifests) && sameSet(found.patched, before.patched) ? before : found;
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((item) => b.has(item));
}

const settings = new WeakMap<Unit, Pick<Snapshot, "configurations" | "nodePortRanges"> & { readonly settings: Settings }>();

/** What a user has set for a unit, and what the files that start its API server say. */
export function settingsOf({ configurations, nodePortRanges }: Snapshot, unit: Unit): Settings {
	let known = settings.get(unit);
	if (known?.configurations !== configurations || known.nodePortRanges !== nodePortRanges) {
		const set = configurationOf(configurations, unit.path).settings;
		known = { configurations, nodePortRanges, settings: withNodePortRange(set, nodePortRanges) };
		settings.set(unit, known);
	}
	return known.settings;
}

export function fileOf(snapshot: Snapshot, uri: string): SourceFile | undefined {
	return snapshot.folders.get(folderOf(uri))?.files.get(uri);
}

/** The units that a file belongs to; none for a file that is unknown or no manifest of its own. */
export function unitsOf(snapshot: Snapshot, uri: string): readonly Unit[] {
	return unitsTouching(snapshot, folderOf(uri)).filter((unit) => unit.configuration?.uri === uri || unit.documents(uri) !== undefined);
}

/** The units that take files of a folder: its own, and configured ones. */
export function unitsTouching(snapshot: Snapshot, path: string): readonly Unit[] {
	const folder = snapshot.folders.get(path);
	if (!folder) return [];
	const claims = claimsOn(configurationOf(snapshot.configurations, path), path);
	const configured = claims.length === 0 ? [] : placedUnits(snapshot).filter((placed) => claims.some(({ unit }) => unit === placed.unit));
	return [unitOf(snapshot, folder), ...configured.map((placed) => unitAt(snapshot, placed))];
}

/** The unit that a file belongs to, or that of the folder that it lies in, if it is no manifest of its own. */
export function folderUnit(snapshot: Snapshot, uri: string): Unit | undefined {
	return unitsOf(snapshot, uri)[0] ?? unitsTouching(snapshot, folderOf(uri))[0];
}

/** Every unit, made as it is asked for. */
export function* allUnits(snapshot: Snapshot): Iterable<Unit> {
	for (const folder of snapshot.folders.values()) yield unitOf(snapshot, folder);
	for (const placed of placedUnits(snapshot)) yield unitAt(snapshot, placed);
}

const units = new WeakMap<Folder, { readonly roles: object; readonly role: Role; readonly unit: Unit }>();

function unitOf(snapshot: Snapshot, folder: Folder): Unit {
	const { roles } = snapshot;
	const known = units.get(folder);
	if (known?.roles === roles) return known.unit;
	const role = roleOf(snapshot, folder);
	const unit = known && sameRole(known.role, role, folder) ? known.unit : plainUnit(folder, role, snapshot.line);
	units.set(folder, { roles, role, unit });
	return unit;
}

const layouts = new WeakMap<object, readonly Placed[]>();

/** The configured units, in order of their configurations' folders. */
function placedUnits(snapshot: Snapshot): readonly Placed[] {
	let found = layouts.get(snapshot.layout);
	if (!found) {
		found = configured(snapshot.configurations).flatMap((configuration) => placeUnits(snapshot, configuration));
		layouts.set(snapshot.layout, found);
	}
	return found;
}

function placeUnits({ configurations, folders }: Snapshot, configuration: Configuration): readonly Placed[] {
	const held = [...folders.keys()].filter((path) => configurationOf(configurations, path) === configuration).sort();
	return configuration.settings.units.map((unit) => ({
		configuration,
		unit,
		folders: held.flatMap((path) => {
			const claim = claimsOn(configuration, path).find((candidate) => candidate.unit === unit);
			return claim ? [[path, claim] as const] : [];
		}),
	}));
}

/** The configurations that hold somewhere and have units. */
function configured(configurations: Configurations): readonly Configuration[] {
	const { base, files } = configurations;
	const folders = [...files.keys(), ...base.tops.keys(), ...(base.fixed ? [folderOf(base.fixed.uri)] : [])].sort();
	const all = new Set(folders.map((folder) => configurationOf(configurations, folder)));
	return [...all].filter(({ folder, settings }) => folder !== "" && settings.units.length > 0);
}

const placed = new WeakMap<ConfiguredUnit, { readonly members: readonly Member[]; readonly missing: string; readonly unit: Unit }>();

function unitAt(snapshot: Snapshot, { configuration, unit, folders }: Placed): Unit {
	const members = folders.flatMap(([path, { files }]): readonly Member[] => {
		const folder = snapshot.folders.get(path);
		return folder ? [{ folder, role: roleIn(snapshot, folder, files) }] : [];
	});
	const missing = pathsOf(configuration, unit).filter((path) => !isThere(members, path));
	const known = placed.get(unit);
	if (known && known.missing === missing.join("\n") && sameMembers(known.members, members)) return known.unit;
	const made = configuredUnit(configuration, unit, members, missing, snapshot.line);
	placed.set(unit, { members, missing: missing.join("\n"), unit: made });
	return made;
}

function isThere(members: readonly Member[], path: string): boolean {
	return members.some(({ folder }) => folder.path === path || folder.path.startsWith(`${path}/`) || folder.files.has(path));
}

function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
	return (
		a.length === b.length &&
		a.every((member, index) => {
			const other = b[index];
			return other !== undefined && member.folder === other.folder && sameRole(member.role, other.role, member.folder);
		})
	);
}

/** Whether a unit holds anything that Portolan speaks about. */
export function hasManifests(unit: Unit): boolean {
	return unit.objects.some((object) => isService(object) || isWorkload(object));
}
