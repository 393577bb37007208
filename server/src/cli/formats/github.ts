import type { Severity } from "../../rules/rule.ts";
import type { Format } from "./format.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "notice", hint: "notice" };

/** Workflow commands that GitHub Actions turns into annotations on the changed lines. */
export const github: Format = ({ report }, { quiet, summary }) => {
	const lines = report.findings.map((finding) => {
		const properties = {
			file: finding.file,
			line: finding.line,
			endLine: finding.endLine,
			col: finding.column,
			endColumn: finding.endColumn,
			title: finding.rule,
		};
		const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
		return `::${COMMANDS[finding.severity]} ${list.join(",")}::${escaped(finding.message)}`;
	});
	return [...lines, ...(quiet ? [] : [summary()])].map((line) => `${line}\n`).join("");
};

function escaped(text: string): string {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
	return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
