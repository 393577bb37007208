import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { QUOTED, WEB } from "./manifests.ts";
import { folder, portolan } from "./portolan.ts";

const FIXED = QUOTED.replace('"8080"', "8080");
const LOCAL = QUOTED.replace("spec:", "spec:\n  internalTrafficPolicy: local");

const read = (root: string, name: string): string => readFileSync(path.join(root, name), "utf8");

test("safe fixes are written, said, and no longer found", (context) => {
	const root = folder(context, { "service.yaml": LOCAL, "deployment.yaml": WEB });
	const run = portolan(root, ["check", "--fix"]);
	assert.equal(read(root, "service.yaml"), LOCAL.replace('"8080"', "8080").replace("local", "Local"));
	assert.equal(read(root, "deployment.yaml"), WEB);
	assert.equal(run.code, 0);
	assert.match(run.out, /^1 Service, \d+ paths, 0 findings, \d+ cannot tell, 2 fixed\n$/);
	assert.equal(run.err, "portolan: fixed 2 findings in service.yaml: invalid-traffic-policy, quoted-target-port\n");
	assert.deepEqual(readdirSync(root).sort(), ["deployment.yaml", "service.yaml"]);
});

test("what has no safe fix is reported, with the exit code that it has without --fix", (context) => {
	const other = QUOTED.replace("name: web", "name: other").replace('"8080"', "nope");
	const root = folder(context, { "service.yaml": QUOTED, "other.yaml": other, "deployment.yaml": WEB });
	const run = portolan(root, ["check", "--fix"]);
	assert.equal(run.code, 1);
	assert.match(run.out, /^other\.yaml:10:19: error: .*\[target-port-name-not-found\]\n.*1 finding, .*1 fixed\n$/);
	assert.deepEqual([read(root, "service.yaml"), read(root, "other.yaml")], [FIXED, other]);
});

test("a second run changes nothing and says that nothing was fixed", (context) => {
	const root = folder(context, { "service.yaml": QUOTED, "deployment.yaml": WEB });
	portolan(root, ["check", "--fix"]);
	const before = statSync(path.join(root, "service.yaml"));
	const run = portolan(root, ["check", "--fix"]);
	assert.match(run.out, /, 0 fixed\n$/);
	assert.equal(run.err, "");
	assert.equal(statSync(path.join(root, "service.yaml")).ino, before.ino);
});

test("the byte order mark, line endings, mode and everything else of a file stay", (context) => {
	const odd = (port: string): string => `\ufeff${QUOTED.replace('"8080"', port).replaceAll("\n", "\r\n")}# 😀 \t end`;
	const root = folder(context, { "service.yaml": odd('"8080"'), "deployment.yaml": WEB });
	chmodSync(path.join(root, "service.yaml"), 0o640);
	assert.equal(portolan(root, ["check", "--fix"]).code, 0);
	assert.equal(read(root, "service.yaml"), odd("8080"));
	assert.equal(statSync(path.join(root, "service.yaml")).mode & 0o777, 0o640);
});

test("only files that were named are changed, though others are read", (context) => {
	const root = folder(context, { "a.yaml": QUOTED, "b.yaml": QUOTED.replace("name: web", "name: b"), "sub/c.yaml": QUOTED });
	const run = portolan(root, ["check", "--fix", "a.yaml"]);
	assert.equal(run.code, 0, run.out + run.err);
	assert.deepEqual(
		["a.yaml", "b.yaml", "sub/c.yaml"].map((name) => read(root, name).includes('"8080"')),
		[false, true, true],
	);
});

test("a link in a named folder is left alone; one that is named stays a link, and its file is fixed", (context) => {
	const outside = folder(context, { "service.yaml": QUOTED });
	const root = folder(context, { "deployment.yaml": WEB });
	symlinkSync(path.join(outside, "service.yaml"), path.join(root, "service.yaml"));
	assert.equal(portolan(root, ["check", "--fix"]).code, 1);
	assert.equal(read(outside, "service.yaml"), QUOTED);
	assert.equal(portolan(root, ["check", "--fix", "service.yaml"]).code, 0);
	assert.equal(read(outside, "service.yaml"), FIXED);
	assert.ok(lstatSync(path.join(root, "service.yaml")).isSymbolicLink());
});

test("a file is replaced as a whole: who has the old one open keeps it", (context) => {
	const root = folder(context, { "service.yaml": QUOTED, "deployment.yaml": WEB });
	linkSync(path.join(root, "service.yaml"), path.join(root, "old.txt"));
	portolan(root, ["check", "--fix"]);
	assert.deepEqual([read(root, "service.yaml"), read(root, "old.txt")], [FIXED, QUOTED]);
});

test("two fixes of the same characters are taken one after the other", (context) => {
	const slash = QUOTED.replace('targetPort: "8080"', "targetPort: 8080 // the app").replace("- port: 80", "- port: 80 // for all");
	const root = folder(context, { "service.yaml": slash, "deployment.yaml": WEB });
	assert.equal(portolan(root, ["check", "--fix"]).code, 0);
	assert.equal(read(root, "service.yaml"), slash.replaceAll(" // ", " # "));
});

test("a comment that silences a finding keeps its fix away", (context) => {
	const silenced = QUOTED.replace('"8080"', '"8080" # portolan-ignore: quoted-target-port');
	const root = folder(context, { "service.yaml": silenced, "deployment.yaml": WEB });
	portolan(root, ["check", "--fix"]);
	assert.equal(read(root, "service.yaml"), silenced);
});

test("standard input cannot be fixed", (context) => {
	const root = folder(context, {});
	const run = portolan(root, ["check", "--fix", "-"], QUOTED);
	assert.deepEqual([run.code, run.out, run.err], [2, "", "portolan: --fix changes files, and standard input is none\n"]);
});

test("with --quiet nothing is said about what was fixed", (context) => {
	const root = folder(context, { "service.yaml": QUOTED, "deployment.yaml": WEB });
	const run = portolan(root, ["check", "--fix", "--quiet"]);
	assert.deepEqual([run.code, run.out, run.err], [0, "", ""]);
	assert.equal(read(root, "service.yaml"), FIXED);
});

test("a folder that cannot be written to is said, and the exit code is 2", { skip: process.getuid?.() === 0 }, (context) => {
	const root = folder(context, { "service.yaml": QUOTED, "deployment.yaml": WEB });
	chmodSync(root, 0o555);
	const run = portolan(root, ["check", "--fix"]);
	chmodSync(root, 0o755);
	assert.equal(run.code, 2);
	assert.match(run.err, /service\.yaml is not fixed: permission denied/);
	assert.equal(read(root, "service.yaml"), QUOTED);
});

test("a process that is killed at any moment leaves each file old or new", (context) => {
	const names = Array.from({ length: 20 }, (_, index) => `s${index}.yaml`);
	const root = folder(context, Object.fromEntries(names.map((name) => [name, QUOTED.replace("name: web", `name: ${name.slice(0, -5)}`)])));
	const cli = path.resolve("dist/cli.js");
	for (const timeout of [150, 250, 350]) {
		spawnSync(process.execPath, [cli, "check", "--fix"], { cwd: root, timeout, killSignal: "SIGKILL" });
		for (const name of names) {
			const old = QUOTED.replace("name: web", `name: ${name.slice(0, -5)}`);
			assert.ok([old, old.replace('"8080"', "8080")].includes(read(root, name)), name);
		}
	}
});
