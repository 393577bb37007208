import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

/** What the package holds besides a page for each rule. */
const fixed = JSON.parse(fs.readFileSync(new URL("contents.json", import.meta.url), "utf8"));
const pages = new URL("../../docs/rules/", import.meta.url);

/** Compares what an installation laid down with what belongs into the package. */
export function contentsResult(extensions) {
	const title = "The package holds what runs, its pages and nothing else";
	try {
		const expected = [...fixed, ...fs.readdirSync(pages).map((page) => `docs/rules/${page}`)];
		assert.deepEqual(installed(extensions), expected.map(asPackaged).sort());
		return { title };
	} catch (error) {
		return { title, error: error.message };
	}
}

/** The files of the only extension in the folder, with the manifest that the packager adds left out. */
function installed(extensions) {
	const [folder, ...others] = fs.readdirSync(extensions, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	assert.deepEqual(others, []);
	const root = path.join(extensions, folder.name);
	return fs
		.readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== ".vsixmanifest")
		.map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, "/"))
		.sort();
}

/** The packager renames three files that a marketplace shows. */
function asPackaged(file) {
	const shown = { "README.md": "readme.md", "CHANGELOG.md": "changelog.md", LICENSE: "LICENSE.txt" };
	return shown[file] ?? file;
}
