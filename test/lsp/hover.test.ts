import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities, MarkupContent } from "vscode-languageserver/node";
import { type ClientOptions, startClient } from "../support/lspClient.ts";
import { deployment, service } from "./manifests.ts";

const plain = (all: ClientCapabilities): ClientCapabilities => ({
	...all,
	textDocument: { ...all.textDocument, hover: { contentFormat: ["plaintext", "markdown"] } },
});

const formats: { title: string; options: ClientOptions; kind: string; shows: RegExp; not: RegExp }[] = [
	{
		title: "a table for our own client",
		options: { initializationOptions: { hoverTable: true } },
		kind: "markdown",
		shows: /^\|.*\|$/m,
		not: /^- /m,
	},
	{ title: "a list for others", options: {}, kind: "markdown", shows: /^- /m, not: /^\|/m },
	{ title: "plain text where that is preferred", options: { capabilities: plain }, kind: "plaintext", shows: /clusterIP:80/, not: /[`|*]/ },
];

for (const { title, options, kind, shows, not } of formats) {
	test(`the hover is ${title}`, async (t) => {
		const client = await startClient(t, { "service.yaml": service("http"), "deployment.yaml": deployment("http") }, options);
		await client.open("service.yaml");
		const name = { start: { line: 3, character: 8 }, end: { line: 3, character: 11 } };
		const hover = await client.hover("service.yaml", { line: 3, character: 9 });
		assert(hover);
		const contents = hover.contents as MarkupContent;
		assert.deepEqual(hover.range, name);
		assert.equal(contents.kind, kind);
		assert.match(contents.value, shows);
		assert.match(contents.value, /clusterIP:80/);
		assert.doesNotMatch(contents.value, not);
	});
}

test("the hover follows an edit in the other file", async (t) => {
	const client = await startClient(t, { "service.yaml": service("http"), "deployment.yaml": deployment("http") });
	await client.open("service.yaml");
	await client.open("deployment.yaml");
	const text = async (): Promise<string> => {
		const found = await client.hover("service.yaml", { line: 3, character: 9 });
		assert(found);
		return (found.contents as MarkupContent).value;
	};
	assert.match(await text(), /8080/);
	await client.edit("deployment.yaml", "containerPort: 8080", "containerPort: 7070");
	assert.match(await text(), /7070/);
	assert.doesNotMatch(await text(), /8080/);
});
