import assert from "node:assert/strict";
import { test } from "node:test";
import type { MarkupContent } from "vscode-languageserver/node";
import { startClient } from "../support/lspClient.ts";

const ports = Array.from({ length: 40 }, (_, index) => `{ name: p${index}, port: ${8000 + 2 * index} }`);
const files = {
	"web (1).yaml": `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [${ports.join(", ")}] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c }] }
`,
};
const AT = { line: 1, character: 7 };

async function start(t: Parameters<typeof startClient>[0], initializationOptions: object) {
	const client = await startClient(t, files, { initializationOptions });
	await client.open("web (1).yaml");
	const hover = await client.hover("web (1).yaml", AT);
	return { client, said: (hover?.contents as MarkupContent | undefined)?.value ?? "" };
}

test("what a long hover leaves out is a link for our own client, which asks for all of it", async (t) => {
	const { client, said } = await start(t, { hoverTable: true, paths: true });
	const [, link = ""] = /\[Each address by itself\]\(command:portolan\.showPaths\?([^()\s]*)\)/.exec(said) ?? [];
	const [params] = JSON.parse(decodeURIComponent(link));
	assert.deepEqual(params, { uri: client.uri("web (1).yaml"), ...AT });
	const all = await client.request<string>("portolan/paths", params);
	for (const address of ["web.default.svc.cluster.local:8000", "web.default.svc.cluster.local:8078"]) assert.ok(all.includes(address), all);
	assert.doesNotMatch(all, /by itself/);
	assert.equal(await client.request("portolan/paths", { ...params, line: 99 }), null);
});

test("other clients are told the command line that prints it", async (t) => {
	const { said } = await start(t, { hoverTable: true });
	assert.match(said, /^Each address by itself: `portolan paths --service default\/web`$/m);
});
