import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const broken = { "a/service.yaml": service("none"), "a/deployment.yaml": deployment("http") };

test("the whole workspace is answered when it has been read, and then only what changed", async (t) => {
	const client = await startClient(t, { ...broken, "b/service.yaml": service('"8080"'), "c/fine.yaml": service(80) });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND], "b/service.yaml": ["quoted-target-port"] });
	assert.deepEqual(await client.pullWorkspace(), {});
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.open("a/deployment.yaml");
	await client.edit("a/deployment.yaml", "name: http", "name: none");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.close("a/deployment.yaml");
	assert.deepEqual(await client.codes("a/deployment.yaml"), []);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
});

const hint = {
	"service.yaml": `${service(9090)}    - name: second\n      port: 81\n      targetPort: http\n`.replace(
		"- port",
		"- name: first\n      port",
	),
	"deployment.yaml": deployment("http"),
};

test("hints and information stand in open files only", async (t) => {
	const client = await startClient(t, hint);
	assert.deepEqual(await client.pullWorkspace(), {});
	assert.deepEqual(await client.codes("service.yaml"), []);
	await client.open("service.yaml");
	assert.deepEqual(await client.codes("service.yaml"), ["target-port-not-declared"]);
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": ["target-port-not-declared"] });
	await client.close("service.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": [] });
});

test("a workspace without a manifest shows nothing at all", async (t) => {
	const client = await startClient(t, {
		"README.md": "# kind: Service",
		"settings.yaml": "type: NodePort\nports:\n  - targetPort: '80'\n",
		"empty.json": "{}",
	});
	await client.open("settings.yaml");
	assert.deepEqual(await client.codes("settings.yaml"), []);
	assert.equal(await client.hover("settings.yaml", { line: 2, character: 17 }), null);
	assert.deepEqual(await client.codeActions("settings.yaml", client.rangeOf("settings.yaml", "80")), []);
	assert.equal(await client.request("portolan/status", { uri: client.uri("settings.yaml") }), null);
	assert.deepEqual(await client.pullWorkspace(), {});
});

test("reading the workspace shows its progress", async (t) => {
	const client = await startClient(t, broken);
	assert.deepEqual((await client.next("progress", ({ value }) => value.kind === "begin")).value, {
		kind: "begin",
		title: "Portolan: reading manifests",
		cancellable: true,
	});
	await client.next("progress", ({ value }) => value.kind === "end");
});

test("an empty workspace shows no progress", async (t) => {
	const client = await startClient(t, { "README.md": "" });
	await client.next("log", ({ message }) => message.startsWith("Read 0 files"));
	await client.pullWorkspace();
	assert.deepEqual(client.untaken("progress"), []);
});

test("folders that are added are read, those that are removed are forgotten", async (t) => {
	const client = await startClient(t, { ...broken, "b/service.yaml": service('"8080"') }, { roots: ["a"] });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	const [a, b] = ["a", "b"].map((name) => ({ uri: client.uri(name), name }));
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [b], removed: [] } });
	assert.deepEqual(await client.pullWorkspace(), { "b/service.yaml": ["quoted-target-port"] });
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [a] } });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
});

test("without any folder an open file is checked with those beside it", async (t) => {
	const client = await startClient(t, broken, { roots: [] });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.open("a/service.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), [NOT_FOUND]);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	await client.close("a/service.yaml");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
});

test("everything is read again when that is asked for", async (t) => {
	const client = await startClient(t, broken);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	client.write("a/deployment.yaml", deployment("none"));
	client.write("b/service.yaml", service('"8080"'));
	assert.equal(await client.request("portolan/reindex", undefined), null);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [], "b/service.yaml": ["quoted-target-port"] });
});

const chart = {
	"chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
	"chart/templates/service.yaml": service('"8080"'),
	"chart/values.yaml": "a: 1\n",
};

test("a chart is checked as it is deployed, and its status says so", async (t) => {
	const client = await startClient(t, chart);
	assert.deepEqual(await client.pullWorkspace(), { "chart/templates/service.yaml": ["quoted-target-port"] });
	assert.deepEqual(await client.request("portolan/status", { uri: client.uri("chart/templates/service.yaml") }), {
		text: "unit chart; complete",
		detail: "",
		limited: false,
		units: 1,
		workspace: { text: "3 files with 0 objects in the workspace", detail: "" },
	});
});

test("a template that is open alone is known as part of its chart", async (t) => {
	const client = await startClient(t, chart, { roots: [] });
	await client.open("chart/templates/service.yaml", undefined, "helm");
	assert.deepEqual(await client.codes("chart/templates/service.yaml"), ["quoted-target-port"]);
});

test("documents of a file system that cannot be read are checked, but nothing is missed in them", async (t) => {
	const client = await startClient(t, {});
	const uri = "vscode-vfs://github/portolan/shop/k8s/service.yaml";
	await client.open(uri, `${service("http")}---\n${service('"8080"', "other")}---\n${deployment("http", "wbe")}`);
	assert.deepEqual(await client.codes(uri), ["quoted-target-port"]);
	await client.close(uri);
	assert.deepEqual(await client.codes(uri), []);
});

for (const args of [["--stdio"], ["--stdio", `--clientProcessId=${process.pid}`], ["--clientProcessId", `${process.pid}`, "--stdio"]]) {
	test(`\`portolan lsp ${args.join(" ").replace(/\d+/, "PID")}\` serves any editor`, async (t) => {
		const client = await startClient(t, broken, { command: ["cli.js", "lsp", ...args] });
		assert.equal(client.result.serverInfo?.name, "Portolan");
		assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	});
}

test("a document that is closed before its folder is read leaves nothing behind", async (t) => {
	const client = await startClient(t, broken, { roots: [] });
	await client.open("a/service.yaml");
	await client.close("a/service.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), []);
	assert.deepEqual(await client.pullWorkspace(), {});
});
