/** Chooses one of the overlays that deploy a base, and looks at what it deploys. Leaves `rendered.png` in the folder `images`. */
export async function chooseUnit(page, step, images) {
	const editor = page.locator(".editor-instance");

	await step("a line above the Service of a base says what is wrong in its overlays", async () => {
		await page.keyboard.press("Control+P");
		await pick(page, "units/base/service.yaml", "units/base");
		await page.locator(".tab.active").getByText("service.yaml", { exact: true }).waitFor();
		await editor.locator(".codelens-decoration").filter({ hasText: "1 problem" }).waitFor();
	});

	await step("the overlay that hovers show is chosen", async () => {
		await hoverOnName(page, editor, "As deployed by units/dev, one of 3 units.");
		await page.keyboard.press("F1");
		await pick(page, ">Portolan: Choose the unit", "Choose the unit that hovers show");
		await entry(page, "units/prod").click();
		await hoverOnName(page, editor, "As deployed by units/prod, one of 3 units.");
	});

	await step("a command shows what the chosen overlay deploys", async () => {
		await page.keyboard.press("F1");
		await pick(page, ">Portolan: Show rendered", "Show rendered manifest");
		await page.locator(".tab.active", { hasText: "prod.yaml" }).waitFor();
		await editor.locator(".view-line", { hasText: "name: prod-web" }).first().waitFor();
		await page.screenshot({ path: `${images}/rendered.png` });
	});
}

/** Writes into the box that lists files or commands, and takes the entry that has the other text. */
export async function pick(page, text, shown) {
	await page.locator(".quick-input-widget:visible input.input").fill(text);
	await entry(page, shown).click();
}

const entry = (page, text) => page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: text });

async function hoverOnName(page, editor, text) {
	const hover = page.locator(".monaco-hover:visible");
	await editor.locator(".view-line", { hasText: "name: web" }).getByText("web", { exact: true }).hover();
	await hover.filter({ hasText: text }).first().waitFor();
	await page.keyboard.press("Escape");
	await page.mouse.move(0, 0);
	await hover.first().waitFor({ state: "hidden" });
}
