import { version } from "../../../../package.json";
import { RULES } from "../../rules/list.ts";
import type { Severity } from "../../rules/rule.ts";
import type { Location } from "../locate.ts";
import type { ReportedFinding } from "../report.ts";
import type { Format } from "./format.ts";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "note", hint: "note" };

/** SARIF 2.1.0, which code scanning services take. */
export const sarif: Format = ({ report }) => {
	const driver = {
		name: "Portolan",
		version,
		rules: RULES.map((rule) => ({
			id: rule.name,
			shortDescription: { text: rule.summary },
			fullDescription: { text: rule.why },
			helpUri: rule.source,
			defaultConfiguration: { enabled: !rule.off, level: LEVELS[rule.levels[0]] },
		})),
	};
	const run = {
		tool: { driver },
		columnKind: "utf16CodeUnits",
		results: report.findings.map(result),
		invocations: [
			{
				executionSuccessful: true,
				toolExecutionNotifications: report.skipped.map(({ file, reason }) => ({
					level: "note",
					message: { text: `Skipped: ${reason}` },
					locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
				})),
			},
		],
	};
	const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
	return `${JSON.stringify(log, null, 2)}\n`;
};

function result(finding: ReportedFinding) {
	return {
		ruleId: finding.rule,
		level: LEVELS[finding.severity],
		message: { text: finding.message },
		locations: [{ physicalLocation: physical(finding) }],
		relatedLocations: finding.related.map((related, id) => ({
			id,
			physicalLocation: physical(related),
			message: { text: related.message },
		})),
		fixes: finding.fixes.map((fix) => ({
			description: { text: fix.title },
			artifactChanges: [...new Set(fix.edits.map((edit) => edit.file))].map((file) => ({
				artifactLocation: artifact(file),
				replacements: fix.edits
					.filter((edit) => edit.file === file)
					.map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.text } })),
			})),
		})),
	};
}

function physical(at: Location) {
	return { artifactLocation: artifact(at.file), region: region(at) };
}

function region(at: Location) {
	return { startLine: at.line, startColumn: at.column, endLine: at.endLine, endColumn: at.endColumn };
}

/** A relative reference, as a URI has it. */
function artifact(file: string) {
	return { uri: file.split("/").map(encodeURIComponent).join("/") };
}
