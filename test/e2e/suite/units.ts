import assert from "node:assert/strict";
import fs from "node:fs";
import * as vscode from "vscode";
import { applyFix, hoverAt, open, rangeOf, revert, type, undo, untilFindings, untilFindingsBelow, untilText } from "./editor.ts";

/** A base with a wrong target port in three overlays, of which prod patches a wrong node port in, and a chart with a wrong target port in its values. */
export function units(): void {
	suite("Kustomizations and charts in VS Code", () => {
		let folder: vscode.Uri;
		let base: vscode.TextDocument;
		let patch: vscode.TextDocument;
		let baseText: string;

		suiteSetup(async () => {
			const [root] = vscode.workspace.workspaceFolders ?? [];
			assert(root, "no folder is open");
			folder = vscode.Uri.joinPath(root.uri, "units");
			fs.cpSync(process.env.E2E_UNITS ?? "", folder.fsPath, { recursive: true });
			base = await open("units/base/service.yaml");
			patch = await open("units/prod/service.yaml");
			baseText = base.getText();
		});

		teardown(async () => {
			await revert(base);
			await revert(patch);
		});

		suiteTeardown(() => vscode.workspace.fs.delete(folder, { recursive: true }));

		async function onlyFinding(document: vscode.TextDocument): Promise<vscode.Diagnostic> {
			const [finding] = await untilFindings(document, 1);
			return finding ?? assert.fail();
		}

		test("what is wrong is told once, in the base, in the patch and in the values", async () => {
			await untilFindingsBelow(folder, {
				"base/service.yaml": ["target-port-not-declared"],
				"prod/service.yaml": ["node-port-out-of-range"],
				"chart/values.yaml": ["target-port-not-declared"],
			});
			assert.deepEqual((await onlyFinding(base)).range, rangeOf(base, "targetPort: 8080", "8080"));
			assert.deepEqual((await onlyFinding(patch)).range, rangeOf(patch, "nodePort: 80", "80"));
			const values = await open("units/chart/values.yaml");
			assert.deepEqual((await onlyFinding(values)).range, rangeOf(values, "9090"));
		});

		test("a helper that VS Code takes for plain text is a part of its chart", async () => {
			const helper = await open("units/chart/templates/_helpers.tpl");
			const values = await open("units/chart/values.yaml");
			assert.equal(helper.languageId, "plaintext");
			const at = rangeOf(helper, ".Values.port", "port").start;
			const hover = await hoverAt(helper, at);
			assert.match(
				hover,
				/^\*\*\.Values\.port\*\* = `9090` · \[`values\.yaml:1`\]\(file:.*\/units\/chart\/values\.yaml#L1\)\n\nwhere the Pods listen$/,
			);
			const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
				"vscode.executeDefinitionProvider",
				helper.uri,
				at,
			);
			assert.deepEqual(
				found.map((each) => ("targetUri" in each ? [each.targetUri.path, each.targetRange] : [each.uri.path, each.range])),
				[[values.uri.path, rangeOf(values, "port: 9090", "port: 9090").with(undefined, new vscode.Position(0, 4))]],
			);
			const uses = await vscode.commands.executeCommand<vscode.Location[]>(
				"vscode.executeReferenceProvider",
				values.uri,
				new vscode.Position(0, 1),
			);
			assert.deepEqual(
				uses.map(({ uri }) => uri.toString()),
				[helper.uri.toString()],
			);
			await type(helper, "{{ .Values.port }}", "9091");
			await untilFindings(values, 0);
			await revert(helper);
			await untilFindings(values, 1);
		});

		test("a fix in the base mends all that deploy it and changes nothing else", async () => {
			const { range } = await onlyFinding(base);
			await applyFix(base, range, "Set targetPort to 8081");
			assert.equal(base.getText(), baseText.replace("8080", "8081"));
			await untilFindings(base, 0);
			await undo(base);
			await untilFindings(base, 1);
		});

		test("a fix in the patch mends what the patch says", async () => {
			const text = patch.getText();
			const { range } = await onlyFinding(patch);
			await applyFix(patch, range, "Set nodePort to 30000");
			assert.equal(patch.getText(), text.replace("nodePort: 80", "nodePort: 30000"));
			await untilFindings(patch, 0);
			await undo(patch);
			await untilFindings(patch, 1);
		});

		test("a fix in the kustomization mends what keeps it from being built", async () => {
			const kustomization = await open("units/prod/kustomization.yaml");
			const text = kustomization.getText();
			await type(kustomization, "namePrefix", "namePrefx");
			const { range, message } = await onlyFinding(kustomization);
			assert.equal(message, "A kustomization has no field namePrefx; did you mean namePrefix?");
			assert.deepEqual(range, rangeOf(kustomization, "namePrefx"));
			await applyFix(kustomization, range, "Write namePrefix");
			assert.equal(kustomization.getText(), text);
			await untilFindings(kustomization, 0);
			await kustomization.save();
		});

		test("a hover in the kustomization says what its lines bring and change", async () => {
			const kustomization = await open("units/prod/kustomization.yaml");
			const places = [
				[kustomization, rangeOf(kustomization, "prod-"), "**namePrefix** changes 2 values of 2 objects"],
				[kustomization, rangeOf(kustomization, "../base"), "**../base** · 2 objects"],
				[kustomization, rangeOf(kustomization, "service.yaml"), "**service.yaml** sets 2 values of Service prod-web"],
			] as const;
			for (const [document, { start }, said] of places) {
				const text = await hoverAt(document, start);
				assert(text.includes(said), `no ${said} in "${text}"`);
			}
		});

		test("a hover in the patch, the base and the kustomization shows what is deployed", async () => {
			const kustomization = await open("units/prod/kustomization.yaml");
			const places = [
				[patch, rangeOf(patch, "name: web", "web"), "prod-web.default.svc.cluster.local:80"],
				[base, rangeOf(base, "name: web", "web"), "dev-web.default.svc.cluster.local:80"],
				[kustomization, rangeOf(kustomization, "production"), "prod-web.default.svc.cluster.local:80"],
			] as const;
			for (const [document, { start }, address] of places) {
				const text = await hoverAt(document, start);
				assert(text.includes(address), `no ${address} in "${text}" of ${document.uri.path}`);
			}
		});

		test("what is deployed is shown at the place of the cursor, cannot be typed in, follows its sources and leads back to them", async () => {
			const editor = await vscode.window.showTextDocument(patch);
			const written = rangeOf(patch, "nodePort: 80", "80");
			editor.selection = new vscode.Selection(written.start, written.start);
			await vscode.commands.executeCommand("portolan.showRendered");
			const shown = vscode.window.activeTextEditor ?? assert.fail("no editor is shown");
			const { document, selection } = shown;
			assert.deepEqual([document.uri.scheme, document.languageId], ["portolan-rendered", "yaml"]);
			assert.match(
				document.getText(),
				/^# Source: units\/base\/service\.yaml\napiVersion: v1\nkind: Service\nmetadata:\n {2}name: prod-web$/m,
			);
			assert.equal(document.lineAt(selection.active.line).text.trim(), "nodePort: 80");

			await vscode.commands.executeCommand("type", { text: "typed" });
			assert(!document.getText().includes("typed"));

			const at = rangeOf(document, "nodePort: 80", "80").start;
			const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeDefinitionProvider", document.uri, at);
			assert.deepEqual(
				found.map(({ uri, range }) => [uri.toString(), range]),
				[[patch.uri.toString(), written]],
			);

			await type(patch, "nodePort: 80 ", "nodePort: 30080 ");
			await untilText(document, "nodePort: 30080\n");
		});
	});
}
