import { isService, isWorkload } from "../model/manifest.ts";
import { claimsOn } from "../units/claims.ts";
import { configurationOf } from "../units/configurations.ts";
import { type Deployed, deployedFrom } from "../units/deployers/deployed.ts";
import { baseName, type Folder, folderOf } from "../units/folder.ts";
import type { ImageBuilds } from "../units/imageBuilds.ts";
import { plainUnit } from "../units/plain.ts";
import type { RenderedPart } from "../units/renderedPart.ts";
import type { Root } from "../units/rendering.ts";
import { CHART_FILE, kustomizationOf, type Role, roleOf, sameRole } from "../units/role.ts";
import { kustomizationRoot, renderedUnit, variantsOf } from "../units/root.ts";
import type { Unit } from "../units/unit.ts";
import { chartAt, chartsAbove, chartsAround } from "./charts.ts";
import { deployedIn, unitOfDeployment } from "./deployments.ts";
import { placedUnits, unitAt } from "./placed.ts";
import type { Snapshot } from "./snapshot.ts";
import { partOf, worldOf } from "./world.ts";

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

/** Whether a unit holds anything that Portolan speaks about. */
export function hasManifests(unit: Unit): boolean {
	return unit.objects.some((object) => isService(object) || isWorkload(object));
}
