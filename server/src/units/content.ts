import { type Manifest, readManifest } from "../model/manifest.ts";
import type { SourceFile } from "../text/file.ts";
import { type Difference, differences } from "../text/sortedMap.ts";
import type { Folder, Skipped } from "./folder.ts";
import type { PieceChanges, Versions } from "./following.ts";
import type { Gap, Piece } from "./piece.ts";
import { isExcluded, type Role, sameRole } from "./role.ts";

/** A folder as a unit sees it: `role` says which of its files are the unit's. */
export interface Member {
	readonly folder: Folder;
	readonly role: Role;
}

/** What a unit is made of. Two versions of it can be compared. */
export interface Content {
	/** Each folder once. */
	readonly members: readonly Member[];
	/** What is missing beside what the folders lack. */
	readonly gaps: readonly Gap[];
}

export function* piecesOf({ members, gaps }: Content): Iterable<Piece> {
	yield* gaps.map(ofGap);
	for (const { folder, role } of members) {
		yield* folderGaps(folder, role).map(ofGap);
		for (const file of folder.files.values()) yield* piecesOfFile(file, role);
	}
}

export function* filesOf({ members }: Content): Iterable<string> {
	for (const { folder, role } of members) for (const uri of folder.files.keys()) if (!isExcluded(role, uri)) yield uri;
}

/** The documents of a file of a unit; `undefined` for one that is no part of it, and for a template. */
export function documentsOf({ members }: Content, uri: string): readonly Manifest[] | undefined {
	for (const { folder, role } of members) {
		const file = folder.files.get(uri);
		if (file && !isExcluded(role, uri)) return readFile(file, role);
	}
	return undefined;
}

/** How tables and results follow the versions of a unit. */
export const CONTENTS: Versions<Content> = {
	pieces: piecesOf,
	changes: changedPieces,
	file: ({ members }, uri) => {
		for (const { folder } of members) {
			const file = folder.files.get(uri);
			if (file) return file;
		}
		return undefined;
	},
};

function changedPieces(before: Content, after: Content): PieceChanges | undefined {
	if (!sameMembers(before.members, after.members)) return undefined;
	const removed: Piece[] = [];
	const added: Piece[] = [];
	compareGaps(before.gaps, after.gaps, removed, added);
	for (const [index, { folder, role }] of after.members.entries()) {
		const old = before.members[index]?.folder;
		if (!old || old === folder) continue;
		for (const change of differences(old.files, folder.files)) compareFiles(change, role, role, removed, added);
		compareGaps(old.skipped, folder.skipped, removed, added);
	}
	return { removed, added };
}

/** Whether two lists of members are the same folders in the same roles, whatever the folders hold. */
function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
	return a.length === b.length && a.every((one, at) => isSameMember(one, b[at]));
}

function isSameMember(a: Member, b: Member | undefined): boolean {
	return b !== undefined && a.folder.path === b.folder.path && sameRole(a.role, b.role, b.folder);
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

function folderGaps(folder: Folder, role: Role): readonly Skipped[] {
	if (role.kind !== "kustomize") return folder.skipped;
	return [...folder.skipped, { uri: folder.path, reason: "kustomization: not rendered yet" }];
}

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
	const mayBeTemplate = role.kind !== "stdin" && /[{$]\{|\{%/.test(file.text);
	if (mayBeTemplate && /^[ \t]*\{[{%]/m.test(file.text)) return undefined;
	const read = file.parts.map((part) => readManifest(part.source, role.workloads));
	if (!mayBeTemplate || !read.some(isBroken)) return read;
	return /\{[{%]/.test(file.text) || read.some(isBrokenByPlaceholder) ? undefined : read;
}

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
