import type { ReportedFinding } from "../report.ts";
import { reaches } from "../severity.ts";
import type { Format } from "./format.ts";

/** One test case for each finding: failed at or above the bar, passed below it. A clean run is one case that passed. */
export const junit: Format = ({ report }, { bar, summary }) => {
	const failures = report.findings.filter((finding) => reaches(finding.severity, bar)).length;
	const counts = `tests="${Math.max(report.findings.length, 1)}" failures="${failures}" errors="0"`;
	const cases = report.findings.flatMap((finding) => testCase(finding, reaches(finding.severity, bar)));
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="portolan" ${counts}>`,
		`  <testsuite name="portolan" ${counts}>`,
		...(cases.length > 0 ? cases : [`    <testcase classname="portolan" name="${escaped(summary())}"/>`]),
		"  </testsuite>",
		"</testsuites>",
		"",
	].join("\n");
};

function testCase(finding: ReportedFinding, failed: boolean): string[] {
	const where = `${finding.file}:${finding.line}:${finding.column}`;
	const text = `${where}: ${finding.severity}: ${finding.message}`;
	const content = failed
		? `<failure type="${finding.rule}" message="${escaped(finding.message)}">${escaped(text)}</failure>`
		: `<system-out>${escaped(text)}</system-out>`;
	const attributes = `classname="${escaped(finding.file)}" name="${finding.rule} at ${finding.line}:${finding.column}" file="${escaped(finding.file)}" line="${finding.line}"`;
	return [`    <testcase ${attributes}>`, `      ${content}`, "    </testcase>"];
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes what XML reads as markup, and replaces the control characters that it cannot hold. */
function escaped(text: string): string {
	return text
		.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
		.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
