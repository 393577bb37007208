import path from "node:path";
import { clickOn, closeHover, moveTo, wordBox } from "./guestbook.mjs";
import { pick } from "./units.mjs";

/**
 * Sees in a chart's values which port is wrong, what a template makes of values, and goes from one to the other. Leaves `values.png` in
 * the folder `images`, and what else is seen in the folder `run`.
 */
export async function followValue(page, step, images, run) {
	const editor = page.locator(".editor-instance");
	const hover = page.locator(".monaco-hover:visible");
	const shot = (name) => page.screenshot({ path: path.join(run, name) });

	await step("in a chart's values the wrong target port is underlined, and a hover says why", async () => {
		await open(page, "charts/billing/values.yaml", "targetPort: 8081");
		await editor.locator(".squiggly-warning").waitFor();
		await moveTo(page, await wordBox(editor, "targetPort: ", "8081"));
		await hover.filter({ hasText: "targetPort 8081 is not a port of Deployment billing" }).first().waitFor();
		await page.screenshot({ path: path.join(images, "values.png"), clip: { x: 0, y: 0, width: 1100, height: 652 } });
	});
	await closeHover(page, hover);

	await step("in a template a hover says what a value is with each values file", async () => {
		await open(page, "charts/billing/templates/service.yaml", ".Values.service.targetPort");
		await moveTo(page, await wordBox(editor, "port: {{ .Values.service.", "port"));
		for (const text of ["values-prod.yaml", "8000", "values.yaml:9", "Where clients connect"]) {
			await hover.filter({ hasText: text }).first().waitFor();
		}
		await shot("value-hover.png");
	});
	await closeHover(page, hover);

	await step("a hover on an include says what it prints", async () => {
		await moveTo(page, await wordBox(editor, 'include "billing.', "selectorLabels"));
		await hover.filter({ hasText: "app.kubernetes.io/instance: release-name" }).first().waitFor();
		await shot("include-hover.png");
	});
	await closeHover(page, hover);

	await step("a key leads from a template to the line of the values", async () => {
		await clickOn(page, await wordBox(editor, "{{ .Values.service.", "targetPort"));
		await page.keyboard.press("F12");
		await page.locator(".tab.active", { hasText: "values.yaml" }).waitFor();
	});

	await step("the values that a chart is shown with are chosen with the keyboard", async () => {
		await open(page, "charts/billing/templates/service.yaml", ".Values.service.targetPort");
		await page.keyboard.press("F1");
		await pick(page, ">Portolan: Choose the unit", "Choose the unit that hovers show");
		const list = page.locator(".quick-input-widget:visible .monaco-list-row");
		await list.filter({ hasText: "charts/billing with values-prod.yaml" }).waitFor();
		await shot("choice.png");
		await page.keyboard.type("values-prod");
		await list.filter({ hasText: "values-prod.yaml" }).first().waitFor();
		await page.keyboard.press("Enter");
		await moveTo(page, await wordBox(editor, "- ", "port"));
		await hover.filter({ hasText: "As deployed by charts/billing with values-prod.yaml, one of 2 sets of values." }).first().waitFor();
		await hover.filter({ hasText: "Port 8000" }).first().waitFor();
		await shot("chosen-hover.png");
	});
	await closeHover(page, hover);

	await step("the status says which values are shown, and what is deployed with them can be read", async () => {
		await page.locator('[id="status.languageStatus"]').hover();
		await page.locator(".monaco-hover:visible", { hasText: "unit charts/billing (values-prod.yaml); complete" }).waitFor();
		await shot("chart-status.png");
		await page.mouse.move(0, 0);
		await page.keyboard.press("F1");
		await pick(page, ">Portolan: Show rendered", "Show rendered manifest");
		await editor.locator(".view-line", { hasText: "port: 8000" }).first().waitFor();
		await shot("chart-rendered.png");
	});

	await step("a line above Chart.yaml says what the chart deploys and with which values", async () => {
		await open(page, "charts/billing/Chart.yaml", "name: billing");
		const lens = editor.locator(".codelens-decoration");
		await lens.filter({ hasText: "2 objects" }).first().waitFor();
		await lens.filter({ hasText: "with values-prod.yaml, one of 2 sets of values" }).first().waitFor();
		await shot("chart-lens.png");
	});
}

/** Opens a file by its path in the workspace; a line of it has the text. */
async function open(page, file, text) {
	const [folder, name] = [path.posix.dirname(file), path.posix.basename(file)];
	await page.keyboard.press("Control+P");
	await page.locator(".quick-input-widget:visible input.input").fill(file);
	await page.locator(`.quick-input-widget:visible .monaco-list-row[aria-label^="${name} ${folder}"]`).first().click();
	await page.locator(".tab.active", { hasText: name }).waitFor();
	await page.locator(".editor-instance .view-line", { hasText: text }).waitFor();
}
