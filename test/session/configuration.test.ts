import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsOf } from "../../server/src/links/snapshot.ts";
import { unitsOf } from "../../server/src/links/units.ts";
import { Session, type SessionSettings } from "../../server/src/session/session.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { MemoryDisk, type Stored } from "../support/memoryDisk.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

function start(files: Record<string, Stored>) {
	const disk = new MemoryDisk(files);
	let changes = 0;
	const session = new Session(disk, () => RENDERERS, DEFAULT_SETTINGS, {
		changed: () => {
			changes++;
		},
		failed: (error) => assert.fail(String(error)),
	});
	const index = (...roots: string[]) => session.index(roots, { report: () => {} }).done;
	const names = () => [...session.snapshot.folders.values()].flatMap((folder) => [...folder.files.keys()]).sort();
	const domainOf = (name: string) => {
		const [unit] = unitsOf(session.snapshot, name);
		return unit && settingsOf(session.snapshot, unit).cluster.domain;
	};
	return { disk, session, index, names, domainOf, changes: () => changes };
}

function domained(domain: string, exclude: readonly string[] = []): Settings {
	return { ...DEFAULT_SETTINGS, exclude, cluster: { ...DEFAULT_SETTINGS.cluster, domain } };
}

/** Settings for everything, and for one root with what is hidden there. */
function editor(general: Settings, root = "/a", own = general, hidden: readonly string[] = []): SessionSettings {
	return { general, roots: new Map([[root, { settings: own, hidden }]]) };
}

const two = { "/a/web.yaml": SERVICE, "/b/web.yaml": SERVICE };

test("each root has its own settings, and another one those for everything", async () => {
	const { session, index, domainOf } = start(two);
	await index("/a", "/b");
	assert.equal(session.configure(editor(domained("all"), "/a", domained("own"))), false);
	assert.deepEqual([domainOf("/a/web.yaml"), domainOf("/b/web.yaml")], ["own", "all"]);
	await index("/a");
	assert.deepEqual([domainOf("/a/web.yaml"), domainOf("/b/web.yaml")], ["own", undefined]);
});

test("settings that come while everything is read hold for what is read before and after", async () => {
	const files = Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`/a/${number}/web.yaml`, SERVICE]));
	const { session, domainOf } = start(files);
	let told = false;
	const reading = session.index(["/a"], {
		report: () => {
			if (!told) session.configure(editor(domained("late")));
			told = true;
		},
	});
	await reading.done;
	assert.ok(told);
	assert.deepEqual([domainOf("/a/0/web.yaml"), domainOf("/a/299/web.yaml")], ["late", "late"]);
});

test("everything is read again only when other files may be found", async () => {
	const { session, index, names } = start({ ...two, "/a/old/x.yaml": "", "/a/hidden/y.yaml": "" });
	await index("/a");
	assert.equal(session.configure(editor(domained("all"))), false);
	assert.equal(session.configure(editor(domained("all", ["old"]))), true);
	assert.equal(session.configure(editor(domained("all", ["old"]), "/a", domained("all", ["old"]), ["**/hidden"])), true);
	assert.equal(session.configure(editor(domained("other", ["old"]), "/a", domained("other", ["old"]), ["**/hidden"])), false);
	await index("/a");
	assert.deepEqual(names(), ["/a/web.yaml"]);
});

test("nothing is read as a whole and nothing said before the settings are known", async () => {
	const { disk, session, index } = start(two);
	let letGo = (): void => {};
	session.waitFor(
		new Promise((resolve) => {
			letGo = resolve;
		}),
	);
	const reading = index("/a");
	session.open("/b/web.yaml", 1, SERVICE);
	let ready = false;
	const waiting = session.ready("/b/web.yaml").then(() => {
		ready = true;
	});
	await Promise.resolve();
	assert.deepEqual([ready, disk.reads], [false, []]);
	letGo();
	await Promise.all([reading, waiting]);
	assert.ok(disk.reads.includes("/a/web.yaml"));
});

const excluding = { "/a/.portolan.yaml": "exclude: [old]\n", "/a/old/x.yaml": "", "/a/new/y.yaml": "", "/a/sub/.portolan.yaml": "" };

for (const { title, name, text, again } of [
	{ title: "excludes something else", name: "/a/.portolan.yaml", text: "exclude: [new]\n", again: true },
	{ title: "excludes the same, and sets something else", name: "/a/.portolan.yaml", text: "exclude: [old]\nrules: {}\n", again: false },
	{ title: "cannot be parsed any more", name: "/a/.portolan.yaml", text: "exclude: [\n", again: true },
	{ title: "is gone", name: "/a/.portolan.yaml", text: undefined, again: true },
	{ title: "is new and takes the place of one above", name: "/a/new/.portolan.yaml", text: "", again: true },
	{ title: "lies outside the roots", name: "/b/.portolan.yaml", text: "exclude: [x]\n", again: false },
]) {
	test(`everything is read again (${again}) when a configuration on the disk ${title}`, async () => {
		const { disk, session, index } = start(excluding);
		await index("/a");
		if (text === undefined) disk.files.delete(name);
		else disk.files.set(name, text);
		let asked = false;
		session.told([{ name, type: "changed" }], () => {
			asked = true;
		});
		await session.idle();
		assert.equal(asked, again);
	});
}

test("everything is read again when a configuration is told of after something beside it that came with it", async () => {
	const { disk, session, index } = start({ "/a/old/x.yaml": "", "/a/y.yaml": "" });
	await index("/a");
	disk.files.set("/a/.portolan.yaml", "exclude: [old]\n");
	disk.files.set("/a/z.yaml", "");
	let asked = false;
	session.told([{ name: "/a/z.yaml", type: "created" }]);
	session.told([{ name: "/a/.portolan.yaml", type: "created" }], () => {
		asked = true;
	});
	await session.idle();
	assert.ok(asked);
});

test("everything is read again when the configuration of a folder that was gone comes back after its files", async () => {
	const configuration = { "/a/sub/.portolan.yaml": "exclude: [old]\n" };
	const { disk, session, index } = start({ ...configuration, "/a/x.yaml": "" });
	await index("/a");
	disk.files.delete("/a/sub/.portolan.yaml");
	session.told([{ name: "/a/sub", type: "deleted" }]);
	await session.idle();
	disk.files.set("/a/sub/old/x.yaml", "");
	session.told([{ name: "/a/sub/old/x.yaml", type: "created" }]);
	await session.idle();
	disk.files.set("/a/sub/.portolan.yaml", configuration["/a/sub/.portolan.yaml"]);
	let asked = false;
	session.told([{ name: "/a/sub/.portolan.yaml", type: "created" }], () => {
		asked = true;
	});
	await session.idle();
	assert.ok(asked);
});

test("a configuration in an ignored folder holds for a document that is open there", async () => {
	const { session, index, domainOf } = start({
		"/a/.gitignore": "out/\n",
		"/a/out/.portolan.yaml": "cluster: { domain: ignored }\n",
		"/a/out/deep/web.yaml": SERVICE,
		"/a/.portolan.yaml": "cluster: { domain: outer }\n",
	});
	await index("/a");
	session.open("/a/out/deep/web.yaml", 1, SERVICE);
	await session.ready("/a/out/deep/web.yaml");
	assert.equal(domainOf("/a/out/deep/web.yaml"), "ignored");
});
