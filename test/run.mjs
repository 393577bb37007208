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
// A folder's tests share a process: starting one, and compiling the same code in it, takes longer than most files' tests.
const folders = new Map();
for (const file of entries) {
	const folder = path.relative(root, path.dirname(file));
	folders.set(folder, [...(folders.get(folder) ?? []), file]);
}
await build({
	entryPoints: [...folders.keys()].map((folder) => ({ in: `folder:${folder}`, out: path.join(path.relative("test", folder), "tests") })),
	outdir,
	bundle: true,
	platform: "node",
	format: "esm",
	target: "node20",
	packages: "external",
	sourcemap: "linked",
	outExtension: { ".js": ".mjs" },
	logLevel: "warning",
	plugins: [{ name: "folders", setup: importFolders }],
});
const built = [...folders.keys()].map((folder) => path.join(outdir, path.relative("test", folder), "tests.mjs"));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter", process.env.CI ? "tap" : "spec", ...built], {
	stdio: "inherit",
	cwd: root,
});
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);

function importFolders({ onResolve, onLoad }) {
	onResolve({ filter: /^folder:/ }, ({ path: name }) => ({ path: name.slice("folder:".length), namespace: "folder" }));
	onLoad({ filter: /.*/, namespace: "folder" }, ({ path: folder }) => ({
		contents: (folders.get(folder) ?? []).map((file) => `import ${JSON.stringify(file)};`).join("\n"),
		resolveDir: root,
	}));
}

function testFiles(folder) {
	return readdirSync(folder, { withFileTypes: true })
		.flatMap((entry) => {
			const file = path.join(folder, entry.name);
			if (entry.isDirectory()) return entry.name === "e2e" ? [] : testFiles(file);
			return entry.name.endsWith(".test.ts") ? [file] : [];
		})
		.sort();
}
