import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { type TestContext, test } from "node:test";
import {
	createConnection,
	createProtocolConnection,
	ProposedFeatures,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../../server/src/lsp/server.ts";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import { EVERYTHING } from "../support/lspClient.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";
import { deployment, service } from "./manifests.ts";

/** What of this process may still run. */
function waiting(): readonly string[] {
	return process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate/.test(kind));
}

/** A server in this process, with nobody whose life it must watch. */
async function connect(t: TestContext, disk: Disk) {
	const [toServer, toClient] = [new PassThrough(), new PassThrough()];
	serve(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), disk);
	const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
	for (const method of ["client/registerCapability", "window/workDoneProgress/create", "workspace/diagnostic/refresh"]) {
		client.onRequest(method, () => null);
	}
	client.onRequest("workspace/codeLens/refresh", () => null);
	client.onRequest("workspace/inlayHint/refresh", () => null);
	client.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) => items.map(() => null));
	client.listen();
	t.after(() => client.dispose());
	await client.sendRequest("initialize", {
		processId: null,
		rootUri: null,
		capabilities: EVERYTHING,
		workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
		initializationOptions: { status: true },
	});
	await client.sendNotification("initialized", {});
	return client;
}

test("at rest nothing waits to run: no timer is left of reading, answering and telling", async (t) => {
	const before = waiting();
	const disk = new MemoryDisk({ "/ws/service.yaml": service("http"), "/ws/deployment.yaml": deployment("http") });
	const client = await connect(t, disk);
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
