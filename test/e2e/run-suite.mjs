import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { createVSIX } from "@vscode/vsce";
import { build } from "esbuild";
import { contentsResult } from "./contents.mjs";
import { chooseVSCode } from "./host/choose.mjs";
import { print } from "./results.mjs";
import { quiet, userData } from "./settings.mjs";

/**
 * Runs `suite/` inside the extension host of VS Code, with the packaged extension installed and a copy of `workspace/` open.
 * @returns {Promise<{ title: string, error?: string }[]>}
 */
export async function runInHost({ vsix, run, options }) {
	const vscode = await chooseVSCode();
	console.log(`\nInside ${vscode.title}`);
	const profile = [`--extensions-dir=${path.join(run, "extensions")}`, `--user-data-dir=${userData(path.join(run, "data"), quiet)}`];
	install(vscode, vsix, profile);
	const packaged = options.vsix === undefined ? [contentsResult(path.join(run, "extensions"))] : [];
	install(vscode, await standIn(path.join(run, "stand-in")), profile);
	const workspace = path.join(run, "workspace");
	fs.cpSync(new URL("workspace", import.meta.url), workspace, { recursive: true });
	const results = path.join(run, "results.json");
	let failure;
	try {
		await runTests({
			vscodeExecutablePath: vscode.executable,
			...(await harness(path.join(run, "harness"))),
			launchArgs: [workspace, ...profile, ...(options.verbose ? ["--verbose"] : [])],
			extensionTestsEnv: { ...vscode.env, E2E_RESULTS: results, E2E_UNITS: fileURLToPath(new URL("units", import.meta.url)) },
		});
	} catch (error) {
		failure = error;
	}
	const all = [...packaged, ...verdict(results, failure)];
	all.forEach(print);
	return all;
}

/** An exit code of 0 without results is no pass, nor are good results from a VS Code that failed. */
function verdict(file, failure) {
	const results = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : [];
	if (results.length === 0) {
		results.push({ title: "VS Code runs the tests", error: failure?.message ?? "it ended well and left no results" });
	} else if (failure !== undefined && results.every(({ error }) => error === undefined)) {
		results.push({ title: "VS Code ends well after the tests", error: failure.message });
	}
	return results;
}

function install(vscode, vsix, profile) {
	const shell = process.platform === "win32";
	const stdio = ["ignore", "ignore", "inherit"];
	execFileSync(shell ? `"${vscode.cli}"` : vscode.cli, [...profile, "--install-extension", vsix], { shell, stdio });
}

/** A package with the id of Red Hat's YAML extension that does nothing. */
async function standIn(folder) {
	fs.mkdirSync(folder);
	const manifest = { name: "vscode-yaml", publisher: "redhat", version: "0.0.1", engines: { vscode: "*" }, extensionKind: ["workspace"] };
	fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
	fs.writeFileSync(path.join(folder, "README.md"), "Stands in for another extension.\n");
	const packagePath = path.join(folder, "stand-in.vsix");
	await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
	return packagePath;
}

/** An extension that does nothing but carry the bundled tests: VS Code runs tests only beside an extension in development. */
async function harness(folder) {
	fs.mkdirSync(folder);
	const manifest = { name: "harness", publisher: "portolan", version: "0.0.0", engines: { vscode: "*" }, extensionKind: ["workspace"] };
	fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
	// Mocha asks for its own files at run time, which a bundle does not hold.
	const mocha = createRequire(import.meta.url).resolve("mocha");
	const suite = path.join(folder, "suite.cjs");
	await build({
		entryPoints: [fileURLToPath(new URL("suite/index.ts", import.meta.url))],
		outfile: suite,
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node20",
		alias: { mocha },
		external: ["vscode", mocha],
		logLevel: "warning",
	});
	return { extensionDevelopmentPath: folder, extensionTestsPath: suite };
}
