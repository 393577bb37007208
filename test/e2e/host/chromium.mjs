import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const apt = "apt-get update && apt-get install -y --no-install-recommends chromium";

/**
 * A Chromium on this machine: `$CHROMIUM`, else the first one on the PATH. Where there is none, root on Debian gets one installed.
 * @throws where there is none and none can be installed, with the line to run
 */
export function chromium() {
	const given = process.env.CHROMIUM;
	if (given !== undefined) {
		if (!fs.existsSync(given)) {
			throw new Error(`$CHROMIUM names ${given}, which does not exist`);
		}
		return given;
	}
	return onPath() ?? install();
}

function onPath() {
	const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/bin"];
	return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
		.flatMap((name) => folders.map((folder) => path.join(folder, name)))
		.find((file) => fs.existsSync(file));
}

function install() {
	if (process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get")) {
		console.log(`Installing Chromium: ${apt}`);
		const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
		const { status, stdout, stderr } = spawnSync("sh", ["-c", apt], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
		const installed = status === 0 ? onPath() : undefined;
		if (installed !== undefined) {
			return installed;
		}
		throw new Error(`Chromium could not be installed:\n${stdout}${stderr}`);
	}
	throw new Error(`The tests need Chromium. Install it, or name one in $CHROMIUM:\n\n  sudo sh -c '${apt}'\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		console.log(chromium());
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
