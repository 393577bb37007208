import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { promisify } from "node:util";
import { npmHost } from "./npm-host.mjs";

/** What the server says once it answers; the port is the one that the system gave it. */
const listening = /HTTP server listening on http:\/\/([^/\s]+)/;
const startTimeout = 60_000;
const stopTimeout = 5_000;

/**
 * Starts VS Code's server in a process group of its own, which ends with this process at the latest.
 * @param {{ scratch: string, userData: string, extensions: string }} folders `scratch`: for sockets, its log and its configuration
 * @param {{ testing: boolean }} mode with `testing` its page can be asked to run tests, and shows no dialogs
 * @returns {Promise<{ authority: string, log: string, stop: () => Promise<void> }>} `authority`: host and port, also of its URIs
 */
export async function startServer({ scratch, userData, extensions }, { testing } = { testing: true }) {
	const log = path.join(scratch, "server.log");
	const args = ["--bind-addr", "127.0.0.1:0", "--disable-workspace-trust", "--disable-getting-started-override"];
	// Only in this mode does a built VS Code run tests that its page is asked for.
	if (testing) args.push("--vscode-option", "enable-smoke-test-driver");
	const { node, codeServer } = await npmHost();
	const child = spawn(node, [codeServer, ...args, ...commonArguments({ scratch, userData, extensions })], {
		env: environment(scratch),
		stdio: ["ignore", "pipe", fs.openSync(log, "a")],
		detached: true,
	});
	const stop = () => stopGroup(child);
	process.once("exit", () => signalGroup(child.pid, "SIGKILL"));
	try {
		return { authority: await address(child, log), log, stop };
	} catch (error) {
		await stop();
		throw new Error(`code-server did not start: ${error.message}\n${fs.readFileSync(log, "utf8")}`);
	}
}

/** Installs a packaged extension; needs no network. */
export async function installExtension(vsix, { scratch, userData, extensions }) {
	const { node, codeServer } = await npmHost();
	const args = [codeServer, ...commonArguments({ scratch, userData, extensions }), "--install-extension", path.resolve(vsix)];
	await promisify(execFile)(node, args, { env: environment(scratch) });
}

function commonArguments({ scratch, userData, extensions }) {
	const config = path.join(scratch, "code-server.yaml");
	fs.writeFileSync(config, "auth: none\n");
	const quiet = ["--disable-telemetry", "--disable-update-check"];
	return ["--config", config, "--auth", "none", ...quiet, "--user-data-dir", userData, "--extensions-dir", extensions];
}

/** The extension host inherits it, so what a caller puts into its own environment reaches the tests. */
function environment(scratch) {
	const { PORT, PASSWORD, VSCODE_IPC_HOOK_CLI, NODE_OPTIONS, ...rest } = process.env;
	return { ...rest, EXTENSIONS_GALLERY: '{"serviceUrl":""}', TMPDIR: scratch };
}

/** Reads all that the server says into its log, and resolves with its host and port. */
function address(child, log) {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`silent for ${startTimeout / 1000} s`)), startTimeout);
		const settle = (then, value) => {
			clearTimeout(timer);
			then(value);
		};
		child.once("error", (error) => settle(reject, error));
		child.once("exit", (code, signal) => settle(reject, new Error(`ended with ${code ?? signal}`)));
		readline.createInterface({ input: child.stdout }).on("line", (line) => {
			fs.appendFileSync(log, `${line}\n`);
			const found = listening.exec(line)?.[1];
			if (found !== undefined) {
				settle(resolve, found);
			}
		});
	});
}

async function stopGroup(child) {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
		return;
	}
	const ended = once(child, "exit");
	signalGroup(child.pid, "SIGTERM");
	const timer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), stopTimeout);
	await ended;
	clearTimeout(timer);
	signalGroup(child.pid, "SIGKILL");
}

/** Signals what is left of a group; an undefined `pid` never started. */
function signalGroup(pid, signal) {
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone, which is what was asked for.
	}
}
