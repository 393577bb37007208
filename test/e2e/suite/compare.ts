import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { open } from "./editor.ts";

/** What the stand-in prints in helm's place: another port than ours. */
const PRINTED = `---
# Source: shop/templates/shop.yaml
apiVersion: v1
kind: Service
metadata:
  name: release-name
spec:
  ports:
    - port: 80
      targetPort: 9099
  selector:
    app: shop
`;

/** A chart beside a program that stands in for helm: it notes what it was asked and prints what it was given. */
export function compare(): void {
	suite("Comparing with helm in VS Code", () => {
		let folder: vscode.Uri;
		let tool: string;

		suiteSetup(() => {
			const [root] = vscode.workspace.workspaceFolders ?? [];
			assert(root, "no folder is open");
			folder = vscode.Uri.joinPath(root.uri, "compared");
			fs.cpSync(path.join(process.env.E2E_UNITS ?? "", "chart"), folder.fsPath, { recursive: true });
			tool = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-tool-"));
			const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${tool}/asked'\nprintf '%s' '${PRINTED}'\n`;
			fs.writeFileSync(path.join(tool, "helm"), script, { mode: 0o755 });
		});

		suiteTeardown(async () => {
			await setPath(undefined);
			fs.rmSync(tool, { recursive: true });
			await vscode.workspace.fs.delete(folder, { recursive: true });
		});

		test("what helm prints stands beside what Portolan says, and helm is asked for nothing else", async () => {
			await setPath(path.join(tool, "helm"));
			await vscode.window.showTextDocument(await open("compared/values.yaml"));
			await vscode.commands.executeCommand("portolan.compareWithHelm");
			const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
			assert(input instanceof vscode.TabInputTextDiff, "no diff is shown");
			const [ours, theirs] = await Promise.all([input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)));
			assert.match(ours?.getText() ?? "", /targetPort: 9090\n/);
			assert.match(theirs?.getText() ?? "", /targetPort: 9099\n/);
			assert.equal(theirs?.getText(), ours?.getText().slice(ours.getText().indexOf("---\napiVersion: v1\n")).replace("9090", "9099"));
			assert.deepEqual(fs.readFileSync(path.join(tool, "asked"), "utf8").trim().split("\n"), [
				"template",
				"--namespace=default",
				"--kube-version=v1.36.0",
				"--",
				"release-name",
				folder.fsPath,
			]);
		});

		test("a program of the workspace is not started", async () => {
			const inside = path.join(folder.fsPath, "helm");
			fs.copyFileSync(path.join(tool, "helm"), inside);
			fs.rmSync(path.join(tool, "asked"));
			await setPath(inside);
			await vscode.window.showTextDocument(await open("compared/values.yaml"));
			await vscode.commands.executeCommand("portolan.compareWithHelm");
			assert(!fs.existsSync(path.join(tool, "asked")));
		});
	});
}

async function setPath(value: string | undefined): Promise<void> {
	await vscode.workspace.getConfiguration("portolan").update("helm.path", value, vscode.ConfigurationTarget.Global);
}
