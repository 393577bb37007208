import assert from "node:assert/strict";
import { test } from "node:test";
import { type Snapshot, settingsOf, withBase } from "../../server/src/links/snapshot.ts";
import { allUnits, unitsOf } from "../../server/src/links/units.ts";
import { readConfigurationFile } from "../../server/src/settings/configurationFile.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/src/settings/settings.ts";
import { STDIN } from "../../server/src/units/folder.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

/** What names a configuration in these tests: the domain that it sets. */
function domained(domain: string): Settings {
	return { ...DEFAULT_SETTINGS, cluster: { ...DEFAULT_SETTINGS.cluster, domain } };
}

function domainOf(snapshot: Snapshot, path: string): string | undefined {
	const [unit] = unitsOf(snapshot, `${path}/web.yaml`);
	return unit && settingsOf(snapshot, unit).cluster.domain;
}

/** A workspace with a Service in each of these folders, and configurations by folder. */
function workspace(folders: readonly string[], configurations: Readonly<Record<string, string>>): Snapshot {
	const services = folders.map((folder) => [`${folder}/web.yaml`.replace(/^\//, ""), SERVICE] as const);
	const files = Object.entries(configurations).map(([folder, text]) => [`${folder}/.portolan.yaml`.replace(/^\//, ""), text] as const);
	return snapshotOf(new Map([...services, ...files]), domained("editor"));
}

const sets = (domain: string) => `cluster: { domain: ${domain} }\n`;

const cases: {
	title: string;
	configurations: Readonly<Record<string, string>>;
	tops?: readonly string[];
	/** The domain that holds in each folder. */
	holds: Readonly<Record<string, string>>;
}[] = [
	{ title: "without a file what is set elsewhere holds", configurations: {}, holds: { "/a/b": "editor" } },
	{
		title: "the nearest file upwards holds",
		configurations: { "": sets("outer"), "/a": sets("inner") },
		holds: { "": "outer", "/a": "inner", "/a/b": "inner", "/c": "outer" },
	},
	{
		title: "it holds whole: what it leaves out is the default, not what an outer file or the editor has set",
		configurations: { "": sets("outer"), "/a": "exclude: [x]\n" },
		holds: { "/a/b": "cluster.local", "/c": "outer" },
	},
	{
		title: "the search ends at a top",
		configurations: { "": sets("outer") },
		tops: ["/ws/a"],
		holds: { "": "outer", "/a": "top", "/a/b": "top", "/c": "outer" },
	},
	{
		title: "the file of a top itself holds",
		configurations: { "/a": sets("own") },
		tops: ["/ws/a"],
		holds: { "/a/b": "own", "/c": "editor" },
	},
	{
		title: "a file that cannot be parsed sets nothing and hides those above it",
		configurations: { "": sets("outer"), "/a": "cluster: [\n" },
		tops: ["/ws"],
		holds: { "/a/b": "top", "/c": "outer" },
	},
	{ title: "a file of another name is none", configurations: { "/a": "" }, holds: { "/a": "cluster.local", "/b": "editor" } },
];
for (const { title, configurations, tops = [], holds } of cases) {
	test(title, () => {
		const before = workspace(Object.keys(holds), configurations);
		const base = { settings: domained("editor"), tops: new Map(tops.map((top) => [top, domained("top")])) };
		const snapshot = withBase(before, base);
		assert.deepEqual(Object.fromEntries(Object.keys(holds).map((path) => [path, domainOf(snapshot, `/ws${path}`)])), holds);
	});
}

test("a fixed configuration holds everywhere, and others do not", () => {
	const fixed = readConfigurationFile(openFile("/elsewhere/ci.yaml", sets("fixed")));
	const base = { settings: DEFAULT_SETTINGS, tops: new Map([["/ws", domained("top")]]), fixed };
	const snapshot = withBase(workspace(["/a", "/b"], { "/a": sets("own") }), base);
	assert.deepEqual([domainOf(snapshot, "/ws/a"), domainOf(snapshot, "/ws/b")], ["fixed", "fixed"]);
	assert.deepEqual(
		[...allUnits(snapshot)].map(({ configuration }) => configuration),
		[undefined, undefined],
	);
});

test("for standard input the configuration of its home holds", () => {
	const base = { settings: domained("editor"), tops: new Map([["/ws", domained("top")]]), home: "/ws/a/b" };
	const files = new Map([["a/.portolan.yaml", sets("home")]]);
	const snapshot = withBase(snapshotOf(files), base);
	const file = openFile(STDIN, SERVICE);
	const folders = new Map(snapshot.folders).set("-", { path: "-", files: new Map([[STDIN, file]]), skipped: [] });
	const [unit] = unitsOf({ ...snapshot, folders }, STDIN);
	assert(unit);
	assert.equal(settingsOf(snapshot, unit).cluster.domain, "home");
});

test("a configuration stands in the unit of its folder, and is no manifest", () => {
	const snapshot = snapshotOf(cutFiles("#- a/.portolan.yaml\nkind: Service\n#- a/web.yaml\nkind: Service\napiVersion: v1\n"));
	const [unit, ...others] = allUnits(snapshot);
	assert.deepEqual(others, []);
	assert.equal(unit?.configuration?.uri, "/ws/a/.portolan.yaml");
	assert.deepEqual(
		unit.manifests.map(({ source }) => source.uri),
		["/ws/a/web.yaml"],
	);
	assert.deepEqual(unitsOf(snapshot, "/ws/a/.portolan.yaml"), [unit]);
});
