// Opens the examples in an editor that has Portolan, when somebody sits at the terminal and wants it.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline/promises";
import { npmHostRunsHere } from "../test/e2e/host/npm-host.mjs";
import { workbench } from "../test/e2e/host/page.mjs";
import { installExtension, startServer } from "../test/e2e/host/server.mjs";
import { quiet, userData } from "../test/e2e/settings.mjs";

/** Asks, and opens what was chosen: VS Code where the command `code` is, else one from npm, on a port of this machine alone. */
export async function offerEditor(root) {
	if (!process.stdin.isTTY || !process.stdout.isTTY || process.env.CI) return;
	const desktop = desktopCode();
	if (!desktop && !npmHostRunsHere()) return;
	const where = desktop ? "in VS Code" : "in a browser, with VS Code from npm (430 MB the first time)";
	if (!(await wanted(`Open the examples ${where}? [y/N] `))) return;
	if (desktop) openDesktop(desktop, root);
	else await serveBrowser(root);
}

/** The command of a desktop VS Code on the PATH, not of a terminal inside of one that runs elsewhere. */
function desktopCode() {
	const found = spawnSync("code", ["--version"], { encoding: "utf8", shell: process.platform === "win32" });
	return found.status === 0 && /^\d+\.\d+/.test(found.stdout) ? "code" : undefined;
}

async function wanted(question) {
	const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
	try {
		return /^\s*y(es)?\s*$/i.test(await terminal.question(question));
	} catch {
		// The terminal is closed.
		return false;
	} finally {
		terminal.close();
	}
}

function openDesktop(code, root) {
	const args = [`--extensionDevelopmentPath=${root}`, path.join(root, "examples")];
	spawn(code, args, { detached: true, stdio: "ignore", shell: process.platform === "win32" }).unref();
}

/** Serves the editor until the person ends it, and leaves nothing behind. */
async function serveBrowser(root) {
	const run = mkdtempSync(path.join(os.tmpdir(), "portolan-demo-"));
	process.once("exit", () => rmSync(run, { recursive: true, force: true, maxRetries: 10 }));
	const folders = { scratch: run, userData: userData(path.join(run, "data"), quiet), extensions: path.join(run, "extensions") };
	mkdirSync(folders.extensions);
	const vsix = path.join(run, "portolan.vsix");
	console.log("Packaging the extension");
	execFileSync("npm", ["run", "--silent", "package", "--", "--out", vsix], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
	await installExtension(vsix, folders);
	const server = await startServer(folders, { testing: false });
	const examples = path.join(root, "examples");
	const first = path.join(examples, "guestbook", "broken");
	console.log(`\n  ${workbench(server.authority, examples, [["openFile", path.join(first, "frontend-service.yaml")]])}\n`);
	console.log("Open this in a browser on this machine. Ctrl+C ends it.");
	await new Promise((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, resolve);
	});
	await server.stop();
}
