import assert from "node:assert/strict";
import { findingsOf } from "../../server/src/features/findings.ts";
import { mayLackWorkloads } from "../../server/src/links/absence.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { fileOf, type Snapshot, withAssets, withFolders } from "../../server/src/links/snapshot.ts";
import { unitOfRoot, unitsOf } from "../../server/src/links/units.ts";
import { isService, isWorkload } from "../../server/src/model/manifest.ts";
import { nameOf } from "../../server/src/model/object.ts";
import type { Service } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { type SourceFile, spanInFile } from "../../server/src/text/file.ts";
import type { Edit, Place, Source } from "../../server/src/text/source.ts";
import { type Folder, folderOf } from "../../server/src/units/folder.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { deployWith } from "./rendered.ts";

/** A Service and the workload that it selects for certain, about both of which nothing is found. */
export interface Site {
	readonly snapshot: Snapshot;
	readonly unit: Unit;
	readonly service: Service;
	readonly workload: Workload;
}

/** What makes a mutant: edits of the files of a site, and new files in its folder. */
export interface Fault {
	readonly edits: readonly Edit[];
	readonly files?: Readonly<Record<string, string>>;
}

/** The Services of a unit, each with its workload, whose links are sound. */
export function sitesIn(snapshot: Snapshot, unit: Unit): readonly Site[] {
	const links = linksOf(unit);
	const flawed = new Set(
		findingsOf(snapshot, unit, onFault).flatMap(({ at, related }) => [at, ...related.map((each) => each.at)].map(({ source }) => source)),
	);
	return links.services.flatMap((service): Site[] => {
		const { workloads, uncertain } = links.selection(service);
		const [workload] = workloads;
		if (!workload || uncertain.length > 0 || [service, ...workloads].some(({ source, broken }) => broken || flawed.has(source))) return [];
		return [{ snapshot, unit, service, workload }];
	});
}

/** Whether it can be said what stands behind a Service with a selector. */
export type Answer = "selected" | "nothing" | "cannot tell";

/** What is known about the Pods of a Service; `undefined` for one without a selector, and where the unit has no workload at all. */
export function answerFor(unit: Unit, service: Service): Answer | undefined {
	const links = linksOf(unit);
	if (links.workloads.length === 0 || !service.selector || service.type?.value === "ExternalName") return undefined;
	const { workloads, uncertain } = links.selection(service);
	if (workloads.length > 0) return "selected";
	return uncertain.length > 0 || mayLackWorkloads(unit) ? "cannot tell" : "nothing";
}

/** A site after a fault was put in; the objects may be unreadable or have another name now. */
export interface Mutant {
	readonly snapshot: Snapshot;
	readonly unit: Unit;
	readonly service: Service | undefined;
	readonly workload: Workload | undefined;
	/** The findings that touch a document that changed, or the site's own, about which nothing was found before. */
	readonly findings: readonly Finding[];
}

/** Puts a fault into a site; `undefined` where it changes nothing. */
export function mutated(site: Site, fault: Fault): Mutant | undefined {
	const { snapshot } = site;
	const path = folderFor(site);
	const changed = new Map<string, Map<string, SourceFile>>();
	const fresh = new Set<Source>();
	const put = (uri: string, text: string) => {
		const folder = folderOf(uri);
		const files = changed.get(folder) ?? new Map(snapshot.folders.get(folder)?.files);
		const old = files.get(uri);
		const file = openFile(uri, text, old);
		for (const { source } of file.parts) if (!old?.parts.some((part) => part.source === source)) fresh.add(source);
		changed.set(folder, files.set(uri, file));
	};
	const manifests = Object.keys(fault.files ?? {}).filter((name) => !name.startsWith("."));
	const named = site.unit.kind === "kustomize" && site.unit.renderings.length > 0 ? manifests.map((name) => deployWith(site, name)) : [];
	if (named.some((each) => !each)) return undefined;
	for (const [uri, text] of texts(snapshot, [...fault.edits, ...named.flatMap((each) => each?.edits ?? [])])) put(uri, text);
	for (const [name, text] of Object.entries(fault.files ?? {})) put(`${path}/${name}`, text);
	if (fresh.size === 0) return undefined;
	const folders = [...changed].map(([folder, files]): [string, Folder] => [
		folder,
		{ path: folder, files, skipped: snapshot.folders.get(folder)?.skipped ?? [] },
	]);
	// What a complete unit asks for anew is not there.
	const assets = site.unit.complete ? { ...snapshot.assets, whole: true } : snapshot.assets;
	const added = new Set(Object.keys(fault.files ?? {}).map((name) => `${path}/${name}`));
	return mutantOf(site, withFolders(withAssets(snapshot, assets), new Map(folders)), fresh, added);
}

/** Where a file stands that is deployed with a site: beside it, its kustomization, or among the templates of its chart. */
function folderFor({ unit, service }: Site): string {
	const [rendering] = unit.renderings;
	// What a tool deploys as it is written is named by folders or globs.
	if (!rendering || unit.kind === "configured") return folderOf(service.source.uri);
	return rendering.root.kind === "chart" ? `${rendering.root.path}/templates` : rendering.root.path;
}

/** `added` are new files: a tool that deploys them may have texts of its own. */
function mutantOf(site: Site, snapshot: Snapshot, fresh: ReadonlySet<Source>, added: ReadonlySet<string>): Mutant | undefined {
	const unit = unitNow(site, snapshot);
	if (!unit) return undefined;
	const own = new Set([...fresh, site.service.source, site.workload.source, ...kustomizationsOf(site)]);
	const isOwn = ({ source }: Place) => own.has(source) || added.has(source.uri);
	const touches = ({ at, related }: Finding) => isOwn(at) || related.some((each) => isOwn(each.at));
	const same = <T extends Service | Workload>(object: T, objects: readonly T[]): T | undefined =>
		objects.find((other) => other.source.uri === object.source.uri && other.kind === object.kind && nameOf(other) === nameOf(object));
	return {
		snapshot,
		unit,
		service: same(site.service, unit.objects.filter(isService)),
		workload: same(site.workload, unit.objects.filter(isWorkload)),
		findings: [unit, ...unitsBeside(snapshot, unit, fresh)].flatMap((each) => findingsOf(snapshot, each, onFault)).filter(touches),
	};
}

/** What a site is rendered from, where nothing was wrong with it. */
function kustomizationsOf({ unit }: Site): readonly Source[] {
	if (!unit.complete) return [];
	return unit.renderings.flatMap(({ files }) => [...files.values()].flatMap(({ parts }) => parts.map(({ source }) => source)));
}

/** The site's unit after a change, and nothing else rendered for it. */
function unitNow({ unit, service }: Site, snapshot: Snapshot): Unit | undefined {
	const [rendering] = unit.renderings;
	// What a tool deploys is found out again: its root knows the files of before.
	if (rendering && rendering.root.id === unit.id && unit.facts.deployer === undefined) return unitOfRoot(snapshot, rendering.root);
	return unitsOf(snapshot, service.source.uri).find(({ id }) => id === unit.id);
}

/** What is said of a configuration file is said in the unit of its folder; what a tool does not take is deployed from its folder, too. */
function unitsBeside(snapshot: Snapshot, unit: Unit, fresh: ReadonlySet<Source>): readonly Unit[] {
	const uris = [...fresh].map(({ uri }) => uri).filter((uri) => uri.endsWith("/.portolan.yaml") || unit.kind === "configured");
	return uris.flatMap((uri) => unitsOf(snapshot, uri)).filter(({ id }) => id !== unit.id);
}

/** The texts of files after edits. */
function texts(snapshot: Snapshot, edits: readonly Edit[]): ReadonlyMap<string, string> {
	const after = new Map<string, string>();
	const placed = edits.map((edit, order) => {
		const file = fileOf(snapshot, edit.source.uri);
		const span = file && spanInFile(file, edit);
		assert.ok(file && span, "an edit outside the files");
		return { file, order, text: edit.text, ...span };
	});
	// From the end on, so that offsets hold; of two at one offset the first comes to stand first.
	for (const { file, start, end, text } of placed.sort((a, b) => b.start - a.start || b.order - a.order)) {
		const now = after.get(file.uri) ?? file.text;
		after.set(file.uri, now.slice(0, start) + text + now.slice(end));
	}
	return after;
}

export function onFault(rule: string, error: unknown): void {
	throw new Error(`rule ${rule} threw`, { cause: error });
}
