import type { Command } from "./command.ts";
import type { Format } from "./formats/format.ts";
import { github } from "./formats/github.ts";
import { json } from "./formats/json.ts";
import { junit } from "./formats/junit.ts";
import { sarif } from "./formats/sarif.ts";
import { text } from "./formats/text.ts";
import { sayNotes } from "./notes.ts";
import { type Reading, read } from "./read.ts";
import { reportOn } from "./report.ts";
import { countPaths, routesOf } from "./routes.ts";
import { BARS, type Bar, reaches } from "./severity.ts";
import { counted } from "./words.ts";

const FORMATS: Readonly<Record<string, Format>> = { text, json, sarif, github, junit };

export const check: Command = {
	name: "check",
	operands: "[PATH...]",
	summary: "Finds what is wrong in manifests: files, folders, or - for standard input",
	options: {
		format: { choices: Object.keys(FORMATS), help: "how to print the findings (default text)" },
		"fail-on": { choices: BARS, help: "from which severity on the exit code is 1 (default error)" },
		quiet: { help: "print only findings at or above that severity, and no summary" },
	},
	run: async (call, io) => {
		const bar = call.text("fail-on") as Bar;
		const quiet = call.isOn("quiet");
		const reading = await read(call.operands, io);
		const checked = reportOn(reading, io.cwd, (rule, error) => io.err(`portolan: rule ${rule} failed: ${String(error)}\n`));
		const { findings } = checked.report;
		const shown = quiet ? findings.filter((finding) => reaches(finding.severity, bar)) : findings;
		const view = {
			bar,
			quiet,
			summary: () => summary(reading, findings.length),
			terminal: io.terminal,
			columns: io.columns,
			paint: io.paint,
		};
		io.out((FORMATS[call.text("format") ?? ""] ?? text)({ ...checked, report: { ...checked.report, findings: shown } }, view));
		if (!quiet) sayNotes(reading, io);
		return findings.some((finding) => reaches(finding.severity, bar)) ? 1 : 0;
	},
};

/** `12 Services, 37 paths, 2 findings, 3 cannot tell`: the last are paths. */
function summary(reading: Reading, findings: number): string {
	const routes = routesOf(reading);
	const { paths, unknown } = countPaths(routes);
	const counts = [counted(routes.services.length, "Service"), counted(paths, "path"), counted(findings, "finding")];
	return [...counts, `${unknown} cannot tell`].join(", ");
}
