import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction } from "vscode-languageserver/node";
import { type LspClient, startClient } from "../support/lspClient.ts";

const twice = `apiVersion: v1\r
kind: Service # 😀\r
metadata: { name: web }\r
spec:\r
  type: NodePort\r
  externalTrafficPolicy: local\r
  ports:\r
    - { name: a, port: 80, targetPort: "8080" }\r
    - { name: b, port: 81, targetPort: '8081' }\r
`;

const fixed = twice.replace("local", "Local").replace('"8080"', "8080").replace("'8081'", "8081");

async function asked(client: LspClient, name: string, ...only: string[]): Promise<CodeAction[]> {
	const start = { line: 0, character: 0 };
	return client.codeActions(name, { start, end: start }, { diagnostics: [], only });
}

test("all safe fixes of a document are one action, wherever the cursor is", async (t) => {
	const client = await startClient(t, { "service.yaml": twice });
	await client.open("service.yaml");
	const [action, second] = await asked(client, "service.yaml", "source.fixAll.portolan");
	assert.deepEqual([action?.kind, second], ["source.fixAll.portolan", undefined]);
	assert.deepEqual(client.applied(action?.edit ?? {}), { "service.yaml": fixed });
});

test("the kinds above it ask for it, and others do not", async (t) => {
	const client = await startClient(t, { "service.yaml": twice });
	await client.open("service.yaml");
	const counts = [];
	for (const kind of ["source", "source.fixAll", "source.fixAll.other", "source.organizeImports", "quickfix"]) {
		counts.push((await asked(client, "service.yaml", kind)).length);
	}
	assert.deepEqual(counts, [1, 1, 0, 0, 0]);
	assert.deepEqual(client.result.capabilities.codeActionProvider, { codeActionKinds: ["quickfix", "source.fixAll.portolan"] });
});

test("only the document is changed, and nothing is offered once there is nothing to do", async (t) => {
	const client = await startClient(t, { "service.yaml": fixed, "other.yaml": twice.replace("web", "other") });
	await client.open("service.yaml");
	assert.deepEqual(await asked(client, "service.yaml", "source.fixAll"), []);
});

test("fixes that wait for each other are all in it", async (t) => {
	const client = await startClient(t, { "service.yaml": twice.replace("local", "local // nodes with a Pod") });
	await client.open("service.yaml");
	const [action] = await asked(client, "service.yaml", "source.fixAll.portolan");
	assert.deepEqual(client.applied(action?.edit ?? {}), { "service.yaml": fixed.replace("Local", "Local # nodes with a Pod") });
});
