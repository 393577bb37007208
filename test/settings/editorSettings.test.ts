import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_OPTIONS, readEditorSettings } from "../../server/src/settings/editorSettings.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";

for (const section of [undefined, null, 1, "portolan", [], {}, { rules: null, cluster: {}, exclude: [], problems: "", codeLens: null }]) {
	test(`nothing is set by ${JSON.stringify(section)}`, () => {
		assert.deepEqual(readEditorSettings(section), DEFAULT_EDITOR_SETTINGS);
	});
}

test("what an editor has set is read as a configuration is", () => {
	const { settings, options, faults } = readEditorSettings({
		rules: { "invalid-yaml": "off", "wrong-type": "warn" },
		cluster: { version: "1.35", nodes: ["10.0.0.1"], podCIDR: [], proxy: { mode: "ipvs" } },
		exclude: ["**/old/**"],
		units: [{ name: "shop", paths: ["a", "b"] }],
		workloads: [{ kind: "MyApp", podTemplate: "spec.template" }],
		rendering: { steps: 5_000_000, output: null },
		problems: "openFiles",
		codeLens: "off",
		inlayHints: "all",
		trace: { server: "verbose" },
		helm: { path: "/usr/bin/helm" },
		kustomize: { path: "" },
	});
	assert.deepEqual(faults, []);
	assert.deepEqual(options, { problems: "openFiles", codeLens: "off", inlayHints: "all" });
	assert.deepEqual(settings.rules, { "invalid-yaml": "off", "wrong-type": "warning" });
	assert.deepEqual(settings.cluster.version, { from: 35, to: 35 });
	assert.deepEqual([settings.cluster.podCIDR, settings.cluster.proxy.mode, settings.cluster.nodes.length], [[], "ipvs", 1]);
	assert.deepEqual(settings.rendering, { ...DEFAULT_SETTINGS.rendering, steps: 5_000_000 });
	assert.deepEqual([settings.exclude, settings.units.length, settings.workloads.length], [["**/old/**"], 1, 1]);
});

test("a range of node ports that an editor tells as its default is not set", () => {
	const range = (nodePortRange: string) => readEditorSettings({ cluster: { nodePortRange } }).settings.cluster.nodePortRange;
	assert.equal(range("30000-32767").configured, false);
	assert.equal(range("31000-32767").configured, true);
});

test("what has no reading is said in words, and the rest holds", () => {
	const { settings, options, faults } = readEditorSettings({
		rules: { a: "loud" },
		cluster: { version: 2, domain: "k8s.local" },
		problems: "all",
		codeLens: true,
		sails: 3,
	});
	assert.deepEqual(
		[settings.rules, settings.cluster.version, settings.cluster.domain, options],
		[{}, DEFAULT_SETTINGS.cluster.version, "k8s.local", DEFAULT_OPTIONS],
	);
	assert.equal(faults.length, 5);
	for (const fault of faults) assert.match(fault, /^portolan: /);
});
