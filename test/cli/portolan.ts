import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Run {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

const CLI = path.resolve("dist/cli.js");

/** Runs the built command in a folder, as a process whose streams are pipes. */
export function portolan(cwd: string, args: readonly string[], input: string | Uint8Array = ""): Run {
	assert.ok(existsSync(CLI), `${CLI} is missing: run npm run build first`);
	const run = spawnSync(process.execPath, [CLI, ...args], { cwd, input, encoding: "utf8", maxBuffer: 2 ** 28, timeout: 60_000 });
	return { code: run.status, out: run.stdout, err: run.stderr };
}

/** Standard output as JSON, after making sure of the exit code. */
export function json<T>(run: Run, code: number): T {
	assert.equal(run.code, code, run.err);
	return JSON.parse(run.out) as T;
}

/** A new folder with some files, gone when the test is over. */
export function folder(context: { after(done: () => void): void }, files: Readonly<Record<string, string | Uint8Array>>): string {
	const root = realpathSync(mkdtempSync(path.join(tmpdir(), "portolan-")));
	context.after(() => rmSync(root, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(root, name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
	}
	return root;
}
