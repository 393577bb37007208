import type { ConfiguredUnit } from "../settings/settings.ts";
import { type Claim, chartOfUnit, claimsOn, kustomizationOfUnit, pathsOf } from "../units/claims.ts";
import { type Configuration, type Configurations, configurationOf } from "../units/configurations.ts";
import { configuredUnit, type Found } from "../units/configured.ts";
import type { Member } from "../units/content.ts";
import { folderOf, resolvePath } from "../units/folder.ts";
import type { Root } from "../units/rendering.ts";
import { CHART_FILE, kustomizationOf, roleIn, sameRole } from "../units/role.ts";
import { kustomizationRoot } from "../units/root.ts";
import type { Unit } from "../units/unit.ts";
import { chartAt } from "./charts.ts";
import { fileOf, type Snapshot } from "./snapshot.ts";
import { partOf } from "./world.ts";

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

const layouts = new WeakMap<object, readonly Placed[]>();

/** The configured units, in order of their configurations' folders. */
export function placedUnits(snapshot: Snapshot): readonly Placed[] {
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
export function configured(configurations: Configurations): readonly Configuration[] {
	const { base, files } = configurations;
	const folders = [...files.keys(), ...base.tops.keys(), ...(base.fixed ? [folderOf(base.fixed.uri)] : [])].sort();
	const all = new Set(folders.map((folder) => configurationOf(configurations, folder)));
	return [...all].filter(({ folder, settings }) => folder !== "" && settings.units.length > 0);
}

export const placed = new WeakMap<ConfiguredUnit, { readonly found: Found; readonly unit: Unit }>();

export function unitAt(snapshot: Snapshot, { configuration, unit, folders, roots, charts }: Placed): Unit {
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
