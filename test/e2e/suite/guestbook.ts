import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
	allFindings,
	applyFix,
	findings,
	fixesAt,
	hintedLines,
	hoverAt,
	lensesOf,
	open,
	rangeOf,
	revert,
	type,
	undo,
	untilEqual,
	untilFindings,
} from "./editor.ts";

const rule = "target-port-not-declared";

/** A Service and a Deployment in two files that do not agree on a port. */
export function guestbook(): void {
	suite("Guestbook in VS Code", () => {
		let service: vscode.TextDocument;
		let deployment: vscode.TextDocument;
		let serviceText: string;
		let deploymentText: string;

		suiteSetup(async () => {
			deployment = await open("frontend-deployment.yaml");
			service = await open("frontend-service.yaml");
			serviceText = service.getText();
			deploymentText = deployment.getText();
		});

		teardown(async () => {
			await revert(service);
			await revert(deployment);
		});

		test("a target port that no container declares is the only error or warning", async () => {
			const [finding] = await untilFindings(service, 1);
			assert(finding);
			const serious = allFindings().filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
			assert.deepEqual(serious, [finding]);
			assert.equal(vscode.extensions.getExtension("portolan.portolan")?.isActive, true);
			assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
			assert.match(finding.message, /targetPort 80 .*Deployment frontend .*php-redis .*8081/);
			assert.deepEqual(finding.range, rangeOf(service, "targetPort: 80", "80"));
		});

		test("its code leads to the page of the rule", async () => {
			const [finding] = await untilFindings(service, 1);
			assert(typeof finding?.code === "object");
			assert.equal(finding.code.value, rule);
			assert.match(finding.code.target.path, /\/docs\/rules\/target-port-not-declared\.md$/);
		});

		test("its related place is the container's port in the other file", async () => {
			const [finding] = await untilFindings(service, 1);
			const [related] = finding?.relatedInformation ?? [];
			assert(related);
			assert.equal(related.location.uri.toString(), deployment.uri.toString());
			assert(rangeOf(deployment, "containerPort: 8081").contains(related.location.range), deployment.getText(related.location.range));
		});

		test("the hover of the Service tells all six ports", async () => {
			const text = await hoverAt(service, rangeOf(service, "  name: frontend", "frontend").start);
			for (const address of ["nodeIP:30080", "frontend.default.svc.cluster.local:8088", "clusterIP:8088"]) {
				assert(text.includes(address), `no ${address} in ${text}`);
			}
			for (const port of [8081, 9088, 80]) {
				assert.match(text, new RegExp(`\\b${port}\\b`));
			}
		});

		test("a line above the Service says where it leads, from where it is reached and that something is wrong", async () => {
			await untilFindings(service, 1);
			assert.deepEqual(await lensesOf(service), ["2: → 3 Pods · reachable at nodeIP:30080 · 1 problem"]);
			const settings = vscode.workspace.getConfiguration("portolan");
			await settings.update("codeLens", "all", vscode.ConfigurationTarget.Workspace);
			await untilEqual(() => lensesOf(deployment), ["2: ← Service frontend · reachable at nodeIP:30080, nodeIP:9088 · 1 problem"]);
			await settings.update("codeLens", undefined, vscode.ConfigurationTarget.Workspace);
			await untilEqual(() => lensesOf(deployment), []);
		});

		test("a fix sets the target port and nothing else", async () => {
			const [finding] = await untilFindings(service, 1);
			assert(finding);
			await applyFix(service, finding.range, "Set targetPort to 8081");
			assert.equal(service.getText(), serviceText.replace("targetPort: 80 ", "targetPort: 8081 "));
			assert.equal(deployment.getText(), deploymentText);
			await untilFindings(service, 0);
			await undo(service);
			await untilFindings(service, 1);
		});

		test("a fix sets the container's port in the other file and nothing else", async () => {
			const [finding] = await untilFindings(service, 1);
			assert(finding);
			await applyFix(service, finding.range, "Set containerPort to 80");
			assert.equal(deployment.getText(), deploymentText.replace("containerPort: 8081 ", "containerPort: 80 "));
			assert.equal(service.getText(), serviceText);
			await untilFindings(service, 0);
			await undo(deployment);
			await untilFindings(service, 1);
		});

		test("typing in the unsaved Deployment changes the finding of the Service", async () => {
			await untilFindings(service, 1);
			await type(deployment, "containerPort: 8081", "containerPort: 80");
			assert(deployment.isDirty);
			await untilFindings(service, 0);
			await undo(deployment);
			await untilFindings(service, 1);
		});

		test("YAML that is no manifest is left alone", async () => {
			const uri = vscode.Uri.joinPath(service.uri, "../settings.yaml");
			await vscode.workspace.fs.writeFile(uri, Buffer.from('type: NodePort\nports:\n  - targetPort: "80"\n'));
			const settings = await open("settings.yaml");
			const port = rangeOf(settings, 'targetPort: "80"', "80");
			assert.equal(await hoverAt(settings, port.start), "");
			assert.deepEqual(await fixesAt(settings, port), []);
			await type(deployment, "containerPort: 8081", "containerPort: 80");
			await untilFindings(service, 0);
			assert.deepEqual(findings(settings), []);
		});

		test("a hint behind a named target port says its number, and follows what is typed in the other file", async () => {
			await type(deployment, "- containerPort: 8081", "- name: http\n              containerPort: 8081");
			await type(service, "targetPort: 80 ", "targetPort: http ");
			await untilEqual(() => hintedLines(service), ["targetPort: http‹ = 8081› # where the Pods listen"]);
			await type(deployment, "containerPort: 8081", "containerPort: 7070");
			await untilEqual(() => hintedLines(service), ["targetPort: http‹ = 7070› # where the Pods listen"]);
		});
	});
}
