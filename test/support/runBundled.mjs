// Bundles a script of the tests with esbuild and runs it with Node: `await runBundled("test/precision/main.ts", args)`.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Runs it in the repository's folder, and gives its exit code. `alongside` says what else is built into the folder of its bundle. */
export async function runBundled(script, args, alongside = () => []) {
	// Inside the repository, where the libraries are found.
	const outdir = path.join(root, "dist", `run-${process.pid}`);
	mkdirSync(outdir, { recursive: true });
	try {
		const bundle = { bundle: true, platform: "node", target: "node20", sourcemap: "linked", logLevel: "warning", outdir };
		const esm = { format: "esm", packages: "external", outExtension: { ".js": ".mjs" } };
		await build({ ...bundle, ...esm, entryPoints: { main: path.join(root, script) } });
		for (const options of alongside(outdir)) await build(options);
		const run = spawnSync(process.execPath, ["--enable-source-maps", path.join(outdir, "main.mjs"), ...args], {
			stdio: "inherit",
			cwd: root,
		});
		return run.status ?? 1;
	} finally {
		rmSync(outdir, { recursive: true, force: true });
	}
}
