import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import type { FileEvent } from "../../server/src/session/files.ts";
import { Session } from "../../server/src/session/session.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { deployment, service } from "../lsp/manifests.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";

/** A session on a disk; what was read of a file `slow.yaml` comes only when `held` is over, if there is something to wait for. */
async function start(files: Readonly<Record<string, string>>) {
	const memory = new MemoryDisk(files);
	const gate: { held: Promise<void> | undefined } = { held: undefined };
	const disk: Disk = {
		kind: (path) => memory.kind(path),
		list: (path) => memory.list(path),
		read: async (path) => {
			const content = memory.read(path);
			if (path.endsWith("/slow.yaml")) await gate.held;
			return content;
		},
	};
	const session = new Session(disk, () => RENDERERS, DEFAULT_SETTINGS, {
		changed: () => {},
		failed: (error) => assert.fail(String(error)),
	});
	const index = (...roots: string[]) => session.index(roots, { report: () => {} }).done;
	const known = () => [...session.snapshot.folders.values()].flatMap((folder) => [...folder.files.keys()]);
	const tell = async (...events: FileEvent[]) => {
		session.told(events);
		await session.idle();
		return known();
	};
	const objects = async () => {
		await session.furnish(allUnits);
		return [...allUnits(session.snapshot)].flatMap(({ renderings }) => renderings).flatMap((rendering) => rendering.objects.length);
	};
	await index("/ws");
	return { session, disk: memory.files, gate, index, known, tell, objects };
}

function moved(files: Map<string, unknown>, from: string, to: string): void {
	for (const [path, text] of [...files]) {
		if (!path.startsWith(`${from}/`)) continue;
		files.delete(path);
		files.set(to + path.slice(from.length), text);
	}
}

test("a folder whose place a file has taken is gone with all that lay in it", async () => {
	const { disk, tell } = await start({ "/ws/a.yaml": "", "/ws/k8s/b.yaml": "", "/ws/k8s/deep/c.yaml": "", "/ws/d.yaml/e.yaml": "" });
	for (const path of ["/ws/k8s/b.yaml", "/ws/k8s/deep/c.yaml", "/ws/d.yaml/e.yaml"]) disk.delete(path);
	disk.set("/ws/k8s", "now a file");
	disk.set("/ws/d.yaml", "now a file");
	assert.deepEqual(await tell({ name: "/ws/k8s", type: "changed" }, { name: "/ws/d.yaml", type: "created" }), ["/ws/a.yaml", "/ws/d.yaml"]);
});

test("a file whose place a folder has taken is gone", async () => {
	const { disk, tell } = await start({ "/ws/a.yaml": "", "/ws/b.yaml": "" });
	disk.delete("/ws/b.yaml");
	disk.set("/ws/b.yaml/c.yaml", "");
	assert.deepEqual(await tell({ name: "/ws/b.yaml", type: "created" }), ["/ws/a.yaml", "/ws/b.yaml/c.yaml"]);
});

test("a folder that is told to be new holds what it holds now, and nothing of before", async () => {
	const { disk, tell } = await start({ "/ws/k8s/a.yaml": "", "/ws/k8s/deep/b.yaml": "", "/ws/k8s/deep/er/c.yaml": "" });
	for (const path of [...disk.keys()]) disk.delete(path);
	disk.set("/ws/k8s/d.yaml", "");
	assert.deepEqual(await tell({ name: "/ws/k8s", type: "created" }), ["/ws/k8s/d.yaml"]);
});

test("a document that something leaves out is forgotten when it is closed, in a folder that is read too", async () => {
	const { session, known } = await start({
		"/ws/.gitignore": "local.yaml\n",
		"/ws/a.yaml": "",
		"/ws/local.yaml": "x: 1\n",
		"/ws/.git/HEAD": "",
	});
	session.open("/ws/local.yaml", 1, "x: 2\n");
	assert.deepEqual(known(), ["/ws/a.yaml", "/ws/local.yaml"]);
	session.close("/ws/local.yaml");
	await session.idle();
	assert.deepEqual(known(), ["/ws/a.yaml"]);
});

test("a document that is closed while its folder ceases to be open leaves nothing behind", async () => {
	const { session, gate, index, known } = await start({ "/ws/slow.yaml": "", "/ws/b.yaml": "" });
	session.open("/ws/slow.yaml", 1, "edited");
	let letGo = (): void => {};
	gate.held = new Promise((resolve) => {
		letGo = resolve;
	});
	session.close("/ws/slow.yaml");
	const done = index();
	await new Promise((resolve) => setImmediate(resolve));
	letGo();
	await done;
	await session.idle();
	assert.deepEqual(known(), []);
});

const CHART = {
	"/ws/chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
	"/ws/chart/values.yaml": "port: http\n",
	"/ws/chart/templates/service.yaml": service("{{ .Values.port }}"),
	"/ws/chart/templates/deployment.yaml": deployment("http"),
};

test("a chart is rendered whole from its open file when its folder is no longer open, and again when it is", async () => {
	const { session, index, objects } = await start(CHART);
	session.open("/ws/chart/values.yaml", 1, "port: http\n");
	await session.ready("/ws/chart/values.yaml");
	assert.deepEqual(await objects(), [2]);
	await index("/other");
	await session.ready("/ws/chart/values.yaml");
	assert.deepEqual(await objects(), [2]);
	await index("/ws");
	assert.deepEqual(await objects(), [2]);
});

test("of two open files of a chart outside the folders that are open each may be closed first", async () => {
	const { session, index, known, objects } = await start(CHART);
	await index();
	const names = ["/ws/chart/values.yaml", "/ws/chart/templates/service.yaml"] as const;
	for (const name of names) session.open(name, 1, CHART[name]);
	for (const name of names) await session.ready(name);
	session.close(names[0]);
	await session.idle();
	await session.ready(names[1]);
	assert.deepEqual(await objects(), [2]);
	session.close(names[1]);
	await session.idle();
	assert.deepEqual(known(), []);
});

test("what a kustomization reads beside manifests is found again in a folder that was moved away and back", async () => {
	const { session, disk, tell, objects } = await start({
		"/ws/app/kustomization.yaml": "configMapGenerator: [{ name: c, files: [conf/app.conf] }]\n",
		"/ws/app/conf/app.conf": "PORT=80\n",
	});
	await objects();
	const gaps = () => [...allUnits(session.snapshot)].flatMap((unit) => unit.gaps.map(({ reason }) => reason));
	const before = gaps();
	moved(disk, "/ws/app/conf", "/ws/away");
	await tell({ name: "/ws/app/conf", type: "deleted" }, { name: "/ws/away", type: "created" });
	await objects();
	assert.notDeepEqual(gaps(), before);
	moved(disk, "/ws/away", "/ws/app/conf");
	await tell({ name: "/ws/away", type: "deleted" }, { name: "/ws/app/conf", type: "created" });
	await objects();
	assert.deepEqual(gaps(), before);
});

test("a helper that was a manifest while its language was YAML is none when it is a template again", async () => {
	const { session } = await start({ ...CHART, "/ws/chart/templates/_helpers.tpl": "{{/* */}}\n" });
	const name = "/ws/chart/templates/_helpers.tpl";
	session.open(name, 1, "a: 1\n");
	session.close(name);
	session.open(name, 1, "{{ 2 }}\n", true);
	await session.idle();
	assert.equal(session.snapshot.folders.get("/ws/chart/templates")?.files.has(name), false);
	assert.equal(fileOf(session.snapshot, name)?.text, "{{ 2 }}\n");
});

test("what is read for a document when something happens on the disk is what holds after it", async () => {
	const { session, disk, gate, index } = await start({ "/ws/a.yaml": "a" });
	await index();
	session.open("/ws/a.yaml", 1, "a");
	disk.set("/ws/b.yaml", "old");
	disk.set("/ws/slow.yaml", "");
	let letGo = (): void => {};
	gate.held = new Promise((resolve) => {
		letGo = resolve;
	});
	const ready = session.ready("/ws/a.yaml");
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
	disk.set("/ws/b.yaml", "new");
	session.told([{ name: "/ws/b.yaml", type: "changed" }]);
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
	letGo();
	await ready;
	await session.idle();
	assert.equal(fileOf(session.snapshot, "/ws/b.yaml")?.text, "new");
});

test("of one file that is open twice the view that was edited last counts, and the other one when that is closed", async () => {
	const { session } = await start({ "/ws/a.yaml": "disk" });
	const text = () => fileOf(session.snapshot, "/ws/a.yaml")?.text;
	session.open("/ws/a.yaml", 1, "one", false, "file:///ws/a.yaml");
	session.open("/ws/a.yaml", 1, "two", false, "file:///ws/%61.yaml");
	assert.equal(text(), "two");
	session.change(
		"/ws/a.yaml",
		2,
		[{ range: { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } }, text: "!" }],
		"file:///ws/a.yaml",
	);
	assert.equal(text(), "one!");
	session.close("/ws/a.yaml", "file:///ws/a.yaml");
	assert.equal(text(), "two");
	session.close("/ws/a.yaml", "file:///ws/%61.yaml");
	await session.idle();
	assert.equal(text(), "disk");
});

const IGNORED = { "/ws/.gitignore": "out/\n", "/ws/.git/HEAD": "", "/ws/a.yaml": "", "/ws/out/b.yaml": "" };

test("what lies above an ignored folder is forgotten with the root, whatever is open in it", async () => {
	const { session, index, known } = await start(IGNORED);
	session.open("/ws/out/b.yaml", 1, "");
	await session.ready("/ws/out/b.yaml");
	assert.deepEqual(known(), ["/ws/a.yaml", "/ws/out/b.yaml"]);
	await index();
	assert.deepEqual(known(), ["/ws/out/b.yaml"]);
});

test("what is written above a folder that is outside the roots, and says how it is deployed, is taken in for what is open there", async () => {
	const { session, disk, index, tell } = await start(IGNORED);
	await index();
	session.open("/ws/out/b.yaml", 1, "");
	await session.ready("/ws/out/b.yaml");
	disk.set("/ws/.portolan.yaml", "rules: {}\n");
	disk.set("/ws/Chart.yaml", "name: web\n");
	disk.set("/ws/c.yaml", "");
	const created = ["/ws/.portolan.yaml", "/ws/Chart.yaml", "/ws/c.yaml"].map((name) => ({ name, type: "created" as const }));
	assert.deepEqual(await tell(...created), ["/ws/.portolan.yaml", "/ws/Chart.yaml", "/ws/out/b.yaml"]);
});

test("a folder whose place the file of an open document has taken is gone", async () => {
	const { session, disk, tell } = await start({ "/ws/a.yaml/b.yaml": "" });
	session.open("/ws/a.yaml", 1, "x: 1\n");
	disk.delete("/ws/a.yaml/b.yaml");
	disk.set("/ws/a.yaml", "x: 1\n");
	assert.deepEqual(await tell({ name: "/ws/a.yaml", type: "created" }), ["/ws/a.yaml"]);
});

test("a folder that a configuration names is there once something deep in it is told to be new", async () => {
	const { session, disk, tell, objects } = await start({ "/ws/.portolan.yaml": "units: [{ name: all, paths: [near] }]\n" });
	await objects();
	await session.furnish(allUnits);
	session.open("/ws/.portolan.yaml", 1, "units: [{ name: all, paths: [near] }]\n");
	await session.ready("/ws/.portolan.yaml");
	const near = () => session.snapshot.assets.known.get("/ws/near/");
	assert.deepEqual(near(), { gone: true });
	disk.set("/ws/near/deep/a.yaml", "");
	await tell({ name: "/ws/near/deep/a.yaml", type: "created" });
	await objects();
	assert.deepEqual(near(), { files: [], folders: ["/ws/near/deep"] });
});

test("an ignored folder that a configuration names is a chart once its Chart.yaml is told to be new", async () => {
	const { disk, index, tell, objects, known } = await start({
		"/ws/.gitignore": "near/\n",
		"/ws/.git/HEAD": "",
		"/ws/.portolan.yaml": "units: [{ name: all, paths: [near] }]\n",
	});
	await index("/ws");
	await objects();
	disk.set("/ws/near/Chart.yaml", "apiVersion: v2\nname: near\nversion: 1.0.0\n");
	disk.set("/ws/near/templates/a.yaml", "");
	await tell({ name: "/ws/near/Chart.yaml", type: "created" });
	await objects();
	const told = known();
	const fresh = await start(Object.fromEntries(disk) as Record<string, string>);
	await fresh.objects();
	assert.deepEqual(told.sort(), fresh.known().sort());
	assert.ok(told.includes("/ws/near/Chart.yaml"));
});

test("what comes into being in a chart outside the roots counts as what was there before", async () => {
	const chart = { "/ws/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "/ws/templates/_a.tpl": '{{ define "a" }}A{{ end }}' };
	const { session, disk, tell, index } = await start({
		...chart,
		"/ws/values.yaml": "x: 1\n",
		"/ws/templates/a.yaml": "kind: A\napiVersion: v1\n",
	});
	await index("/other");
	session.open("/ws/values.yaml", 1, "x: 1\n");
	await session.ready("/ws/values.yaml");
	const printed = async () => {
		await session.furnish(allUnits);
		return [...allUnits(session.snapshot)].flatMap(({ renderings }) => renderings).flatMap(({ objects }) => objects.map(({ uri }) => uri));
	};
	assert.deepEqual(await printed(), ["/ws/templates/a.yaml"]);
	disk.set("/ws/templates/deep/b.yaml", "kind: B\napiVersion: v1\n");
	await tell({ name: "/ws/templates/deep/b.yaml", type: "created" });
	assert.deepEqual(await printed(), ["/ws/templates/a.yaml", "/ws/templates/deep/b.yaml"]);
	disk.set("/ws/.helmignore", "a.yaml\n");
	await tell({ name: "/ws/.helmignore", type: "created" });
	assert.deepEqual(await printed(), ["/ws/templates/deep/b.yaml"]);
});

test("a configuration that comes into being in an ignored folder is read with everything else, for what is open there", async () => {
	const { session, disk, index, known } = await start(IGNORED);
	session.open("/ws/out/b.yaml", 1, "");
	await session.ready("/ws/out/b.yaml");
	disk.set("/ws/out/.portolan.yaml", "rules: {}\n");
	let indexed: Promise<unknown> | undefined;
	session.told([{ name: "/ws/out/.portolan.yaml", type: "created" }], () => {
		indexed = index("/ws");
	});
	await session.idle();
	await indexed;
	assert.deepEqual(
		[indexed !== undefined, known().filter((name) => name.startsWith("/ws/out/"))],
		[true, ["/ws/out/.portolan.yaml", "/ws/out/b.yaml"]],
	);
});

test("the first file of a folder stays known when it was open before it was saved, and is closed", async () => {
	const { session, disk, tell, known } = await start({});
	session.open("/ws/a.yaml", 1, "");
	await session.ready("/ws/a.yaml");
	disk.set("/ws/a.yaml", "");
	assert.deepEqual(await tell({ name: "/ws/a.yaml", type: "created" }), ["/ws/a.yaml"]);
	session.close("/ws/a.yaml");
	await session.idle();
	assert.deepEqual(known(), ["/ws/a.yaml"]);
});

const NAMED_BASE = {
	"/ws/kustomization.yaml": "resources: [../base]\n",
	"/base/kustomization.yaml": "resources: [a.yaml]\n",
	"/base/a.yaml": "kind: A\napiVersion: v1\nmetadata: { name: a }\n",
};

for (const [title, name, text] of [
	["names it", "/ws/kustomization.yaml", "resources: []\n"],
	["lists its files", "/base/kustomization.yaml", undefined],
] as const) {
	test(`a base outside what is indexed is no longer known when nothing ${title} any more`, async () => {
		const { disk, tell, objects, known } = await start(NAMED_BASE);
		assert.deepEqual(await objects(), [1]);
		assert.deepEqual(known().sort(), Object.keys(NAMED_BASE).sort());
		if (text === undefined) disk.delete(name);
		else disk.set(name, text);
		await tell({ name, type: text === undefined ? "deleted" : "changed" });
		await objects();
		assert.deepEqual(known(), ["/ws/kustomization.yaml"]);
	});
}

test("a base outside what is indexed is no longer known when the document that named it is saved without its name", async () => {
	const { session, disk, tell, objects, known } = await start(NAMED_BASE);
	await objects();
	session.open("/ws/kustomization.yaml", 1, NAMED_BASE["/ws/kustomization.yaml"]);
	session.change("/ws/kustomization.yaml", 2, [{ text: "resources: []\n" }]);
	await session.ready("/ws/kustomization.yaml");
	disk.set("/ws/kustomization.yaml", "resources: []\n");
	await tell({ name: "/ws/kustomization.yaml", type: "changed" });
	await objects();
	assert.deepEqual(known(), ["/ws/kustomization.yaml"]);
});

test("a base outside what is indexed is no longer known when the folder that named it is gone", async () => {
	const { disk, tell, objects, known } = await start({
		"/ws/a.yaml": "",
		"/ws/app/kustomization.yaml": "resources: [../../base]\n",
		"/base/kustomization.yaml": "resources: []\n",
	});
	await objects();
	disk.delete("/ws/app/kustomization.yaml");
	await tell({ name: "/ws/app", type: "deleted" });
	await objects();
	assert.deepEqual(known(), ["/ws/a.yaml"]);
});

test("what was looked up stays known when a kustomization is saved that names what it named", async () => {
	const { session, disk, tell, objects } = await start(NAMED_BASE);
	await objects();
	const before = session.snapshot.folders.get("/base");
	disk.set("/ws/kustomization.yaml", "namePrefix: a-\nresources: [../base]\n");
	await tell({ name: "/ws/kustomization.yaml", type: "changed" });
	assert.ok(before);
	assert.equal(session.snapshot.folders.get("/base"), before);
});

test("what changes in many ignored folders that a kustomization names is taken in without reading everything again", async () => {
	const folders = Array.from({ length: 60 }, (_, index) => `out/k${index}`);
	const { session, disk, objects } = await start({
		"/ws/.gitignore": "out/\n",
		"/ws/.git/HEAD": "",
		"/ws/kustomization.yaml": `resources: [${folders.join(", ")}]\n`,
		...Object.fromEntries(
			folders.flatMap((folder, index) => [
				[`/ws/${folder}/kustomization.yaml`, "resources: [a.yaml]\n"],
				[`/ws/${folder}/a.yaml`, `kind: A\napiVersion: v1\nmetadata: { name: a${index} }\n`],
			]),
		),
	});
	await objects();
	const names = folders.map((folder) => `/ws/${folder}/a.yaml`);
	for (const name of names) disk.set(name, `${disk.get(name)}# again\n`);
	let asked = false;
	session.told(
		names.map((name) => ({ name, type: "changed" })),
		() => {
			asked = true;
		},
	);
	await session.idle();
	const isTaken = (name: string) => fileOf(session.snapshot, name)?.text.endsWith("# again\n");
	assert.deepEqual([asked, names.every(isTaken)], [false, true]);
});

test("a base outside what is indexed is still known when something else of it changes", async () => {
	const { disk, tell, objects, known } = await start(NAMED_BASE);
	await objects();
	disk.set("/base/a.yaml", "kind: B\napiVersion: v1\nmetadata: { name: a }\n");
	await tell({ name: "/base/a.yaml", type: "changed" });
	assert.deepEqual(await objects(), [1]);
	assert.deepEqual(known().sort(), Object.keys(NAMED_BASE).sort());
});
