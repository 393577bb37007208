import type { Paint } from "../io.ts";
import type { Location } from "../locate.ts";
import type { ReportedFinding } from "../report.ts";
import { SEVERITY_COLOURS } from "../severity.ts";
import { excerpt } from "./excerpt.ts";
import type { Format, View } from "./format.ts";

/** One line for each finding, as compilers write it; on a terminal with the source line, carets, the other end and the fixes. */
export const text: Format = ({ report, lineOf }, view) => {
	const lines = report.findings.flatMap((finding) => [
		headline(finding, view.paint),
		...(view.terminal ? details(finding, lineOf(finding), view) : []),
	]);
	if (!view.quiet) lines.push(view.summary());
	return lines.map((line) => `${line}\n`).join("");
};

function headline(finding: ReportedFinding, paint: Paint): string {
	const severity = paint(SEVERITY_COLOURS[finding.severity], `${finding.severity}:`);
	return `${paint("bold", printed(finding))}: ${severity} ${finding.message} ${paint("dim", `[${finding.rule}]`)}`;
}

/** `path:line:column`, which editors and grep understand. */
function printed(at: Location): string {
	return `${at.file}:${at.line}:${at.column}`;
}

function details(finding: ReportedFinding, line: string, { paint, columns }: View): string[] {
	const length = finding.endLine === finding.line ? finding.endColumn - finding.column : line.length - finding.column + 1;
	const shown = excerpt(line, finding.column - 1, length, columns - INDENT.length);
	return [
		`${INDENT}${shown.line}`,
		`${INDENT}${shown.padding}${paint(SEVERITY_COLOURS[finding.severity], shown.carets)}`,
		...finding.related.map((related) => `${INDENT}${paint("dim", `${printed(related)}: ${related.message}`)}`),
		...finding.fixes.map((fix) => `${INDENT}${paint("green", "fix:")} ${fix.title}`),
		"",
	];
}

const INDENT = "    ";
