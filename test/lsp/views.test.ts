import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { connectInProcess } from "../support/inProcess.ts";
import { built, LspClient, startClient } from "../support/lspClient.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const QUOTED = "quoted-target-port";
const files = { "service.yaml": service("http"), "deployment.yaml": deployment("http") };

test("a file that is open under two URIs is told by the one that was edited last, and is closed when both are", async (t) => {
	const client = await startClient(t, { "a b/service.yaml": service("http"), "a b/deployment.yaml": deployment("http") });
	const [plain, encoded] = [client.uri("a b/service.yaml"), client.uri("a b/service.yaml").replace("service", "%73ervice")];
	await client.open(plain, service("http"));
	await client.open(encoded, service("none"));
	assert.deepEqual(await client.codes(plain), [NOT_FOUND]);
	await client.edit(plain, "targetPort: http", 'targetPort: "8080"');
	assert.deepEqual(await client.codes(encoded), [QUOTED]);
	await client.close(plain);
	assert.deepEqual(await client.codes(encoded), [NOT_FOUND]);
	await client.close(encoded);
	assert.deepEqual(await client.codes(plain), []);
});

test("a link to a file is a file of its own, and what both hold no conflict", { skip: process.platform === "win32" }, async (t) => {
	const client = await startClient(t, files, { roots: [] });
	fs.symlinkSync("service.yaml", path.join(client.folder, "link.yaml"));
	await client.open("service.yaml");
	await client.open("link.yaml");
	assert.deepEqual([await client.codes("service.yaml"), await client.codes("link.yaml")], [[], []]);
	await client.edit("link.yaml", "targetPort: http", 'targetPort: "8080"');
	assert.deepEqual([await client.codes("service.yaml"), await client.codes("link.yaml")], [[], [QUOTED]]);
});

test("what is open counts, whatever is told of its file, until it is closed", async (t) => {
	const client = await startClient(t, files);
	await client.open("service.yaml");
	await client.open("deployment.yaml", deployment("none"));
	client.write("deployment.yaml", deployment("other"));
	await client.watched({ "deployment.yaml": "Changed" });
	await client.edit("service.yaml", "targetPort: http", "targetPort: none");
	assert.deepEqual(await client.codes("service.yaml"), []);
	await client.notify("textDocument/didSave", { textDocument: { uri: client.uri("deployment.yaml") } });
	assert.deepEqual(await client.codes("service.yaml"), []);
	await client.close("deployment.yaml");
	await client.edit("service.yaml", "targetPort: none", "targetPort: other");
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("a document whose language is not ours leaves its file what the disk holds, and counts when its language changes", async (t) => {
	const client = await startClient(t, { ...files, "service.yaml": service("none") });
	await client.open("service.yaml", service('"8080"'), "dockercompose");
	assert.deepEqual(await client.pullWorkspace(), { "service.yaml": [NOT_FOUND] });
	await client.close("service.yaml");
	await client.open("service.yaml", service('"8080"'), "yaml");
	assert.deepEqual(await client.codes("service.yaml"), [QUOTED]);
	await client.close("service.yaml");
	for (const language of ["helm", "json", "jsonc", ""] as const) {
		await client.open("service.yaml", service(language === "helm" ? "http" : '"8080"'), language);
		assert.deepEqual(await client.codes("service.yaml"), language === "helm" ? [] : [QUOTED], language);
		await client.close("service.yaml");
	}
	assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
});

for (const { title, text } of [
	{ title: "lines that end with CRLF", text: service('"8080"').replaceAll("\n", "\r\n") },
	{ title: "lines that end with CR", text: service('"8080"').replaceAll("\n", "\r") },
	{ title: "a byte order mark", text: `\ufeff${service('"8080"')}` },
	{
		title: "characters of two units before it",
		text: service('"8080"').replace("    - port: 80\n      t", '    - { name: "😀", port: 80, t').replace('"8080"\n', '"8080" }\n'),
	},
	{ title: "half a character", text: `# \ud83d\n${service('"8080"')}` },
]) {
	test(`columns count UTF-16 units in a text with ${title}, also when it is edited there`, async (t) => {
		const client = await startClient(t, { "deployment.yaml": deployment("http") });
		await client.open("service.yaml", text);
		const places = async () => (await client.pull("service.yaml")).flatMap(({ code, range }) => (code === QUOTED ? [range] : []));
		assert.deepEqual(await places(), [client.rangeOf("service.yaml", '"8080"')]);
		await client.edit("service.yaml", '"8080"', '"80" ');
		assert.deepEqual(await places(), [client.rangeOf("service.yaml", '"80"')]);
	});
}

const NOTES = Array.from({ length: 4000 }, (_, at) => `    example.com/note-${at}: what somebody wrote down, and more of that\n`).join("");

test("a document that grows beyond what is read at once and shrinks again is what it is after each", async (t) => {
	const client = await startClient(t, { "deployment.yaml": deployment("http") });
	const text = service("none").replace("  name: web\n", "  name: web\n  annotations:\n    a: b\n");
	await client.open("service.yaml", text);
	for (let round = 0; round < 3; round++) {
		assert.deepEqual(await client.codes("service.yaml"), [NOT_FOUND]);
		await client.edit("service.yaml", "    a: b\n", `    a: b\n${NOTES}`);
		const [finding] = await client.pull("service.yaml");
		assert.deepEqual(finding?.range, client.rangeOf("service.yaml", "none"));
		await client.edit("service.yaml", NOTES, "");
		const [again] = await client.pull("service.yaml");
		assert.deepEqual(again?.range, client.rangeOf("service.yaml", "none"));
	}
});

test("what is open outside every folder is told of whole, though nobody asked for it alone", async (t) => {
	const client = await startClient(
		t,
		{ "a/service.yaml": service("none"), "a/deployment.yaml": deployment("http"), "b/x.yaml": "a: 1\n" },
		{ roots: ["a"] },
	);
	await client.open("a/service.yaml");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [NOT_FOUND] });
	const folder = (name: string) => ({ uri: client.uri(name), name });
	await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder("b")], removed: [folder("a")] } });
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.close("a/service.yaml");
	assert.deepEqual(await client.pullWorkspace(), { "a/service.yaml": [] });
});

test("settings that are told late, after those for other folders, change nothing", async (t) => {
	const OTHER = "file:///other";
	const disk = new MemoryDisk({
		"/ws/service.yaml": service("none"),
		"/ws/deployment.yaml": deployment("http"),
		"/other/service.yaml": service('"8080"'),
	});
	const { client, logged } = await connectInProcess(t, disk);
	const asked: ((settings: (scope: string) => unknown) => void)[] = [];
	const bothAsked = new Promise<void>((resolve) => {
		client.onRequest("workspace/configuration", ({ items }: { items: { scopeUri?: string; section: string }[] }) => {
			if (asked.length === 1) setImmediate(resolve);
			return new Promise((answer) => {
				asked.push((settings) => answer(items.map(({ section, scopeUri }) => (section === "portolan" ? settings(scopeUri ?? "") : null))));
			});
		});
	});
	await client.sendNotification("initialized", {});
	const change = { added: [{ uri: OTHER, name: "other" }], removed: [] };
	await client.sendNotification("workspace/didChangeWorkspaceFolders", { event: change });
	await bothAsked;
	for (const answer of asked.reverse()) answer((scope) => (scope === OTHER ? { rules: { [QUOTED]: "hint" } } : null));
	await logged(/^Read/);
	const { items } = await client.sendRequest<{ items: { uri: string }[] }>("workspace/diagnostic", { previousResultIds: [] });
	assert.deepEqual(
		items.map(({ uri }) => uri),
		["file:///ws/service.yaml"],
	);
});

test("a server that is told to exit without a shutdown ends with 1", async () => {
	const client = new LspClient(process.cwd(), built(["server.js", "--stdio"]));
	await client.initialize({ roots: [] });
	await client.notify("exit", undefined);
	assert.equal(await client.exit, 1);
});

test("a server whose client is killed ends, though others hold the pipe to it open", async () => {
	const editor = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
	const server = spawn(process.execPath, [...built(["server.js", "--stdio"])], { stdio: ["pipe", "ignore", "ignore"] });
	const gone = new Promise((resolve) => server.once("exit", resolve));
	const params = { processId: editor.pid, rootUri: null, capabilities: {}, workspaceFolders: null };
	const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
	server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
	editor.kill("SIGKILL");
	assert.equal(await gone, 1);
});
