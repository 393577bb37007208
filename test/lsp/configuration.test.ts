import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities } from "vscode-languageserver/node";
import { startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const QUOTED = "quoted-target-port";
const BAD = "invalid-configuration";
const broken = { "a/service.yaml": service("none"), "a/deployment.yaml": deployment("http") };
const off = (...rules: readonly string[]) => `rules:\n${rules.map((rule) => `  ${rule}: off\n`).join("")}`;

test("a configuration holds below its folder, and what is wrong in it is found in it", async (t) => {
	const client = await startClient(t, {
		...broken,
		"b/service.yaml": service("none"),
		"b/deployment.yaml": deployment("http"),
		"a/.portolan.yaml": `${off(NOT_FOUND)}sails: 3\n`,
	});
	assert.deepEqual(await client.pullWorkspace(), { "a/.portolan.yaml": [BAD], "b/service.yaml": [NOT_FOUND] });
	await client.open("a/service.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), []);
	await client.open("a/.portolan.yaml");
	assert.deepEqual(await client.codes("a/.portolan.yaml"), [BAD]);
});

test("what changes in a configuration on the disk is taken in, and the client is asked to pull again", async (t) => {
	const client = await startClient(t, broken);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	client.write(".portolan.yaml", off(NOT_FOUND));
	await client.watched({ ".portolan.yaml": "Created" });
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
	client.write(".portolan.yaml", `rules: { ${NOT_FOUND}: hint }\n`);
	await client.watched({ ".portolan.yaml": "Changed" });
	await client.open("a/service.yaml");
	assert.deepEqual(
		(await client.pull("a/service.yaml")).map(({ code, severity }) => [code, severity]),
		[[NOT_FOUND, 4]],
	);
	client.remove(".portolan.yaml");
	await client.watched({ ".portolan.yaml": "Deleted" });
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
});

test("a configuration holds as it is typed; while it cannot be parsed the settings hold", async (t) => {
	const client = await startClient(t, { ...broken, ".portolan.yaml": "" });
	await client.open("a/service.yaml");
	await client.open(".portolan.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), [NOT_FOUND]);
	await client.change(".portolan.yaml", [{ text: `rules: { ${NOT_FOUND}: off` }]);
	assert.deepEqual([await client.codes(".portolan.yaml"), await client.codes("a/service.yaml")], [[BAD], [NOT_FOUND]]);
	await client.change(".portolan.yaml", [{ text: `rules: { ${NOT_FOUND}: off }` }]);
	assert.deepEqual([await client.codes(".portolan.yaml"), await client.codes("a/service.yaml")], [[], []]);
	await client.next("refresh");
	await client.close(".portolan.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), [NOT_FOUND]);
});

test("what a configuration excludes is forgotten when it is saved, and found again when it is not", async (t) => {
	const client = await startClient(t, broken);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	client.write(".portolan.yaml", "exclude: [a]\n");
	await client.watched({ ".portolan.yaml": "Created" });
	await client.next("log", ({ message }) => /^Read \d+ files/.test(message));
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
	client.write(".portolan.yaml", "exclude: [b]\n");
	await client.watched({ ".portolan.yaml": "Changed" });
	await client.next("log", ({ message }) => /^Read 3 files/.test(message));
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
});

test("configured units are deployed together, whatever their folders", async (t) => {
	const client = await startClient(t, {
		".portolan.yaml": "units: [{ name: shop, paths: [services, deployments] }]\n",
		"services/service.yaml": service("none"),
		"deployments/deployment.yaml": deployment("http"),
	});
	assert.deepEqual(await client.pullWorkspace(), { "services/service.yaml": [NOT_FOUND] });
	await client.open("deployments/deployment.yaml");
	await client.edit("deployments/deployment.yaml", "name: http", "name: none");
	assert.deepEqual(await client.pullWorkspace(), { "services/service.yaml": [] });
	assert.deepEqual(await client.request("portolan/status", { uri: client.uri("services/service.yaml") }), {
		text: "2 objects in unit shop",
		detail: "",
		limited: false,
		workspace: { text: "3 files with 2 objects in the workspace", detail: "" },
	});
});

test("what several units say of one file is told once", async (t) => {
	const client = await startClient(t, {
		".portolan.yaml": "units: [{ name: one, paths: [a, both] }, { name: two, paths: [b, both] }]\n",
		"both/service.yaml": service('"8080"'),
		"a/deployment.yaml": deployment("http", "a"),
		"b/deployment.yaml": deployment("http", "b"),
	});
	assert.deepEqual(await client.pullWorkspace(), { "both/service.yaml": [QUOTED] });
	await client.open("both/service.yaml");
	assert.deepEqual(await client.codes("both/service.yaml"), [QUOTED]);
});

test("the settings of the editor hold where no configuration does, for each folder its own", async (t) => {
	const settings = (section: string, scope: string | undefined) =>
		section === "portolan" ? { rules: scope === "b" ? {} : { [NOT_FOUND]: "off" } } : null;
	const both = { ...broken, "b/service.yaml": service("none"), "b/deployment.yaml": deployment("http") };
	const client = await startClient(t, both, { settings, roots: ["a", "b"] });
	assert.deepEqual(await client.pullWorkspace(), { "b/service.yaml": [NOT_FOUND] });
	client.write("a/.portolan.yaml", "exclude: []\n");
	await client.watched({ "a/.portolan.yaml": "Created" });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
});

test("settings that change are asked for again, and what has no reading is logged", async (t) => {
	const client = await startClient(t, broken);
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	await client.next("registration", ({ registrations }) =>
		registrations.some(({ method }) => method === "workspace/didChangeConfiguration"),
	);
	await client.setSettings((section) => (section === "portolan" ? { rules: { [NOT_FOUND]: "off" }, exclude: "a" } : null));
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
	await client.next("log", ({ type, message }) => type === 2 && message.includes("exclude is a list"));
});

test("a client that cannot be asked tells its settings when they change", async (t) => {
	const without = (all: ClientCapabilities): ClientCapabilities => ({ ...all, workspace: { ...all.workspace, configuration: false } });
	const client = await startClient(t, broken, { capabilities: without });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	await client.setSettings(() => null, { portolan: { rules: { [NOT_FOUND]: "off" } } });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
});

test("what the editor hides is not read, and neither is what its settings exclude", async (t) => {
	const files = { ...broken, "b/service.yaml": service('"8080"'), "c/service.yaml": service('"8080"') };
	const hide = { "files.exclude": { "**/b": true, "**/c": { when: "x" }, "**/d": false } };
	const client = await startClient(t, files, { settings: (section) => (hide as Record<string, unknown>)[section] });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND], "c/service.yaml": [QUOTED] });
	await client.setSettings((section) => (section === "portolan" ? { exclude: ["a/**"] } : null));
	await client.next("log", ({ message }) => /^Read \d+ files/.test(message));
	await client.next("log", ({ message }) => /^Read \d+ files/.test(message));
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [], "b/service.yaml": [QUOTED] });
});

test("with problems in open files only nothing is said of the others", async (t) => {
	const openFiles = (section: string) => (section === "portolan" ? { problems: "openFiles" } : null);
	const client = await startClient(t, broken, { settings: openFiles });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.open("a/service.yaml");
	assert.deepEqual(await client.codes("a/service.yaml"), [NOT_FOUND]);
	await client.close("a/service.yaml");
	await client.setSettings(() => null);
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
});

const twice = `${service(80)}      targetPort: 80\n`;

test("what another extension shows of YAML is not shown beside it, unless it is given a severity", async (t) => {
	const client = await startClient(t, { "service.yaml": twice }, { initializationOptions: { yamlExtension: true } });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.notify("portolan/yamlExtension", { installed: false });
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": ["duplicate-key"] });
	await client.notify("portolan/yamlExtension", { installed: true });
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": [] });
	await client.setSettings((section) => (section === "portolan" ? { rules: { "duplicate-key": "error" } } : null));
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": ["duplicate-key"] });
});

test("our own client hears whether there are manifests, when that is known and when it changes", async (t) => {
	const client = await startClient(t, { "settings.yaml": "a: 1\n" }, { initializationOptions: { status: true } });
	assert.deepEqual(await client.next("manifests"), { there: false });
	client.write("service.yaml", service(80));
	await client.watched({ "service.yaml": "Created" });
	assert.deepEqual(await client.next("manifests"), { there: true });
	client.remove("service.yaml");
	await client.watched({ "service.yaml": "Deleted" });
	assert.deepEqual(await client.next("manifests"), { there: false });
	assert.deepEqual(client.untaken("manifests"), []);
});

test("a configuration is completed by its schema, but not beside another extension that does it", async (t) => {
	for (const [yamlExtension, label] of [
		[false, "rules"],
		[true, undefined],
	] as const) {
		const client = await startClient(t, { ".portolan.yaml": "r\n" }, { initializationOptions: { yamlExtension } });
		await client.open(".portolan.yaml");
		const items = await client.request<{ label: string }[]>("textDocument/completion", {
			textDocument: { uri: client.uri(".portolan.yaml") },
			position: { line: 0, character: 1 },
		});
		assert.equal(items[0]?.label, label);
	}
});

test("a file outside the workspace is under the configuration of its repository, and of no folder above it", async (t) => {
	const client = await startClient(
		t,
		{
			".portolan.yaml": off(QUOTED),
			"loose/service.yaml": service('"8080"'),
			"repo/.git/HEAD": "",
			"repo/.portolan.yaml": off(NOT_FOUND),
			"repo/k8s/deployment.yaml": deployment("http"),
			"repo/k8s/service.yaml": service("none"),
		},
		{ roots: [] },
	);
	await client.open("loose/service.yaml");
	assert.deepEqual(await client.codes("loose/service.yaml"), [QUOTED]);
	await client.open("repo/k8s/service.yaml");
	assert.deepEqual(await client.codes("repo/k8s/service.yaml"), []);
});

test("a unit of what is not there is found until it is", async (t) => {
	const units = "units: [{ name: x, kustomize: overlays/prod }]\n";
	const client = await startClient(t, { ...broken, ".portolan.yaml": units });
	await client.open(".portolan.yaml");
	assert.deepEqual(await client.codes(".portolan.yaml"), [BAD]);
	client.write("overlays/prod/kustomization.yaml", "resources: [service.yaml]\n");
	client.write("overlays/prod/service.yaml", service("80", "other"));
	await client.watched({ "overlays/prod/kustomization.yaml": "Created", "overlays/prod/service.yaml": "Created" });
	assert.deepEqual(await client.codes(".portolan.yaml"), []);
	client.remove("overlays/prod/kustomization.yaml");
	await client.watched({ "overlays/prod/kustomization.yaml": "Deleted" });
	assert.deepEqual(await client.codes(".portolan.yaml"), [BAD]);
});
