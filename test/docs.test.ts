import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RULES } from "../server/src/rules/list.ts";

test("the pages of the rules, the table in the README and the setting are what npm run docs writes", () => {
	const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs", "--check"], { encoding: "utf8" });
	assert.equal(stderr, "");
	assert.equal(status, 0);
});

test("the setting portolan.rules has every rule once, and auto changes nothing", () => {
	const manifest = JSON.parse(readFileSync("package.json", "utf8"));
	const { properties } = manifest.contributes.configuration.properties["portolan.rules"];
	assert.deepEqual(
		Object.keys(properties),
		RULES.map(({ name }) => name),
	);
	for (const setting of Object.values<{ default: string }>(properties)) assert.equal(setting.default, "auto");
});
