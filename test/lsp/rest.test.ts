import assert from "node:assert/strict";
import { test } from "node:test";
import { connectInProcess } from "../support/inProcess.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";
import { deployment, service } from "./manifests.ts";

/** What of this process may still run. */
function waiting(): readonly string[] {
	return process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind));
}

test("at rest nothing waits to run: no timer is left of reading, answering and telling", async (t) => {
	const before = waiting();
	const disk = new MemoryDisk({ "/ws/service.yaml": service("http"), "/ws/deployment.yaml": deployment("http") });
	const { client } = await connectInProcess(t, disk);
	await client.sendNotification("initialized", {});
	const textDocument = { uri: "file:///ws/service.yaml" };
	await client.sendRequest("workspace/diagnostic", { previousResultIds: [] });
	await client.sendNotification("textDocument/didOpen", {
		textDocument: { ...textDocument, languageId: "yaml", version: 1, text: service("none") },
	});
	for (const method of ["textDocument/diagnostic", "textDocument/codeLens"]) await client.sendRequest(method, { textDocument });
	await client.sendNotification("workspace/didChangeConfiguration", { settings: null });
	await client.sendRequest("portolan/reindex");
	await client.sendRequest("workspace/diagnostic", { previousResultIds: [] });
	// What was set going by the last change has had its turn.
	for (let turn = 0; turn < 100 && waiting().length > before.length; turn++) await new Promise((resolve) => setImmediate(resolve));
	assert.deepEqual(waiting(), before);
});
