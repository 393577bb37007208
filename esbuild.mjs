import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

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

/** Writes what esbuild splits, which it does with `import` and `export` alone, as modules that `require` gives at once. */
const commonjs = {
	name: "commonjs",
	setup: ({ onEnd }) =>
		onEnd(({ outputFiles = [] }) => {
			for (const { path: file, text } of outputFiles) {
				mkdirSync(path.dirname(file), { recursive: true });
				writeFileSync(file, file.endsWith(".js") ? asCommonJs(text) : text);
			}
		}),
};

/** Names are copied, as nothing that is exported changes; so they cost no more than in one bundle. Keeps lines as they are. */
function asCommonJs(text) {
	const names = (list) => list.replace(/\s+as\s+/g, ":");
	const swapped = (list) => list.replace(/([\w$]+)\s+as\s+([\w$]+)/g, "$2:$1");
	const statement = (rest) => new RegExp(`(?<=^|[;}\\n])${rest};?`, "g");
	return text
		.replace(statement('import\\s*(\\{[^}]*\\})\\s*from\\s*("[^"]+")'), (_, list, from) => `const ${names(list)}=require(${from});`)
		.replace(statement('import\\s+(?:\\*\\s*as\\s+)?([\\w$]+)\\s+from\\s*("[^"]+")'), (_, name, from) => `const ${name}=require(${from});`)
		.replace(statement('import\\s*("[^"]+")'), (_, from) => `require(${from});`)
		.replace(statement("export\\s*(\\{[^}]*\\})"), (_, list) => `module.exports=${swapped(list)};`);
}

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
			// What renders is a bundle of its own, loaded when something is rendered; what it has in common with the server is a third one.
			entryPoints: { server: "server/src/main.ts", "server-renderers": "server/src/units/allRenderers.ts" },
			external: ["./server-renderers.js"],
			chunkNames: "server-core",
			splitting: true,
			format: "esm",
			banner: { js: '"use strict";' },
			write: false,
			plugins: [withoutExplanations, commonjs],
		},
		{ ...server, entryPoints: { cli: "server/src/cli/main.ts" }, plugins: [executable] },
	];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const all = bundles({ production: process.argv.includes("--production") });
	if (process.argv.includes("--watch")) for (const options of all) await (await context(options)).watch();
	else await Promise.all(all.map((options) => build(options)));
}
