import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const sound = { "service.yaml": service("none"), "deployment.yaml": deployment("http") };

test("broken YAML is said, and everything that can be read is still checked", async (t) => {
	const broken = `${service('"8080"', "first")}---\napiVersion: v1\nkind: Service\nspec: [\n---\n${service('"8081"', "second")}`;
	const client = await startClient(t, { "broken.yaml": broken });
	await client.open("broken.yaml");
	const codes = await client.codes("broken.yaml");
	assert.deepEqual(codes.filter((code) => code === "quoted-target-port").length, 2);
	assert(codes.includes("invalid-yaml"), JSON.stringify(codes));
});

const unreadable: { title: string; name: string; content: string | Uint8Array }[] = [
	{ title: "an empty file", name: "empty.yaml", content: "" },
	{ title: "a binary file", name: "image.yaml", content: Uint8Array.of(0x89, 0x50, 0, 0, 1, 2) },
	{ title: "a file that is not UTF-8", name: "latin1.yaml", content: Uint8Array.of(0x61, 0x3a, 0x20, 0xe9, 0x0a) },
	{ title: "a file that is too large", name: "large.yaml", content: `${"# a long line of nothing\n".repeat(430_000)}` },
];

for (const { title, name, content } of unreadable) {
	test(`${title} keeps nothing else from being checked`, async (t) => {
		const client = await startClient(t, { [`sub/${name}`]: content, ...sound });
		assert.deepEqual(await client.pullWorkspace(), { "service.yaml": [NOT_FOUND] });
	});
}

test("a FIFO is never opened", { skip: process.platform === "win32" }, async (t) => {
	const client = await startClient(t, { ...sound, "k8s/x.yaml": "" }, { roots: [] });
	execFileSync("mkfifo", [path.join(client.folder, "k8s", "pipe.yaml")]);
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: client.uri(""), name: "root" }], removed: [] } });
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": [NOT_FOUND] });
	const status = await client.request("portolan/status", { uri: client.uri("k8s/pipe.yaml") });
	const workspace = { text: "3 files with 2 objects in the workspace, 1 skipped", detail: "pipe.yaml: not a regular file" };
	assert.deepEqual(status, { text: "not checked", detail: "not a regular file", limited: true, workspace });
});

test("links that lead in a circle do no harm", { skip: process.platform === "win32" }, async (t) => {
	const client = await startClient(t, sound, { roots: [] });
	fs.symlinkSync(client.folder, path.join(client.folder, "self"));
	fs.symlinkSync("loop.yaml", path.join(client.folder, "loop.yaml"));
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: client.uri(""), name: "root" }], removed: [] } });
	assert.deepEqual(Object.keys(await client.pullWorkspace()), ["service.yaml"]);
});
