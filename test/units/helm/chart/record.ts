import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { recordedCharts } from "./recordedCharts.ts";

/** Writes anew what Helm answers for the recorded charts. The argument is the path of Helm 3.22. */
const [helm] = process.argv.slice(2);
if (helm === undefined) {
	console.error("usage: node test/units/helm/chart/record.mjs HELM");
	process.exit(2);
}
const folder = mkdtempSync(path.join(tmpdir(), "portolan-record-"));
for (const { name, file, files, args, question } of recordedCharts()) {
	const chart = path.join(folder, name, "chart");
	for (const [at, text] of files) {
		const target = path.join(chart, at);
		mkdirSync(path.dirname(target), { recursive: true });
		writeFileSync(target, text);
	}
	writeFileSync(file, question + answerOf(helm, chart, args));
}
rmSync(folder, { recursive: true });

function answerOf(command: string, chart: string, args: readonly string[]): string {
	try {
		const printed = execFileSync(command, ["template", "release-name", ".", ...args], { cwd: chart, encoding: "utf8", stdio: "pipe" });
		// What comes before is told of dependencies.
		return printed.slice(Math.max(0, printed.indexOf("---\n")));
	} catch (error) {
		const text = (error as { readonly stderr: string }).stderr;
		return `${/^Error: .*$/m.exec(text)?.[0] ?? text}\n`;
	}
}
