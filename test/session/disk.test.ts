import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { nodeDisk } from "../../server/src/session/disk.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-disk-")).replaceAll("\\", "/");
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const disk = nodeDisk(1024 * 1024);
const posix = { skip: process.platform === "win32" };

function written(name: string, content: string | Uint8Array): string {
	fs.writeFileSync(`${folder}/${name}`, content);
	return `${folder}/${name}`;
}

const contents: { title: string; content: string | Uint8Array; gives: object }[] = [
	{ title: "text is read", content: "kind: Service # ü 港 😀\r\n", gives: { text: "kind: Service # ü 港 😀\r\n" } },
	{ title: "an empty file is an empty text", content: "", gives: { text: "" } },
	{ title: "a byte order mark is no character", content: "\ufeffkind: Service", gives: { text: "kind: Service" } },
	{ title: "a NUL makes a file binary", content: Uint8Array.of(0x61, 0, 0x62), gives: { skipped: "binary" } },
	{ title: "bytes that are no UTF-8 are not guessed at", content: Uint8Array.of(0x61, 0xe9, 0x62), gives: { skipped: "not valid UTF-8" } },
	{ title: "UTF-16 is called by its name", content: Uint8Array.of(0xff, 0xfe, 0x61, 0), gives: { skipped: "UTF-16, not UTF-8" } },
	{ title: "a file at the limit is read", content: "x".repeat(1024 * 1024), gives: { text: "x".repeat(1024 * 1024) } },
	{ title: "a file beyond the limit names the limit", content: "x".repeat(1024 * 1024 + 1), gives: { skipped: "larger than 1 MB" } },
];
for (const { title, content, gives } of contents) test(title, () => assert.deepEqual(disk.read(written("file.yaml", content)), gives));

test("a file larger than the ones before it does not show what they held", () => {
	assert.deepEqual(disk.read(written("a.yaml", "first, and longer")), { text: "first, and longer" });
	assert.deepEqual(disk.read(written("b.yaml", "second")), { text: "second" });
	assert.deepEqual(disk.read(written("c.yaml", "y".repeat(200_000))), { text: "y".repeat(200_000) });
});

test("what is not there is gone, and so is a folder where a file is wanted", () => {
	assert.deepEqual(disk.read(`${folder}/nothing.yaml`), { gone: true });
	assert.deepEqual(disk.read(folder), { gone: true });
	assert.deepEqual(disk.read(`${written("file.yaml", "")}/below.yaml`), { gone: true });
	assert.deepEqual(disk.list(`${folder}/nothing`), { gone: true });
	assert.deepEqual(disk.list(written("file.yaml", "")), { gone: true });
});

test("a FIFO and a device are never opened", posix, () => {
	execFileSync("mkfifo", [`${folder}/pipe.yaml`]);
	fs.symlinkSync("/dev/zero", `${folder}/device.yaml`);
	assert.deepEqual(disk.read(`${folder}/pipe.yaml`), { skipped: "not a regular file" });
	assert.deepEqual(disk.read(`${folder}/device.yaml`), { skipped: "not a regular file" });
	assert.equal(disk.kind(`${folder}/pipe.yaml`), "other");
});

test("a file that is shortened, removed or replaced while it is read is what was found", posix, (t) => {
	const file = written("busy.yaml", "x".repeat(100_000));
	const { openSync, readSync } = fs;
	const once = (method: "openSync" | "readSync", before: () => void): void => {
		const original = { openSync, readSync }[method] as (...args: unknown[]) => unknown;
		const mock = t.mock.method(fs, method, (...args: unknown[]) => {
			mock.mock.restore();
			before();
			return original(...args);
		});
	};
	once("readSync", () => fs.truncateSync(file, 5));
	assert.deepEqual(disk.read(file), { text: "xxxxx" });
	once("openSync", () => fs.rmSync(file));
	assert.deepEqual(disk.read(file), { gone: true });
	written("busy.yaml", "x");
	once("openSync", () => written("busy.yaml", "longer than it was"));
	assert.deepEqual(disk.read(file), { text: "longer than it was" });
	once("openSync", () => {
		fs.rmSync(file);
		execFileSync("mkfifo", [file]);
	});
	assert.deepEqual(disk.read(file), { skipped: "not a regular file" });
	fs.rmSync(file);
});

test("links to files are read, links that lead nowhere or to themselves are not", posix, () => {
	fs.symlinkSync("target.yaml", `${folder}/link.yaml`);
	assert.deepEqual(disk.read(`${folder}/link.yaml`), { gone: true });
	written("target.yaml", "here");
	assert.deepEqual(disk.read(`${folder}/link.yaml`), { text: "here" });
	fs.symlinkSync("loop.yaml", `${folder}/loop.yaml`);
	assert.deepEqual(disk.read(`${folder}/loop.yaml`), { skipped: "a link that leads to itself" });
	assert.equal(disk.kind(`${folder}/loop.yaml`), undefined);
});

test("a folder tells what its entries are, and does not follow links", posix, () => {
	fs.mkdirSync(`${folder}/listed/inner`, { recursive: true });
	fs.writeFileSync(`${folder}/listed/a.yaml`, "");
	fs.symlinkSync("inner", `${folder}/listed/link`);
	const entries = disk.list(`${folder}/listed`);
	assert(Array.isArray(entries));
	assert.deepEqual(
		[...entries].sort((a, b) => (a.name < b.name ? -1 : 1)),
		[
			{ name: "a.yaml", kind: "file" },
			{ name: "inner", kind: "folder" },
			{ name: "link", kind: "link" },
		],
	);
	assert.equal(disk.kind(`${folder}/listed/link`), "folder");
});
