import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities } from "vscode-languageserver/node";
import { type LspClient, startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

function withoutPull({ textDocument: { diagnostic: _, ...textDocument } = {}, ...all }: ClientCapabilities): ClientCapabilities {
	return { ...all, textDocument };
}

async function published(client: LspClient, name: string): Promise<unknown[]> {
	const { diagnostics } = await client.next("publish", ({ uri }) => client.nameOf(uri) === name);
	return diagnostics.map(({ code }) => code);
}

const files = { "service.yaml": service("http"), "deployment.yaml": deployment("other"), "k8s/service.yaml": service('"80"') };

test("a client that cannot pull is told, of open files and of others", async (t) => {
	const client = await startClient(t, files, { capabilities: withoutPull });
	assert.equal(client.result.capabilities.diagnosticProvider, undefined);
	assert.deepEqual(await published(client, "service.yaml"), [NOT_FOUND]);
	assert.deepEqual(await published(client, "k8s/service.yaml"), ["quoted-target-port"]);
	await client.open("deployment.yaml");
	await client.edit("deployment.yaml", "name: other", "name: http");
	assert.deepEqual(await published(client, "service.yaml"), []);
	client.write("k8s/service.yaml", service(80));
	await client.watched({ "k8s/service.yaml": "Changed" });
	assert.deepEqual(await published(client, "k8s/service.yaml"), []);
	await client.close("deployment.yaml");
	assert.deepEqual(await published(client, "service.yaml"), [NOT_FOUND]);
});

test("what is told of an open document names its version", async (t) => {
	const client = await startClient(t, files, { capabilities: withoutPull });
	await client.open("k8s/service.yaml", service(80));
	await client.edit("k8s/service.yaml", "targetPort: 80", 'targetPort: "8080"');
	const wanted = await client.next("publish", ({ uri, version }) => client.nameOf(uri) === "k8s/service.yaml" && version === 2);
	assert.deepEqual(
		wanted.diagnostics.map(({ range }) => range),
		[client.rangeOf("k8s/service.yaml", '"8080"')],
	);
});

test("a client that says nothing about itself is served", async (t) => {
	const client = await startClient(t, files, { capabilities: () => ({}) });
	assert.deepEqual(await published(client, "service.yaml"), [NOT_FOUND]);
	await client.open("service.yaml");
	const found = await client.hover("service.yaml", client.rangeOf("service.yaml", "name: web").end);
	assert(found && "kind" in (found.contents as object));
	assert.equal((found.contents as { kind: string }).kind, "plaintext");
	assert.deepEqual(await client.codeActions("service.yaml", client.rangeOf("service.yaml", "targetPort: http")), []);
});
