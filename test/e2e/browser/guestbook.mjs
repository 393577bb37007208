import assert from "node:assert/strict";
import path from "node:path";

const patience = 30_000;
/** What stays free below a hover, in pixels. */
const margin = 16;

/**
 * Sees the squiggle under a wrong target port, reads why, and repairs it with the mouse.
 * Leaves `hover.png` in the folder `images`.
 */
export async function fixWithMouse(page, step, images) {
	page.setDefaultTimeout(patience);
	const editor = page.locator(".editor-instance .monaco-editor").first();
	const squiggle = editor.locator(".squiggly-warning");
	const lens = editor.locator(".codelens-decoration");
	const hover = page.locator(".monaco-hover:visible");

	await page.locator(".part.sidebar").waitFor();
	await page.keyboard.press("Control+B");
	await page.locator(".part.sidebar").waitFor({ state: "hidden" });

	await step("a line above the Service says where it leads", async () => {
		// It moves the lines below, so it is awaited before any place is taken.
		await lens.filter({ hasText: "→ 3 Pods · reachable at nodeIP:30080 · 1 problem" }).waitFor();
	});

	await step("a squiggle stands under the target port", async () => {
		await squiggle.waitFor();
		const port = await wordBox(editor, "targetPort: ", "80");
		const box = await squiggle.boundingBox();
		assert(Math.abs(box.x - port.x) < 2 && Math.abs(box.width - port.width) < 2, JSON.stringify({ box, port }));
	});

	await step("the mouse over the Service's name shows how traffic arrives", async () => {
		await moveTo(page, await wordBox(editor, "  name: ", "frontend"));
		for (const address of ["nodeIP:30080", "frontend.default.svc.cluster.local:8088"]) {
			await hover.filter({ hasText: address }).first().waitFor();
		}
	});
	await closeHover(page, hover);

	await step("the mouse over the target port shows what is wrong", async () => {
		await moveTo(page, await squiggle.boundingBox());
		await hover.filter({ hasText: "targetPort 80" }).first().waitFor();
		await unfold(page);
		await moveTo(page, await squiggle.boundingBox());
		await page.screenshot({ path: path.join(images, "hover.png") });
	});
	await closeHover(page, hover);

	await step("the light bulb offers both fixes and sets the target port", async () => {
		await clickOn(page, await squiggle.boundingBox());
		// A widget in the text, or an icon in the margin where the text leaves no room.
		await page.locator('[widgetid="LightBulbWidget"]:visible, [class*="gutter-lightbulb"]:visible').first().click();
		const fixes = page.locator(".action-widget .monaco-list-row");
		await fixes.filter({ hasText: "Set containerPort to 80" }).waitFor();
		await fixes.filter({ hasText: "Set targetPort to 8081" }).click();
		await squiggle.waitFor({ state: "detached" });
		assert.match(await textOf(editor), /^ {6}targetPort: 8081 # where the Pods listen$/m);
	});
}

/** Goes from the line above the Service to its Deployment, and reads in the status what Portolan has read. Leaves `status.png` in `images`. */
export async function followLine(page, step, images) {
	const lens = page.locator(".editor-instance .codelens-decoration");
	await step("a click on the line goes to the Pods", async () => {
		await lens.getByText("→ 3 Pods").click();
		await page.locator(".tab.active", { hasText: "frontend-deployment.yaml" }).waitFor();
	});

	await step("the language status says what is read", async () => {
		await page.locator('[id="status.languageStatus"]').hover();
		const status = page.locator(".monaco-hover:visible", { hasText: "Portolan" });
		await status.getByText(/^2 objects in this folder/).waitFor();
		await status.getByText(/^\d files with 2 objects in the workspace/).waitFor();
		await page.screenshot({ path: path.join(images, "status.png") });
	});
}

/** The shown text, line by line. */
async function textOf(editor) {
	const lines = await editor.locator(".view-line").evaluateAll((elements) =>
		elements
			.map((element) => ({ top: element.offsetTop, text: element.textContent }))
			.sort((one, other) => one.top - other.top)
			.map(({ text }) => text),
	);
	return lines.join("\n").replaceAll("\u00a0", " ");
}

/** Where a word stands that follows `before` at the start of what its line says. */
export async function wordBox(editor, before, word) {
	const box = await editor.locator(".view-line").evaluateAll(
		(elements, [before, word]) => {
			const nodes = (element) => {
				const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
				const texts = [];
				while (walker.nextNode()) {
					texts.push(walker.currentNode);
				}
				return texts;
			};
			const point = (texts, offset) => {
				let rest = offset;
				for (const node of texts) {
					if (rest < node.length) {
						return [node, rest];
					}
					rest -= node.length;
				}
				return [texts.at(-1), texts.at(-1).length];
			};
			for (const element of elements) {
				const at = element.textContent.replaceAll("\u00a0", " ").indexOf(before + word);
				if (at >= 0) {
					const texts = nodes(element);
					const range = document.createRange();
					range.setStart(...point(texts, at + before.length));
					range.setEnd(...point(texts, at + before.length + word.length));
					return range.getBoundingClientRect().toJSON();
				}
			}
		},
		[before, word],
	);
	assert(box, `"${before}${word}" is not shown`);
	return box;
}

const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];

/** A squiggle lies over its text, hence the mouse itself and no element. */
export const moveTo = (page, box) => page.mouse.move(...middle(box));
export const clickOn = (page, box) => page.mouse.click(...middle(box));

/** Draws the hover's lower edge down until all of its text shows. */
async function unfold(page) {
	const hover = page.locator(".monaco-resizable-hover:visible");
	const hidden = await hover.locator(".monaco-hover-content").evaluate((content) => content.scrollHeight - content.clientHeight);
	const edge = await hover.locator(".monaco-sash.orthogonal-edge-south").boundingBox();
	// The edge reaches beyond the hover, where the mouse would close it.
	const [x, y] = [edge.x + edge.width / 2, edge.y + 1];
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x, Math.min(y + hidden, page.viewportSize().height - margin), { steps: 5 });
	await page.mouse.up();
}

export async function closeHover(page, hover) {
	await page.keyboard.press("Escape");
	await page.mouse.move(0, 0);
	await hover.first().waitFor({ state: "hidden" });
}
