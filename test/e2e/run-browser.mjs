import fs from "node:fs";
import path from "node:path";
import { followValue } from "./browser/chart.mjs";
import { fixWithMouse, followLine } from "./browser/guestbook.mjs";
import { chooseUnit } from "./browser/units.mjs";
import { npmHostRunsHere } from "./host/npm-host.mjs";
import { openBrowser, openPage, workbench } from "./host/page.mjs";
import { installExtension, startServer } from "./host/server.mjs";
import { print } from "./results.mjs";
import { quiet, userData } from "./settings.mjs";

/** What a reader of the README sees: the text and what Portolan says about it. */
const plain = {
	...quiet,
	"breadcrumbs.enabled": false,
	"editor.cursorBlinking": "solid",
	"editor.cursorStyle": "line-thin",
	"editor.fontFamily": "'JetBrains Mono', 'DejaVu Sans Mono', monospace",
	"editor.fontSize": 13,
	"editor.guides.indentation": false,
	"editor.hover.above": false,
	"editor.hideCursorInOverviewRuler": true,
	"editor.hover.delay": 100,
	"editor.lineHeight": 20,
	"editor.minimap.enabled": false,
	"editor.occurrencesHighlight": "off",
	"editor.overviewRulerBorder": false,
	"editor.renderLineHighlight": "none",
	"editor.scrollbar.vertical": "hidden",
	"editor.scrollBeyondLastLine": false,
	"editor.stickyScroll.enabled": false,
	"window.commandCenter": false,
	"workbench.activityBar.location": "hidden",
	"workbench.colorTheme": "Light Modern",
	"workbench.editor.editorActionsLocation": "hidden",
	"workbench.layoutControl.enabled": false,
	"workbench.statusBar.visible": false,
};
/** Fonts that read well where they are installed, and others where they are not. */
const fonts = `.monaco-workbench {
	font-family: Inter, "DejaVu Sans", sans-serif !important;
	--monaco-monospace-font: ${plain["editor.fontFamily"]} !important;
}`;
const look = { viewport: { width: 1100, height: 740 }, deviceScaleFactor: 2, reducedMotion: "reduce" };

/**
 * Opens the workbench as a user does, with mouse and keyboard.
 * @returns {Promise<{ title: string, error?: string }[]>} each step; the first one that fails is the last
 */
export async function runInBrowser({ vsix, run, repository, options }) {
	if (!npmHostRunsHere()) {
		console.log("\nIn the browser: left out, VS Code's server comes from npm for Linux on x64 only");
		return [];
	}
	console.log("\nIn the browser");
	const images = options.screenshots ? path.join(repository, "images") : run;
	const results = [];
	const step = async (title, check) => {
		const result = { title };
		try {
			return await check();
		} catch (error) {
			result.error = error.stack;
			throw error;
		} finally {
			results.push(result);
			print(result);
		}
	};
	await withWorkbench({ vsix, run, options }, "frontend-service.yaml", async (page, set) => {
		try {
			await fixWithMouse(page, step, images);
			set({ "workbench.statusBar.visible": true });
			await followLine(page, step, run);
			fs.cpSync(new URL("units", import.meta.url), path.join(run, "workspace/units"), { recursive: true });
			await chooseUnit(page, step, run);
			fs.cpSync(path.join(repository, "examples/chart/broken"), path.join(run, "workspace/charts/billing"), { recursive: true });
			await followValue(page, step, images, run);
		} catch (error) {
			if (results.at(-1)?.error === undefined) {
				throw error;
			}
			const file = path.join(run, "failed.png");
			await page.screenshot({ path: file });
			console.log(`      ${file} shows it (--keep keeps it)`);
		}
	});
	return results;
}

/** Calls back with a page on a copy of `workspace/`, one file of it open and the packaged extension installed, and with what changes settings. */
async function withWorkbench({ vsix, run, options }, file, use) {
	const workspace = path.join(run, "workspace");
	fs.cpSync(new URL("workspace", import.meta.url), workspace, { recursive: true });
	const folders = { scratch: run, userData: userData(path.join(run, "data"), plain), extensions: path.join(run, "extensions") };
	await installExtension(vsix, folders);
	const server = await startServer(folders);
	let browser;
	try {
		browser = await openBrowser();
		const page = await openPage(browser, look);
		await page.goto(workbench(server.authority, workspace, [["openFile", path.join(workspace, file)]]));
		await page.addStyleTag({ content: fonts });
		const ownSettings = path.join(workspace, ".vscode", "settings.json");
		await use(page, (settings) => {
			fs.mkdirSync(path.dirname(ownSettings), { recursive: true });
			fs.writeFileSync(ownSettings, JSON.stringify(settings));
		});
	} finally {
		await browser?.close();
		await server.stop();
		if (options.verbose) {
			console.log(fs.readFileSync(server.log, "utf8"));
		}
	}
}
