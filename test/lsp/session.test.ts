import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import type { DocumentDiagnosticReport, Hover } from "vscode-languageserver/node";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import { connectInProcess } from "../support/inProcess.ts";
import { built, startClient } from "../support/lspClient.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const files = { "a/service.yaml": service("http"), "a/deployment.yaml": deployment("http") };

test("requests that are not waited for are answered each, by what the text is then or was meanwhile", async (t) => {
	const client = await startClient(t, files);
	await client.open("a/service.yaml");
	const ports = ["http", "none", '"8080"'];
	const reports: Promise<DocumentDiagnosticReport>[] = [];
	const hovers: Promise<Hover | null>[] = [];
	for (let round = 0; round < 60; round++) {
		await client.change("a/service.yaml", [{ text: service(ports[round % 3] ?? "") }]);
		reports.push(client.pullOnce("a/service.yaml"));
		hovers.push(client.hover("a/service.yaml", { line: 3, character: 9 }));
	}
	await client.change("a/service.yaml", [{ text: service("none") }]);
	for (const report of await Promise.all(reports)) {
		assert(report.kind === "full");
		assert.ok(["", NOT_FOUND, "quoted-target-port"].includes(report.items.map(({ code }) => code).join()));
	}
	assert.equal((await Promise.all(hovers)).filter((hover) => hover === null).length, 0);
	assert.deepEqual(await client.codes("a/service.yaml"), [NOT_FOUND]);
});

test("requests that are superseded may be cancelled, before and after they are answered", async (t) => {
	const client = await startClient(t, files);
	await client.open("a/service.yaml");
	const params = { textDocument: { uri: client.uri("a/service.yaml") } };
	const all = { ...params, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } };
	const asked = ["textDocument/diagnostic", "textDocument/codeLens"].map((method) => client.cancelled(method, params));
	asked.push(client.cancelled("textDocument/inlayHint", all), client.cancelled("workspace/diagnostic", { previousResultIds: [] }));
	for (const outcome of await Promise.allSettled(asked)) {
		if (outcome.status === "rejected") assert.equal(outcome.reason.code, -32800);
	}
	await client.notify("$/cancelRequest", { id: 0 });
	await client.notify("$/cancelRequest", { id: 99_999 });
	assert.deepEqual(await client.codes("a/service.yaml"), []);
});

test("a client that is started again is told the same, by the same result ids", async (t) => {
	const broken = { ...files, "a/service.yaml": service("none") };
	const first = await startClient(t, broken);
	await first.open("a/service.yaml");
	const before = await first.pullOnce("a/service.yaml");
	assert(before.kind === "full");
	const second = await startClient(t, broken);
	await second.open("a/service.yaml");
	const after = await second.pullOnce("a/service.yaml");
	assert(after.kind === "full");
	const plain = (value: unknown, uri: string) => JSON.parse(JSON.stringify(value).replaceAll(uri, ""));
	assert.deepEqual(plain(after.items, second.uri("")), plain(before.items, first.uri("")));
	assert.deepEqual(await second.pullOnce("a/service.yaml", after.resultId), { kind: "unchanged", resultId: after.resultId });
});

test("a server whose client is gone ends by itself", async () => {
	const server = spawn(process.execPath, [...built(["server.js", "--stdio"])], { stdio: ["pipe", "ignore", "ignore"] });
	const ended = new Promise((resolve) => server.once("exit", resolve));
	server.stdin.end();
	assert.equal(await ended, 1);
});

test("two roots that lie in each other or side by side hold each file once, and each goes without the other", async (t) => {
	const nested = { ...files, "a/service.yaml": service("none"), "b/service.yaml": service('"8080"') };
	const client = await startClient(t, nested, { roots: ["", "a", "b"] });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND], "b/service.yaml": ["quoted-target-port"] });
	const folder = (name: string) => ({ uri: client.uri(name), name });
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder("")] } });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder("a")] } });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder("a")], removed: [folder("b")] } });
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND], "b/service.yaml": [] });
});

test("reading that is cancelled where its progress is shown stops, and what was read is checked", async (t) => {
	const memory = new MemoryDisk({ "/ws/a/service.yaml": service('"8080"'), "/ws/z/service.yaml": service('"8080"') });
	for (let index = 0; index < 200; index++) memory.files.set(`/ws/b/${index}.yaml`, "a: 1\n");
	let release = (): void => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const disk: Disk = {
		kind: (path) => memory.kind(path),
		read: (path) => memory.read(path),
		list: async (path) => {
			if (path === "/ws/y") await held;
			return memory.list(path);
		},
	};
	memory.files.set("/ws/y/hold.yaml", "a: 1\n");
	const { client, logged } = await connectInProcess(t, disk);
	const begun = new Promise<string | number>((resolve) => {
		client.onNotification("$/progress", ({ token, value }: { token: string | number; value: { kind: string; cancellable?: boolean } }) => {
			if (value.kind === "begin" && value.cancellable) resolve(token);
		});
	});
	await client.sendNotification("initialized", {});
	await client.sendNotification("window/workDoneProgress/cancel", { token: await begun });
	// The cancellation is there before anything that is sent after it is answered.
	await client.sendRequest("textDocument/hover", {
		textDocument: { uri: "file:///ws/a/service.yaml" },
		position: { line: 0, character: 0 },
	});
	release();
	assert.match(await logged(/reading/), /^Stopped reading after \d+ files/);
	const { items } = await client.sendRequest<{ items: { uri: string }[] }>("workspace/diagnostic", { previousResultIds: [] });
	assert.deepEqual(
		items.map(({ uri }) => uri),
		["file:///ws/a/service.yaml"],
	);
});
