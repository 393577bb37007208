import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities, CodeAction } from "vscode-languageserver/node";
import { type ClientOptions, type LspClient, startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

async function titled(client: LspClient, name: string, text: string, title: string, context?: object): Promise<CodeAction> {
	const actions = await client.codeActions(name, client.rangeOf(name, text), context);
	const action = actions.find((candidate) => candidate.title === title);
	assert(action?.edit, `no "${title}" among ${JSON.stringify(actions.map((candidate) => candidate.title))}`);
	return action;
}

const odd = `apiVersion: v1\r
kind: Service # 😀 comments stay\r
metadata: {name: web}\r
spec:\r
  ports:\r
    - {"name": "𝕏😀", port: 80,   targetPort: '8080'} # ü\r
    -   port: 81\r
`;

test("a fix changes its own characters and nothing else, with CRLF and pairs of surrogates before it", async (t) => {
	const client = await startClient(t, { "service.yaml": odd });
	await client.open("service.yaml");
	const fix = await titled(client, "service.yaml", "'8080'", "Remove the quotes");
	assert.deepEqual(client.applied(fix.edit ?? {}), { "service.yaml": odd.replace("'8080'", "8080") });
	assert.equal(fix.isPreferred, true);
	assert.equal(fix.kind, "quickfix");
	assert.deepEqual(
		fix.diagnostics?.map(({ code, range }) => ({ code, range })),
		[{ code: "quoted-target-port", range: { start: { line: 5, character: 47 }, end: { line: 5, character: 53 } } }],
	);
});

test("a fix in another file names that file, whether it is open or not", async (t) => {
	const client = await startClient(t, { "service.yaml": service(80), "deployment.yaml": deployment("http") });
	await client.open("service.yaml");
	const closed = await titled(client, "service.yaml", "targetPort: 80", "Set containerPort to 80");
	const after = { "deployment.yaml": deployment("http", "web", 80) };
	assert.deepEqual(client.applied(closed.edit ?? {}), after);
	await client.open("deployment.yaml");
	await client.edit("deployment.yaml", "image: example/web", "image: example/web:2");
	const open = await titled(client, "service.yaml", "targetPort: 80", "Set containerPort to 80");
	assert.deepEqual(client.applied(open.edit ?? {}), {
		"deployment.yaml": after["deployment.yaml"].replace("example/web", "example/web:2"),
	});
});

test("a client that knows no document changes gets plain ones", async (t) => {
	const without = (all: ClientCapabilities): ClientCapabilities => ({ ...all, workspace: { ...all.workspace, workspaceEdit: {} } });
	const client = await startClient(t, { "service.yaml": odd }, { capabilities: without });
	await client.open("service.yaml");
	const fix = await titled(client, "service.yaml", "'8080'", "Remove the quotes");
	assert.deepEqual(Object.keys(fix.edit?.changes ?? {}), [client.uri("service.yaml")]);
	assert.deepEqual(client.applied(fix.edit ?? {}), { "service.yaml": odd.replace("'8080'", "8080") });
});

test("fixes are offered where a finding is, and where the client wants quick fixes", async (t) => {
	const client = await startClient(t, { "service.yaml": odd });
	await client.open("service.yaml");
	const { start, end } = client.rangeOf("service.yaml", "'8080'");
	const offered = async (range: { start: typeof start; end: typeof end }, only?: string[]): Promise<boolean> =>
		(await client.codeActions("service.yaml", range, { diagnostics: [], ...(only && { only }) })).some(
			({ title }) => title === "Remove the quotes",
		);
	assert.equal(await offered({ start: end, end }), true);
	assert.equal(await offered({ start: { ...start, character: 0 }, end: { ...end, character: 99 } }), true);
	assert.equal(await offered({ start: { line: 0, character: 0 }, end: { ...start, character: start.character - 1 } }), false);
	assert.equal(await offered({ start, end }, ["refactor", "source.organizeImports"]), false);
	assert.equal(await offered({ start, end }, ["quickfix"]), true);
});

test("a finding carries its rule, the rule's page, and the other end", async (t) => {
	const client = await startClient(t, { "service.yaml": service("none"), "deployment.yaml": deployment("http") });
	await client.open("service.yaml");
	const [finding] = await client.pull("service.yaml");
	assert(finding);
	const { message, relatedInformation = [], ...rest } = finding;
	assert.deepEqual(rest, {
		range: client.rangeOf("service.yaml", "none"),
		severity: 1,
		code: NOT_FOUND,
		source: "portolan",
		codeDescription: { href: `https://github.com/portolan-k8s/portolan/blob/main/docs/rules/${NOT_FOUND}.md` },
		data: { kubernetes: null },
	});
	assert.match(String(message), /none.*Deployment web/);
	assert.deepEqual(new Set(relatedInformation.map(({ location }) => client.nameOf(location.uri))), new Set(["deployment.yaml"]));
});

const QUOTED = service('"8080"');

async function offered(client: LspClient): Promise<readonly CodeAction[]> {
	return client.codeActions("service.yaml", client.rangeOf("service.yaml", '"8080"'));
}

test("a finding can be ignored where it stands", async (t) => {
	const client = await startClient(t, { "service.yaml": QUOTED });
	await client.open("service.yaml");
	const { edit = {} } = await titled(client, "service.yaml", '"8080"', "Ignore here");
	const silenced = QUOTED.replace("      targetPort", "      # portolan-ignore: quoted-target-port\n      targetPort");
	assert.deepEqual(client.applied(edit), { "service.yaml": silenced });
	await client.change("service.yaml", [{ text: silenced }]);
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("a rule can be turned off in a configuration that is made, or in the one that is there and open", async (t) => {
	const client = await startClient(t, { "service.yaml": QUOTED });
	await client.open("service.yaml");
	const off = "Turn the rule off in .portolan.yaml";
	const { edit = {} } = await titled(client, "service.yaml", '"8080"', off);
	assert.deepEqual(client.applied(edit), { ".portolan.yaml": "rules:\n  quoted-target-port: off\n" });
	await client.open(".portolan.yaml", "exclude: []\n");
	await client.edit(".portolan.yaml", "[]", "[x]");
	const { edit: second = {} } = await titled(client, "service.yaml", '"8080"', off);
	assert.deepEqual(client.applied(second), { ".portolan.yaml": "exclude: [x]\nrules:\n  quoted-target-port: off\n" });
});

test("a client that makes no files is offered none", async (t) => {
	const without = (all: ClientCapabilities): ClientCapabilities => ({
		...all,
		workspace: { ...all.workspace, workspaceEdit: { documentChanges: true } },
	});
	const client = await startClient(t, { "service.yaml": QUOTED }, { capabilities: without });
	await client.open("service.yaml");
	assert.deepEqual(
		(await offered(client)).map(({ title }) => title),
		["Remove the quotes", "Ignore here", "Show documentation"],
	);
});

test("the page of a rule is shown by our own client, by any that shows pages of the web, or not at all", async (t) => {
	const without = (all: ClientCapabilities): ClientCapabilities => ({ ...all, window: {} });
	const shown = async (options: ClientOptions): Promise<CodeAction["command"]> => {
		const client = await startClient(t, { "service.yaml": QUOTED }, options);
		await client.open("service.yaml");
		const { command } = (await offered(client)).find(({ title }) => title === "Show documentation") ?? {};
		if (command?.command === "portolan.openPage") {
			await client.request("workspace/executeCommand", { command: command.command, arguments: command.arguments });
			const { uri, external } = await client.next("showDocument");
			assert.deepEqual([uri.split("/").at(-1), external], ["quoted-target-port.md", true]);
		}
		return command;
	};
	const title = "Show documentation";
	const own = { title, command: "portolan.showDocumentation", arguments: ["quoted-target-port"] };
	assert.deepEqual(await shown({ initializationOptions: { documentation: true } }), own);
	assert.deepEqual(await shown({}), { ...own, command: "portolan.openPage" });
	assert.deepEqual(await shown({ capabilities: without }), undefined);
});
