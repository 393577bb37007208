import assert from "node:assert/strict";
import { test } from "node:test";
import { ownFindings } from "../../server/src/features/findings.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { RULES } from "../../server/src/rules/list.ts";
import type { Finding, Rule } from "../../server/src/rules/rule.ts";
import type { Settings } from "../../server/src/settings/settings.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { positionAt, spanInFile } from "../../server/src/text/file.ts";
import type { Edit } from "../../server/src/text/source.ts";
import { cutFiles, snapshotOf } from "./workspace.ts";

export interface Options {
	/** Settings that differ from the defaults. */
	readonly settings?: Settings;
	/** Other rules whose findings do not matter here; by default every finding of every rule must be marked. */
	readonly only?: boolean;
	/** What the file's text is after the fix of that title (of the first finding that offers it) is applied; files that are not named stay. */
	readonly fix?: { readonly title: string; readonly gives: string };
	/** The titles of all fixes that are offered. */
	readonly fixes?: readonly string[];
	/** Line breaks of the files. */
	readonly newline?: "\n" | "\r\n";
}

/**
 * A rule's case: YAML with lines of carets under the characters that are wrong, each followed by the message (an optional
 * `severity:` before it). Several files are cut at `#- name`. A line of carets is a comment line, `#   ^^^ message`. The
 * marked findings must be found, and nothing else of any rule; with `only`, nothing else of this rule.
 */
export function check(rule: Rule, title: string, block: string, options: Options = {}): void {
	test(`${rule.name}: ${title}`, () => {
		const { files, marks } = readCarets(block);
		const newline = options.newline ?? "\n";
		const texts = new Map([...files].map(([name, text]) => [name, text.replaceAll("\n", newline)]));
		const snapshot = snapshotOf(texts, options.settings);
		const findings = findingsOf(snapshot).filter((finding) => finding.rule === rule.name || !options.only);
		const found = findings.map((finding) => printFinding(snapshot, finding, marks));
		assert.deepEqual(found.sort(), marks.map(printMark).sort());
		const titles = findings.flatMap(({ fixes }) => fixes.map((fix) => fix.title));
		if (options.fixes) assert.deepEqual(titles, options.fixes);
		if (options.fix) checkFix(snapshot, findings, texts, options.fix, newline);
	});
}

export function findingsOf(snapshot: Snapshot): readonly Finding[] {
	return [...allUnits(snapshot)].flatMap((unit) =>
		ownFindings(snapshot, unit, (rule, error) => {
			throw new Error(`${rule} threw`, { cause: error });
		}),
	);
}

export function settingsWith(change: { rules?: Settings["rules"]; cluster?: Partial<Settings["cluster"]> }): Settings {
	return { ...DEFAULT_SETTINGS, rules: change.rules ?? {}, cluster: { ...DEFAULT_SETTINGS.cluster, ...change.cluster } };
}

interface Mark {
	readonly file: string;
	readonly line: number;
	readonly start: number;
	readonly end: number;
	readonly severity: string | undefined;
	readonly message: string;
}

/** Takes the caret lines out of the files and gives what they mark. */
export function readCarets(block: string): { readonly files: ReadonlyMap<string, string>; readonly marks: readonly Mark[] } {
	const marks: Mark[] = [];
	const files = new Map<string, string>();
	for (const [name, text] of cutFiles(block)) {
		const lines: string[] = [];
		for (const line of text.split("\n")) {
			const match = /^#(\s*)(\^+) ?(.*)$/.exec(line);
			if (!match) lines.push(line);
			else {
				const start = 1 + (match[1]?.length ?? 0);
				const [, severity, message] = /^(?:(error|warning|information|hint): )?(.*)$/.exec(match[3] ?? "") ?? [];
				marks.push({
					file: `/ws/${name}`,
					line: lines.length - 1,
					start,
					end: start + (match[2]?.length ?? 0),
					severity,
					message: message ?? "",
				});
			}
		}
		files.set(name, lines.join("\n"));
	}
	return { files, marks };
}

function printMark(mark: Mark): string {
	return `${mark.file}:${mark.line}:${mark.start}-${mark.end} ${mark.severity ?? ""} ${mark.message}`;
}

/** Prints a finding as a mark; the severity only where the mark of that place names one. */
function printFinding(snapshot: Snapshot, finding: Finding, marks: readonly Mark[]): string {
	const { uri } = finding.at.source;
	const file = fileOf(snapshot, uri);
	const span = file && spanInFile(file, finding.at);
	assert.ok(file && span, `the place of ${finding.rule} is not in ${uri}`);
	const start = positionAt(file, span.start);
	const end = positionAt(file, span.end);
	const mark = {
		file: uri,
		line: start.line,
		start: start.character,
		end: end.character + (end.line === start.line ? 0 : 1000 * end.line),
	};
	const named = marks.some((other) => other.file === uri && other.line === mark.line && other.start === mark.start && other.severity);
	return printMark({ ...mark, severity: named ? finding.severity : undefined, message: finding.message });
}

function checkFix(
	snapshot: Snapshot,
	findings: readonly Finding[],
	texts: ReadonlyMap<string, string>,
	fix: { title: string; gives: string },
	newline: string,
) {
	const offered = findings.flatMap((finding) => finding.fixes);
	const chosen = offered.find(({ title }) => title === fix.title);
	assert.ok(chosen, `no fix "${fix.title}"; offered: ${offered.map(({ title }) => title).join(", ")}`);
	const after = applyEdits(snapshot, texts, chosen.edits);
	for (const [name, text] of cutFiles(fix.gives)) assert.equal(after.get(name), text.replaceAll("\n", newline), name);
}

/** The files after the edits; edits of one file must not overlap. */
export function applyEdits(snapshot: Snapshot, texts: ReadonlyMap<string, string>, edits: readonly Edit[]): ReadonlyMap<string, string> {
	const after = new Map(texts);
	const placed = edits.map((edit) => {
		const file = fileOf(snapshot, edit.source.uri);
		const span = file && spanInFile(file, edit);
		assert.ok(span, `an edit outside the files: ${edit.source.uri}`);
		return { name: edit.source.uri.replace(/^\/ws\//, ""), ...span, text: edit.text };
	});
	for (const { name, start, end, text } of placed.sort((a, b) => b.start - a.start)) {
		const before = after.get(name) ?? "";
		after.set(name, before.slice(0, start) + text + before.slice(end));
	}
	return after;
}

export { RULES };
