import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { json, portolan } from "./portolan.ts";

const EXAMPLES = path.resolve("examples");

interface Report {
	findings: { rule: string; file: string; fixes: { edits: object[] }[] }[];
	skipped: object[];
}

const names = readdirSync(EXAMPLES, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map((entry) => entry.name);

const { findings, skipped } = json<Report>(portolan(EXAMPLES, ["check", "--format", "json"]), 1);

test("every example is a broken folder and a fixed one", () => {
	assert.ok(names.length >= 12);
	for (const name of names) assert.deepEqual(readdirSync(path.join(EXAMPLES, name)).sort(), ["broken", "fixed"], name);
	assert.deepEqual(skipped, []);
});

for (const name of names) {
	test(`${name}: the broken manifests have the findings that their comments name, the fixed ones none`, () => {
		for (const variant of ["broken", "fixed"]) {
			const folder = path.join(EXAMPLES, name, variant);
			for (const file of filesIn(folder)) {
				const found = findings.filter((finding) => finding.file === `${name}/${variant}/${file}`).map(({ rule }) => rule);
				assert.deepEqual(found.sort(), expected(path.join(folder, file)), `${variant}/${file}`);
			}
			assert.equal(
				filesIn(folder).some((file) => expected(path.join(folder, file)).length > 0),
				variant === "broken",
				variant,
			);
		}
	});

	test(`${name}: a broken folder on its own has the findings that it has among the others`, () => {
		const among = findings.filter((finding) => finding.file.startsWith(`${name}/`)).map(({ rule }) => rule);
		const run = portolan(path.join(EXAMPLES, name, "broken"), ["check", "--format", "json", "--fail-on", "never"]);
		assert.deepEqual(
			json<Report>(run, 0).findings.map(({ rule }) => rule),
			among,
		);
	});
}

test("the list of the examples names each of them", () => {
	const readme = readFileSync(path.join(EXAMPLES, "README.md"), "utf8");
	const listed = [...readme.matchAll(/^\| \[([\w-]+)\]\(([\w-]+)\/\)/gm)].map((match) => match[1]);
	assert.deepEqual(listed.toSorted(), names.toSorted());
	assert.ok(existsSync(EXAMPLES));
});

/** The files below a folder, by their paths relative to it. */
function filesIn(folder: string): readonly string[] {
	const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
	return entries.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
}

/** The rules that the comment at the top of a file names, sorted. */
function expected(file: string): readonly string[] {
	const comment = /^# expect: (.*)\r?\n/.exec(readFileSync(file, "utf8"));
	return (comment?.[1]?.split(", ") ?? []).sort();
}
