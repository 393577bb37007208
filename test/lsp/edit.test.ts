import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const files = { "service.yaml": service("http"), "deployment.yaml": deployment("http") };

test("an edit of one file changes the findings of the other, which the client is asked to pull again", async (t) => {
	const client = await startClient(t, files);
	await client.next("refresh");
	await client.open("service.yaml");
	await client.open("deployment.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
	await client.edit("deployment.yaml", "name: http", "name: other");
	await client.next("refresh");
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
	assert.deepEqual(await client.codes("deployment.yaml"), []);
	await client.edit("deployment.yaml", "name: other", "name: http");
	await client.next("refresh");
	assert.deepEqual(await client.codes("service.yaml"), []);
	assert.equal(client.read("deployment.yaml"), files["deployment.yaml"]);
});

test("an edit that changes nothing elsewhere asks for nothing", async (t) => {
	const client = await startClient(t, files);
	await client.next("refresh");
	await client.open("service.yaml");
	await client.open("deployment.yaml");
	await client.codes("service.yaml");
	await client.edit("deployment.yaml", "example/web", "example/web:2");
	await client.codes("service.yaml");
	// The answer to the next edit that matters comes after whatever this one would have caused.
	await client.edit("deployment.yaml", "name: http", "name: other");
	await client.next("refresh");
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
	assert.equal(client.untaken("refresh").length, 0);
});

test("closing a document goes back to what the disk holds", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	await client.open("deployment.yaml");
	await client.edit("deployment.yaml", "name: http", "name: other");
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
	await client.close("deployment.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("a document that was never saved counts, and no longer when it is closed", async (t) => {
	const client = await startClient(t, { "service.yaml": service("http") });
	await client.open("service.yaml");
	await client.open("deployment.yaml", deployment("other"));
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
	await client.close("deployment.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("an untitled document stands for itself", async (t) => {
	const client = await startClient(t, files);
	await client.open("untitled:Untitled-1", `${service("http", "shop")}---\n${deployment("other", "shop")}`);
	await client.open("untitled:Untitled-2", deployment("http", "shop"));
	assert.deepEqual(await client.codes("untitled:Untitled-1"), [NOT_FOUND]);
	await client.edit("untitled:Untitled-1", "targetPort: http", "targetPort: other");
	assert.deepEqual(await client.codes("untitled:Untitled-1"), []);
	await client.close("untitled:Untitled-1");
	assert.deepEqual(await client.codes("untitled:Untitled-1"), []);
});

test("several changes in one message apply one after the other", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	const name = client.rangeOf("service.yaml", "targetPort: http");
	await client.change("service.yaml", [
		{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "# a line more\n" },
		{ range: { start: { line: name.start.line + 1, character: 18 }, end: { line: name.end.line + 1, character: 22 } }, text: "none" },
	]);
	const [finding] = await client.pull("service.yaml");
	assert.deepEqual(finding?.range, {
		start: { line: name.start.line + 1, character: 18 },
		end: { line: name.start.line + 1, character: 22 },
	});
	await client.change("service.yaml", [{ text: "not the text that it was" }, { text: service("http") }]);
	assert.deepEqual(await client.codes("service.yaml"), []);
});

const nowhere = { line: 9999, character: 9999 };

test("positions outside the text do no harm", async (t) => {
	const client = await startClient(t, { ...files, "service.yaml": service("none") });
	await client.open("service.yaml");
	assert.equal(await client.hover("service.yaml", nowhere), null);
	assert.equal(await client.hover("service.yaml", { line: 0, character: 9999 }), null);
	assert.deepEqual(await client.codeActions("service.yaml", { start: nowhere, end: nowhere }), []);
	assert.deepEqual(await client.codeActions("service.yaml", { start: nowhere, end: { line: 0, character: 0 } }), []);
	await client.change("service.yaml", [{ range: { start: nowhere, end: nowhere }, text: "# the end\n" }]);
	await client.change("service.yaml", [{ range: { start: nowhere, end: { line: 9, character: 18 } }, text: "http\n" }]);
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("documents that are not open do no harm", async (t) => {
	const client = await startClient(t, files);
	await client.change("service.yaml", [{ text: "lost" }]);
	await client.close("service.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
	assert.deepEqual(await client.codes("nowhere/to/be/found.yaml"), []);
	assert.equal(await client.hover("nowhere.yaml", { line: 0, character: 0 }), null);
	assert.deepEqual(await client.codeActions("nowhere.yaml", { start: nowhere, end: nowhere }), []);
});

test("a document that is opened twice is the one that was opened last", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	await client.open("service.yaml", service("none"));
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
});

test("documents of other languages are left alone", async (t) => {
	const client = await startClient(t, { "deployment.yaml": deployment("http") });
	await client.open("compose.yaml", service("none"), "dockercompose");
	assert.deepEqual(await client.codes("compose.yaml"), []);
});

test("a JSON document is a manifest like another", async (t) => {
	const json = JSON.stringify({
		apiVersion: "v1",
		kind: "Service",
		metadata: { name: "web" },
		spec: { ports: [{ port: 80, targetPort: "8080" }] },
	});
	const client = await startClient(t, { "service.json": json });
	await client.open("service.json");
	const [finding] = await client.pull("service.json");
	assert.equal(finding?.code, "quoted-target-port");
	assert.deepEqual(finding.range, client.rangeOf("service.json", '"8080"'));
});

test("a request that is cancelled ends as cancelled, and the next one is answered", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml", service("none"));
	const params = { textDocument: { uri: client.uri("service.yaml") } };
	await assert.rejects(client.cancelled("textDocument/diagnostic", params), { code: -32800 });
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
});
