import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, SilentReporter } from "@vscode/test-electron";
import { cache, npmHostRunsHere, vscodeVersion } from "./npm-host.mjs";

const downloads = "https://update.code.visualstudio.com/api/releases/stable";
const patience = 3_000;

/**
 * The VS Code to test in: the one that `$VSCODE_EXECUTABLE` names, else a desktop one where it can be downloaded and shown, else the one from npm.
 * @returns {Promise<{ title: string, executable: string, cli: string, env: Record<string, string> }>}
 *   `executable` runs tests with `env`, `cli` installs extensions
 */
export async function chooseVSCode() {
	const given = process.env.VSCODE_EXECUTABLE;
	if (given) {
		return desktop(given);
	}
	if (!npmHostRunsHere() || (canShowWindows() && (await answers(downloads)))) {
		return desktop(await downloadAndUnzipVSCode({ version: vscodeVersion, cachePath: cache, reporter: new SilentReporter() }));
	}
	const executable = fileURLToPath(new URL("code.mjs", import.meta.url));
	return { title: `VS Code ${vscodeVersion} from npm`, executable, cli: executable, env: {} };
}

function desktop(executable) {
	const cli = resolveCliPathFromVSCodeExecutablePath(executable);
	const found = { title: executable, executable, cli: fs.existsSync(cli) ? cli : executable, env: {} };
	if (hasDisplay() || !hasVirtualDisplay()) {
		return found;
	}
	return { ...found, executable: fileURLToPath(new URL("xvfb-code.sh", import.meta.url)), env: { VSCODE_EXECUTABLE: executable } };
}

const canShowWindows = () => hasDisplay() || hasVirtualDisplay();

const hasDisplay = () => process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const hasVirtualDisplay = () => spawnSync("xvfb-run", ["--help"]).error === undefined;

/** Whether an address can be reached at all; where it cannot, the refusal usually comes at once. */
async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
		await response.body?.cancel();
		return response.ok;
	} catch {
		return false;
	}
}
