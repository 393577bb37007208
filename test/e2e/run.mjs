import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "./host/chromium.mjs";
import { npmHostRunsHere } from "./host/npm-host.mjs";
import { runInBrowser } from "./run-browser.mjs";
import { runInHost } from "./run-suite.mjs";

const usage = `node test/e2e/run.mjs [options]: tests the packaged extension in a real VS Code
  --only suite|browser   the tests inside the extension host, or those with mouse and keyboard
  --vsix FILE            test this package instead of making one
  --screenshots          write images/hover.png and images/values.png
  --verbose              show what VS Code and the packager say
  --keep                 keep the run's folder`;

const repository = fileURLToPath(new URL("../..", import.meta.url));
const options = readOptions();
requireChromium();
const run = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-e2e-"));
process.on("exit", () => {
	if (options.keep) {
		console.log(`Kept ${run}`);
	} else {
		fs.rmSync(run, { recursive: true, force: true, maxRetries: 10 });
	}
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
	process.on(signal, () => process.exit(130));
}
process.exitCode = await main();

/** The exit code: 0 when there are tests and all of them pass. */
async function main() {
	const vsix = options.vsix ?? packageExtension();
	const runners = { suite: runInHost, browser: runInBrowser };
	const results = [];
	for (const [name, tests] of Object.entries(runners)) {
		if (options.only === undefined || options.only === name) {
			const folder = path.join(run, name);
			fs.mkdirSync(folder);
			results.push(...(await tests({ vsix, run: folder, repository, options })));
		}
	}
	const failed = results.filter(({ error }) => error !== undefined).length;
	console.log(`${results.length - failed} passed, ${failed} failed`);
	return failed === 0 && results.length > 0 ? 0 : 1;
}

/** Ends at once, with the line to run, where the browser is missing and cannot be installed. */
function requireChromium() {
	try {
		if (npmHostRunsHere()) {
			chromium();
		}
	} catch (error) {
		console.error(error.message);
		process.exit(1);
	}
}

function packageExtension() {
	const vsix = path.join(repository, "portolan.vsix");
	fs.rmSync(vsix, { force: true });
	try {
		const stdio = options.verbose ? "inherit" : "pipe";
		execFileSync("npm", ["run", "package"], { cwd: repository, stdio: ["ignore", stdio, stdio], shell: process.platform === "win32" });
	} catch (error) {
		console.error(`npm run package failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
		process.exit(1);
	}
	return vsix;
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				only: { type: "string" },
				vsix: { type: "string" },
				screenshots: { type: "boolean", default: false },
				verbose: { type: "boolean", default: false },
				keep: { type: "boolean", default: false },
				help: { type: "boolean" },
			},
		});
		if (values.help) {
			console.log(usage);
			process.exit(0);
		}
		if (values.only !== undefined && values.only !== "suite" && values.only !== "browser") {
			throw new Error(`--only takes suite or browser, not ${values.only}`);
		}
		return values;
	} catch (error) {
		console.error(`${error.message}\n\n${usage}`);
		process.exit(2);
	}
}
