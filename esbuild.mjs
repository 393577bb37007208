import { chmodSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { serverBundles, serverPlugins } from "./scripts/serverBundles.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const resolve = createRequire(path.join(root, "package.json")).resolve;

/** The command is run as a file: it begins with `#!`. */
const executable = {
	name: "executable",
	setup: ({ initialOptions, onEnd }) =>
		onEnd(
			({ errors }) => errors.length === 0 && chmodSync(path.resolve(initialOptions.absWorkingDir, initialOptions.outdir, "cli.js"), 0o755),
		),
};

/** Leaves out of a rule what only its page and `portolan explain` print. */
const withoutExplanations = {
	name: "without-explanations",
	setup: ({ onLoad }) =>
		onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/][\w-]+\.ts$/ }, async (file) => {
			const text = await readFile(file.path, "utf8");
			return { loader: "ts", contents: text.replace(/^\t(bad|good|why|source):\s*(?:`[^`]*`|"(?:[^"\\]|\\.)*"),$/gm, '\t$1: "",') };
		}),
};

/** What is built, as esbuild takes it. */
export function bundles({ production, outdir = "dist" }) {
	const common = {
		absWorkingDir: root,
		bundle: true,
		format: "cjs",
		platform: "node",
		target: "node20",
		minify: production,
		sourcemap: production ? false : "linked",
		logLevel: "warning",
		mainFields: ["module", "main"],
		outdir,
	};
	const server = {
		...common,
		alias: {
			// Of its build for Node nothing can be left out.
			yaml: path.join(path.dirname(resolve("yaml/package.json")), "browser/index.js"),
			// One of the versions that libraries bring along is enough.
			"vscode-languageserver-types": resolve("vscode-languageserver-types"),
		},
	};
	return [
		{ ...common, entryPoints: { client: "client/src/extension.ts" }, external: ["vscode"] },
		{
			...server,
			...serverBundles,
			banner: { js: '"use strict";' },
			plugins: [withoutExplanations, ...serverPlugins],
		},
		{
			...server,
			entryPoints: { cli: "server/src/cli/main.ts", "cli-commands": "server/src/cli/dispatch.ts" },
			external: ["./cli-commands.js", "./server.js"],
			plugins: [executable],
		},
	];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const all = bundles({ production: process.argv.includes("--production") });
	if (process.argv.includes("--watch")) for (const options of all) await (await context(options)).watch();
	else await Promise.all(all.map((options) => build(options)));
}
