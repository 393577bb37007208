import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { toolArguments, toolEnvironment, whyNotStarted } from "../../client/src/toolArguments.ts";

const pathOf = (uri: string) => uri.replace("file://", "");

test("helm is asked for the chart with its values, none of which can be an option", () => {
	const values = ["file:///ws/chart/values-prod.yaml", 'file:///ws/a,b".yaml'];
	const run = {
		tool: "helm",
		folder: "file:///ws/chart",
		values,
		release: "--post-renderer=x",
		namespace: "-x",
		kubeVersion: "v1.36.0",
	} as const;
	assert.deepEqual(toolArguments(run, pathOf), [
		"template",
		"--namespace=-x",
		"--kube-version=v1.36.0",
		"--values=/ws/chart/values-prod.yaml",
		'--values="/ws/a,b"".yaml"',
		"--",
		"--post-renderer=x",
		"/ws/chart",
	]);
});

test("kustomize is asked for the folder, and allowed nothing that it does not do by itself", () => {
	assert.deepEqual(toolArguments({ tool: "kustomize", folder: "file:///ws/over lay" }, pathOf), ["build", "/ws/over lay"]);
});

for (const [command, why] of [
	["/usr/local/bin/helm", undefined],
	["/ws2/helm", undefined],
	["helm", "it is no absolute path"],
	["./helm", "it is no absolute path"],
	["/ws/bin/helm", "it lies in the workspace"],
	["/usr/../ws/helm", "it lies in the workspace"],
	["/ws", "it lies in the workspace"],
] as const) {
	test(`${command} is ${why === undefined ? "started" : `not started: ${why}`}`, () => {
		assert.equal(whyNotStarted(command, ["/other", "/ws"]), why);
	});
}

test("a tool sees nothing of the environment that leads it elsewhere", () => {
	const environment = toolEnvironment("/tmp", {
		PATH: "/bin",
		HELM_PLUGINS: "/x",
		KUBECONFIG: "/k",
		AWS_SECRET: "s",
		SYSTEMROOT: "C:\\Windows",
	});
	assert.deepEqual(environment, { HOME: "/tmp", PATH: "", HELM_NO_PLUGINS: "1", SYSTEMROOT: "C:\\Windows" });
});

test("in Restricted Mode the commands are off, and no workspace sets what they start", () => {
	const { capabilities, contributes } = JSON.parse(readFileSync("package.json", "utf8"));
	const paths = ["portolan.helm.path", "portolan.kustomize.path"];
	assert.equal(capabilities.untrustedWorkspaces.supported, "limited");
	assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, paths);
	for (const path of paths) {
		const { scope, default: usual } = contributes.configuration.properties[path];
		assert.deepEqual([scope, usual], ["machine", ""]);
	}
	for (const command of ["portolan.compareWithHelm", "portolan.compareWithKustomize"]) {
		const of = (all: readonly { readonly command: string }[]) => all.find((each) => each.command === command);
		assert.match(JSON.stringify(of(contributes.commands)), /"enablement":"isWorkspaceTrusted\b/);
		assert.match(JSON.stringify(of(contributes.menus.commandPalette)), /isWorkspaceTrusted/);
	}
});
