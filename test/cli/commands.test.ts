import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { COMMANDS } from "../../server/src/cli/commands.ts";
import { RULES } from "../../server/src/rules/list.ts";
import { json, portolan } from "./portolan.ts";

const HERE = process.cwd();

test("--version is the version of the package", () => {
	const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
	assert.deepEqual(portolan(HERE, ["--version"]), { code: 0, out: `${version}\n`, err: "" });
});

test("--help names every command, and a command's --help every option", () => {
	const { code, out } = portolan(HERE, ["--help"]);
	assert.equal(code, 0);
	for (const command of COMMANDS) {
		assert.match(out, new RegExp(`^ {2}${command.name}\\b`, "m"));
		const help = portolan(HERE, [command.name, "--help"]);
		assert.equal(help.code, 0);
		for (const option of Object.keys(command.options)) assert.ok(help.out.includes(`--${option}`), `${command.name} --${option}`);
	}
});

test("rules lists every rule with its levels", () => {
	const list = json<{ version: number; rules: { name: string; levels: string[] }[] }>(portolan(HERE, ["rules", "--format", "json"]), 0);
	assert.equal(list.version, 1);
	assert.deepEqual(
		list.rules.map(({ name, levels }) => [name, levels]),
		RULES.map(({ name, levels }) => [name, levels]),
	);
	const { out } = portolan(HERE, ["rules"]);
	for (const { name, summary } of RULES) assert.ok(out.includes(name) && out.includes(summary), name);
});

test("explain says what a rule is about, why, what is wrong and what is right", () => {
	const [rule] = RULES;
	assert.ok(rule);
	const { code, out } = portolan(HERE, ["explain", rule.name]);
	assert.equal(code, 0);
	const squeezed = out.replace(/\s+/g, " ");
	for (const part of [rule.name, rule.summary, rule.why, rule.bad, rule.good, rule.source]) {
		assert.ok(squeezed.includes(part.trim().replace(/\s+/g, " ")), part);
	}
});

test("the command is a file that can be run", { skip: process.platform === "win32" }, () => {
	const run = spawnSync(path.resolve("dist/cli.js"), ["--version"], { encoding: "utf8" });
	assert.deepEqual([run.status, run.error], [0, undefined]);
});

test("lsp without --stdio is bad usage", () => {
	const { code, out, err } = portolan(HERE, ["lsp"]);
	assert.deepEqual([code, out], [2, ""]);
	assert.match(err, /--stdio/);
});

test("lsp refuses what it does not know", () => {
	const { code, out, err } = portolan(HERE, ["lsp", "--stdio", "--unknown"]);
	assert.deepEqual([code, out], [2, ""]);
	assert.match(err, /'--unknown'/);
});
