import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeLens } from "vscode-languageserver/node";
import { startClient } from "../support/lspClient.ts";
import { deployment, service } from "./manifests.ts";

const open = service("http").replace("spec:", "spec:\n  type: NodePort").replace("port: 80", "port: 80\n      nodePort: 30080");
const files = { "service.yaml": open, "deployment.yaml": deployment("http") };
const LENS = "0: → 1 Pod · reachable at nodeIP:30080";
const HINT = "11:22 = 8080";

test("a line above a Service says where it leads, and a hint what a named port is", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	assert.deepEqual(await client.codeLenses("service.yaml"), [LENS]);
	assert.deepEqual(await client.inlayHints("service.yaml"), [HINT]);
	assert.deepEqual(await client.inlayHints("service.yaml", 5), []);
	assert.deepEqual(await client.codeLenses("deployment.yaml"), []);
});

test("an edit of another file asks for the lines and hints again, where they are others now", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	await client.open("deployment.yaml");
	await client.pullWorkspace();
	await client.codeLenses("service.yaml");
	await client.inlayHints("service.yaml");
	await client.edit("deployment.yaml", "containerPort: 8080", "containerPort: 7070");
	await client.next("inlayHintRefresh");
	assert.deepEqual(await client.inlayHints("service.yaml"), ["11:22 = 7070"]);
	await client.edit("deployment.yaml", "spec:\n  selector", "spec:\n  replicas: 4\n  selector");
	await client.next("codeLensRefresh");
	assert.deepEqual(await client.codeLenses("service.yaml"), [LENS.replace("1 Pod", "4 Pods")]);
	assert.equal(client.untaken("codeLensRefresh").length, 0);
});

test("changes on the disk and of the settings ask for them again", async (t) => {
	const client = await startClient(t, files, { settings: () => null });
	await client.open("service.yaml");
	await client.pullWorkspace();
	await client.codeLenses("service.yaml");
	await client.inlayHints("service.yaml");
	client.remove("deployment.yaml");
	await client.watched({ "deployment.yaml": "Deleted" });
	await client.next("codeLensRefresh");
	await client.next("inlayHintRefresh");
	assert.deepEqual(await client.codeLenses("service.yaml"), ["0: → no Pod that is known here · perhaps reachable at nodeIP:30080"]);
	assert.deepEqual(await client.inlayHints("service.yaml"), []);
	await client.setSettings((section) => (section === "portolan" ? { codeLens: "off", inlayHints: "all" } : null));
	await client.next("codeLensRefresh");
	await client.next("inlayHintRefresh");
	assert.deepEqual(await client.codeLenses("service.yaml"), []);
});

test("reading the workspace asks for them again once it is done", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	await client.pullWorkspace();
	await client.codeLenses("service.yaml");
	await client.inlayHints("service.yaml");
	await client.request("portolan/reindex", null);
	await client.next("codeLensRefresh");
	await client.next("inlayHintRefresh");
});

test("the lines stay while the text does not parse", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	assert.deepEqual(await client.codeLenses("service.yaml"), [LENS]);
	await client.edit("service.yaml", "apiVersion", "# ours\napiVersion");
	await client.edit("service.yaml", "type: NodePort", "type: [NodePort");
	assert.deepEqual(await client.codeLenses("service.yaml"), [LENS.replace("0", "1")]);
	await client.edit("service.yaml", "type: [NodePort", "type: NodePort");
	await client.edit("service.yaml", "nodePort: 30080", "nodePort: 30081");
	assert.deepEqual(await client.codeLenses("service.yaml"), [LENS.replace("0", "1").replace("30080", "30081")]);
	await client.edit("service.yaml", "type: NodePort", "type: [NodePort");
	await client.close("service.yaml");
	await client.open("service.yaml", open.replace("type: NodePort", "type: [NodePort"));
	assert.deepEqual(await client.codeLenses("service.yaml"), []);
});

test("our own client can go from a line to the Pods; for others it is words", async (t) => {
	const lenses = async (initializationOptions: object): Promise<readonly CodeLens[]> => {
		const client = await startClient(t, files, { initializationOptions });
		await client.open("service.yaml");
		const params = { textDocument: { uri: client.uri("service.yaml") } };
		const found = await client.request<CodeLens[]>("textDocument/codeLens", params);
		return JSON.parse(JSON.stringify(found).replaceAll(client.uri(""), ""));
	};
	const [own] = await lenses({ locations: true });
	assert.deepEqual(own?.command, {
		title: LENS.slice(3),
		command: "portolan.showLocations",
		arguments: [{ uri: "/service.yaml", line: 0, places: [{ uri: "/deployment.yaml", line: 3, character: 8 }] }],
	});
	const [other] = await lenses({});
	assert.deepEqual(other?.command, { title: LENS.slice(3), command: "" });
});
