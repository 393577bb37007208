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
const bundles = [
	{ ...common, entryPoints: { client: "client/src/extension.ts" }, external: ["vscode"], outdir: "dist" },
	{ ...common, entryPoints: { server: "server/src/main.ts", cli: "server/src/cli/main.ts" }, outdir: "dist" },
];

if (process.argv.includes("--watch")) for (const options of bundles) await (await context(options)).watch();
else await Promise.all(bundles.map((options) => build(options)));
