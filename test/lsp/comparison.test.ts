import assert from "node:assert/strict";
import { test } from "node:test";
import { COMPARABLE, COMPARISON, type Comparison, type Tool } from "../../server/src/protocol.ts";
import { startClient } from "../support/lspClient.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }], selector: { app: web } }\n";

const FILES = {
	"chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
	"chart/values.yaml": "port: 80\n",
	"chart/values-prod.yaml": "port: 8080\n",
	"chart/templates/a.yaml":
		'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Release.Name }} }\nspec: { selector: { app: "1" }, ports: [{ port: {{ .Values.port }} }] }\n',
	"base/kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n",
	"base/service.yaml": SERVICE,
	"far/kustomization.yaml": "resources: [service.yaml, https://example.com/all.yaml]\n",
	"far/service.yaml": SERVICE,
	"plain/service.yaml": SERVICE,
};

async function comparisons(t: Parameters<typeof startClient>[0], asked: readonly (readonly [name: string, tool: Tool])[]) {
	const client = await startClient(t, FILES);
	const found: (Comparison | null)[] = [];
	for (const [name, tool] of asked) {
		await client.open(name);
		found.push(await client.request<Comparison | null>(COMPARISON, { uri: client.uri(name), tool }));
	}
	return { client, found };
}

test("a chart is compared with helm, with the values file that is open", async (t) => {
	const { client, found } = await comparisons(t, [["chart/values-prod.yaml", "helm"]]);
	assert.deepEqual(found[0]?.run, {
		tool: "helm",
		folder: client.uri("chart"),
		values: [client.uri("chart/values-prod.yaml")],
		release: "release-name",
		namespace: "default",
		kubeVersion: "v1.36.0",
	});
	const printed =
		'---\n# Source: shop/templates/a.yaml\nkind: Service\nspec:\n    ports:\n    - "port": 8080\n    selector: {app: "1"}\nmetadata:\n    name: release-name\napiVersion: v1\n';
	assert.equal(await client.request(COMPARABLE, { printed }), found[0]?.text);
});

test("an overlay is compared with kustomize, and only where nothing of it is remote", async (t) => {
	const { client, found } = await comparisons(t, [
		["base/service.yaml", "kustomize"],
		["far/service.yaml", "kustomize"],
	]);
	assert.deepEqual(
		found.map((each) => each?.run),
		[
			{ tool: "kustomize", folder: client.uri("base") },
			{ refused: "kustomize could fetch what is not here: https://example.com/all.yaml is remote and not fetched" },
		],
	);
	const printed = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a-web\nspec:\n  ports:\n  - port: 80\n  selector:\n    app: web\n";
	assert.equal(await client.request(COMPARABLE, { printed }), found[0]?.text);
});

test("a tool is not asked for what it does not deploy", async (t) => {
	const { found } = await comparisons(t, [
		["base/service.yaml", "helm"],
		["plain/service.yaml", "kustomize"],
	]);
	assert.deepEqual(
		found.map((each) => each?.run ?? null),
		[{ refused: "helm does not deploy this file by itself" }, null],
	);
});
