import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "fflate";
import { readArchive } from "../../../../server/src/units/helm/chart/archive.ts";
import { type Packed, tar, tarball } from "./tarballs.ts";

function paths(entries: readonly Packed[]): readonly string[] | string {
	const archive = readArchive(tarball(entries));
	return typeof archive === "string" ? archive : [...archive.keys()];
}

const CHART = { name: "web/Chart.yaml", text: "name: web\n" };

test("a packed chart is read below its one folder, whatever that is called", () => {
	const archive = readArchive(tarball([CHART, { name: "web/templates/", kind: "5" }, { name: "web/templates/a.yaml", text: "a: 1\n" }]));
	assert.ok(typeof archive !== "string", String(archive));
	assert.deepEqual([...archive.keys()], ["Chart.yaml", "templates/a.yaml"]);
	assert.equal(new TextDecoder().decode(archive.get("templates/a.yaml")), "a: 1\n");
});

test("long names are read as GNU and POSIX write them", () => {
	const long = `web/templates/${"x".repeat(120)}.yaml`;
	const posix = `${" ".repeat(0)}${`path=${long}\n`.length + 4} path=${long}\n`;
	const read = [long.slice("web/".length)];
	assert.deepEqual(
		paths([
			{ name: "././@LongLink", kind: "L", text: `${long}\0` },
			{ name: "web/short", text: "" },
		]),
		read,
	);
	assert.deepEqual(
		paths([
			{ name: "PaxHeader", kind: "x", text: posix },
			{ name: "web/short", text: "" },
		]),
		read,
	);
});

const REFUSED: readonly (readonly [title: string, entry: Packed, reason: string])[] = [
	["a path that leads out of the chart", { name: "web/../../etc/passwd" }, "chart illegally references parent directory"],
	["an absolute path", { name: "web//etc/passwd" }, "chart illegally contains absolute paths"],
	["a path with a drive", { name: "web/c:/x" }, "chart contains illegally named files"],
	["a path with backslashes that leads out", { name: "web\\..\\..\\x" }, "chart illegally references parent directory"],
	["a file that is the folder itself", { name: "web/." }, 'chart illegally contains content outside the base directory: "web/."'],
	["a Chart.yaml outside of a folder", { name: "Chart.yaml" }, 'chart illegally contains content outside the base directory: "Chart.yaml"'],
	["a symbolic link", { name: "web/values.yaml", kind: "2" }, "web/values.yaml is a link, which is not followed"],
	["a hard link", { name: "web/values.yaml", kind: "1" }, "web/values.yaml is a link, which is not followed"],
	["a file that is longer than the archive", { name: "web/x", size: 100_000 }, "The archive is damaged"],
];
for (const [title, entry, reason] of REFUSED) {
	test(`${title} refuses a packed chart`, () => assert.equal(paths([CHART, entry]), reason));
}

test("what is no archive is refused, not thrown", () => {
	const damaged = "The file is no gzip archive, or it is damaged";
	assert.equal(readArchive(new Uint8Array()), damaged);
	assert.equal(readArchive(new TextEncoder().encode("name: web\n")), damaged);
	assert.equal(readArchive(tarball([CHART]).subarray(0, 40)), damaged);
	assert.equal(readArchive(gzipSync(new Uint8Array(2048))), "no files in chart archive");
	const torn = tar([CHART]);
	torn[0] = 0x41;
	assert.equal(readArchive(gzipSync(torn)), "The archive is damaged");
});

test("an archive that unpacks to more than is allowed is refused before it is unpacked", () => {
	const bomb = gzipSync(new Uint8Array(50 * 1024 * 1024), { level: 9 });
	assert.ok(bomb.length < 100_000);
	assert.equal(readArchive(bomb, 1024 * 1024), "decompressed chart is larger than the maximum file size 1048576");
	const large = { name: "web/x", text: "x".repeat(5 * 1024 * 1024 + 1) };
	assert.equal(paths([CHART, large]), 'decompressed chart file "web/x" is larger than the maximum file size 5242880');
});
