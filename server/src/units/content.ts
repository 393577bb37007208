import { type Manifest, readManifest } from "../model/manifest.ts";
import { isRendered } from "../model/object.ts";
import { type SourceFile, startOf } from "../text/file.ts";
import { type Difference, differences } from "../text/sortedMap.ts";
import type { Source } from "../text/source.ts";
import type { Folder, Skipped } from "./folder.ts";
import type { PieceChanges, Versions } from "./following.ts";
import type { Gap, Owner, Piece } from "./piece.ts";
import { type RenderedPart, sourcesOf } from "./renderedPart.ts";
import { isExcluded, type Role, sameDocuments } from "./role.ts";

/** A folder as a unit sees it: `role` says which of its files are the unit's. */
export interface Member {
	readonly folder: Folder;
	readonly role: Role;
}

/** What a unit is made of. Two versions of it can be compared. */
export interface Content {
	/** Each folder once. */
	readonly members: readonly Member[];
	/** What is rendered, each root once. */
	readonly rendered: readonly RenderedPart[];
	/** What is missing beside what the folders lack. */
	readonly gaps: readonly Gap[];
}

export function* piecesOf({ members, rendered, gaps }: Content): Iterable<Piece> {
	yield* gaps.map(ofGap);
	for (const { pieces } of rendered) yield* pieces;
	for (const { folder, role } of members) {
		yield* folderGaps(folder, role).map(ofGap);
		for (const file of folder.files.values()) yield* piecesOfFile(file, role);
	}
}

/** The files of a unit, those from which something is rendered among them. */
export function* filesOf({ members, rendered }: Content): Iterable<string> {
	for (const { folder, role } of members) for (const uri of folder.files.keys()) if (!isExcluded(role, uri)) yield uri;
	for (const { rendering } of rendered) yield* rendering.files.keys();
}

/** Whether a file is one of a unit's, and no template that is left alone. */
export function holds(content: Content, uri: string): boolean {
	return content.rendered.some(({ rendering }) => rendering.files.has(uri)) || writtenIn(content, uri) !== undefined;
}

/** The documents that stand in a file of a unit, or have something standing there once they are rendered. */
export function documentsOf(content: Content, uri: string): readonly Manifest[] {
	const rendered = content.rendered.filter(({ rendering }) => rendering.files.has(uri));
	const standing = rendered.flatMap(({ pieces }) =>
		pieces.flatMap(({ manifest }) => (manifest && [...sourcesOf(manifest)].some((source) => source.uri === uri) ? [manifest] : [])),
	);
	return [...(writtenIn(content, uri) ?? []), ...standing];
}

/** The texts that stand in a file of a unit. */
export function textsOf(content: Content, uri: string): readonly Source[] {
	const written = writtenIn(content, uri)?.map(({ source }) => source);
	const rendered = content.rendered.flatMap(({ rendering }) => rendering.files.get(uri)?.parts.map(({ source }) => source) ?? []);
	return [...new Set([...(written ?? []), ...rendered])];
}

/** The documents of a file that are deployed as they are written; `undefined` for one that is no part of it, and for a template. */
function writtenIn({ members }: Content, uri: string): readonly Manifest[] | undefined {
	for (const { folder, role } of members) {
		const file = folder.files.get(uri);
		if (file && !isExcluded(role, uri)) return readFile(file, role);
	}
	return undefined;
}

/** Reads what `documentsOf` gives, a step for each document. */
export function* readInSteps({ members }: Content, uri: string): Iterable<void> {
	for (const { folder, role } of members) {
		const file = folder.files.get(uri);
		if (!file || isExcluded(role, uri) || isTemplate(file, role)) continue;
		for (const { source } of file.parts) {
			readManifest(source, role.workloads);
			yield;
		}
	}
}

/** How tables and results follow the versions of a unit. */
export const CONTENTS: Versions<Content> = {
	pieces: piecesOf,
	isLarge: ({ members, rendered }) =>
		countsMore(members.map(({ folder }) => folder)) || rendered.reduce((sum, { pieces }) => sum + pieces.length, 0) > MANY,
	changes: changedPieces,
	compare: (content, a, b) => compareOwners((uri) => fileIn(content, uri), a, b) || compareRendered(content, a, b),
};

const MANY = 500;

/** Whether folders have more documents than can be looked at in passing. */
export function countsMore(folders: Iterable<Folder>): boolean {
	let count = 0;
	for (const { files } of folders) {
		count += files.size;
		if (count > MANY) return true;
		for (const { parts } of files.values()) count += parts.length - 1;
		if (count > MANY) return true;
	}
	return false;
}

function fileIn({ members }: Content, uri: string): SourceFile | undefined {
	for (const { folder } of members) {
		const file = folder.files.get(uri);
		if (file) return file;
	}
	return undefined;
}

/** By file, then by place in it. */
export function compareOwners(file: (uri: string) => SourceFile | undefined, a: Owner, b: Owner): number {
	const [one, other] = [uriOf(a), uriOf(b)];
	if (one !== other) return one < other ? -1 : 1;
	if (typeof a === "string" || typeof b === "string") return Number(typeof b === "string") - Number(typeof a === "string");
	const found = isRendered(a) || isRendered(b) ? undefined : file(one);
	return found && !isRendered(a) && !isRendered(b) ? (startOf(found, a) ?? 0) - (startOf(found, b) ?? 0) : 0;
}

/** What is rendered stands behind everything else, in the order in which the tool prints it. */
const RENDERED = "\uffff";

function uriOf(owner: Owner): string {
	if (typeof owner === "string") return owner;
	return isRendered(owner) ? RENDERED : owner.uri;
}

function compareRendered({ rendered }: Content, a: Owner, b: Owner): number {
	const place = (owner: Owner): readonly [number, number] => {
		const at = rendered.findIndex(({ order }) => order.has(owner));
		return [at, rendered[at]?.order.get(owner) ?? 0];
	};
	const [one, other] = [place(a), place(b)];
	return one[0] - other[0] || one[1] - other[1];
}

function changedPieces(before: Content, after: Content): PieceChanges | undefined {
	if (!sameMembers(before.members, after.members) || !sameRoots(before.rendered, after.rendered)) return undefined;
	const removed: Piece[] = [];
	const added: Piece[] = [];
	compareGaps(before.gaps, after.gaps, removed, added);
	for (const [index, part] of after.rendered.entries()) compareParts(before.rendered[index], part, removed, added);
	for (const [index, { folder, role }] of after.members.entries()) {
		const old = before.members[index];
		if (!old || old.folder === folder) continue;
		// What is gone may have been a part of it, although its role would leave it out now.
		const changes = [...differences(old.folder.files, folder.files)];
		for (const change of changes) compareFiles(change, old.role, role, removed, added);
		const isEdit = old.role.rendered === role.rendered && changes.every(([was, is]) => was && is);
		if (isEdit && old.folder.skipped === folder.skipped) continue;
		const [were, are] = [folderGaps(old.folder, old.role), folderGaps(folder, role)];
		if (JSON.stringify(were) !== JSON.stringify(are)) compareGaps(were, are, removed, added);
	}
	return { removed, added };
}

/** Whether two lists of members are the same folders in the same roles, whatever the folders hold. */
function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
	return a.length === b.length && a.every((one, at) => isSameMember(one, b[at]));
}

function isSameMember(a: Member, b: Member | undefined): boolean {
	return b !== undefined && a.folder.path === b.folder.path && sameDocuments(a.role, b.role, b.folder);
}

function sameRoots(a: readonly RenderedPart[], b: readonly RenderedPart[]): boolean {
	return (
		a.length === b.length &&
		a.every(({ rendering, workloads }, at) => {
			const other = b[at];
			return rendering.root.id === other?.rendering.root.id && workloads === other.workloads;
		})
	);
}

/** Gaps go and come all together, as some of one file are told apart by nothing. */
function compareParts(before: RenderedPart | undefined, after: RenderedPart, removed: Piece[], added: Piece[]): void {
	if (!before || before === after) return;
	const sameGaps = JSON.stringify(gapsOf(before)) === JSON.stringify(gapsOf(after));
	const stays = (piece: Piece, there: RenderedPart): boolean => {
		const at = there.order.get(piece.owner);
		return typeof piece.owner === "string" ? sameGaps : at !== undefined && there.pieces[at]?.manifest === piece.manifest;
	};
	for (const piece of before.pieces) if (!stays(piece, after)) removed.push(piece);
	for (const piece of after.pieces) if (!stays(piece, before)) added.push(piece);
}

function gapsOf({ rendering }: RenderedPart): readonly unknown[] {
	return rendering.gaps.map(({ uri, reason, alters, at }) => [uri, reason, alters, at?.start, at?.end, at?.source.text]);
}

/** Documents at the beginning and the end that both versions hold stay as they are. */
export function compareFiles([before, after]: Difference<SourceFile>, was: Role, is: Role, removed: Piece[], added: Piece[]): void {
	const old = before ? piecesOfFile(before, was) : [];
	const now = after ? piecesOfFile(after, is) : [];
	let head = 0;
	while (isSamePiece(old[head], now[head])) head++;
	let tail = 0;
	while (tail < Math.min(old.length, now.length) - head && isSamePiece(old.at(-1 - tail), now.at(-1 - tail))) tail++;
	for (const piece of old.slice(head, old.length - tail)) removed.push(piece);
	for (const piece of now.slice(head, now.length - tail)) added.push(piece);
}

function isSamePiece(a: Piece | undefined, b: Piece | undefined): boolean {
	return a?.manifest !== undefined && a.manifest === b?.manifest;
}

export function compareGaps(before: readonly Skipped[], after: readonly Skipped[], removed: Piece[], added: Piece[]): void {
	if (before === after) return;
	for (const gap of before) removed.push(ofGap(gap));
	for (const gap of after) added.push(ofGap(gap));
}

function ofGap(gap: Skipped | Gap): Piece {
	return { owner: gap.uri, manifest: undefined, gap: { at: undefined, ...gap } };
}

function folderGaps(folder: Folder, role: Role): readonly (Skipped | Gap)[] {
	if (role.kustomized === "no" && ![...folder.files.keys()].some((uri) => role.rendered.has(uri))) return folder.skipped;
	const gap = { uri: folder.path, reason: KUSTOMIZED, at: undefined };
	return [...folder.skipped, role.kustomized === "patches" ? { ...gap, alters: true } : gap];
}

/** The reason of the gap that files leave which a kustomization deploys beside others. */
export const KUSTOMIZED = "a kustomization deploys other files of this folder";

/** The reason of the gap that a template leaves. */
export const TEMPLATE = "a template, not a manifest";

function piecesOfFile(file: SourceFile, role: Role): readonly Piece[] {
	if (isExcluded(role, file.uri)) return [];
	const manifests = readFile(file, role);
	if (!manifests) return [ofGap({ uri: file.uri, reason: TEMPLATE })];
	return manifests.map((manifest) => ({ owner: manifest.source, manifest, gap: gapOf(manifest) }));
}

function gapOf({ parsed, source }: Manifest): Gap | undefined {
	const problem = parsed?.problems[0];
	return problem && { uri: source.uri, reason: problem.message, at: { source, start: problem.start, end: problem.end } };
}

/**
 * The documents of a file; `undefined` for a template: a line that begins with `{{` or `{%` makes one, and so does `{{` anywhere
 * in what does not parse, or `${` where it does not.
 */
function readFile(file: SourceFile, role: Role): readonly Manifest[] | undefined {
	const stdin = role.kind === "stdin";
	let known = files.get(file);
	if (known?.workloads !== role.workloads || known.stdin !== stdin) {
		known = { workloads: role.workloads, stdin, manifests: manifestsOf(file, role) };
		files.set(file, known);
	}
	return known.manifests;
}

interface ReadFile {
	readonly workloads: Role["workloads"];
	readonly stdin: boolean;
	readonly manifests: readonly Manifest[] | undefined;
}

const files = new WeakMap<SourceFile, ReadFile>();

function manifestsOf(file: SourceFile, role: Role): readonly Manifest[] | undefined {
	if (isTemplate(file, role)) return undefined;
	const read = file.parts.map((part) => readManifest(part.source, role.workloads));
	if (role.kind === "stdin" || !read.some(isBroken)) return read;
	return /\{[{%]/.test(file.text) || read.some(isBrokenByPlaceholder) ? undefined : read;
}

/** Whether a line begins as only a template's does. */
function isTemplate({ text }: SourceFile, { kind }: Role): boolean {
	return kind !== "stdin" && (text.includes("{{") || text.includes("{%")) && TEMPLATE_LINE.test(text);
}

const TEMPLATE_LINE = /^[ \t]*\{[{%]/m;

function isBroken({ parsed }: Manifest): boolean {
	return parsed !== undefined && parsed.problems.length > 0;
}

/** `{ port: ${PORT} }` is YAML once it is filled in. */
function isBrokenByPlaceholder({ parsed, source: { text } }: Manifest): boolean {
	const first = parsed?.problems[0];
	if (!first) return false;
	const lineStart = text.lastIndexOf("\n", first.start - 1) + 1;
	const next = text.indexOf("\n", first.start);
	return text.slice(lineStart, next < 0 ? text.length : next).includes("${");
}
