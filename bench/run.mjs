// Prints what the main things cost beside their targets: `npm run bench [-- COUNT[:flat]|rendered|large|FOLDER ...]`, by default on 100 to 20,000 generated manifests, on overlays and charts, and on very large files.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundles } from "../esbuild.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const scratch = mkdtempSync(path.join(tmpdir(), "portolan-bench-"));
try {
	const bundle = { bundle: true, platform: "node", target: "node20", mainFields: ["module", "main"], logLevel: "warning" };
	await build({ ...bundle, entryPoints: [path.join(root, "bench/bench.ts")], outfile: path.join(scratch, "bench.cjs"), format: "cjs" });
	for (const options of bundles({ production: true, outdir: scratch })) await build(options);
	const size = (name) => statSync(path.join(scratch, `${name}.js`)).size / 1000;
	console.log("Processor time where nothing else is said: the machine may be busy with something else.\n");
	console.log(
		`bundles, minified: server ${(size("server") + size("server-core")).toFixed(0)} kB (target: below 700 kB), loaded later: what renders ${size("server-renderers").toFixed(0)} kB, what answers other requests ${(size("server-answers") + size("server-shared")).toFixed(0)} kB, the yaml library ${size("server-yaml").toFixed(0)} kB; client ${size("client").toFixed(0)} kB, commands ${size("cli-commands").toFixed(0)} kB`,
	);
	const given = process.argv.slice(2);
	const figures = [];
	for (const workspace of given.length > 0 ? given : ["100", "1000", "10000", "10000:flat", "20000", "rendered", "large"]) {
		const { status, stdout } = spawnSync(
			process.execPath,
			["--expose-gc", path.join(scratch, "bench.cjs"), workspace, path.join(scratch, "server.js")],
			{
				stdio: ["ignore", "pipe", "inherit"],
				encoding: "utf8",
			},
		);
		const [printed, last] = stdout.split("FIGURES ");
		process.stdout.write(printed ?? "");
		if (status !== 0) process.exitCode = 1;
		if (last !== undefined) figures.push(JSON.parse(last));
	}
	printGrowth(figures);
} finally {
	rmSync(scratch, { recursive: true, force: true });
}

function printGrowth(figures) {
	if (figures.length < 2) return;
	console.log("\ngrowth with the workspace");
	for (const { workspace, cold, edit } of figures) {
		console.log(
			`  ${String(workspace).padEnd(12)} ${cold.toFixed(3)} ms a file, cold, with all findings; ${edit.toFixed(2)} ms from an edit to all findings (median of the slowest kind)`,
		);
	}
}
