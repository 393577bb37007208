import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientCapabilities, Location, LocationLink, MarkupContent } from "vscode-languageserver/node";
import { CHOOSE_UNIT, STATUS, type Status, UNITS, type UnitChoice } from "../../server/src/protocol.ts";
import { startClient } from "../support/lspClient.ts";
import { tarball } from "../units/helm/chart/tarballs.ts";
import { deployment, service } from "./manifests.ts";

const UNDECLARED = "target-port-not-declared";

const FILES = {
	"api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
	"api/values.yaml": "service:\n  # Where Pods listen\n  port: 8080\n",
	"api/values-prod.yaml": "service: { port: 9090 }\n",
	"api/templates/_helpers.tpl": '{{- define "api.port" }}{{ .Values.service.port }}{{ end }}\n',
	"api/templates/service.yaml": service('{{ include "api.port" . }}'),
	"api/templates/deployment.yaml": deployment("http"),
};

for (const languages of [
	{ values: "yaml", template: "yaml", helper: "helm" },
	{ values: "helm-values", template: "helm", helper: "gotmpl" },
	{ values: "yaml", template: "helm-template", helper: "plaintext" },
]) {
	test(`what is edited in a chart is judged in all of it, unsaved, in the languages ${Object.values(languages).join(", ")}`, async (t) => {
		const client = await startClient(t, FILES);
		assert.deepEqual(await client.pullWorkspace(), { "api/values-prod.yaml": [UNDECLARED] });
		await client.open("api/values.yaml", undefined, languages.values);
		await client.open("api/templates/deployment.yaml", undefined, languages.template);
		await client.open("api/templates/_helpers.tpl", undefined, languages.helper);
		await client.edit("api/values.yaml", "8080", "8081");
		assert.deepEqual(await client.codes("api/values.yaml"), [UNDECLARED]);
		await client.edit("api/templates/deployment.yaml", "containerPort: 8080", "containerPort: 8081");
		assert.deepEqual(await client.codes("api/values.yaml"), []);
		await client.edit("api/templates/_helpers.tpl", ".Values.service.port", "8082");
		assert.deepEqual(await client.codes("api/templates/_helpers.tpl"), [UNDECLARED]);
		await client.close("api/templates/_helpers.tpl");
		assert.deepEqual(await client.codes("api/values.yaml"), []);
		assert.deepEqual(await client.codes("api/templates/_helpers.tpl"), []);
	});
}

test("a helper that is saved is read once, and what is typed after that wins", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("api/templates/_helpers.tpl", undefined, "plaintext");
	await client.edit("api/templates/_helpers.tpl", ".Values.service.port", "8082");
	client.write("api/templates/_helpers.tpl", '{{- define "api.port" }}8083{{ end }}\n');
	await client.watched({ "api/templates/_helpers.tpl": "Changed" });
	assert.deepEqual(
		(await client.pull("api/templates/_helpers.tpl")).map(({ message }) => message),
		["targetPort 8082 is not a port of Deployment web (its container app declares 8080)"],
	);
	await client.close("api/templates/_helpers.tpl");
	await client.open("api/templates/_helpers.tpl", undefined, "plaintext");
	assert.deepEqual(
		(await client.pull("api/templates/_helpers.tpl")).map(({ message }) => message),
		["targetPort 8083 is not a port of Deployment web (its container app declares 8080)"],
	);
});

test("a text below a folder `templates` that is no chart's is no manifest", async (t) => {
	const client = await startClient(t, { "mail/templates/hello.txt": "a: b\n c: d\n", "mail/templates/web.yaml": service("http") });
	await client.open("mail/templates/hello.txt", undefined, "plaintext");
	assert.deepEqual(await client.codes("mail/templates/hello.txt"), []);
});

test("in a template a hover links to values, and a definition leads to them", async (t) => {
	const capabilities = (all: ClientCapabilities) => ({ ...all, textDocument: { ...all.textDocument, definition: { linkSupport: true } } });
	const client = await startClient(t, FILES, { capabilities });
	await client.open("api/templates/_helpers.tpl", undefined, "helm");
	const { start } = client.rangeOf("api/templates/_helpers.tpl", "port }}");
	const hover = await client.hover("api/templates/_helpers.tpl", start);
	assert.equal(
		(hover?.contents as MarkupContent | undefined)?.value ?? "",
		`**.Values.service.port**

- values.yaml: \`8080\`, [\`values.yaml:3\`](${client.uri("api/values.yaml")}#L3)
- values-prod.yaml: \`9090\`, [\`values-prod.yaml:1\`](${client.uri("api/values-prod.yaml")}#L1)

Where Pods listen`,
	);
	const at = { textDocument: { uri: client.uri("api/templates/_helpers.tpl") }, position: start };
	const links = await client.request<LocationLink[]>("textDocument/definition", at);
	assert.deepEqual(
		links.map(({ targetUri, targetRange }) => [client.nameOf(targetUri), targetRange.start.line]),
		[
			["api/values.yaml", 2],
			["api/values-prod.yaml", 0],
		],
	);
	const key = {
		textDocument: { uri: client.uri("api/values.yaml") },
		position: { line: 2, character: 3 },
		context: { includeDeclaration: false },
	};
	const uses = await client.request<Location[]>("textDocument/references", key);
	assert.deepEqual(
		uses.map(({ uri, range }) => [client.nameOf(uri), range.start]),
		[["api/templates/_helpers.tpl", { line: 0, character: 27 }]],
	);
});

test("the values that a chart is shown with are chosen for all of its files", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("api/templates/service.yaml", undefined, "helm");
	const uri = client.uri("api/templates/service.yaml");
	const names = async () => (await client.request<UnitChoice[]>(UNITS, { uri })).map(({ name, shown }) => [name, shown]);
	assert.deepEqual(await names(), [
		["api", true],
		["api with values-prod.yaml", false],
	]);
	const prod = (await client.request<UnitChoice[]>(UNITS, { uri }))[1];
	await client.notify(CHOOSE_UNIT, { id: prod?.id });
	const status = await client.request<Status | null>(STATUS, { uri: client.uri("api/Chart.yaml") });
	assert.equal(status?.text, "unit api (values-prod.yaml); complete");
	const hover = await client.hover("api/templates/service.yaml", client.rangeOf("api/templates/service.yaml", "targetPort").start);
	assert.match(
		(hover?.contents as MarkupContent | undefined)?.value ?? "",
		/Target port 9090[\s\S]*As deployed by api with values-prod\.yaml, one of 2 sets of values\.$/,
	);
});

test("a chart that lacks its dependencies is whole as soon as they are fetched", async (t) => {
	const client = await startClient(t, {
		...FILES,
		"api/Chart.yaml": `${FILES["api/Chart.yaml"]}dependencies: [{ name: common, version: 1.x.x, repository: https://example.org }]\n`,
		"api/templates/_helpers.tpl": "",
		"api/values-prod.yaml": "a: 1\n",
		"api/templates/service.yaml": service('{{ include "common.port" . }}'),
	});
	await client.open("api/templates/service.yaml", undefined, "helm");
	const status = async () => (await client.request<Status | null>(STATUS, { uri: client.uri("api/templates/service.yaml") }))?.text;
	assert.equal(await status(), "unit api (values.yaml); dependencies missing: run `helm dependency build api`");
	assert.deepEqual(await client.codes("api/templates/service.yaml"), []);
	client.write(
		"api/charts/common-1.2.3.tgz",
		tarball([
			{ name: "common/Chart.yaml", text: "apiVersion: v2\nname: common\nversion: 1.2.3\ntype: library\n" },
			{ name: "common/templates/_port.tpl", text: '{{ define "common.port" }}8081{{ end }}' },
		]),
	);
	client.write("api/Chart.lock", "dependencies: [{ name: common, version: 1.2.3, repository: https://example.org }]\n");
	await client.watched({ "api/charts": "Created", "api/charts/common-1.2.3.tgz": "Created", "api/Chart.lock": "Created" });
	assert.deepEqual(await client.codes("api/templates/service.yaml"), [UNDECLARED]);
	assert.equal(await status(), "unit api (values.yaml); complete");
});
