import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { listFiles } from "@vscode/vsce";
import { RULES } from "../server/src/rules/list.ts";

const root = process.cwd();
const files = packaged();

test("the package holds what runs, a page for each rule and nothing else", async () => {
	const fixed: string[] = JSON.parse(fs.readFileSync(path.join(root, "test/e2e/contents.json"), "utf8"));
	const pages = RULES.map((rule) => `docs/rules/${rule.name}.md`);
	assert.deepEqual((await files).sort(), [...fixed, ...pages].sort());
});

test("the package holds every file that its manifest names", async () => {
	const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
	const contributed = JSON.stringify(manifest.contributes).match(/(?<=")\.\/[^"]+(?=")/g) ?? [];
	const named: string[] = [manifest.main, manifest.icon, ...Object.values<string>(manifest.bin), ...contributed];
	const present = await files;
	assert.deepEqual(
		named.map((file) => path.posix.normalize(file)).filter((file) => !present.includes(file)),
		[],
	);
});

test("the server leaves out what only pages and the command print about rules", () => {
	const [server, cli] = [SERVER.map(bundle).join("\n"), bundle("cli-commands")];
	const holding = (text: string) => RULES.filter(({ why }) => text.includes(JSON.stringify(why).slice(1, -1))).map(({ name }) => name);
	assert.deepEqual(holding(server), []);
	assert.ok(holding(cli).length > RULES.length / 2);
});

/** What each bundle of the server holds that no other one does, and the server does not load when it starts. */
const LATER: Readonly<Record<string, readonly string[]>> = {
	"server-answers": ["features/hover.ts", "features/codeActions.ts", "features/codeLens.ts", "features/definition.ts", "reach/rows.ts"],
	"server-renderers": [
		"re2js",
		"fflate",
		"dockerfile-ast",
		"units/helm/chart/render.ts",
		"units/helm/template/execute.ts",
		"units/kustomize",
	],
	"server-yaml": ["yaml/recover.ts", "yaml/write.ts", "node_modules/yaml"],
};

const SERVER = ["server", "server-core", "server-shared", ...Object.keys(LATER)];

test("the server starts without what renders, what answers other requests than for findings and what reads broken documents", () => {
	const holding = (text: string, parts: readonly string[]) =>
		parts.filter((part) => new RegExp(`^ *// [^:]*\\b${part}\\b`, "m").test(text));
	for (const [name, parts] of Object.entries(LATER))
		for (const other of SERVER) assert.deepEqual(holding(bundle(other), parts), other === name ? parts : [], `${name} in ${other}`);
});

function bundle(name: string): string {
	return fs.readFileSync(path.join(root, `dist/${name}.js`), "utf8");
}

/** What the packager takes. It looks at each file one by one, so what is large and never packaged is kept from its eyes. */
async function packaged(): Promise<string[]> {
	const view = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-package-"));
	const unseen = new Set([".git", ".vscode-test", "node_modules"].map((name) => path.join(root, name)));
	try {
		fs.cpSync(root, view, { recursive: true, filter: (file) => !unseen.has(file) });
		return await listFiles({ cwd: view });
	} finally {
		fs.rmSync(view, { recursive: true, force: true });
	}
}
