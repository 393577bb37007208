import assert from "node:assert/strict";
import { test } from "node:test";
import { type DiscoverOptions, discover } from "../../server/src/session/discover.ts";
import { excludeOn } from "../../server/src/session/exclude.ts";
import { MemoryDisk, type Stored } from "../support/memoryDisk.ts";

/** Walks `/ws` (or other roots) and gives what is found. */
async function found(files: Record<string, Stored>, options: DiscoverOptions & { roots?: string[] } = {}): Promise<string[]> {
	const names: string[] = [];
	for await (const folder of discover(new MemoryDisk(files), options.roots ?? ["/ws"], options)) {
		if (folder.skipped !== undefined) names.push(`${folder.path}: ${folder.skipped}`);
		names.push(...folder.files);
	}
	return names;
}

test("YAML, JSON and kustomizations are found, in order, and nothing else", async () => {
	const files = ["/ws/b.yml", "/ws/a.yaml", "/ws/c.json", "/ws/Kustomization", "/ws/README.md", "/ws/x/Chart.yaml", "/ws/x/notes.yaml.bak"];
	assert.deepEqual(await found(Object.fromEntries(files.map((name) => [name, ""]))), [
		"/ws/Kustomization",
		"/ws/a.yaml",
		"/ws/b.yml",
		"/ws/c.json",
		"/ws/x/Chart.yaml",
	]);
});

test("node_modules and .git are left out, other folders that begin with a dot are not", async () => {
	const files = { "/ws/node_modules/a.yaml": "", "/ws/.git/b.yaml": "", "/ws/.github/c.yaml": "" };
	assert.deepEqual(await found(files), ["/ws/.github/c.yaml"]);
});

const ignored: { title: string; files: Record<string, Stored>; gives: string[]; roots?: string[] }[] = [
	{
		title: "a .gitignore leaves out files and folders",
		files: { "/ws/.gitignore": "out/\n*.tmp.yaml\n", "/ws/out/a.yaml": "", "/ws/b.tmp.yaml": "", "/ws/c.yaml": "" },
		gives: ["/ws/c.yaml"],
	},
	{
		title: "an inner .gitignore takes back what an outer one leaves out",
		files: { "/ws/.gitignore": "*.yaml\n", "/ws/k8s/.gitignore": "!keep.yaml\n", "/ws/k8s/keep.yaml": "", "/ws/k8s/other.yaml": "" },
		gives: ["/ws/k8s/keep.yaml"],
	},
	{
		title: "an anchored pattern holds in its own folder only",
		files: { "/ws/.gitignore": "/a.yaml\n", "/ws/a.yaml": "", "/ws/deep/a.yaml": "" },
		gives: ["/ws/deep/a.yaml"],
	},
	{
		title: "the .gitignore files up to the repository's root hold in a root below it",
		files: { "/repo/.git/HEAD": "", "/repo/.gitignore": "secret.yaml\n", "/repo/app/secret.yaml": "", "/repo/app/web.yaml": "" },
		roots: ["/repo/app"],
		gives: ["/repo/app/web.yaml"],
	},
	{
		title: "a .gitignore above the repository does not hold in it",
		files: { "/.gitignore": "*.yaml\n", "/repo/.git/HEAD": "", "/repo/app/web.yaml": "" },
		roots: ["/repo/app"],
		gives: ["/repo/app/web.yaml"],
	},
	{
		title: "a root that is ignored itself is walked all the same",
		files: { "/repo/.git/HEAD": "", "/repo/.gitignore": "out/\n", "/repo/out/k8s/web.yaml": "" },
		roots: ["/repo/out/k8s"],
		gives: ["/repo/out/k8s/web.yaml"],
	},
	{
		title: "the repository's own exclude file holds",
		files: { "/ws/.git/info/exclude": "mine.yaml\n", "/ws/mine.yaml": "", "/ws/ours.yaml": "" },
		gives: ["/ws/ours.yaml"],
	},
	{
		title: "names differ by case",
		files: { "/ws/.gitignore": "Web.yaml\n", "/ws/web.yaml": "" },
		gives: ["/ws/web.yaml"],
	},
];
for (const { title, files, gives, ...options } of ignored) test(title, async () => assert.deepEqual(await found(files, options), gives));

const layers = { "/ws/a/archive/x.yaml": "", "/ws/archive/y.yaml": "", "/ws/b.json": "", "/ws/a/c.json": "", "/ws/a/d.yaml": "" };

test("what the editor hides is left out, relative to the root", async () => {
	assert.deepEqual(await found(layers, { hidden: () => ["**/archive/**", "*.json"] }), ["/ws/a/c.json", "/ws/a/d.yaml"]);
});

/** What the files of a disk exclude, and what a root does without one. */
function configured(files: Record<string, Stored>, globs: readonly string[] = []): DiscoverOptions {
	return { configured: { at: (root) => ({ folder: root, globs }), in: (folder) => excludeOn(new MemoryDisk(files), folder) } };
}

const excluding: { title: string; files: Record<string, Stored>; globs?: string[]; gives: string[]; roots?: string[] }[] = [
	{
		title: "what is set for a root is left out, relative to it",
		files: layers,
		globs: ["**/archive/**", "*.json"],
		gives: ["/ws/a/c.json", "/ws/a/d.yaml"],
	},
	{
		title: "what a configuration excludes is left out, relative to its folder, and what is set for the root does not hold",
		files: { ...layers, "/ws/.portolan.yaml": "exclude: [a/archive, '*.json']\n" },
		globs: ["**/*.yaml"],
		gives: ["/ws/.portolan.yaml", "/ws/a/c.json", "/ws/a/d.yaml", "/ws/archive/y.yaml"],
	},
	{
		title: "an inner configuration takes the place of the outer one",
		files: { ...layers, "/ws/.portolan.yaml": "exclude: ['**/*.json']\n", "/ws/a/.portolan.yaml": "exclude: [d.yaml]\n" },
		gives: ["/ws/.portolan.yaml", "/ws/a/.portolan.yaml", "/ws/a/c.json", "/ws/a/archive/x.yaml", "/ws/archive/y.yaml"],
	},
	{
		title: "where a configuration cannot be parsed what is set for the root holds",
		files: { ...layers, "/ws/.portolan.yaml": "exclude: [a\n" },
		globs: ["**/*.json"],
		gives: ["/ws/.portolan.yaml", "/ws/a/d.yaml", "/ws/a/archive/x.yaml", "/ws/archive/y.yaml"],
	},
	{
		title: "a configuration is read whoever else is to see it",
		files: {
			"/ws/.gitignore": ".portolan.yaml\n",
			"/ws/.portolan.yaml": "exclude: [a.yaml, .portolan.yaml]\n",
			"/ws/a.yaml": "",
			"/ws/b.yaml": "",
		},
		gives: ["/ws/.portolan.yaml", "/ws/b.yaml"],
	},
];
for (const { title, files, globs, gives } of excluding) {
	test(title, async () => assert.deepEqual(await found(files, configured(files, globs)), gives));
}

test("a folder that cannot be listed is said, and the others are found", async () => {
	const files = { "/ws/locked/": { skipped: "permission denied" }, "/ws/locked/x": "", "/ws/open/a.yaml": "" };
	assert.deepEqual(await found(files), ["/ws/locked: permission denied", "/ws/open/a.yaml"]);
});

test("roots that lie in each other give each file once", async () => {
	assert.deepEqual(await found({ "/ws/a/b.yaml": "", "/ws/c.yaml": "" }, { roots: ["/ws/a", "/ws"] }), ["/ws/a/b.yaml", "/ws/c.yaml"]);
});

test("a folder alone is found with all that holds above it, without listing what lies beside it", async () => {
	const files = { "/ws/.gitignore": "x.yaml\n", "/ws/a/x.yaml": "", "/ws/a/y.yaml": "", "/ws/a/deep/z.yaml": "", "/ws/b/w.yaml": "" };
	const disk = new MemoryDisk(files);
	const folders = [];
	for await (const folder of discover(disk, ["/ws"], { within: [{ path: "/ws/a", deep: false }] })) folders.push(...folder.files);
	assert.deepEqual(folders, ["/ws/a/y.yaml"]);
	assert.deepEqual(disk.lists, ["/ws", "/ws/a"]);
	assert.deepEqual(await found(files, { within: [{ path: "/ws/a", deep: true }] }), ["/ws/a/y.yaml", "/ws/a/deep/z.yaml"]);
	assert.deepEqual(await found({ ...files, "/ws/.gitignore": "a/\n" }, { within: [{ path: "/ws/a", deep: true }] }), []);
});

test("walking ends when it is aborted", async () => {
	const abort = new AbortController();
	const names: string[] = [];
	for await (const { path } of discover(new MemoryDisk({ "/ws/a/x.yaml": "", "/ws/b/x.yaml": "" }), ["/ws"], { signal: abort.signal })) {
		names.push(path);
		abort.abort();
	}
	assert.deepEqual(names, ["/ws/a"]);
});
