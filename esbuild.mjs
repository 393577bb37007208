import { chmodSync } from "node:fs";
import { build, context } from "esbuild";

const production = process.argv.includes("--production");
const common = {
	bundle: true,
	format: "cjs",
	platform: "node",
	target: "node20",
	minify: production,
	sourcemap: production ? false : "linked",
	logLevel: "warning",
	mainFields: ["module", "main"],
};
/** The command is run as a file: it begins with `#!`. */
const executable = {
	name: "executable",
	setup: (bundle) => bundle.onEnd(({ errors }) => errors.length === 0 && chmodSync("dist/cli.js", 0o755)),
};
const bundles = [
	{ ...common, entryPoints: { client: "client/src/extension.ts" }, external: ["vscode"], outdir: "dist" },
	{ ...common, entryPoints: { server: "server/src/main.ts" }, outdir: "dist" },
	{ ...common, entryPoints: { cli: "server/src/cli/main.ts" }, outdir: "dist", plugins: [executable] },
];

if (process.argv.includes("--watch")) for (const options of bundles) await (await context(options)).watch();
else await Promise.all(bundles.map((options) => build(options)));
