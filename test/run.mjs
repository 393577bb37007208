// Bundles the test files with esbuild and runs them with Node's test runner. Arguments: parts of the paths to run.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const wanted = process.argv.slice(2);
const entries = testFiles(path.join(root, "test")).filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (entries.length === 0) {
	console.error(`No test file matches ${wanted.join(" ")}`);
	process.exit(1);
}
// A folder for each run, so that two at once do no harm; inside the repository, where the libraries are found.
const outdir = path.join(root, "dist", `test-${process.pid}`);
await build({
	entryPoints: entries,
	outdir,
	outbase: path.join(root, "test"),
	bundle: true,
	platform: "node",
	format: "esm",
	target: "node20",
	packages: "external",
	sourcemap: "linked",
	outExtension: { ".js": ".mjs" },
	logLevel: "warning",
});
const built = entries.map((file) => path.join(outdir, path.relative(path.join(root, "test"), file).replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter", process.env.CI ? "tap" : "spec", ...built], {
	stdio: "inherit",
	cwd: root,
});
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);

function testFiles(folder) {
	return readdirSync(folder, { withFileTypes: true })
		.flatMap((entry) => {
			const file = path.join(folder, entry.name);
			if (entry.isDirectory()) return entry.name === "e2e" ? [] : testFiles(file);
			return entry.name.endsWith(".test.ts") ? [file] : [];
		})
		.sort();
}
