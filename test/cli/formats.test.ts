import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt } from "../../server/src/cli/formats/excerpt.ts";
import type { View } from "../../server/src/cli/formats/format.ts";
import { github } from "../../server/src/cli/formats/github.ts";
import { junit } from "../../server/src/cli/formats/junit.ts";
import { sarif } from "../../server/src/cli/formats/sarif.ts";
import { text } from "../../server/src/cli/formats/text.ts";
import { coloured, plain } from "../../server/src/cli/io.ts";
import type { Checked, ReportedFinding } from "../../server/src/cli/report.ts";
import { table } from "../../server/src/cli/table.ts";

const AT = { file: "a b/web.yaml", line: 3, column: 9, endLine: 3, endColumn: 13 };

const FINDING: ReportedFinding = {
	rule: "some-rule",
	severity: "warning",
	kubernetes: null,
	...AT,
	message: "80% of <this>, is wrong",
	unit: "a b",
	object: null,
	related: [{ ...AT, file: "other.yaml", message: "the other end" }],
	fixes: [{ title: "Mend it", safe: true, edits: [{ ...AT, text: "good" }] }],
};

const CHECKED: Checked = {
	report: { version: 1, files: 1, objects: 1, units: 1, skipped: [{ file: "x.yaml", reason: "binary" }], findings: [FINDING] },
	lineOf: () => "\tname: oops # here",
};

const VIEW: View = { bar: "error", quiet: false, summary: () => "1 finding", terminal: false, columns: 60, paint: plain };

test("on a terminal a finding has its source line, carets, the other end and its fixes", () => {
	assert.deepEqual(text(CHECKED, { ...VIEW, terminal: true }).split("\n"), [
		"a b/web.yaml:3:9: warning: 80% of <this>, is wrong [some-rule]",
		"     name: oops # here",
		"            ^^^^",
		"    other.yaml:3:9: the other end",
		"    fix: Mend it",
		"",
		"1 finding",
		"",
	]);
	assert.ok(text(CHECKED, { ...VIEW, paint: coloured }).includes("\u001b[33mwarning:\u001b[39m"));
});

test("a long line is cut around what is marked, and nothing leaves the width", () => {
	const line = `${"x".repeat(200)}BAD${"y".repeat(200)}`;
	const cut = excerpt(line, 200, 3, 40);
	assert.equal(cut.line.length, 40);
	assert.equal(cut.line.slice(cut.padding.length, cut.padding.length + 3), "BAD");
	assert.deepEqual(excerpt("ab", 2, 0, 40), { line: "ab", padding: "  ", carets: "^" });
	assert.equal(excerpt("a: '🐟🐟' bad", 10, 3, 40).padding, " ".repeat(8), "a surrogate pair is one character on the screen");
	assert.equal(excerpt("a\u001b[31mb", 0, 1, 40).line.includes("\u001b"), false);
	assert.equal(excerpt("x".repeat(100), 0, 100, 40).carets.length, 40);
});

test("a workflow command escapes what would end it", () => {
	assert.equal(
		github(CHECKED, VIEW),
		"::warning file=a b/web.yaml,line=3,endLine=3,col=9,endColumn=13,title=some-rule::80%25 of <this>, is wrong\n1 finding\n",
	);
});

test("a finding fails its test case at or above the bar only", () => {
	const below = junit(CHECKED, VIEW);
	assert.match(below, /<testsuite name="portolan" tests="1" failures="0"/);
	assert.match(below, /<system-out>a b\/web.yaml:3:9: warning: 80% of &lt;this&gt;, is wrong<\/system-out>/);
	assert.match(
		junit(CHECKED, { ...VIEW, bar: "warning" }),
		/failures="1"[\s\S]*<failure type="some-rule" message="80% of &lt;this&gt;, is wrong">/,
	);
	const clean = { ...CHECKED, report: { ...CHECKED.report, findings: [] } };
	assert.match(junit(clean, VIEW), /tests="1" failures="0"[\s\S]*<testcase classname="portolan" name="1 finding"\/>/);
});

test("SARIF has regions, the other end, the fix and relative addresses", () => {
	const log = JSON.parse(sarif(CHECKED, VIEW));
	const [run] = log.runs;
	const [result] = run.results;
	const region = { startLine: 3, startColumn: 9, endLine: 3, endColumn: 13 };
	assert.deepEqual([log.version, run.columnKind, result.ruleId, result.level], ["2.1.0", "utf16CodeUnits", "some-rule", "warning"]);
	assert.deepEqual(result.locations, [{ physicalLocation: { artifactLocation: { uri: "a%20b/web.yaml" }, region } }]);
	assert.equal(result.relatedLocations[0].physicalLocation.artifactLocation.uri, "other.yaml");
	assert.deepEqual(result.fixes[0].artifactChanges[0].replacements, [{ deletedRegion: region, insertedContent: { text: "good" } }]);
	assert.equal(run.invocations[0].toolExecutionNotifications[0].message.text, "Skipped: binary");
});

test("a table breaks its middle column between pieces first, then inside them, never a word; a narrow one is sentences", () => {
	const table3 = (rows: Parameters<typeof table>[1], width: number) => {
		const { heading, lines } = table(["From", "Address", "To"], rows, width);
		return heading === undefined ? lines : [heading, ...lines];
	};
	const row = [["outside"], ["one:1,", "two:2 (a, b)"], ["there"]] as const;
	assert.deepEqual(table3([row], 80), ["From     Address              To", "outside  one:1, two:2 (a, b)  there"]);
	assert.deepEqual(table3([row], 30), ["From     Address         To", "outside  one:1,          there", "         two:2 (a, b)"]);
	assert.deepEqual(table3([row], 27), ["From     Address      To", "outside  one:1,       there", "         two:2 (a,", "         b)"]);
	const long = [["x"], ["a".repeat(20)], ["one two three four"]] as const;
	assert.deepEqual(table3([long], 40).slice(1), [`x     ${"a".repeat(20)}  one two`, `${" ".repeat(28)}three four`]);
	assert.deepEqual(table3([long], 30), [`x: ${"a".repeat(20)}`, "  → one two three four"]);
	assert.deepEqual(table3([], 20), []);
	const repeated = [...row, true] as const;
	assert.deepEqual(table3([row, repeated], 80).slice(1), ["outside  one:1, two:2 (a, b)  there", 'outside  one:1, two:2 (a, b)  "']);
	assert.deepEqual(table3([row, repeated], 19), [
		"outside: one:1,",
		"  two:2 (a, b)",
		"  → there",
		"outside: one:1,",
		"  two:2 (a, b)",
		"  → there",
	]);
	assert.deepEqual(table3([[["outside the cluster"], ["–"], ["not reachable"]]], 30), ["outside the cluster:", "  not reachable"]);
});
