import assert from "node:assert/strict";
import { test } from "node:test";
import { Near } from "../../server/src/links/near.ts";
import { type Snapshot, withFolders } from "../../server/src/links/snapshot.ts";
import { allUnits, unitsOf } from "../../server/src/links/units.ts";
import { describe, nameOf } from "../../server/src/model/object.ts";
import { baseName, folderOf, resolvePath } from "../../server/src/units/folder.ts";
import { objectIndex } from "../../server/src/units/indexes.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { sees } from "../../server/src/units/unit.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

function service(name: string, more = ""): string {
	return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${more} }\n`;
}

function snapshot(block: string): Snapshot {
	return snapshotOf(cutFiles(block));
}

function unit(of: Snapshot, path: string): Unit {
	const found = [...allUnits(of)].find((candidate) => candidate.path === path);
	assert.ok(found, path);
	return found;
}

function names({ objects }: Unit): readonly string[] {
	return objects.map((object) => nameOf(object) ?? describe(object));
}

test("the files of one folder are one unit, and other folders others", () => {
	const of = snapshot(`#- a.yaml\n${service("a")}#- b.yml\n${service("b")}#- below/c.yaml\n${service("c")}`);
	assert.deepEqual(
		[...allUnits(of)].map((found) => [found.path, found.kind, found.complete, names(found)]),
		[
			["/ws", "plain", true, ["a", "b"]],
			["/ws/below", "plain", true, ["c"]],
		],
	);
	assert.deepEqual(unitsOf(of, "/ws/b.yml"), [unit(of, "/ws")]);
	assert.deepEqual(unitsOf(of, "/ws/unknown.yaml"), []);
	assert.deepEqual(unitsOf(of, "/elsewhere/a.yaml"), []);
});

test("a unit is the same one until something in its folder or in its role changes", () => {
	const of = snapshot(`#- x/a.yaml\n${service("a")}#- y/b.yaml\n${service("b")}`);
	const changed = openFile("/ws/x/a.yaml", service("z"));
	const after = withFolders(of, new Map([["/ws/x", { path: "/ws/x", files: new Map([[changed.uri, changed]]), skipped: [] }]]));
	assert.equal(unit(of, "/ws/x"), unit(of, "/ws/x"));
	assert.equal(unit(after, "/ws/y"), unit(of, "/ws/y"));
	assert.deepEqual(names(unit(after, "/ws/x")), ["z"]);
	assert.deepEqual(
		[...allUnits(withFolders(after, new Map([["/ws/x", undefined]])))].map(({ path }) => path),
		["/ws/y"],
	);
	const kustomization = openFile("/ws/z/kustomization.yaml", "patches: [{ path: ../y/b.yaml }]\n");
	const patched = withFolders(
		of,
		new Map([["/ws/z", { path: "/ws/z", files: new Map([[kustomization.uri, kustomization]]), skipped: [] }]]),
	);
	assert.deepEqual(names(unit(patched, "/ws/y")), []);
});

test("a gap is a file that could not be read, and a document that is broken; the unit is not complete then", () => {
	const of = snapshot(`#- a.yaml\n${service("a")}---\nkind: Service\noops\n#- b.yaml\nnot: [a manifest\n`);
	const folder = of.folders.get("/ws");
	assert.ok(folder);
	const found = unit(withFolders(of, new Map([["/ws", { ...folder, skipped: [{ uri: "/ws/c.yaml", reason: "too large" }] }]])), "/ws");
	assert.deepEqual(
		found.gaps.map(({ uri, at }) => [uri, at?.source.text.slice(0, 3)]),
		[
			["/ws/a.yaml", "---"],
			["/ws/c.yaml", undefined],
		],
	);
	assert.equal(found.complete, false);
	assert.deepEqual(names(found), ["a"]);
});

const TEMPLATES: readonly (readonly [title: string, text: string, template: boolean])[] = [
	["a line that begins with {{", `{{- if .x }}\n${service("a")}{{- end }}\n`, true],
	["an indented line that begins with {{", `${service("a")}spec:\n  {{- toYaml .x }}\n`, true],
	["a line that begins with {%", `{% if x %}\n${service("a")}{% endif %}\n`, true],
	["a {{ value }} without quotes", `${service("a")}spec: { type: {{ .type }} }\n`, true],
	["a {{ value }} in quotes", `${service("a")}spec: { type: "{{ .type }}" }\n`, false],
	["{{ in a comment", `# {{ x }}\n${service("a")}`, false],
	["{{ in a block text", `${service("a", ", annotations: { x: y }")}x: |\n  a {{ b }}\n`, false],
	["{{ where no object is and YAML is broken", `${service("a")}---\nx: {{ y }}\n`, false],
	["a ${value} in a flow map", `${service("a")}spec: { ports: [{ port: ${"${PORT}"} }] }\n`, true],
	["a ${value} in a block", `${service("a")}spec:\n  type: ${"${TYPE}"}\n`, false],
	["a ${value} in a block of what is broken elsewhere", `${service("a")}spec:\n  type: ${"${TYPE}"}\n  oops\n`, false],
	["nothing of that", service("a"), false],
];

for (const [title, text, template] of TEMPLATES) {
	test(`${title} ${template ? "makes" : "makes no"} template`, () => {
		const found = unit(snapshotOf(new Map([["a.yaml", text]])), "/ws");
		assert.deepEqual(names(found), template ? [] : ["a"]);
		assert.equal(
			found.gaps.some(({ reason }) => reason.includes("template")),
			template,
		);
	});
}

test("files that define one object are alternatives and do not see each other, and both see the rest", () => {
	const of = unit(
		snapshot(
			`#- a.yaml\n${service("web")}---\n${service("a")}#- b.yaml\n${service("web", ", namespace: default")}#- c.yaml\n${service("web", ", namespace: shop")}#- d.yaml\n${service("other")}`,
		),
		"/ws",
	);
	const alternatives = (a: string, b: string) => of.areAlternatives(`/ws/${a}.yaml`, `/ws/${b}.yaml`);
	assert.ok(alternatives("a", "b") && alternatives("b", "a"));
	for (const [a, b] of ["aa", "ac", "ad", "bc", "bd", "cd"].map((pair) => [...pair]))
		assert.ok(!alternatives(a ?? "", b ?? ""), `${a}${b}`);
	const [web, own, other] = of.objects;
	assert.ok(web && own && other);
	assert.equal(sees(of, web, own), true);
	assert.equal(sees(of, web, other), false);
	assert.equal(sees(of, own, other), false);
	assert.equal(sees(of, web, of.objects[4] as never), true);
});

const SAME: readonly (readonly [title: string, a: string, b: string, alternatives: boolean])[] = [
	[
		"the same placeholder",
		"apiVersion: v1\nkind: Service\nmetadata: { name: $APP }",
		"apiVersion: v1\nkind: Service\nmetadata: { name: $APP }",
		true,
	],
	[
		"another placeholder",
		"apiVersion: v1\nkind: Service\nmetadata: { name: $APP }",
		"apiVersion: v1\nkind: Service\nmetadata: { name: $WEB }",
		false,
	],
	["a namespace that is a placeholder", service("a", ", namespace: $NS"), service("a"), false],
	["no name", "apiVersion: v1\nkind: Service", "apiVersion: v1\nkind: Service", false],
	["another kind", service("a"), "apiVersion: v1\nkind: Endpoints\nmetadata: { name: a }", false],
	[
		"another kind of the same word",
		service("a"),
		"apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\nspec: { template: { spec: { containers: [] } } }",
		false,
	],
	[
		"an older version",
		"apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: { name: a }",
		"apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }",
		true,
	],
];

for (const [title, a, b, wanted] of SAME) {
	test(`${title} ${wanted ? "makes" : "makes no"} alternatives`, () => {
		const found = unit(
			snapshotOf(
				new Map([
					["a.yaml", a],
					["b.yaml", b],
				]),
			),
			"/ws",
		);
		assert.equal(found.objects.length, 2);
		assert.equal(found.areAlternatives("/ws/a.yaml", "/ws/b.yaml"), wanted);
	});
}

test("what a kustomization uses as something else is no manifest, in whatever folder", () => {
	const files = ["old", "json", "named", "values", "more", "generated", "env", "crds", "config"].map(
		(name) => `#- base/${name}.yaml\n${service(name)}`,
	);
	const of = snapshot(`#- overlay/kustomization.yaml
resources: [../base, https://example.org/x.yaml]
patchesStrategicMerge: [../base/old.yaml, "apiVersion: v1\\nkind: Service\\n"]
patchesJson6902: [{ path: ../base/json.yaml, target: {} }]
patches:
  - path: ../base/./named.yaml
  - patch: "- op: replace"
  - path: https://example.org/patch.yaml
helmCharts: [{ valuesFile: ../base/values.yaml, additionalValuesFiles: [../base/more.yaml] }]
configMapGenerator: [{ files: [key=../base/generated.yaml], envs: [../base/env.yaml] }]
crds: [../base/crds.yaml]
configurations: [../base/config.yaml]
#- base/kustomization.yaml
resources: [web.yaml]
#- base/web.yaml
${service("web")}${files.join("")}`);
	assert.deepEqual(names(unit(of, "/ws/base")), []);
	assert.deepEqual(
		unitsOf(of, "/ws/base/named.yaml").map(({ id }) => id),
		["kustomize:/ws/overlay"],
	);
});

test("a kustomization of any shape is read", () => {
	for (const text of [
		"",
		"~",
		"[]",
		"text",
		"patches: text",
		"patches: [~, text, [a], { path: [a] }, { path: ~ }]",
		"configMapGenerator: { files: a }",
		"helmCharts: [~]",
		"broken: [",
	]) {
		const of = snapshotOf(
			new Map([
				["kustomization.yaml", text || "\n"],
				["a.yaml", service("a")],
			]),
		);
		assert.deepEqual(names(unit(of, "/ws")), ["a"], text);
	}
});

test("nothing of a chart is a plain manifest, and what is beside it is", () => {
	const of = snapshot(
		`#- app/Chart.yaml\nname: app\n#- app/values.yaml\nkind: Service\n#- app/templates/a.yaml\n${service("a")}#- app/crds/b.yaml\n${service("b")}#- plain/c.yaml\n${service("c")}`,
	);
	assert.deepEqual(
		[...allUnits(of)].map((found) => [found.path, found.kind, names(found)]),
		[
			["/ws/app", "chart", []],
			["/ws/app/crds", "chart", []],
			["/ws/app/templates", "chart", []],
			["/ws/plain", "plain", ["c"]],
			["/ws/app", "chart", []],
		],
	);
});

const OBJECTS = objectIndex((object) => [["", object]]);

test("near is what stands in the folders beside, the one above and all below that", () => {
	const of = snapshot(
		["a", "b", "b/c", "b/d/e", "f"].map((folder) => `#- x/${folder}/s.yaml\n${service("s")}`).join("") +
			`#- x/s.yaml\n${service("s")}#- y/s.yaml\n${service("s")}`,
	);
	const near = (path: string) =>
		new Near(of, unit(of, path))
			.find(OBJECTS, "")
			.map(({ source }) => folderOf(source.uri).slice(4))
			.sort();
	assert.deepEqual(near("/ws/x/a"), ["x", "x/b", "x/b/c", "x/b/d/e", "x/f"]);
	assert.deepEqual(near("/ws/x/b/c"), ["x/b", "x/b/d/e"]);
	assert.deepEqual(near("/ws/y"), ["x", "x/a", "x/b", "x/b/c", "x/b/d/e", "x/f"]);
});

test("paths are resolved against a folder, remote ones are not", () => {
	assert.equal(resolvePath("/ws/a", "../b/./c.yaml"), "/ws/b/c.yaml");
	assert.equal(resolvePath("file:///ws/a", "c.yaml"), "file:///ws/a/c.yaml");
	for (const remote of ["https://x/y.yaml", "git@github.com:x/y", "github.com/x/y?ref=v1", "/etc/x.yaml", "ssh://x"])
		assert.equal(resolvePath("/ws", remote), undefined);
	assert.deepEqual(
		[folderOf("/ws/a.yaml"), folderOf("a.yaml"), baseName("/ws/a.yaml"), baseName("a.yaml")],
		["/ws", "", "a.yaml", "a.yaml"],
	);
});
