import assert from "node:assert/strict";
import { test } from "node:test";
import { shownIn } from "../../server/src/features/diagnostics.ts";
import { fileOf } from "../../server/src/links/snapshot.ts";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import { Session } from "../../server/src/session/session.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { MemoryDisk, type Stored } from "../support/memoryDisk.ts";

interface Case {
	readonly session: Session;
	readonly disk: MemoryDisk;
	readonly changes: (string | undefined)[];
	readonly failures: unknown[];
	readonly text: (name: string) => string | undefined;
	/** Reads the workspace `/ws`. */
	readonly index: (report?: (files: number) => void) => ReturnType<Session["index"]>;
}

function start(files: Record<string, Stored>, wrap: (disk: MemoryDisk) => Disk = (disk) => disk): Case {
	const disk = new MemoryDisk(files);
	const changes: (string | undefined)[] = [];
	const failures: unknown[] = [];
	const session = new Session(wrap(disk), () => RENDERERS, DEFAULT_SETTINGS, {
		changed: (document) => changes.push(document),
		failed: (error) => failures.push(error),
	});
	return {
		session,
		disk,
		changes,
		failures,
		text: (name) => fileOf(session.snapshot, name)?.text,
		index: (report = () => {}) => session.index(["/ws"], { report }),
	};
}

/** A disk on which listing one folder takes until it is let go. */
function heldUp(path: string): { readonly wrap: (disk: MemoryDisk) => Disk; readonly letGo: () => void } {
	let letGo = (): void => {};
	const held = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const list = async (disk: MemoryDisk, at: string): Promise<ReturnType<MemoryDisk["list"]>> => {
		if (at === path) await held;
		return disk.list(at);
	};
	const wrap = (disk: MemoryDisk): Disk => ({ kind: (at) => disk.kind(at), read: (at) => disk.read(at), list: (at) => list(disk, at) });
	return { wrap, letGo: () => letGo() };
}

test("the folder of an open document is read before the rest of the workspace", async () => {
	const { wrap, letGo } = heldUp("/ws/slow");
	const { session, text, index } = start({ "/ws/k8s/a.yaml": "a", "/ws/k8s/b.yaml": "b", "/ws/slow/c.yaml": "c" }, wrap);
	const reading = index();
	session.open("/ws/k8s/a.yaml", 1, "edited");
	await session.ready("/ws/k8s/a.yaml");
	assert.deepEqual([text("/ws/k8s/a.yaml"), text("/ws/k8s/b.yaml"), text("/ws/slow/c.yaml")], ["edited", "b", undefined]);
	assert.equal(session.settled, false);
	letGo();
	assert.equal(await reading.done, true);
	assert.deepEqual([text("/ws/k8s/a.yaml"), text("/ws/k8s/b.yaml"), text("/ws/slow/c.yaml")], ["edited", "b", "c"]);
	assert.equal(session.settled, true);
});

test("what somebody waits for is done before more of the workspace is read, whether it succeeds or fails", async () => {
	for (const fails of [false, true]) {
		const { session, disk, text, index } = start({ "/ws/a/x.yaml": "x", "/ws/b/y.yaml": "y", "/ws/c/z.yaml": "z" });
		session.open("/ws/b/y.yaml", 1, "edited");
		const reading = index();
		let before: readonly string[] = [];
		const urgent = session.urgent.run(async () => {
			await session.ready("/ws/b/y.yaml");
			before = [...disk.reads];
			if (fails) throw new Error("nobody waits any more");
		});
		await urgent.catch(() => {});
		assert.deepEqual(
			before.filter((name) => /^\/ws\/[ac]\//.test(name)),
			[],
		);
		assert.equal(await reading.done, true);
		assert.deepEqual([text("/ws/a/x.yaml"), text("/ws/b/y.yaml"), text("/ws/c/z.yaml")], ["x", "edited", "z"]);
	}
});

const nearMiss = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: wbe }
spec:
  selector: { matchLabels: { app: wbe } }
  template:
    metadata: { labels: { app: wbe } }
    spec: { containers: [{ name: app, image: web }] }
`;

test("what is found nowhere is said only when every folder around has been read", async () => {
	const { wrap, letGo } = heldUp("/ws/slow");
	const { session, index } = start({ "/ws/k8s/web.yaml": nearMiss, "/ws/slow/c.yaml": "c" }, wrap);
	const codes = (): string[] => {
		const shown = { isOpen: () => true, settled: session.settled };
		return shownIn(session.snapshot, "/ws/k8s/web.yaml", shown, assert.fail).map(({ rule }) => rule);
	};
	const reading = index();
	session.open("/ws/k8s/web.yaml", 1, nearMiss);
	await session.ready("/ws/k8s/web.yaml");
	assert.deepEqual(codes(), []);
	letGo();
	await reading.done;
	assert.deepEqual(codes(), ["service-without-pods"]);
});

const patch = {
	"/ws/app/base/kustomization.yaml": "patches:\n  - path: patches/web.yaml\n",
	"/ws/app/base/patches/web.yaml": "kind: Service\n",
};

test("what the folders above say of a document's folder is known with it", async () => {
	const { wrap, letGo } = heldUp("/ws/other");
	const { session, index } = start({ ...patch, "/ws/Chart.yaml": "name: x\n" }, wrap);
	const reading = session.index(["/ws/other"], { report: () => {} });
	session.open("/ws/app/base/patches/web.yaml", 1, "kind: Service\n");
	await session.ready("/ws/app/base/patches/web.yaml");
	assert(session.snapshot.kustomized.notManifests.has("/ws/app/base/patches/web.yaml"));
	assert.equal(session.snapshot.folders.get("/ws")?.files.size, 1);
	letGo();
	await reading.done;
	await index().done;
	assert(session.snapshot.folders.get("/ws")?.files.has("/ws/Chart.yaml"));
});

test("an open document wins over its file, whatever happens to that", async () => {
	const { session, disk, text, index } = start({ "/ws/a.yaml": "saved" });
	session.open("/ws/a.yaml", 1, "edited");
	await index().done;
	disk.files.set("/ws/a.yaml", "saved again");
	session.told([{ name: "/ws/a.yaml", type: "changed" }]);
	await session.idle();
	assert.equal(text("/ws/a.yaml"), "edited");
	session.close("/ws/a.yaml");
	await session.idle();
	assert.equal(text("/ws/a.yaml"), "saved again");
});

test("reading that is stopped keeps what it has, and nothing counts as complete", async () => {
	const files = Object.fromEntries(Array.from({ length: 500 }, (_, number) => [`/ws/${number}/a.yaml`, "a: 1"]));
	const { session, index } = start(files);
	const reading = index(() => reading.stop());
	assert.equal(await reading.done, false);
	assert.equal(session.settled, false);
	assert(session.snapshot.folders.size > 0 && session.snapshot.folders.size < 500);
	assert.equal(await index().done, true);
	assert.equal(session.snapshot.folders.size, 500);
});

test("of two readings at a time the first one ends early", async () => {
	const { session, index } = start({ "/ws/a.yaml": "a" });
	const [first, second] = [index(), index()];
	assert.deepEqual([await first.done, await second.done], [false, true]);
	assert.equal(session.settled, true);
});

test("what is gone from the disk is gone after reading again", async () => {
	const { session, disk, index } = start({
		"/ws/a/x.yaml": "x",
		"/ws/a/y.yaml": "y",
		"/ws/b/z.yaml": { skipped: "binary" },
		"/ws/c/w.yaml": "w",
	});
	await index().done;
	for (const name of ["/ws/a/x.yaml", "/ws/b/z.yaml", "/ws/c/w.yaml"]) disk.files.delete(name);
	await index().done;
	assert.deepEqual(
		[...session.snapshot.folders].map(([path, folder]) => [path, [...folder.files.keys()]]),
		[["/ws/a", ["/ws/a/y.yaml"]]],
	);
});

test("a folder that cannot be listed makes its own unit incomplete, and is forgotten when it can be", async () => {
	const { session, disk, index } = start({ "/ws/a/": { skipped: "permission denied" }, "/ws/a/x.yaml": "x" });
	await index().done;
	assert.deepEqual(session.snapshot.folders.get("/ws/a")?.skipped, [{ uri: "/ws/a/", reason: "permission denied" }]);
	disk.files.delete("/ws/a/");
	await index().done;
	assert.deepEqual(session.snapshot.folders.get("/ws/a")?.skipped, []);
});

test("files stand in order of their names, in whatever order they came", async () => {
	const { session, disk, index } = start({ "/ws/b.yaml": "b" });
	await index().done;
	session.open("/ws/c.yaml", 1, "c");
	disk.files.set("/ws/a.yaml", "a");
	session.told([{ name: "/ws/a.yaml", type: "created" }]);
	await session.idle();
	assert.deepEqual([...(session.snapshot.folders.get("/ws")?.files.keys() ?? [])], ["/ws/a.yaml", "/ws/b.yaml", "/ws/c.yaml"]);
});

test("what changed nothing is not told", async () => {
	const { session, changes, index } = start({ "/ws/a.yaml": "a" });
	await index().done;
	const { snapshot } = session;
	changes.length = 0;
	session.told([{ name: "/ws/a.yaml", type: "changed" }]);
	await session.idle();
	assert.deepEqual(changes, []);
	assert.equal(session.snapshot, snapshot);
});

test("a disk that fails takes only that job with it", async () => {
	const broken = (disk: MemoryDisk): Disk => ({
		kind: (path) => disk.kind(path),
		list: (path) => disk.list(path),
		read: (path) => (path.endsWith("bad.yaml") ? Promise.reject(new Error("a fault")) : disk.read(path)),
	});
	const { failures, disk, text, index } = start({ "/ws/bad.yaml": "" }, broken);
	assert.equal(await index().done, false);
	assert.equal(failures.length, 1);
	disk.files.delete("/ws/bad.yaml");
	disk.files.set("/ws/good.yaml", "good");
	assert.equal(await index().done, true);
	assert.equal(text("/ws/good.yaml"), "good");
});

test("many new folders at once are read as a whole", async () => {
	const { session, disk, index } = start({ "/ws/a.yaml": "a" });
	await index().done;
	const names = Array.from({ length: 60 }, (_, number) => `/ws/new${number}/x.yaml`);
	for (const name of names) disk.files.set(name, name);
	let asked = 0;
	session.told(
		names.map((name) => ({ name, type: "created" })),
		() => asked++,
	);
	await session.idle();
	assert.equal(asked, 1);
});

test("a document that is too large is left out", () => {
	const { session, text } = start({});
	session.open("/ws/a.yaml", 1, "#".repeat(11 * 1024 * 1024));
	assert.equal(text("/ws/a.yaml"), undefined);
	assert.deepEqual(session.snapshot.folders.get("/ws")?.skipped, [{ uri: "/ws/a.yaml", reason: "larger than 10 MB" }]);
	session.change("/ws/a.yaml", 2, [{ text: "small" }]);
	assert.equal(text("/ws/a.yaml"), "small");
});
