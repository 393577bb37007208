import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { differences, SortedMap } from "../text/sortedMap.ts";
import { type Assets, NO_ASSETS } from "../units/assets.ts";
import { type Base, type Configurations, configurationIn, configurationOf } from "../units/configurations.ts";
import { NO_DEPLOYERS, withDeployers } from "../units/deployers/deployers.ts";
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
import type { Files } from "../units/rendered.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { Renders } from "../units/renders.ts";
import { CHART_FILE, kustomizationOf } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { type Moment, worldOf } from "./world.ts";

/** Everything that is known at one moment. Immutable: a change makes a new one that shares what did not change. */
export interface Snapshot extends Moment {
	/** The same object for as long as no file can have become something else because of others: of a configuration, a kustomization, a chart. */
	readonly roles: object;
	readonly nodePortRanges: NodePortRanges;
	/** The folders of the charts that are deployed by themselves, in order. */
	readonly charts: readonly string[];
}

/** `load` is asked for renderers once there is something to render. */
export function emptySnapshot(settings: Settings, load: LoadRenderers): Snapshot {
	const base = { settings, tops: new Map() };
	return {
		folders: SortedMap.of(),
		kustomized: NOTHING_KUSTOMIZED,
		images: NOTHING_BUILT,
		assets: NO_ASSETS,
		configurations: { base, files: new Map() },
		layout: {},
		roles: {},
		nodePortRanges: NO_RANGES,
		line: new Map(),
		charts: [],
		deployers: NO_DEPLOYERS,
		renders: new Renders(),
		load,
	};
}

/** The snapshot with something else known of what renderers asked for. */
export function withAssets(snapshot: Snapshot, assets: Assets): Snapshot {
	return { ...snapshot, assets };
}

/** The snapshot with some folders replaced (or, for `undefined`, gone). Costs what changed, not what there is. */
export function withFolders(snapshot: Snapshot, changes: ReadonlyMap<string, Folder | undefined>): Snapshot {
	const folders = SortedMap.of(snapshot.folders).with(changes);
	const names = [...changes].flatMap(([path, folder]) => changedNames(snapshot.folders.get(path), folder));
	const configurations = names.includes(CONFIGURATION_FILE) ? withFiles(snapshot.configurations, changes) : snapshot.configurations;
	const kustomized = names.some(isKustomizationFile) ? findKustomized(folders, snapshot.kustomized) : snapshot.kustomized;
	const images = names.some(isBuildFile) ? imagesOf(snapshot, folders) : snapshot.images;
	const sameFolders = [...changes].every(([path, folder]) => snapshot.folders.has(path) === (folder !== undefined));
	const charts = names.includes(CHART_FILE) ? findCharts(folders, snapshot.charts) : snapshot.charts;
	const sameRoots = kustomized === snapshot.kustomized && charts === snapshot.charts;
	const sameConfigurations = configurations === snapshot.configurations;
	const pairs = [...changes].map(([path, folder]) => [snapshot.folders.get(path), folder] as const);
	const sameRoles = sameConfigurations && kustomized === snapshot.kustomized && images === snapshot.images && !names.includes(CHART_FILE);
	return {
		folders,
		kustomized,
		images,
		assets: snapshot.assets,
		configurations,
		layout: sameFolders && sameConfigurations && sameRoots ? snapshot.layout : {},
		roles: sameRoles ? snapshot.roles : {},
		nodePortRanges: withRanges(snapshot.nodePortRanges, pairs),
		line: snapshot.line,
		charts,
		deployers: withDeployers(snapshot.deployers, pairs),
		renders: snapshot.renders,
		load: snapshot.load,
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
	const images = readImageBuilds(folders, before.load);
	return sameBuilds(before.images, images) ? before.images : images;
}

function findKustomized(folders: ReadonlyMap<string, Folder>, before: Kustomized): Kustomized {
	const files = [...folders].flatMap(([path, folder]) => {
		const file = kustomizationOf(folder);
		return file ? [[path, readKustomization(file)] as const] : [];
	});
	const found = kustomizedBy(new Map(files));
	return found.key === before.key ? before : found;
}

export const settings = new WeakMap<Unit, Pick<Snapshot, "configurations" | "nodePortRanges"> & { readonly settings: Settings }>();

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

export function fileOf({ folders, assets }: Snapshot, uri: string): SourceFile | undefined {
	const asset = assets.known.get(uri);
	return folders.get(folderOf(uri))?.files.get(uri) ?? (asset && "text" in asset ? asset.text : undefined);
}

function findCharts(folders: ReadonlyMap<string, Folder>, before: readonly string[]): readonly string[] {
	const found = chartsIn(folders);
	return found.join("\n") === before.join("\n") ? before : found;
}

/** A chart below the `charts` of another one is a part of that. */
function chartsIn(folders: ReadonlyMap<string, Folder>): readonly string[] {
	const all = [...folders.values()].filter(({ path, files }) => files.has(`${path}/${CHART_FILE}`)).map(({ path }) => path);
	return all.filter((path) => !all.some((other) => path.startsWith(`${other}/charts/`)));
}

/** The files that something is rendered from, to ask more about what is rendered. */
export function filesOf(snapshot: Snapshot): Files {
	return snapshot.renders.files(worldOf(snapshot));
}
