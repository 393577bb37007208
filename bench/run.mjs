// Prints how long the main things take: `npm run bench [-- COUNT[:flat]|FOLDER ...]`, by default on 100 and 1,000 generated manifests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const scratch = mkdtempSync(path.join(tmpdir(), "portolan-bench-"));
try {
	const bundle = { bundle: true, platform: "node", target: "node20", mainFields: ["module", "main"], logLevel: "warning" };
	await build({ ...bundle, entryPoints: [path.join(root, "bench/bench.ts")], outfile: path.join(scratch, "bench.cjs"), format: "cjs" });
	await build({
		...bundle,
		entryPoints: {
			client: path.join(root, "client/src/extension.ts"),
			server: path.join(root, "server/src/main.ts"),
			cli: path.join(root, "server/src/cli/main.ts"),
		},
		external: ["vscode"],
		format: "cjs",
		minify: true,
		outdir: scratch,
	});
	const sizes = ["client", "server", "cli"].map(
		(name) => `${name} ${(statSync(path.join(scratch, `${name}.js`)).size / 1000).toFixed(0)} kB`,
	);
	console.log(`bundles, minified: ${sizes.join(", ")}`);
	const given = process.argv.slice(2);
	for (const workspace of given.length > 0 ? given : ["100", "1000"]) {
		const server = path.join(scratch, "server.js");
		const { status } = spawnSync(process.execPath, ["--expose-gc", path.join(scratch, "bench.cjs"), workspace, server], {
			stdio: "inherit",
		});
		if (status !== 0) process.exitCode = 1;
	}
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
