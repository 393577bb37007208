import type { Command } from "./command.ts";
import { type Fixing, fixNamed } from "./fix.ts";
import type { Format } from "./formats/format.ts";
import { github } from "./formats/github.ts";
import { json } from "./formats/json.ts";
import { junit } from "./formats/junit.ts";
import { sarif } from "./formats/sarif.ts";
import { text } from "./formats/text.ts";
import { sayNotes } from "./notes.ts";
import { type Reading, read } from "./read.ts";
import { reportOn } from "./report.ts";
import { countRoutes, MOST_COUNTED } from "./routes.ts";
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
		config: { value: "FILE", help: "the configuration that holds, instead of the nearest .portolan.yaml" },
		fix: { help: "apply the safe fixes to the files, and report the rest" },
		quiet: { help: "print only findings at or above that severity, and no summary" },
	},
	run: async (call, io) => {
		const bar = call.text("fail-on") as Bar;
		const quiet = call.isOn("quiet");
		const onFault = (rule: string, error: unknown) => io.err(`portolan: rule ${rule} failed: ${String(error)}\n`);
		const found = await read(call.operands, io, { config: call.text("config") });
		const fixing = call.isOn("fix") ? fixNamed(found, call.operands, io, onFault) : undefined;
		const reading = fixing?.written ? await read(call.operands, io, { config: call.text("config") }) : found;
		const checked = reportOn(reading, io.cwd, onFault);
		const { findings } = checked.report;
		const shown = quiet ? findings.filter((finding) => reaches(finding.severity, bar)) : findings;
		const view = {
			bar,
			quiet,
			summary: () => summary(reading, findings.length, fixing),
			terminal: io.terminal,
			columns: io.columns,
			paint: io.paint,
		};
		io.out((FORMATS[call.text("format") ?? ""] ?? text)({ ...checked, report: { ...checked.report, findings: shown } }, view));
		if (!quiet) sayNotes(reading, io);
		for (const note of [...(quiet ? [] : (fixing?.notes ?? [])), ...(fixing?.failures ?? [])]) io.err(`portolan: ${note}\n`);
		if (fixing && fixing.failures.length > 0) return 2;
		return findings.some((finding) => reaches(finding.severity, bar)) ? 1 : 0;
	},
};

/** `12 Services, 37 paths, 2 findings, 3 cannot tell`: the last are paths, and missing where there are too many. Behind it, with `--fix`, how many findings were repaired. */
function summary(reading: Reading, findings: number, fixing: Fixing | undefined): string {
	const { services, paths } = countRoutes(reading);
	const howMany = paths ? counted(paths.paths, "path") : `more than ${MOST_COUNTED} paths`;
	const counts = [counted(services, "Service"), howMany, counted(findings, "finding"), ...(paths ? [`${paths.unknown} cannot tell`] : [])];
	return [...counts, ...(fixing ? [`${fixing.repaired} fixed`] : [])].join(", ");
}
