import { createRequire } from "node:module";
import { chromium } from "./chromium.mjs";
import { npmHost } from "./npm-host.mjs";

const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

/** A headless browser, which the caller closes and which ends with this process. Its sandbox is off because root, as in containers, may not use it. */
export async function openBrowser() {
	const executablePath = chromium();
	const { modules } = await npmHost();
	const playwright = createRequire(modules)("playwright-core");
	return playwright.chromium.launch({
		executablePath,
		args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", ...quiet],
		// Signals belong to the caller.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
}

/** A page that reaches nothing but this machine. */
export async function openPage(browser, look = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...look });
	await context.route(
		(url) => url.hostname !== "127.0.0.1" && url.protocol.startsWith("http"),
		(route) => route.abort(),
	);
	return context.newPage();
}

/**
 * The address of the workbench on a folder.
 * @param {[string, string][]} payload requests to the workbench: `openFile`, `extensionDevelopmentPath`, `extensionTestsPath`, each with the absolute path of a file
 */
export function workbench(authority, folder, payload) {
	const remote = payload.map(([request, file]) => [request, `vscode-remote://${authority}${file}`]);
	return `http://${authority}/?${new URLSearchParams({ folder, payload: JSON.stringify(remote) })}`;
}
