import assert from "node:assert/strict";
import { test } from "node:test";
import { type HoverOptions, hover } from "../../server/src/features/hover.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import type { Settings } from "../../server/src/settings/settings.ts";
import { partAt } from "../../server/src/text/file.ts";
import type { Place } from "../../server/src/text/source.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

export interface Case {
	/** `file.yaml: text before|text under the cursor`; the bar stands at the cursor. */
	readonly on: string;
	readonly says: string | undefined;
	readonly format?: HoverOptions["format"];
	readonly settings?: Settings;
	readonly showsProblems?: boolean;
	/** Findings by the text that they stand on, in the file of the cursor; `related` is the text of their other end. */
	readonly findings?: readonly FindingOn[];
}

interface FindingOn {
	readonly on: string;
	readonly message: string;
	readonly severity?: Finding["severity"];
	readonly related?: string;
}

/** A case: manifests, the place of the cursor, and the whole hover. */
export function hovers(
	title: string,
	manifests: string,
	{ on, says, format = "table", settings, showsProblems = false, findings = [] }: Case,
): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(manifests), settings);
		const [, name = "", before = "", after = ""] = /^(\S+): ([^|]*)\|(.*)$/.exec(on) ?? [];
		const uri = `/ws/${name}`;
		const text = fileOf(snapshot, uri)?.text ?? "";
		const start = text.indexOf(before + after);
		assert.ok(start >= 0, `${before}${after} is not in ${name}`);
		const made = findings.map((finding) => findingOn(snapshot, uri, finding));
		const found = hover(snapshot, uri, start + before.length, { format, showsProblems, findings: () => made });
		assert.equal(found?.contents, says?.replace(/^\n|\n$/g, ""));
		if (found) assert.equal(text.slice(found.span.start, found.span.end), after);
	});
}

function findingOn(snapshot: Snapshot, uri: string, { on, message, severity = "warning", related }: FindingOn): Finding {
	const ends = related === undefined ? [] : [{ at: placeOf(snapshot, uri, related), message: "" }];
	const rule = related === undefined ? message : "conflict";
	const at = placeOf(snapshot, uri, on);
	return { rule, severity, kubernetes: undefined, at, message, related: ends, fixes: [], object: undefined, lookedNear: false };
}

/** The last word of a text that stands in the file once. */
function placeOf(snapshot: Snapshot, uri: string, text: string): Place {
	const file = fileOf(snapshot, uri);
	const start = file?.text.indexOf(text) ?? -1;
	const part = file && partAt(file, start);
	assert.ok(part && start >= 0, `${text} is not in ${uri}`);
	return { source: part.source, start: start + text.lastIndexOf(" ") + 1 - part.start, end: start + text.length - part.start };
}
