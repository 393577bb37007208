#!/usr/bin/env node
// Stands in for the program `code` of a desktop VS Code where none can be had: the same requests, answered by VS Code from npm in a headless browser.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format, parseArgs } from "node:util";
import { openBrowser, openPage, workbench } from "./page.mjs";
import { installExtension, startServer } from "./server.mjs";

const timeLimit = 300_000;
const timeIsUp = 98;

const { values: options, positionals } = parseArgs({
	strict: false,
	allowPositionals: true,
	options: {
		"install-extension": { type: "string" },
		"extensions-dir": { type: "string" },
		"user-data-dir": { type: "string" },
		extensionDevelopmentPath: { type: "string", multiple: true, default: [] },
		extensionTestsPath: { type: "string" },
		verbose: { type: "boolean" },
	},
});
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "code-"));
const folders = {
	scratch,
	extensions: options["extensions-dir"] ?? path.join(scratch, "extensions"),
	userData: options["user-data-dir"] ?? path.join(scratch, "data"),
};
process.on("exit", () => fs.rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
	process.on(signal, () => process.exit(130));
}
process.exitCode = await main();

async function main() {
	if (options["install-extension"] !== undefined) {
		await installExtension(options["install-extension"], folders);
		return 0;
	}
	if (options.extensionTestsPath !== undefined) {
		return runTests();
	}
	console.error("Nothing to do: neither --install-extension nor --extensionTestsPath is given");
	return 2;
}

async function runTests() {
	endWithCaller();
	const server = await startServer(folders);
	let browser;
	try {
		browser = await openBrowser();
		const lines = [];
		const code = await Promise.race([testsInside(await openPage(browser), server, lines), timeout()]);
		if (code !== 0 || options.verbose) {
			console.log([...lines, fs.readFileSync(server.log, "utf8")].join("\n"));
		}
		return code;
	} finally {
		await browser?.close();
		await server.stop();
	}
}

/** Whoever spawns tests holds the other end of a pipe, which closes with it. */
function endWithCaller() {
	const stdin = fs.fstatSync(0);
	if (stdin.isFIFO() || stdin.isSocket()) {
		process.stdin.resume().unref();
		process.stdin.once("end", () => process.exit(130));
	}
}

/** The exit code of the tests, which the workbench hands to a function of its page; what the extension host prints is added to `lines`. */
async function testsInside(page, server, lines) {
	let end;
	const ended = new Promise((resolve) => {
		end = resolve;
	});
	await page.exposeFunction("codeAutomationExit", (code) => end(code));
	await page.exposeFunction("codeAutomationLog", (_type, values) => lines.push(format(...values)));
	const payload = options.extensionDevelopmentPath.map((folder) => ["extensionDevelopmentPath", path.resolve(folder)]);
	payload.push(["extensionTestsPath", path.resolve(options.extensionTestsPath)]);
	await page.goto(workbench(server.authority, path.resolve(positionals[0] ?? scratch), payload));
	return ended;
}

function timeout() {
	return new Promise((resolve) => {
		const tell = () => {
			console.error(`The tests did not end within ${timeLimit / 1000} s`);
			resolve(timeIsUp);
		};
		setTimeout(tell, timeLimit).unref();
	});
}
