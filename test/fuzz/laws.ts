import assert from "node:assert/strict";
import type { Reading } from "../../server/src/cli/read.ts";
import { reportOn } from "../../server/src/cli/report.ts";
import { countPaths, routesOf } from "../../server/src/cli/routes.ts";
import { findingsOf } from "../../server/src/features/findings.ts";
import { hover } from "../../server/src/features/hover.ts";
import { ignoreHere } from "../../server/src/features/ignoreHere.ts";
import { withSafeFixes } from "../../server/src/features/safeFixes.ts";
import { fixesOf } from "../../server/src/features/verifiedFixes.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { pathData } from "../../server/src/reach/path.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { type SourceFile, spanInFile } from "../../server/src/text/file.ts";
import type { Edit, Place } from "../../server/src/text/source.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import type { Asset } from "../../server/src/units/assets.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { type Files, ROOT } from "./workspaces.ts";

/** No rule may throw: a rule that does has lost its findings. */
export function onFault(rule: string, error: unknown): void {
	throw new Error(`rule ${rule} threw`, { cause: error });
}

/** The snapshot of files that were never edited, in a workspace folder. With `texts` one that an earlier one had too is not read again. */
export function freshSnapshot(files: Files, root = ROOT, texts?: Texts): Snapshot {
	const workspace = newWorkspace(root);
	workspace.apply(
		[...files].map(([uri, text]) => (texts ? { uri, text, file: texts.opened(uri, text), before: undefined } : { uri, text })),
	);
	return workspace.snapshot;
}

/** Texts that were opened as they are, and never edited: what is read of one depends on nothing else. */
export class Texts {
	private readonly files = new Map<string, SourceFile>();

	opened(uri: string, text: string): SourceFile {
		const key = `${uri}\n${text}`;
		const file = this.files.get(key) ?? openFile(uri, text);
		this.files.delete(key);
		this.files.set(key, file);
		for (const old of this.files.keys()) if (this.files.size > MOST_TEXTS) this.files.delete(old);
		return file;
	}
}

const MOST_TEXTS = 20;

/** The same, where what renderers ask for and is none of the files is known to be nowhere. */
export function furnishedSnapshot(files: Files, root = ROOT): Snapshot {
	const workspace = newWorkspace(root);
	workspace.apply([...files].map(([uri, text]) => ({ uri, text })));
	const asked = new Set<string>();
	for (let before = -1; asked.size > before; ) {
		before = asked.size;
		for (const unit of allUnits(workspace.snapshot)) for (const path of unit.wanted) asked.add(path);
		workspace.learn(new Map([...asked].map((path) => [path, assetAt(files, path)])));
	}
	return workspace.snapshot;
}

function assetAt(files: Files, path: string): Asset {
	const inside = path.endsWith("/") ? [...files.keys()].filter((name) => name.startsWith(path)) : [];
	if (inside.length === 0) return { gone: true };
	const isFile = (name: string) => !name.slice(path.length).includes("/");
	const folders = new Set(inside.filter((name) => !isFile(name)).map((name) => path + name.slice(path.length).split("/")[0]));
	return { files: inside.filter(isFile), folders: [...folders] };
}

/** A workspace of one folder, without files. */
export function newWorkspace(root = ROOT): Workspace {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	workspace.setBase({ settings: DEFAULT_SETTINGS, tops: new Map([[root, DEFAULT_SETTINGS]]) });
	return workspace;
}

/** What the command line prints of a snapshot, findings with their fixes and paths, as data. */
export function printed(snapshot: Snapshot): unknown {
	const units = [...allUnits(snapshot)].sort((a, b) => (a.id < b.id ? -1 : 1));
	const reading: Reading = { snapshot, units, files: 0, skipped: [], isNamed: () => true, names: [], configurations: [], tooWide: [] };
	const routes = routesOf(reading);
	return {
		report: reportOn(reading, ROOT, onFault).report,
		counts: countPaths(routes),
		services: routes.services.map(({ object, backends, paths }) => [object.root.start, backends.kind, backends.why, paths.map(pathData)]),
		workloads: routes.workloads.map(({ object, paths }) => [object.root.start, paths.map(pathData)]),
		gaps: units.map(({ id, gaps, complete }) => [id, complete, gaps.map(({ uri, reason, at }) => [uri, reason, at?.start, at?.end])]),
	};
}

/** An edit keeps every document before the first and behind the last one that it touches, so that only those are read again. */
export function checkReuse(before: SourceFile | undefined, after: SourceFile): void {
	if (!before) return;
	const [a, b] = [before.text, after.text];
	const shorter = Math.min(a.length, b.length);
	let head = 0;
	while (head < shorter && a[head] === b[head]) head++;
	let tail = 0;
	while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
	const kept = new Set(before.parts.map(({ source }) => source));
	for (const [index, { source, start }] of after.parts.entries()) {
		const end = start + source.text.length;
		const twin =
			end < head
				? before.parts[index]
				: start > b.length - tail
					? before.parts[before.parts.length - after.parts.length + index]
					: undefined;
		if (twin && twin.source.text === source.text) assert.ok(kept.has(source), `document ${index} was not touched and is read again`);
	}
}

/** Every place that is said lies in the text of a file that is there. */
export function checkPlaces(snapshot: Snapshot): void {
	for (const finding of findingsIn(snapshot)) {
		for (const at of [finding.at, ...finding.related.map((related) => related.at), ...finding.fixes.flatMap(({ edits }) => edits)]) {
			const span = spanOf(snapshot, at);
			assert.ok(span.start >= 0 && span.start <= span.end, `${finding.rule} speaks of a place with its ends the wrong way round`);
			assert.ok(at.end <= at.source.text.length, `${finding.rule} speaks of a place behind the end of its document`);
		}
		assert.ok(finding.at.end > finding.at.start, `${finding.rule} speaks of no characters`);
		assert.ok(finding.message.length < 2000, `${finding.rule} says a message that nobody reads`);
	}
}

/** Edits that repair a finding, or silence it. */
export interface Repair {
	readonly finding: Finding;
	readonly title: string;
	readonly edits: readonly Edit[];
	/** What it depends on as a text, by which it is known again. */
	readonly key: string;
}

/** Every repair that is offered and not tried yet, beginning with some other for every `from`. Costs what is looked at. */
export function* repairsIn(snapshot: Snapshot, from: number, tried: ReadonlySet<string> = new Set()): Iterable<Repair> {
	for (const finding of rotated(findingsIn(snapshot), from)) {
		const keyOf = (title: string, edits: readonly Pick<Edit, "source">[]) =>
			`${finding.rule}\n${finding.message}\n${finding.at.start}\n${title}\n${edits.map(({ source }) => source.text).join("\n")}`;
		const isIgnoreTried = tried.has(keyOf(IGNORE, [finding.at]));
		const ignore = isIgnoreTried ? undefined : ignoreHere(finding);
		const fixes = fixesOf(snapshot, finding, onFault).filter(({ setting }) => !setting);
		const all = [...fixes, ...(ignore ? [{ title: IGNORE, edits: [ignore] }] : [])];
		for (const { title, edits } of rotated(all, from)) {
			const key = keyOf(title, edits);
			if (!tried.has(key)) yield { finding, title, edits, key };
		}
	}
}

const IGNORE = "Ignore here";

function rotated<T>(items: readonly T[], by: number): readonly T[] {
	const first = by % Math.max(1, items.length);
	return [...items.slice(first), ...items.slice(0, first)];
}

/**
 * A repair leaves documents that can be read when they could be before, and no finding of its rule at its place. Only what its
 * edits name is replaced, so they must not overlap.
 */
export function checkRepair(snapshot: Snapshot, files: Files, { finding, title, edits }: Repair, texts?: Texts): void {
	const { after, moved } = applied(snapshot, files, edits);
	const what = `"${title}" (${finding.rule}: ${finding.message})`;
	assert.ok(
		[...after].some(([uri, text]) => text !== files.get(uri)),
		`${what} changes nothing`,
	);
	const fixed = freshSnapshot(after, ROOT, texts);
	for (const uri of new Set(edits.map(({ source }) => source.uri))) {
		if (isReadable(snapshot, uri)) assert.deepEqual(problemsOf(fixed, uri), [], `${what} breaks ${uri}:\n${after.get(uri)}`);
	}
	const { uri } = finding.at.source;
	const at = moved(uri, spanOf(snapshot, finding.at).start);
	const alike = (other: Finding) => other.rule === finding.rule && other.message === finding.message && other.at.source.uri === uri;
	// What comes to stand where something was taken away may have a fault of the same kind, in the same words.
	const gone = edits.some(({ source, start, end }) => source === finding.at.source && start <= finding.at.start && end > finding.at.end);
	const remaining = findingsIn(fixed);
	if (gone && remaining.filter(alike).length < findingsIn(snapshot).filter(alike).length) return;
	// Nothing is said behind an error of syntax, so what was there is heard only now; and of several faults at one place one is.
	const broken = problemsOf(snapshot, uri).length > 0;
	if (gone && broken) return;
	const left = remaining.find(
		(other) =>
			other.rule === finding.rule &&
			((!gone && !broken && !STOPS_AT_FIRST.includes(other.rule)) || other.message === finding.message) &&
			other.at.source.uri === uri &&
			spanOf(fixed, other.at).start === at,
	);
	assert.ok(!left, `${what} leaves "${left?.message}":\n${after.get(uri)}`);
}

/** What a tool refuses is said of the first thing that it refuses: once that is mended, it comes to the next one. */
const STOPS_AT_FIRST = ["invalid-kustomization", "chart-does-not-render"];

/** Fixing everything that is safe comes to an end, where nothing safe is left to fix, and breaks nothing. */
export function checkFixAll(snapshot: Snapshot, files: Files, texts?: Texts): void {
	const options = { findings: findingsIn, mayEdit: () => true, onFault: () => {} };
	const changed = withSafeFixes(snapshot, options);
	const after = new Map(files);
	for (const { uri, after: text } of changed) after.set(uri, text);
	const fixed = freshSnapshot(after, ROOT, texts);
	for (const { uri } of changed) {
		if (isReadable(snapshot, uri)) assert.deepEqual(problemsOf(fixed, uri), [], `fixing all breaks ${uri}:\n${after.get(uri)}`);
	}
	assert.deepEqual(
		withSafeFixes(fixed, options).map(({ uri, after: text }) => [uri, text]),
		[],
		"fixing all is not finished when it ends",
	);
}

/** A hover says the same on a snapshot that came about by edits as on a fresh one. */
export function checkHover(snapshot: Snapshot, fresh: Snapshot, uri: string, offset: number): void {
	const [one, other] = [snapshot, fresh].map((each) =>
		hover(each, uri, offset, { format: "table", findings: (unit) => findingsOf(each, unit, onFault) }),
	);
	assert.deepEqual(one, other, `the hover at ${offset} of ${uri}`);
	const length = fileOf(snapshot, uri)?.text.length ?? 0;
	if (one) assert.ok(one.span.start <= offset && offset <= one.span.end && one.span.end <= length, "a hover stands elsewhere");
}

function findingsIn(snapshot: Snapshot): readonly Finding[] {
	return [...allUnits(snapshot)].flatMap((unit) => findingsOf(snapshot, unit, onFault));
}

/** Whether a file has no error, and nothing that is not read: what was not may be read after a repair, with what is wrong in it. */
function isReadable(snapshot: Snapshot, uri: string): boolean {
	const parts = fileOf(snapshot, uri)?.parts ?? [];
	return problemsOf(snapshot, uri).length === 0 && parts.every(({ source }) => parseSource(source).trailing === undefined);
}

function problemsOf(snapshot: Snapshot, uri: string): readonly string[] {
	return (fileOf(snapshot, uri)?.parts ?? []).flatMap(({ source }) => parseSource(source).problems.map(({ message }) => message));
}

function spanOf(snapshot: Snapshot, at: Place): { readonly start: number; readonly end: number } {
	const file = fileOf(snapshot, at.source.uri);
	const span = file && spanInFile(file, at);
	assert.ok(span, `a place of ${at.source.uri} that is not in its text`);
	return span;
}

/** The files after edits, and where an offset has come to. */
function applied(snapshot: Snapshot, files: Files, edits: readonly Edit[]) {
	const placed = edits
		.map((edit) => ({ uri: edit.source.uri, text: edit.text, ...spanOf(snapshot, edit) }))
		.sort((a, b) => a.start - b.start);
	const after = new Map(files);
	for (const uri of new Set(placed.map((edit) => edit.uri))) {
		let text = "";
		let done = 0;
		const before = files.get(uri) ?? "";
		for (const edit of placed.filter((each) => each.uri === uri)) {
			assert.ok(edit.start >= done, `edits of ${uri} overlap`);
			text += before.slice(done, edit.start) + edit.text;
			done = edit.end;
		}
		after.set(uri, text + before.slice(done));
	}
	const moved = (uri: string, offset: number): number =>
		placed
			.filter((edit) => edit.uri === uri && edit.start < offset)
			.reduce((at, edit) => at + edit.text.length - (Math.min(edit.end, offset) - edit.start), offset);
	return { after, moved };
}
