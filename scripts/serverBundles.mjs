import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const resolve = createRequire(path.join(root, "package.json")).resolve;

/** What the server does not need to say what is wrong in a sound file, by the bundle that holds it: modules whose functions load it when one of them is called. */
const LATER = {
	"server-answers": [
		"codeActions",
		"codeLens",
		"comparison",
		"completion",
		"definition",
		"documentation",
		"hover",
		"inlayHints",
		"rendered",
	].map((name) => `server/src/lsp/${name}.ts`),
	"server-renderers": ["server/src/units/loadRenderers.ts"],
	"server-yaml": ["server/src/yaml/recover.ts", "server/src/yaml/write.ts"],
};

/** All that the server is at its start. Every bundle imports it, so that it stands in one chunk that they share. */
const CORE = "server/src/lsp/start.ts";

/** The bundles of the server, and what they load of each other. */
export const serverBundles = {
	entryPoints: { server: "server/src/main.ts", ...Object.fromEntries(Object.keys(LATER).map((bundle) => [bundle, `later:${bundle}`])) },
	external: Object.keys(LATER).map((bundle) => `./${bundle}.js`),
	chunkNames: "chunk-[hash]",
	splitting: true,
	format: "esm",
	metafile: true,
	write: false,
};

/** Puts in the place of what is loaded later functions that load it. */
const later = {
	name: "later",
	setup: ({ onResolve, onLoad }) => {
		const bundleOf = new Map(Object.entries(LATER).flatMap(([bundle, files]) => files.map((file) => [file, bundle])));
		onResolve({ filter: /^later:/ }, ({ path: name }) => ({ path: name.slice("later:".length), namespace: "later" }));
		onLoad({ filter: /./, namespace: "later" }, ({ path: bundle }) => ({
			contents: [`import "./${CORE}";`, ...LATER[bundle].map((file) => `export * from "./${file}";`)].join("\n"),
			resolveDir: root,
		}));
		onResolve({ filter: /^\..*\.ts$/ }, ({ path: name, resolveDir, namespace }) => {
			const file = path.relative(root, path.resolve(resolveDir, name)).replaceAll(path.sep, "/");
			return namespace !== "later" && bundleOf.has(file) ? { path: file, namespace: "called" } : undefined;
		});
		onLoad({ filter: /./, namespace: "called" }, async ({ path: file }) =>
			callingFunctions(await readFile(path.join(root, file), "utf8"), bundleOf.get(file)),
		);
	},
};

function callingFunctions(text, bundle) {
	const other = /^export (?!(async )?function\b|interface\b|type\b).*/m.exec(text);
	if (other) return { errors: [{ text: `Only functions can be loaded later: ${other[0]}` }] };
	const functions = [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map(
		([, name]) => `export const ${name} = (...args) => load().${name}(...args);`,
	);
	return { contents: [`let bundle; const load = () => (bundle ??= require("./${bundle}.js"));`, ...functions].join("\n") };
}

const API = "vscode-languageserver/node";

/**
 * The library of the protocol as a module of which what nobody uses is left out. As it is, its modules hand hundreds of names on to each
 * other one by one, each file that imports it copies all of them, and it loads modules of Node of which it makes no use here.
 */
const library = {
	name: "library",
	setup: ({ initialOptions, onResolve, onLoad }) => {
		const file = resolve(API);
		// TypeScript makes its own function for `export *` only where there is none.
		initialOptions.inject = [...(initialOptions.inject ?? []), "library:star"];
		initialOptions.define = { ...initialOptions.define, "this.__exportStar": "exportStar" };
		const contents = {
			"library:star": `export function exportStar(from, to) {
				for (const name in from) if (name !== "default" && !Object.hasOwn(to, name)) to[name] = from[name];
			}`,
			[API]: [
				`const library = require(${JSON.stringify(file)});`,
				...Object.keys(createRequire(file)(file)).map((name) => `export const ${name} = /* @__PURE__ */ (() => library.${name})();`),
			].join("\n"),
			child_process: whenUsed("child_process"),
			crypto: whenUsed("crypto"),
		};
		onResolve({ filter: new RegExp(`^(${Object.keys(contents).join("|")})$`) }, ({ path: name }) => ({ path: name, namespace: "library" }));
		onLoad({ filter: /./, namespace: "library" }, ({ path: name }) => ({ contents: contents[name], resolveDir: root }));
	},
};

function whenUsed(builtin) {
	return `module.exports = new Proxy({}, { get: (_, name) => require("node:${builtin}")[name] });`;
}

/** Writes what esbuild splits, which it does with `import` and `export` alone, as modules that `require` gives at once. */
const commonjs = {
	name: "commonjs",
	setup: ({ onEnd }) =>
		onEnd(({ outputFiles = [], metafile = { outputs: {} } }) => {
			const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]));
			const chunks = namesOfChunks(outputs);
			const named = (text) => [...chunks].reduce((renamed, [chunk, name]) => renamed.replaceAll(chunk, name), text);
			for (const { path: file, text } of outputFiles) {
				mkdirSync(path.dirname(file), { recursive: true });
				const output = file.endsWith(".js") && outputs.get(path.basename(file));
				writeFileSync(named(file), named(output ? asCommonJs(text, output) : text));
			}
		}),
};

/** What the server imports at its start is its core; what is left are pieces that bundles share that are loaded later. */
function namesOfChunks(outputs) {
	const core = (outputs.get("server.js")?.imports ?? []).map((imported) => path.basename(imported.path));
	const chunks = [...outputs.keys()].filter((name) => /^chunk-.*\.js$/.test(name));
	const others = chunks.filter((name) => !core.includes(name));
	const nameOf = (chunk) => (core.includes(chunk) ? "server-core" : `server-shared${others.indexOf(chunk) || ""}`);
	return new Map(chunks.map((chunk) => [path.basename(chunk, ".js"), nameOf(chunk)]));
}

/**
 * Names are copied, as nothing that is exported changes; so they cost no more than in one bundle. Keeps lines as they are. Throws when
 * that are other statements than those that esbuild says it has written.
 */
function asCommonJs(text, { imports, exports }) {
	const done = { import: 0, export: 0 };
	const names = (list) => list.replace(/\s+as\s+/g, ":");
	const swapped = (list) => list.replace(/([\w$]+)\s+as\s+([\w$]+)/g, "$2:$1");
	const replace = (written, kind, rest, by) =>
		written.replace(new RegExp(`(?<=^|[;}\\n])${kind}\\s*${rest};?`, "g"), (_, ...groups) => {
			done[kind]++;
			return by(...groups);
		});
	let written = replace(text, "import", '(\\{[^}]*\\})\\s*from\\s*("[^"]+")', (list, from) => `const ${names(list)}=require(${from});`);
	written = replace(
		written,
		"import",
		'(?:\\*\\s*as\\s+)?([\\w$]+)\\s+from\\s*("[^"]+")',
		(name, from) => `const ${name}=require(${from});`,
	);
	written = replace(written, "import", '("[^"]+")', (from) => `require(${from});`);
	written = replace(written, "export", "(\\{[^}]*\\})", (list) => `module.exports=${swapped(list)};`);
	if (done.import !== imports.filter(({ kind }) => kind === "import-statement").length || done.export !== Number(exports.length > 0))
		throw new Error("This bundle cannot be written as a CommonJS module");
	return written;
}

export const serverPlugins = [later, library, commonjs];
