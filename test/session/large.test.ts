import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findingsIn } from "../../server/src/features/findings.ts";
import { fileOf } from "../../server/src/links/snapshot.ts";
import { unitsOf } from "../../server/src/links/units.ts";
import { Session } from "../../server/src/session/session.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { freshSnapshot } from "../fuzz/laws.ts";
import { deployment, service } from "../lsp/manifests.ts";
import { MemoryDisk } from "../support/memoryDisk.ts";

const LARGE = "/ws/large.yaml";
const SMALL = "/ws/small.yaml";

/** A Service with more annotations than are read at once. */
function large(targetPort: string, annotations = 12_000): string {
	const lines = Array.from({ length: annotations }, (_, at) => `    example.com/note-${at}: what somebody wrote down\n`);
	return service(targetPort).replace("  name: web\n", `  name: web\n  annotations:\n${lines.join("")}`);
}

interface Case {
	readonly session: Session;
	readonly disk: MemoryDisk;
	/** The ports that the snapshot had each time that something changed. */
	readonly seen: (string | undefined)[];
	readonly port: () => string | undefined;
	readonly found: (name: string) => readonly string[];
}

function start(files: Readonly<Record<string, string>> = {}): Case {
	const disk = new MemoryDisk(files);
	const seen: (string | undefined)[] = [];
	const session = new Session(disk, () => RENDERERS, DEFAULT_SETTINGS, {
		changed: () => seen.push(port()),
		failed: (error) => assert.fail(String(error)),
	});
	const port = () => /targetPort: (.*)/.exec(fileOf(session.snapshot, LARGE)?.text ?? "")?.[1];
	return { session, disk, seen, port, found: (name) => findingsIn(session.snapshot, name, assert.fail).map(({ rule }) => rule) };
}

test("a large document is read a little at a time: others have their turn, and nothing is said to be missing meanwhile", async () => {
	const { session, port, found } = start();
	session.open(SMALL, 1, `${deployment("http")}---\n${service("none", "other").replace("app: other", "app: web")}`);
	session.open(LARGE, 1, large("none"));
	assert.equal(port(), undefined);
	assert.equal(unitsOf(session.snapshot, SMALL)[0]?.complete, false);
	let turns = 0;
	const turn = setInterval(() => turns++, 0);
	await session.whole(LARGE);
	clearInterval(turn);
	assert.ok(turns > 0);
	assert.equal(port(), "none");
	assert.equal(unitsOf(session.snapshot, SMALL)[0]?.complete, true);
	assert.deepEqual(found(LARGE), ["target-port-name-not-found"]);
});

test("until a large document has been read again, it is what it was before, under the version that it had", async () => {
	const { session, port } = start();
	session.open(LARGE, 1, large("http"));
	assert.equal(session.versionOf(LARGE), undefined);
	await session.whole(LARGE);
	assert.equal(session.versionOf(LARGE), 1);
	session.open(SMALL, 1, deployment("http"));
	session.change(LARGE, 2, [{ text: large("grpc") }]);
	session.change(LARGE, 3, [{ text: large("none") }]);
	assert.deepEqual([port(), session.versionOf(LARGE), session.document(LARGE)?.version], ["http", 1, 3]);
	session.change(SMALL, 2, [{ text: deployment("none") }]);
	assert.match(fileOf(session.snapshot, SMALL)?.text ?? "", /name: none/);
	await session.whole(LARGE);
	assert.deepEqual([port(), session.versionOf(LARGE)], ["none", 3]);
});

test("of several edits only the last one is read to the end", async () => {
	const { session, seen, port } = start();
	for (const [version, name] of ["a", "b", "c", "d"].entries()) session.open(LARGE, version, large(name));
	await session.whole(LARGE);
	assert.equal(port(), "d");
	assert.deepEqual([...new Set(seen)], [undefined, "d"]);
});

test("an edit that touches only a small document of a large file takes effect at once", async () => {
	const { session, port } = start();
	const rest = large("rest").replace("name: web", "name: rest");
	session.open(LARGE, 1, `${service("http")}---\n${rest}`);
	await session.whole(LARGE);
	session.change(LARGE, 2, [{ text: `${service("none")}---\n${rest}` }]);
	assert.deepEqual([port(), session.versionOf(LARGE)], ["none", 2]);
});

test("a large document that is closed before it was read is what the disk holds", async () => {
	const { session, port } = start({ [LARGE]: large("saved") });
	session.open(LARGE, 1, large("typed"));
	session.close(LARGE);
	await session.index(["/ws"], { report: () => {} }).done;
	await session.idle();
	assert.equal(port(), "saved");
	assert.equal(unitsOf(session.snapshot, LARGE)[0]?.complete, true);
});

test("a large file of the disk is read a little at a time, and again when it changes", async () => {
	const { session, disk, port } = start({ [LARGE]: large("saved") });
	let turns = 0;
	const turn = setInterval(() => turns++, 0);
	await session.index(["/ws"], { report: () => {} }).done;
	clearInterval(turn);
	assert.ok(turns > 0);
	assert.equal(port(), "saved");
	disk.files.set(LARGE, large("again"));
	session.told([{ name: LARGE, type: "changed" }]);
	await session.idle();
	assert.equal(port(), "again");
});

test("whatever is typed into large documents, and whenever, in the end it is as if it had been read at once", async () => {
	const text = fc.record({ port: fc.constantFrom("http", "none", "8080", "[", "&a b", ": :"), lines: fc.constantFrom(10, 5000, 6000) });
	const step = fc.record({ name: fc.constantFrom(LARGE, SMALL), text, turns: fc.nat(3) });
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
			const { session, found } = start();
			const texts = new Map([["/ws/deployment.yaml", deployment("http")]]);
			session.open("/ws/deployment.yaml", 1, deployment("http"));
			for (const [version, { name, text, turns }] of steps.entries()) {
				texts.set(name, large(text.port, text.lines));
				session.open(name, version, large(text.port, text.lines));
				for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
			}
			await session.idle();
			const fresh = freshSnapshot(texts);
			for (const name of texts.keys()) {
				assert.equal(fileOf(session.snapshot, name)?.text, texts.get(name));
				assert.deepEqual(
					found(name),
					findingsIn(fresh, name, assert.fail).map(({ rule }) => rule),
				);
			}
		}),
		{ numRuns: 15 },
	);
});
