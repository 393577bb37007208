import { isService, isWorkload } from "../model/manifest.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import type { ConfiguredUnit, Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { differences, SortedMap } from "../text/sortedMap.ts";
import { type Assets, NO_ASSETS } from "../units/assets.ts";
import { type Claim, chartOfUnit, claimsOn, kustomizationOfUnit, pathsOf } from "../units/claims.ts";
import { type Base, type Configuration, type Configurations, configurationIn, configurationOf } from "../units/configurations.ts";
import { configuredUnit, type Found } from "../units/configured.ts";
import type { Member } from "../units/content.ts";
import { type Deployed, deployedFrom } from "../units/deployers/deployed.ts";
import { NO_DEPLOYERS, withDeployers } from "../units/deployers/deployers.ts";
import { baseName, type Folder, folderOf, resolvePath } from "../units/folder.ts";
import { localUsers } from "../units/helm/chart/local.ts";
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
import type { Files } from "../units/rendered.ts";
import type { RenderedPart } from "../units/renderedPart.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import type { Root } from "../units/rendering.ts";
import { Renders } from "../units/renders.ts";
import { CHART_FILE, kustomizationOf, type Role, roleIn, roleOf, sameRole } from "../units/role.ts";
import { chartRoot, kustomizationRoot, type Release, renderedUnit, type Variant, variantsOf } from "../units/root.ts";
import type { Unit } from "../units/unit.ts";
import { deployedIn, unitOfDeployment } from "./deployments.ts";
import { type Moment, partOf, worldOf } from "./world.ts";

/** Everything that is known at one moment. Immutable: a change makes a new one that shares what did not change. */
export interface Snapshot extends Moment {
	/** The same object for as long as no file can have become something else because of others: of a configuration, a kustomization, a chart. */
	readonly roles: object;
	readonly nodePortRanges: NodePortRanges;
	/** The folders of the charts that are deployed by themselves, in order. */
	readonly charts: readonly string[];
}

/** A configured unit and what it takes of which folders, in order. */
interface Placed {
	readonly configuration: Configuration;
	readonly unit: ConfiguredUnit;
	readonly folders: readonly (readonly [path: string, claim: Claim])[];
	/** The folders of the kustomizations that it has rendered. */
	readonly roots: readonly string[];
	/** The folders of the charts that it has rendered. */
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

export function fileOf({ folders, assets }: Snapshot, uri: string): SourceFile | undefined {
	const asset = assets.known.get(uri);
	return folders.get(folderOf(uri))?.files.get(uri) ?? (asset && "text" in asset ? asset.text : undefined);
}

/** The units that a file belongs to, those that are rendered from it last; none for a file that is unknown or used by nothing. */
export function unitsOf(snapshot: Snapshot, uri: string): readonly Unit[] {
	return [...eachUnitOf(snapshot, uri)];
}

/** The same, each made as it is asked for. */
export function* eachUnitOf(snapshot: Snapshot, uri: string): Iterable<Unit> {
	const seen = new Set<Unit>();
	for (const unit of eachUnitAround(snapshot, uri)) {
		if (!seen.has(unit) && (unit.configuration?.uri === uri || unit.has(uri))) yield unit;
		seen.add(unit);
	}
}

/** The units that a file may belong to, as long as it is not known what all of them are made of. */
export function* eachUnitAround(snapshot: Snapshot, uri: string): Iterable<Unit> {
	yield* writtenTouching(snapshot, folderOf(uri));
	yield* deployedUnits(snapshot, uri);
	const { users } = snapshot.kustomized;
	const inflated = chartsAbove(snapshot, folderOf(uri)).flatMap((path) => users.get(path) ?? []);
	yield* rootsFor(snapshot, [...(users.get(uri) ?? []), ...inflated]);
	for (const path of chartsAround(snapshot, folderOf(uri))) yield* chartUnits(snapshot, path, uri);
	yield* configuredKustomizations(snapshot);
}

/** The units that take files of a folder, or are rendered from some: its own, and others. */
export function unitsTouching(snapshot: Snapshot, path: string): readonly Unit[] {
	const folder = snapshot.folders.get(path);
	if (!folder) return [];
	const rendered = rootsFor(snapshot, snapshot.kustomized.users.get(path) ?? []);
	const configured = configuredKustomizations(snapshot).filter((unit) => [...unit.files].some((uri) => folderOf(uri) === path));
	const charts = chartsAround(snapshot, path).flatMap((chart) => chartUnits(snapshot, chart));
	const deployed = deployedUnits(snapshot, path);
	return [...new Set([...writtenTouching(snapshot, path), ...deployed, ...rendered, ...charts, ...configured])];
}

/** Those of them whose documents are deployed as they are written. */
export function writtenTouching(snapshot: Snapshot, path: string): readonly Unit[] {
	const folder = snapshot.folders.get(path);
	return folder ? [unitOf(snapshot, folder), ...configuredTouching(snapshot, path)] : [];
}

function configuredTouching(snapshot: Snapshot, path: string): readonly Unit[] {
	const claims = claimsOn(configurationOf(snapshot.configurations, path), path);
	if (claims.length === 0) return [];
	return placedUnits(snapshot).flatMap((placed) => (claims.some(({ unit }) => unit === placed.unit) ? [unitAt(snapshot, placed)] : []));
}

/** Configured units in which something is rendered: whatever files they name, they are made from others too. */
function configuredKustomizations(snapshot: Snapshot): readonly Unit[] {
	return placedUnits(snapshot).flatMap((placed) => (placed.roots.length + placed.charts.length > 0 ? [unitAt(snapshot, placed)] : []));
}

/** The unit that a file belongs to, or that of the folder that it lies in, if it is no manifest of its own. */
export function folderUnit(snapshot: Snapshot, uri: string): Unit | undefined {
	return unitsOf(snapshot, uri)[0] ?? unitsTouching(snapshot, folderOf(uri))[0];
}

/** The units of folders, and those that are configured. */
export function* writtenUnits(snapshot: Snapshot): Iterable<Unit> {
	for (const folder of snapshot.folders.values()) yield unitOf(snapshot, folder);
	for (const placed of placedUnits(snapshot)) yield unitAt(snapshot, placed);
}

/** Every unit, made as it is asked for: what is rendered comes last, and is rendered then. */
export function* allUnits(snapshot: Snapshot): Iterable<Unit> {
	yield* writtenUnits(snapshot);
	yield* deployedUnits(snapshot);
	yield* rootsFor(snapshot, snapshot.kustomized.roots);
	for (const path of snapshot.charts) yield* chartUnits(snapshot, path);
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

/** The charts in which a folder lies. */
function chartsAbove({ charts }: Snapshot, path: string): readonly string[] {
	if (charts.length === 0) return charts;
	let known = chartSets.get(charts);
	if (!known) {
		known = new Set(charts);
		chartSets.set(charts, known);
	}
	const found: string[] = [];
	for (let at = path; at !== ""; at = folderOf(at)) if (known.has(at)) found.push(at);
	return found;
}

/** The charts in which a folder lies, and those that use one of them by its path: a library chart is nothing without them. */
function chartsAround(snapshot: Snapshot, path: string): readonly string[] {
	const above = chartsAbove(snapshot, path);
	if (above.length === 0) return above;
	const using = above.flatMap((chart) => chartUsers(snapshot).get(chart) ?? []);
	if (using.length === 0) return above;
	return [...new Set([...above.filter((chart) => !isLibraryChart(snapshot, chart)), ...using])];
}

function chartUsers(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
	const { charts } = snapshot;
	let key = chartKeys.get(charts);
	if (key === undefined) {
		key = `users of ${charts.join("\n")}`;
		chartKeys.set(charts, key);
	}
	return snapshot.renders.keep(worldOf(snapshot), key, (files) => localUsers(files, charts)).kept.value;
}

/** What names the users of charts among everything that is kept. */
const chartKeys = new WeakMap<readonly string[], string>();

function isLibraryChart({ folders }: Snapshot, path: string): boolean {
	return LIBRARY.test(folders.get(path)?.files.get(`${path}/${CHART_FILE}`)?.text ?? "");
}

/** In any case of letters, as Helm has it. */
const LIBRARY = /^type:\s*["']?library\b/im;

const chartSets = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * A chart with its own values, and with each of the values files that it brings along; for one of these only what it makes. Of a chart
 * that a tool deploys what is left: its own values alone are not deployed.
 */
function chartUnits(snapshot: Snapshot, path: string, uri?: string): readonly Unit[] {
	if (placedUnits(snapshot).some(({ charts }) => charts.includes(path))) return [];
	const { kept } = snapshot.renders.keep(worldOf(snapshot), `variants ${path}`, (files) => variantsOf(files, path));
	const deployed = deployedOf(snapshot).charts.get(path);
	const left = kept.value.filter(({ uris }) => !deployed || (uris.length > 0 && !uris.some((each) => deployed.has(each))));
	const own = left.filter(({ uris }) => uri !== undefined && uris.includes(uri));
	return (own.length > 0 ? own : left).map((variant) => unitOfRoot(snapshot, chartAt(snapshot, path, variant)));
}

/** A chart with some values files, for the newest Kubernetes that is set. */
function chartAt({ configurations, load }: Snapshot, path: string, variant: Variant, release?: Release, namespace?: string): Root {
	const { cluster, rendering } = configurationOf(configurations, path).settings;
	return chartRoot(load, path, variant, { kubeVersion: `1.${cluster.version.to}`, limits: rendering, release, namespace });
}

/** What the kustomization or the chart of a folder deploys, whether or not others take it in; `undefined` for a folder without one. */
export function unitAtRoot(snapshot: Snapshot, path: string, values: readonly string[] = []): Unit | undefined {
	if (kustomizationOf(snapshot.folders.get(path))) return rootUnit(snapshot, path);
	const isChart = snapshot.folders.get(path)?.files.has(`${path}/${CHART_FILE}`);
	const variant = { name: values.map(baseName).join(", "), uris: values };
	return isChart ? unitOfRoot(snapshot, chartAt(snapshot, path, variant)) : undefined;
}

/** The units of kustomizations that are deployed by themselves, and not as a part of a configured unit or by a tool. */
function* rootsFor(snapshot: Snapshot, paths: readonly string[]): Iterable<Unit> {
	if (paths.length === 0) return;
	const placed = new Set(placedUnits(snapshot).flatMap(({ roots }) => roots));
	const { kustomizations } = deployedOf(snapshot);
	for (const path of paths) if (!placed.has(path) && !kustomizations.has(path)) yield rootUnit(snapshot, path);
}

const rooted = new WeakMap<RenderedPart, { readonly images: ImageBuilds; readonly unit: Unit }>();

function rootUnit(snapshot: Snapshot, path: string): Unit {
	return unitOfRoot(snapshot, kustomizationRoot(snapshot.load, path));
}

/** What one root deploys, whatever else is rendered. */
export function unitOfRoot(snapshot: Snapshot, root: Root): Unit {
	const { images, line } = snapshot;
	const part = partOf(snapshot, root);
	let known = rooted.get(part);
	if (known?.images !== images) {
		known = { images, unit: renderedUnit(part, images, line) };
		rooted.set(part, known);
	}
	return known.unit;
}

/** The files that something is rendered from, to ask more about what is rendered. */
export function filesOf(snapshot: Snapshot): Files {
	return snapshot.renders.files(worldOf(snapshot));
}

const units = new WeakMap<
	Folder,
	{ readonly roles: object; readonly rendered: ReadonlySet<string>; readonly role: Role; readonly unit: Unit }
>();

function unitOf(snapshot: Snapshot, folder: Folder): Unit {
	const { roles } = snapshot;
	const rendered = renderedFiles(snapshot);
	const known = units.get(folder);
	if (known?.roles === roles && known.rendered === rendered) return known.unit;
	const role = roleOf(snapshot, folder, rendered);
	const unit = known && sameRole(known.role, role, folder) ? known.unit : plainUnit(folder, role, snapshot.line);
	units.set(folder, { roles, rendered, role, unit });
	return unit;
}

const together = new WeakMap<Deployed, { readonly resources: ReadonlySet<string>; readonly all: ReadonlySet<string> }>();

/** Files whose objects are deployed only as something renders them. */
export function renderedFiles(snapshot: Snapshot): ReadonlySet<string> {
	const { resources } = snapshot.kustomized;
	const deployed = deployedOf(snapshot);
	if (deployed.manifests.size === 0) return resources;
	let known = together.get(deployed);
	if (known?.resources !== resources) {
		known = { resources, all: new Set([...resources, ...deployed.manifests]) };
		together.set(deployed, known);
	}
	return known.all;
}

/** What tools deploy of the workspace, but for what configured units say otherwise. */
function deployedOf(snapshot: Snapshot): Deployed {
	return deployedIn(snapshot, (path) => isConfigured(snapshot, path));
}

function isConfigured(snapshot: Snapshot, path: string): boolean {
	if (claimsOn(configurationOf(snapshot.configurations, path), path).length > 0) return true;
	return placedUnits(snapshot).some(({ roots, charts }) => roots.includes(path) || charts.includes(path));
}

/** What tools deploy; with a path what may be made from that file, or from something in that folder. */
export function deployedUnits(snapshot: Snapshot, path?: string): readonly Unit[] {
	const deployed = deployedOf(snapshot);
	const concerned = path === undefined ? deployed.deployments : deployedFrom(deployed, path);
	return concerned.map((deployment) => unitOfDeployment(snapshot, deployment));
}

/** The folders that tools deploy. */
export function deployedPaths(snapshot: Snapshot): readonly string[] {
	return deployedOf(snapshot).deployments.flatMap(({ sources }) => sources.map(({ path }) => path));
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

function placeUnits({ configurations, folders, kustomized, charts }: Snapshot, configuration: Configuration): readonly Placed[] {
	const held = [...folders.keys()].filter((path) => configurationOf(configurations, path) === configuration).sort();
	return configuration.settings.units.map((unit) => {
		const named = kustomizationOfUnit(configuration, unit);
		const claimed = held.flatMap((path) => {
			const claim = claimsOn(configuration, path).find((candidate) => candidate.unit === unit);
			return claim ? [[path, claim] as const] : [];
		});
		const whole = new Set(claimed.flatMap(([path, { files }]) => (files ? [] : [path])));
		const roots = named === undefined ? kustomized.roots.filter((path) => whole.has(path)) : [named];
		const chart = chartOfUnit(configuration, unit);
		const own = chart === undefined ? charts.filter((path) => whole.has(path)) : [chart];
		return { configuration, unit, folders: claimed, roots, charts: own };
	});
}

/** The configurations that hold somewhere and have units. */
function configured(configurations: Configurations): readonly Configuration[] {
	const { base, files } = configurations;
	const folders = [...files.keys(), ...base.tops.keys(), ...(base.fixed ? [folderOf(base.fixed.uri)] : [])].sort();
	const all = new Set(folders.map((folder) => configurationOf(configurations, folder)));
	return [...all].filter(({ folder, settings }) => folder !== "" && settings.units.length > 0);
}

const placed = new WeakMap<ConfiguredUnit, { readonly found: Found; readonly unit: Unit }>();

function unitAt(snapshot: Snapshot, { configuration, unit, folders, roots, charts }: Placed): Unit {
	const there = [
		...roots.filter((path) => kustomizationOf(snapshot.folders.get(path))),
		...charts.filter((path) => snapshot.folders.get(path)?.files.has(`${path}/${CHART_FILE}`)),
	];
	const rendered = [
		...roots.filter((path) => there.includes(path)).map((path) => partOf(snapshot, kustomizationRoot(snapshot.load, path))),
		...charts.filter((path) => there.includes(path)).map((path) => partOf(snapshot, chartOf(snapshot, configuration, unit, path))),
	];
	const files = new Set(rendered.flatMap(({ rendering }) => [...rendering.files.keys()]));
	const members = folders.flatMap(([path, claim]): readonly Member[] => {
		const folder = snapshot.folders.get(path);
		return folder ? [{ folder, role: roleIn(snapshot, folder, claim.files, files) }] : [];
	});
	const missing = [
		...pathsOf(configuration, unit).filter((path) => !isThere(members, path)),
		...[...roots, ...charts].filter((path) => !there.includes(path)),
	];
	const found = { members, rendered, missing, images: snapshot.images };
	const known = placed.get(unit);
	if (known && sameFound(known.found, found)) return known.unit;
	const made = configuredUnit(configuration, unit, found, snapshot.line);
	placed.set(unit, { found, unit: made });
	return made;
}

/** A chart as a configured unit deploys it: with its values and under its name, where it says so. */
function chartOf(snapshot: Snapshot, { folder }: Configuration, unit: ConfiguredUnit, path: string): Root {
	if (unit.kind !== "helm") return chartAt(snapshot, path, { name: "", uris: [] });
	const uris = unit.values.map((file) => `${file.startsWith("/") ? "" : `${path}/`}${file}`);
	const found = uris.map((uri, at) => (fileOf(snapshot, uri) ? uri : (resolvePath(folder, unit.values[at] ?? "") ?? uri)));
	const release = { name: unit.release ?? "release-name", namespace: unit.namespace ?? "default" };
	return chartAt(snapshot, path, { name: "", uris: found }, release, unit.namespace);
}

function sameFound(a: Found, b: Found): boolean {
	if (a.missing.join("\n") !== b.missing.join("\n") || a.images !== b.images || a.rendered.length !== b.rendered.length) return false;
	return a.rendered.every((part, at) => part === b.rendered[at]) && sameMembers(a.members, b.members);
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
