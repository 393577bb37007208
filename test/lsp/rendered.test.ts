import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { Location, MarkupContent } from "vscode-languageserver/node";
import {
	CHOOSE_UNIT,
	RENDERED,
	RENDERED_SOURCE,
	type RenderedDocument,
	type RenderedSource,
	STATUS,
	type Status,
	UNITS,
	type UnitChoice,
} from "../../server/src/protocol.ts";
import { startClient } from "../support/lspClient.ts";
import { deployment, service } from "./manifests.ts";

const PATCH = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 9090
`;

const FILES = {
	"base/kustomization.yaml": "resources: [service.yaml, deployment.yaml]\n",
	"base/service.yaml": service("8080"),
	"base/deployment.yaml": deployment("http"),
	"dev/kustomization.yaml": "resources: [../base]\n",
	"prod/kustomization.yaml": "resources: [../base]\npatches: [{ path: patch.yaml }]\n",
	"prod/patch.yaml": PATCH,
};

test("an edit in a base is judged in the overlays, and an edit in a patch where the patch is", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("base/deployment.yaml");
	await client.open("prod/patch.yaml");
	assert.deepEqual(await client.codes("prod/patch.yaml"), ["target-port-not-declared"]);
	await client.edit("prod/patch.yaml", "9090", "8080");
	assert.deepEqual(await client.codes("prod/patch.yaml"), []);
	await client.edit("base/deployment.yaml", "containerPort: 8080", "containerPort: 7070");
	assert.deepEqual(await client.codes("prod/patch.yaml"), ["target-port-not-declared"]);
	const messages = (await client.pull("prod/patch.yaml")).map(({ message }) => message);
	assert.deepEqual(messages, ["targetPort 8080 is not a port of Deployment web (its container app declares 7070)"]);
});

test("the workspace has a finding of a base once", async (t) => {
	const client = await startClient(t, {
		...FILES,
		"base/service.yaml": service("9090"),
		"prod/kustomization.yaml": "resources: [../base]\n",
	});
	assert.deepEqual(await client.pullWorkspace(), { "base/service.yaml": ["target-port-not-declared"] });
});

test("an edit in the base of very many overlays is judged in the first of them at once, and in all a little later", async (t) => {
	const overlays = Array.from({ length: 20 }, (_, at) => `overlay-${String(at).padStart(2, "0")}`);
	const another = deployment("http").replace("containerPort: 8080", "containerPort: 9090");
	const client = await startClient(t, {
		"base/kustomization.yaml": "resources: [service.yaml, deployment.yaml]\n",
		"base/service.yaml": service("8080"),
		"base/deployment.yaml": deployment("http"),
		...Object.fromEntries(overlays.map((name) => [`${name}/kustomization.yaml`, "resources: [../base]\n"])),
		"overlay-19/kustomization.yaml": "resources: [../base]\npatches: [{ path: patch.yaml }]\n",
		"overlay-19/patch.yaml": another,
	});
	await client.open("base/service.yaml");
	const messages = async () => {
		const report = await client.pullOnce("base/service.yaml");
		return report.kind === "full" ? report.items.map(({ message }) => message) : [];
	};
	assert.deepEqual(await messages(), []);
	await client.edit("base/service.yaml", "8080", "7070");
	const message = "targetPort 7070 is not a port of Deployment web (its container app declares 8080)";
	assert.deepEqual(await messages(), [message]);
	await client.edit("base/service.yaml", "7070", "9090");
	const whole = [`${message.replace("7070", "9090")} (only in overlay-00, overlay-01, overlay-02 and 16 more)`];
	for (let now = await messages(); !isDeepStrictEqual(now, whole); now = await messages()) {
		assert.deepEqual(now, [message.replace("7070", "9090")]);
		await client.next("refresh");
	}
});

test("what was not read is read when it is asked for, and again when it changes", async (t) => {
	const client = await startClient(t, { ...FILES, ".gitignore": "base\n", "base/deployment.yaml": deployment("http") });
	await client.open("prod/patch.yaml");
	assert.deepEqual(await client.codes("prod/patch.yaml"), ["target-port-not-declared"]);
	client.write("base/deployment.yaml", deployment("http").replace("8080", "9090"));
	await client.watched({ "base/deployment.yaml": "Changed" });
	assert.deepEqual(await client.codes("prod/patch.yaml"), []);
});

test("what a unit deploys can be shown, and leads back to where it is written", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("prod/patch.yaml");
	const shown = await client.request<RenderedDocument | null>(RENDERED, {
		uri: client.uri("prod/patch.yaml"),
		line: 7,
		character: 20,
	});
	assert.ok(shown);
	const { unit, name, text, line } = shown;
	assert.deepEqual([name, text.split("\n")[line]], ["prod", "      targetPort: 9090"]);
	const from = await client.request<RenderedSource | null>(RENDERED_SOURCE, { unit, line, character: 20 });
	assert.deepEqual(from, { uri: client.uri("prod/patch.yaml"), line: 7, character: 18, endLine: 7, endCharacter: 22 });
});

test("of a file that belongs to several units one is chosen", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("base/service.yaml");
	const uri = client.uri("base/service.yaml");
	const units = () => client.request<UnitChoice[]>(UNITS, { uri });
	assert.deepEqual(
		(await units()).map(({ name, shown }) => [name, shown]),
		[
			["dev", true],
			["prod", false],
		],
	);
	const prod = (await units()).find(({ name }) => name === "prod");
	await client.notify(CHOOSE_UNIT, { id: prod?.id });
	const status = await client.request<Status | null>(STATUS, { uri });
	assert.deepEqual([status?.text, status?.units], ["unit prod; base of 2 units; complete", 2]);
	const hover = await client.hover("base/service.yaml", { line: 3, character: 9 });
	assert.ok(hover);
	assert.match((hover.contents as MarkupContent).value, /9090[\s\S]*As deployed by prod, one of 2 units\.$/);
});

test("a path in a kustomization leads to its file", async (t) => {
	const client = await startClient(t, FILES);
	await client.open("prod/kustomization.yaml");
	const textDocument = { uri: client.uri("prod/kustomization.yaml") };
	const [found] = await client.request<Location[]>("textDocument/definition", {
		textDocument,
		position: { line: 0, character: 15 },
	});
	assert.equal(found?.uri, client.uri("base/kustomization.yaml"));
});

const BROKEN = { ...FILES, "base/service.yaml": service("9090"), "prod/kustomization.yaml": "resources: [../base]\n" };

for (const [where, more] of [
	["outside a repository", {}],
	["in a repository", { ".git/HEAD": "" }],
] as const) {
	test(`an overlay that is open alone ${where} is checked with the base that it names`, async (t) => {
		const client = await startClient(t, { ...BROKEN, ...more }, { roots: ["prod"] });
		assert.deepEqual(await client.pullWorkspace(), { "base/service.yaml": ["target-port-not-declared"] });
		await client.open("base/service.yaml");
		assert.deepEqual(await client.codes("base/service.yaml"), ["target-port-not-declared"]);
		await client.edit("base/service.yaml", "9090", "8080");
		assert.deepEqual(await client.codes("base/service.yaml"), []);
		assert.deepEqual(await client.pullWorkspace(), { "base/service.yaml": [] });
		await client.close("base/service.yaml");
		assert.deepEqual(await client.pullWorkspace(), { "base/service.yaml": ["target-port-not-declared"] });
	});
}

test("the base of an overlay that is open alone is watched, and what changes in it on the disk is taken in", async (t) => {
	const client = await startClient(t, BROKEN, { roots: ["prod"] });
	await client.open("prod/kustomization.yaml");
	assert.deepEqual(await client.codes("prod/kustomization.yaml"), []);
	await client.next("registration", ({ registrations }) =>
		registrations.some(({ registerOptions }) =>
			isDeepStrictEqual(registerOptions, { watchers: [{ globPattern: { baseUri: client.uri("base"), pattern: "*" } }] }),
		),
	);
	client.write("base/service.yaml", service("8080"));
	await client.watched({ "base/service.yaml": "Changed" });
	assert.deepEqual(await client.pullWorkspace(), {});
	client.write("base/service.yaml", service("9090"));
	await client.watched({ "base/service.yaml": "Changed" });
	assert.deepEqual(await client.pullWorkspace(), { "base/service.yaml": ["target-port-not-declared"] });
});

test("an overlay that is open alone does not read what lies beyond its repository", async (t) => {
	const client = await startClient(t, { ...BROKEN, "prod/.git/HEAD": "" }, { roots: ["prod"] });
	assert.deepEqual(await client.pullWorkspace(), {});
});

const FLUX = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux }
spec: { url: "https://git.example.com/team/shop" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux }
spec: { path: ./apps, sourceRef: { kind: GitRepository, name: shop } }
`;

test("what a .sourceignore leaves out is not deployed by Flux, as long as it says so", async (t) => {
	const client = await startClient(t, {
		"clusters/apps.yaml": FLUX,
		"apps/service.yaml": service("9090"),
		"apps/web/deployment.yaml": deployment("http"),
		".sourceignore": "/apps/web\n",
	});
	await client.open("apps/service.yaml");
	assert.deepEqual(await client.codes("apps/service.yaml"), []);
	client.remove(".sourceignore");
	await client.watched({ ".sourceignore": "Deleted" });
	assert.deepEqual(await client.codes("apps/service.yaml"), ["target-port-not-declared"]);
	client.write(".sourceignore", "/apps/web\n");
	await client.watched({ ".sourceignore": "Created" });
	assert.deepEqual(await client.codes("apps/service.yaml"), []);
});
