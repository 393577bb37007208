import { isService, isWorkload } from "../model/manifest.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { baseName, type Folder, folderOf, STDIN } from "../units/folder.ts";
import { isKustomizationFile, readKustomization } from "../units/kustomization.ts";
import { plainUnit, type Role } from "../units/plain.ts";
import type { Unit } from "../units/unit.ts";

/** Everything that is known at one moment. Immutable: a change makes a new one that shares what did not change. */
export interface Snapshot {
	readonly settings: Settings;
	readonly folders: ReadonlyMap<string, Folder>;
	/** Files that some kustomization uses as something else than a manifest. */
	readonly notManifests: ReadonlySet<string>;
}

export function emptySnapshot(settings: Settings): Snapshot {
	return { settings, folders: new Map(), notManifests: new Set() };
}

/** The snapshot with some folders replaced (or, for `undefined`, gone). Costs what changed, not what there is. */
export function withFolders(snapshot: Snapshot, changes: ReadonlyMap<string, Folder | undefined>): Snapshot {
	const folders = new Map(snapshot.folders);
	let kustomizations = false;
	for (const [path, folder] of changes) {
		kustomizations ||= kustomizationOf(snapshot.folders.get(path)) !== kustomizationOf(folder);
		if (folder) folders.set(path, folder);
		else folders.delete(path);
	}
	return { settings: snapshot.settings, folders, notManifests: kustomizations ? findNotManifests(folders) : snapshot.notManifests };
}

export function withSettings(snapshot: Snapshot, settings: Settings): Snapshot {
	return { ...snapshot, settings };
}

function kustomizationOf(folder: Folder | undefined): SourceFile | undefined {
	if (!folder) return undefined;
	for (const name of ["kustomization.yaml", "kustomization.yml", "Kustomization"]) {
		const file = folder.files.get(`${folder.path}/${name}`);
		if (file) return file;
	}
	return undefined;
}

function findNotManifests(folders: ReadonlyMap<string, Folder>): ReadonlySet<string> {
	const found = new Set<string>();
	for (const folder of folders.values()) {
		const file = kustomizationOf(folder);
		if (file) for (const uri of readKustomization(file).notManifests) found.add(uri);
	}
	return found;
}

export function fileOf(snapshot: Snapshot, uri: string): SourceFile | undefined {
	return snapshot.folders.get(folderOf(uri))?.files.get(uri);
}

/** The units that a file belongs to; none for a file that is unknown or no manifest of its own. */
export function unitsOf(snapshot: Snapshot, uri: string): readonly Unit[] {
	const folder = snapshot.folders.get(folderOf(uri));
	const unit = folder && unitOf(snapshot, folder);
	return unit?.manifests.some((manifest) => manifest.source.uri === uri) ? [unit] : [];
}

/** The unit of the folder that a file lies in, whether or not the file is a manifest of its own. */
export function folderUnit(snapshot: Snapshot, uri: string): Unit | undefined {
	const folder = snapshot.folders.get(folderOf(uri));
	return folder && unitOf(snapshot, folder);
}

/** Every unit, made as it is asked for. */
export function* allUnits(snapshot: Snapshot): Iterable<Unit> {
	for (const folder of snapshot.folders.values()) yield unitOf(snapshot, folder);
}

/** Units of the folders beside a unit's own, its parent and whatever lies below that, which links look into but findings do not. */
export function nearUnits(snapshot: Snapshot, unit: Unit): readonly Unit[] {
	const parent = folderOf(unit.path);
	if (parent === "") return [];
	const near = [...snapshot.folders.values()].filter(
		({ path }) => path !== unit.path && (path === parent || path.startsWith(`${parent}/`)),
	);
	return near.map((folder) => unitOf(snapshot, folder));
}

const units = new WeakMap<Folder, { readonly role: Role; readonly unit: Unit }>();

function unitOf(snapshot: Snapshot, folder: Folder): Unit {
	const role = roleOf(snapshot, folder);
	const known = units.get(folder);
	if (known && sameRole(known.role, role)) return known.unit;
	const unit = plainUnit(folder, role);
	units.set(folder, { role, unit });
	return unit;
}

function sameRole(a: Role, b: Role): boolean {
	return (
		a.kind === b.kind &&
		a.patched === b.patched &&
		a.excluded.size === b.excluded.size &&
		[...a.excluded].every((uri) => b.excluded.has(uri))
	);
}

/** Files below a chart's `templates` are templates, and a chart's values and metadata are no manifests either. */
function roleOf(snapshot: Snapshot, folder: Folder): Role {
	if (folder.files.has(STDIN)) return { kind: "stdin", excluded: new Set(), patched: false };
	if (chartOf(snapshot, folder.path)) return { kind: "chart", excluded: new Set(folder.files.keys()), patched: false };
	const excluded = new Set(
		[...folder.files.keys()].filter((uri) => snapshot.notManifests.has(uri) || isKustomizationFile(uri) || isNoManifest(uri)),
	);
	const kustomization = kustomizationOf(folder);
	const patched = kustomization !== undefined && readKustomization(kustomization).patches;
	return { kind: kustomization ? "kustomize" : "plain", excluded, patched };
}

function isNoManifest(uri: string): boolean {
	return /^(\.portolan\.ya?ml|package(-lock)?\.json|tsconfig.*\.json)$/.test(baseName(uri));
}

/** The nearest folder upwards that holds a Chart.yaml. */
function chartOf(snapshot: Snapshot, path: string): string | undefined {
	for (let at = path; at !== ""; at = folderOf(at)) {
		if (snapshot.folders.get(at)?.files.has(`${at}/Chart.yaml`)) return at;
	}
	return undefined;
}

/** Whether a unit holds anything that Portolan speaks about. */
export function hasManifests(unit: Unit): boolean {
	return unit.objects.some((object) => isService(object) || isWorkload(object));
}
