import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fixesAt, open, rangeOf, ruleOf, untilFindings, untilTab } from "./editor.ts";

const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      port: 80
      targetPort: "8080"
`;
const yamlExtension = "redhat.vscode-yaml";

/** A folder with one Service of its own, which Kubernetes refuses, and a key twice. A stand-in for Red Hat's extension is installed. */
export function configuration(): void {
	suite("What a user sets, in VS Code", () => {
		let root: vscode.Uri;
		let service: vscode.TextDocument;

		suiteSetup(async () => {
			root = (vscode.workspace.workspaceFolders ?? [])[0]?.uri ?? assert.fail("no folder is open");
			await write("settings/service.yaml", text);
			service = await open("settings/service.yaml");
		});

		suiteTeardown(() => vscode.workspace.fs.delete(vscode.Uri.joinPath(root, "settings"), { recursive: true }));

		async function write(name: string, content: string): Promise<void> {
			await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, name), Buffer.from(content));
		}

		const codes = (findings: readonly vscode.Diagnostic[]): readonly unknown[] => findings.map(ruleOf).sort();

		test("what another extension shows of YAML is not shown beside it", async () => {
			assert(vscode.extensions.getExtension(yamlExtension), `${yamlExtension} is not installed`);
			assert.deepEqual(codes(await untilFindings(service, 1)), ["quoted-target-port"]);
		});

		test("the light bulb has the fix, what silences, and the page of the rule", async () => {
			const port = rangeOf(service, '"8080"');
			const actions = await fixesAt(service, port);
			assert.deepEqual(
				actions.map(({ title }) => title),
				["Remove the quotes", "Ignore here", "Turn the rule off in .portolan.yaml", "Show documentation"],
			);
			const { command } = actions[3] ?? {};
			assert(command);
			await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
			await vscode.window.tabGroups.close(await untilTab("quoted-target-port.md"));
		});

		test("a configuration is taken in when it comes, changes and goes", async () => {
			await write("settings/.portolan.yaml", "rules: { quoted-target-port: off, invalid-port-name: off }\n");
			await untilFindings(service, 0);
			await vscode.workspace.fs.delete(vscode.Uri.joinPath(root, "settings/.portolan.yaml"));
			await untilFindings(service, 1);
		});

		test("a setting is taken in when it changes", async () => {
			const settings = vscode.workspace.getConfiguration("portolan");
			await settings.update("rules", { "duplicate-key": "warning" }, vscode.ConfigurationTarget.Workspace);
			assert.deepEqual(codes(await untilFindings(service, 2)), ["duplicate-key", "quoted-target-port"]);
			await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
			await untilFindings(service, 1);
		});

		test("when the other extension goes, what it showed is shown", async () => {
			await vscode.commands.executeCommand("workbench.extensions.uninstallExtension", yamlExtension);
			assert.deepEqual(codes(await untilFindings(service, 2)), ["duplicate-key", "quoted-target-port"]);
		});
	});
}
