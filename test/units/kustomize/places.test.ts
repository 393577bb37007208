import assert from "node:assert/strict";
import { test } from "node:test";
import { textAt } from "../../../server/src/text/source.ts";
import { renderKustomization } from "../../../server/src/units/kustomize/render.ts";
import type { Files, RenderedObject } from "../../../server/src/units/rendered.ts";
import { type Node, type ScalarNode, valueAt } from "../../../server/src/yaml/nodes.ts";
import { parseSource } from "../../../server/src/yaml/parse.ts";
import { memoryFiles } from "../../support/unitFiles.ts";
import { cutFiles } from "../../support/workspace.ts";

function filesOf(block: string): Files {
	return memoryFiles("/ws", Object.fromEntries(cutFiles(block)));
}

function rendered(files: Files, folder = "/ws/over"): readonly RenderedObject[] {
	const { objects, gaps } = renderKustomization(files, folder);
	assert.deepEqual(gaps, []);
	return objects;
}

/** A value, the characters that it stands at and their file, and those that it came through. */
function placeOf(object: RenderedObject | undefined, ...path: readonly string[]): readonly unknown[] {
	const node = at(object, ...path) as ScalarNode;
	const via = (node.via ?? []).map((each) => `${each.how} ${textAt(each)} in ${each.source.uri}`);
	return [node.value, `${textAt(node)} in ${node.source.uri}`, ...via];
}

function at(object: RenderedObject | undefined, ...path: readonly string[]): Node | undefined {
	return path.reduce<Node | undefined>(
		(node, part) => (node?.kind === "seq" ? node.items[Number(part)] : valueAt(node, part)),
		object?.root,
	);
}

const BASE = `
#- base/kustomization.yaml
resources: [web.yaml]
#- base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: old
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: main
          image: nginx:1
          envFrom: [{configMapRef: {name: settings}}]
`;

test("what no kustomization touches is the node of its manifest", () => {
	const files = filesOf(`${BASE}#- over/kustomization.yaml\nresources: [../base]\nnamePrefix: x-\nnamespace: prod\n`);
	const [deployment] = rendered(files);
	const source = files.file("/ws/base/web.yaml")?.parts[0]?.source;
	assert.ok(source);
	assert.equal(valueAt(deployment?.root, "spec"), valueAt(parseSource(source).root, "spec"));
	assert.equal(deployment?.uri, "/ws/base/web.yaml");
});

test("a patched value stands in the patch and came through the base", () => {
	const files = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base]
patches: [{path: more.yaml}]
#- over/more.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: old}
spec: {replicas: 3, paused: true}
`);
	const [deployment] = rendered(files);
	assert.deepEqual(placeOf(deployment, "spec", "replicas"), [3, "3 in /ws/over/more.yaml", "base 1 in /ws/base/web.yaml"]);
	assert.deepEqual(placeOf(deployment, "spec", "paused"), [true, "true in /ws/over/more.yaml"]);
	assert.equal(at(deployment, "spec", "template")?.source.uri, "/ws/base/web.yaml");
});

test("a patch that is written in the kustomization has its values there, character for character", () => {
	const files = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: old

      spec:
        replicas: 37
  - target: {kind: Deployment}
    patch: '[{"op": "add", "path": "/spec/paused", "value": "maybe"}]'
`);
	const [deployment] = rendered(files);
	assert.deepEqual(placeOf(deployment, "spec", "replicas"), [37, "37 in /ws/over/kustomization.yaml", "base 1 in /ws/base/web.yaml"]);
	assert.deepEqual(placeOf(deployment, "spec", "paused"), ["maybe", '"maybe" in /ws/over/kustomization.yaml']);
});

test("a namespace, a label, a replica count and an image stand at their entries in the kustomization", () => {
	const files = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base]
namespace: prod
commonLabels: {team: shop}
replicas: [{name: web, count: 5}]
images: [{name: nginx, newTag: "2"}]
`);
	const [deployment] = rendered(files);
	const here = "in /ws/over/kustomization.yaml";
	assert.deepEqual(placeOf(deployment, "metadata", "namespace"), ["prod", `prod ${here}`, "base old in /ws/base/web.yaml"]);
	for (const path of [
		["metadata", "labels"],
		["spec", "selector", "matchLabels"],
		["spec", "template", "metadata", "labels"],
	]) {
		assert.deepEqual(placeOf(deployment, ...path, "team"), ["shop", `shop ${here}`]);
	}
	assert.deepEqual(placeOf(deployment, "spec", "replicas"), [5, `5 ${here}`, "base 1 in /ws/base/web.yaml"]);
	const image = placeOf(deployment, "spec", "template", "spec", "containers", "0", "image");
	assert.deepEqual(image, ["nginx:2", `"2" ${here}`, "base nginx:1 in /ws/base/web.yaml"]);
});

test("a name with a prefix stands where the name is written, and came through the prefixes", () => {
	const files = filesOf(`${BASE}
#- middle/kustomization.yaml
resources: [../base]
namePrefix: m-
#- over/kustomization.yaml
resources: [../middle]
namePrefix: o-
`);
	const [deployment] = rendered(files);
	assert.deepEqual(placeOf(deployment, "metadata", "name"), [
		"o-m-web",
		"web in /ws/base/web.yaml",
		"kustomization o- in /ws/over/kustomization.yaml",
		"kustomization m- in /ws/middle/kustomization.yaml",
	]);
});

test("a reference that follows a generated name stands where it is written", () => {
	const files = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base]
namePrefix: o-
namespace: prod
configMapGenerator: [{name: settings, literals: [LEVEL=debug]}]
`);
	const [settings, deployment] = rendered(files);
	const path = ["spec", "template", "spec", "containers", "0", "envFrom", "0", "configMapRef", "name"];
	const [name, ...place] = placeOf(deployment, ...path);
	assert.match(String(name), /^o-settings-[a-z0-9]{10}$/);
	assert.equal(name, placeOf(settings, "metadata", "name")[0]);
	assert.deepEqual(place, [
		"settings in /ws/base/web.yaml",
		"kustomization settings in /ws/over/kustomization.yaml",
		"kustomization o- in /ws/over/kustomization.yaml",
	]);
	assert.deepEqual(placeOf(settings, "data", "LEVEL"), ["debug", "LEVEL=debug in /ws/over/kustomization.yaml"]);
});

test("a replaced value stands where its source does", () => {
	const files = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base, port.yaml]
replacements:
  - source: {kind: ConfigMap, name: ports, fieldPath: data.count}
    targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]
#- over/port.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: ports}
data: {count: "4"}
`);
	const [, deployment] = rendered(files);
	const [value, place, , before] = placeOf(deployment, "spec", "replicas");
	assert.deepEqual([value, place, before], [4, '"4" in /ws/over/port.yaml', "base 1 in /ws/base/web.yaml"]);
});

test("a base is worked out once for all that use it, where files are kept", () => {
	const plain = filesOf(`${BASE}
#- over/kustomization.yaml
resources: [../base]
#- other/kustomization.yaml
resources: [../base]
namePrefix: y-
`);
	const kept = new Map<string, unknown>();
	let computed = 0;
	const files: Files = {
		...plain,
		kept: <T>(key: string, compute: (files: Files) => T): T => {
			if (!kept.has(key)) {
				computed++;
				kept.set(key, compute(files));
			}
			return kept.get(key) as T;
		},
	};
	const [first] = rendered(files);
	const [second] = rendered(files, "/ws/other");
	assert.equal(computed, 1);
	assert.equal(valueAt(first?.root, "spec"), valueAt(second?.root, "spec"));
});
