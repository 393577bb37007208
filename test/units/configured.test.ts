import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { Near } from "../../server/src/links/near.ts";
import { type Snapshot, withFolders } from "../../server/src/links/snapshot.ts";
import { allUnits, unitsOf } from "../../server/src/links/units.ts";
import { isWorkload } from "../../server/src/model/manifest.ts";
import { nameOf } from "../../server/src/model/object.ts";
import { objectIndex } from "../../server/src/units/indexes.ts";
import { textAt } from "../../server/src/units/kustomize/resource.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} } }\n`;

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: x }] }
`;

/** Files with one Service each, called as the file. */
function services(...names: readonly string[]): string {
	return names.map((name) => `#- ${name}.yaml\n${service(name.replaceAll("/", "-"))}`).join("");
}

/** The units that hold something, with the names of their objects. */
function holdings(snapshot: Snapshot): Record<string, readonly (string | undefined)[]> {
	const units = [...allUnits(snapshot)].filter(({ objects }) => objects.length > 0);
	return Object.fromEntries(units.map((unit) => [`${unit.kind} ${unit.name}`, unit.objects.map(nameOf)]));
}

function unitNamed(snapshot: Snapshot, name: string): Unit {
	const unit = [...allUnits(snapshot)].find((candidate) => candidate.kind === "configured" && candidate.name === name);
	assert(unit, `no unit ${name}`);
	return unit;
}

const cases: { title: string; files: string; units: Record<string, readonly string[]> }[] = [
	{
		title: "folders are taken with all below them, and what is taken leaves its own folder's unit",
		files: `#- .portolan.yaml\nunits: [{ name: shop, paths: [apps/shop, infra] }]\n${services("apps/shop/a", "apps/shop/deep/b", "apps/c", "infra/d", "e")}`,
		units: { "configured shop": ["apps-shop-a", "apps-shop-deep-b", "infra-d"], "plain /ws/apps": ["apps-c"], "plain /ws": ["e"] },
	},
	{
		title: "files are taken alone",
		files: `#- .portolan.yaml\nunits: [{ name: shop, paths: [a.yaml, deep/b.yaml] }]\n${services("a", "c", "deep/b", "deep/d")}`,
		units: { "configured shop": ["a", "deep-b"], "plain /ws": ["c"], "plain /ws/deep": ["deep-d"] },
	},
	{
		title: "a file may belong to several units",
		files: `#- .portolan.yaml\nunits: [{ name: one, paths: [a, both] }, { name: two, paths: [both, b] }]\n${services("a/x", "both/y", "b/z")}`,
		units: { "configured one": ["a-x", "both-y"], "configured two": ["b-z", "both-y"] },
	},
	{
		title: "a folder whose name only begins alike is another one",
		files: `#- .portolan.yaml\nunits: [{ name: shop, paths: [app] }]\n${services("app/a", "apps/b")}`,
		units: { "configured shop": ["app-a"], "plain /ws/apps": ["apps-b"] },
	},
	{
		title: "paths are relative to the folder of the configuration, and . is that folder",
		files: `#- team/.portolan.yaml\nunits: [{ name: all, paths: [.] }]\n${services("team/a", "team/deep/b", "other/c")}`,
		units: { "configured all": ["team-a", "team-deep-b"], "plain /ws/other": ["other-c"] },
	},
	{
		title: "where another configuration is nearer the outer one takes nothing",
		files: `#- .portolan.yaml\nunits: [{ name: outer, paths: [a] }]\n#- a/b/.portolan.yaml\nunits: [{ name: inner, paths: [x.yaml] }]\n${services("a/w", "a/b/x", "a/b/y")}`,
		units: { "configured outer": ["a-w"], "configured inner": ["a-b-x"], "plain /ws/a/b": ["a-b-y"] },
	},
	{
		title: "templates of a chart are no manifests here either",
		files: `#- .portolan.yaml\nunits: [{ name: shop, paths: [a, chart] }]\n#- chart/Chart.yaml\nname: x\n${services("a/x", "chart/templates/y")}`,
		units: { "configured shop": ["a-x"] },
	},
];
for (const { title, files, units } of cases) {
	test(title, () => {
		const sorted = (all: Record<string, readonly (string | undefined)[]>) =>
			Object.fromEntries(Object.entries(all).map(([name, objects]) => [name, [...objects].sort()]));
		assert.deepEqual(sorted(holdings(snapshotOf(cutFiles(files)))), sorted(units));
	});
}

test("a Service finds its Pods across the folders of a unit", () => {
	const files = `#- .portolan.yaml\nunits: [{ name: shop, paths: [a, b] }]\n#- a/s.yaml\n${service("web")}#- b/d.yaml\n${deployment("web")}`;
	const { services, selection } = linksOf(unitNamed(snapshotOf(cutFiles(files)), "shop"));
	assert.deepEqual(
		services.map((one) => selection(one).workloads.map(nameOf)),
		[["web"]],
	);
});

test("files that define one object are no alternatives where the user says that they are deployed together", () => {
	const files = `#- .portolan.yaml\nunits: [{ name: shop, paths: [a, b] }]\n${services("a/x")}#- b/x.yaml\n${service("a-x")}`;
	assert.equal(unitNamed(snapshotOf(cutFiles(files)), "shop").areAlternatives("/ws/a/x.yaml", "/ws/b/x.yaml"), false);
});

test("what is missing or not rendered leaves a gap that names it", () => {
	const units = "[{ name: shop, paths: [a, gone, gone.yaml] }, { name: k, kustomize: k }, { name: h, helm: h }]";
	const snapshot = snapshotOf(cutFiles(`#- .portolan.yaml\nunits: ${units}\n${services("a/x")}`));
	const gaps = (name: string) => unitNamed(snapshot, name).gaps.map(({ uri, reason }) => `${uri}: ${reason}`);
	assert.deepEqual(gaps("shop"), ["/ws/gone: there is no manifest", "/ws/gone.yaml: there is no manifest"]);
	assert.deepEqual(gaps("k"), ["/ws/k: there is no manifest"]);
	assert.deepEqual(gaps("h"), ["/ws/h: there is no manifest"]);
	assert.equal(unitNamed(snapshot, "shop").complete, false);
});

test("a chart is rendered with the values and the release that a configured unit names, and no other way", () => {
	const snapshot = snapshotOf(
		cutFiles(`#- .portolan.yaml
units: [{ name: api, helm: chart, values: [values-prod.yaml], release: mine, namespace: shop }]
#- chart/Chart.yaml
name: web
version: 1.0.0
#- chart/values-prod.yaml
port: 81
#- chart/templates/s.yaml
apiVersion: v1
kind: Service
metadata: { name: "{{ .Release.Name }}-{{ .Values.port }}", namespace: "{{ .Release.Namespace }}" }
`),
	);
	assert.deepEqual(holdings(snapshot), { "configured api": ["mine-81"] });
});

test("what a chart prints without a namespace stands in the one that a configured unit names, and what belongs to a whole cluster in none", () => {
	const namespaces = (namespace: string) => {
		const snapshot = snapshotOf(
			cutFiles(`#- .portolan.yaml
units: [{ name: api, helm: chart${namespace} }]
#- chart/Chart.yaml
name: web
version: 1.0.0
#- chart/templates/s.yaml
${service("a")}---
apiVersion: v1
kind: Service
metadata: { name: b, namespace: other }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: c }
`),
		);
		const objects = unitNamed(snapshot, "api").renderings.flatMap((rendering) => rendering.objects);
		return objects.map(({ root }) => [textAt(root, "metadata", "name"), textAt(root, "metadata", "namespace")]);
	};
	assert.deepEqual(namespaces(", namespace: shop"), [
		["c", ""],
		["a", "shop"],
		["b", "other"],
	]);
	assert.deepEqual(namespaces(""), [
		["c", ""],
		["a", ""],
		["b", "other"],
	]);
});

test("a unit is the same for as long as its files are", () => {
	const snapshot = snapshotOf(cutFiles(`#- .portolan.yaml\nunits: [{ name: shop, paths: [a] }]\n${services("a/x", "b/y")}`));
	const changed = (name: string): Snapshot => {
		const file = openFile(`/ws/${name}`, service("new"));
		const path = file.uri.slice(0, file.uri.lastIndexOf("/"));
		const files = new Map(snapshot.folders.get(path)?.files).set(file.uri, file);
		return withFolders(snapshot, new Map([[path, { path, files, skipped: [] }]]));
	};
	const before = unitNamed(snapshot, "shop");
	assert.equal(unitNamed(changed("b/y.yaml"), "shop"), before);
	assert.equal(unitNamed(changed("c/new.yaml"), "shop"), before);
	assert.notEqual(unitNamed(changed("a/x.yaml"), "shop"), before);
	assert.deepEqual(unitNamed(changed("a/new.yaml"), "shop").objects.map(nameOf), ["new", "a-x"]);
});

const OBJECTS = objectIndex((object) => [["", object]]);

test("a unit of folders beside is near by", () => {
	const snapshot = snapshotOf(cutFiles(`#- .portolan.yaml\nunits: [{ name: shop, paths: [p/a] }]\n${services("p/a/x", "p/b/y")}`));
	const [folder] = unitsOf(snapshot, "/ws/p/b/y.yaml");
	assert(folder);
	const shop = unitNamed(snapshot, "shop");
	const near = (unit: Unit) => new Near(snapshot, unit).find(OBJECTS, "").map(nameOf);
	assert.deepEqual([near(folder), near(shop)], [["p-a-x"], ["p-b-y"]]);
});

const app = `apiVersion: example.org/v1
kind: MyApp
metadata: { name: web }
spec:
  pods:
    template:
      metadata: { labels: { app: web } }
      spec: { containers: [{ name: app, image: x, ports: [{ containerPort: 80 }] }] }
`;

test("a custom resource is a workload where its kind is configured", () => {
	const workloads = (configuration: string): readonly unknown[] => {
		const snapshot = snapshotOf(cutFiles(`#- .portolan.yaml\n${configuration}\n#- a/app.yaml\n${app}`));
		return unitsOf(snapshot, "/ws/a/app.yaml").flatMap(({ objects }) =>
			objects.filter(isWorkload).map((one) => one.template.containers.length),
		);
	};
	assert.deepEqual(workloads("workloads: [{ kind: MyApp, podTemplate: spec.pods.template }]"), [1]);
	assert.deepEqual(workloads("workloads: [{ kind: MyApp, podTemplate: spec.template }]"), []);
	assert.deepEqual(workloads("workloads: [{ kind: Other, podTemplate: spec.pods.template }]"), []);
	assert.deepEqual(workloads("exclude: []"), []);
});

test("a kind of Kubernetes keeps its template, whatever is configured", () => {
	const files = `#- .portolan.yaml\nworkloads: [{ kind: Deployment, podTemplate: spec }]\n#- d.yaml\n${deployment("web")}`;
	const [unit] = unitsOf(snapshotOf(cutFiles(files)), "/ws/d.yaml");
	assert.deepEqual(
		unit?.objects.filter(isWorkload).map(({ custom, template }) => [custom, template.containers.length]),
		[[false, 1]],
	);
});

test("a chart that comes to be in a folder of a configured unit is a part of it at once", () => {
	const snapshot = snapshotOf(cutFiles(`#- .portolan.yaml\nunits: [{ name: all, paths: [a] }]\n${services("a/x")}`));
	assert.deepEqual(unitNamed(snapshot, "all").renderings.length, 0);
	const folder = snapshot.folders.get("/ws/a");
	assert.ok(folder);
	const file = openFile("/ws/a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n");
	const files = new Map(folder.files).set(file.uri, file);
	const after = withFolders(snapshot, new Map([["/ws/a", { ...folder, files }]]));
	assert.deepEqual(
		unitNamed(after, "all").renderings.map(({ root }) => root.path),
		["/ws/a"],
	);
});
