import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type LspClient, startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

/** Opens the Service and waits until everything is read; its findings tell what is known of the Deployment. */
async function settled(client: LspClient, name = "service.yaml"): Promise<LspClient> {
	await client.open(name);
	await client.next("refresh");
	return client;
}

/** Tells of something on the disk, and gives the findings of the Service once the client is asked to pull. */
async function after(client: LspClient, events: Parameters<LspClient["watched"]>[0]): Promise<unknown[]> {
	await client.watched(events);
	await client.next("refresh");
	return client.codes("service.yaml");
}

test("files that are written, changed and removed on the disk are followed", async (t) => {
	const client = await settled(await startClient(t, { "service.yaml": service("http") }));
	assert.deepEqual(await client.codes("service.yaml"), []);
	client.write("deployment.yaml", deployment("other"));
	assert.deepEqual(await after(client, { "deployment.yaml": "Created" }), [NOT_FOUND]);
	client.write("deployment.yaml", deployment("http"));
	assert.deepEqual(await after(client, { "deployment.yaml": "Changed" }), []);
	client.write("deployment.yaml", deployment("other"));
	assert.deepEqual(await after(client, { "deployment.yaml": "Changed" }), [NOT_FOUND]);
	client.remove("deployment.yaml");
	assert.deepEqual(await after(client, { "deployment.yaml": "Deleted" }), []);
});

test("a file that is renamed on the disk takes its objects with it", async (t) => {
	const client = await settled(await startClient(t, { "service.yaml": service("http"), "a.yaml": deployment("other"), "b/x.yaml": "" }));
	fs.renameSync(path.join(client.folder, "a.yaml"), path.join(client.folder, "b", "a.yaml"));
	assert.deepEqual(await after(client, { "a.yaml": "Deleted", "b/a.yaml": "Created" }), []);
	fs.renameSync(path.join(client.folder, "b", "a.yaml"), path.join(client.folder, "c.yaml"));
	assert.deepEqual(await after(client, { "b/a.yaml": "Deleted", "c.yaml": "Created" }), [NOT_FOUND]);
});

test("events that come twice, late or for the wrong thing change nothing that is not so", async (t) => {
	const client = await settled(await startClient(t, { "service.yaml": service("http"), "deployment.yaml": deployment("http") }));
	await client.watched({ "deployment.yaml": "Deleted", "service.yaml": "Created", "nothing.yaml": "Changed", "README.md": "Created" });
	client.write("deployment.yaml", deployment("other"));
	assert.deepEqual(await after(client, { "deployment.yaml": "Deleted" }), [NOT_FOUND]);
	assert.deepEqual(await client.codes("nothing.yaml"), []);
});

const elsewhere = { "k8s/service.yaml": service("none"), "k8s/deep/a.yaml": service("x", "a"), "k8s/deployment.yaml": deployment("http") };

test("a folder that is removed or moved is told by its name alone", async (t) => {
	const client = await startClient(t, { ...elsewhere, "k8s2/other.yaml": service("80") });
	assert.deepEqual(await client.pullWorkspace(), { "k8s/service.yaml": [NOT_FOUND] });
	await client.next("refresh");
	fs.renameSync(path.join(client.folder, "k8s"), path.join(client.folder, "moved"));
	await client.watched({ k8s: "Deleted", moved: "Created" });
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "k8s/service.yaml": [], "moved/service.yaml": [NOT_FOUND] });
	client.remove("moved");
	await client.watched({ moved: "Deleted" });
	await client.next("refresh");
	assert.deepEqual(await client.pullWorkspace(), { "moved/service.yaml": [] });
});

test("an open document outlives its file", async (t) => {
	const client = await settled(await startClient(t, { "service.yaml": service("http"), "deployment.yaml": deployment("other") }));
	client.remove("service.yaml");
	client.remove("deployment.yaml");
	assert.deepEqual(await after(client, { "service.yaml": "Deleted", "deployment.yaml": "Deleted" }), []);
	await client.edit("service.yaml", "targetPort: http", 'targetPort: "8080"');
	assert.deepEqual(await client.codes("service.yaml"), ["quoted-target-port"]);
	await client.close("service.yaml");
	assert.deepEqual(await client.codes("service.yaml"), []);
});

test("what .gitignore leaves out is not read, until it no longer does", async (t) => {
	const client = await settled(
		await startClient(t, { "service.yaml": service("http"), ".gitignore": "deployment.yaml\n", "deployment.yaml": deployment("other") }),
	);
	assert.deepEqual(await client.codes("service.yaml"), []);
	client.write("deployment.yaml", deployment("another"));
	await client.watched({ "deployment.yaml": "Changed" });
	client.remove(".gitignore");
	assert.deepEqual(await after(client, { ".gitignore": "Deleted" }), [NOT_FOUND]);
});

test("an ignored file that is open is checked with what lies beside it", async (t) => {
	const files = { ".gitignore": "out/\n", "out/service.yaml": service("none"), "out/deployment.yaml": deployment("http") };
	const client = await startClient(t, files);
	assert.deepEqual(await client.pullWorkspace(), {});
	await client.open("out/service.yaml");
	assert.deepEqual(await client.codes("out/service.yaml"), [NOT_FOUND]);
	client.write("out/deployment.yaml", deployment("none"));
	await client.watched({ "out/deployment.yaml": "Changed" });
	await client.next("refresh");
	await client.next("refresh");
	assert.deepEqual(await client.codes("out/service.yaml"), []);
	await client.close("out/service.yaml");
	assert.deepEqual(await client.pullWorkspace(), {});
});

test("names with blanks, percent signs and letters of any script are found again", async (t) => {
	const folder = "a b/100%25 ü 港";
	const client = await startClient(t, { [`${folder}/service.yaml`]: service("none"), [`${folder}/deployment.yaml`]: deployment("http") });
	assert.deepEqual(await client.pullWorkspace(), { [`${folder}/service.yaml`]: [NOT_FOUND] });
	await client.open(`${folder}/service.yaml`);
	assert.deepEqual(await client.codes(`${folder}/service.yaml`), [NOT_FOUND]);
});

test("the client is asked to watch manifests, what leaves them out, and folders", async (t) => {
	const client = await startClient(t, {});
	const { registrations } = await client.next("registration");
	assert.deepEqual(
		registrations.map(({ method, registerOptions }) => [
			method,
			(registerOptions as { watchers: { globPattern: string }[] }).watchers.map(({ globPattern }) => globPattern),
		]),
		[
			[
				"workspace/didChangeWatchedFiles",
				[
					"**/*.{yaml,yml,json}",
					"**/{Kustomization,.gitignore,.sourceignore,*ockerfile*,Containerfile*,docker-bake*.hcl,*.tpl,*.txt,*.tgz,.helmignore}",
					"**/{Chart.lock,requirements.lock,*.conf,*.cfg,*.ini,*.properties,*.toml,*.sh,*.xml,*.env,*.tmpl}",
					"**/*",
				],
			],
		],
	);
});
