/** Chooses one of the overlays that a base is deployed by, and looks at what it deploys. Leaves `rendered.png` in the folder `images`. */
export async function chooseUnit(page, step, images) {
	const entries = page.locator(".quick-input-widget .monaco-list-row");
	const status = page.locator(".monaco-hover:visible", { hasText: "Portolan" });

	await step("the language status says which overlay of a base is shown", async () => {
		await pick(page, "units/base/service.yaml");
		await page.locator(".tab.active", { hasText: "service.yaml" }).waitFor();
		await page.locator('[id="status.languageStatus"]').hover();
		await status.getByText("unit units/dev; base of 3 units; complete").waitFor();
	});

	await step("another overlay is chosen", async () => {
		await pick(page, ">Portolan: Choose the unit that hovers show");
		await entries.filter({ hasText: "units/prod" }).click();
		await page.locator('[id="status.languageStatus"]').hover();
		await status.getByText("unit units/prod; base of 3 units; complete").waitFor();
	});

	await step("what it deploys is shown", async () => {
		await pick(page, ">Portolan: Show rendered manifest");
		await page.locator(".tab.active", { hasText: "prod.yaml" }).waitFor();
		await page
			.locator(".view-line", { hasText: /^\s*name:\sprod-web$/ })
			.first()
			.waitFor();
		await page.screenshot({ path: `${images}/rendered.png` });
	});
}

/** Asks for a file by its path, or after `>` for a command by its title, and takes the entry. */
async function pick(page, text) {
	await page.keyboard.press("Control+P");
	await page.locator(".quick-input-widget:visible input").fill(text);
	const label = text.slice(text.lastIndexOf("/") + 1).replace(/^>/, "");
	await page.locator(".quick-input-widget .monaco-list-row", { hasText: label }).first().click();
}
