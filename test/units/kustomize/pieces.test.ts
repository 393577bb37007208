import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { withoutHash } from "../../../server/src/units/kustomize/hash.ts";
import { labelSelector } from "../../../server/src/units/kustomize/labelSelector.ts";
import { renderKustomization } from "../../../server/src/units/kustomize/render.ts";
import { sha256 } from "../../../server/src/units/kustomize/sha256.ts";
import { memoryFiles } from "../../support/unitFiles.ts";

test("SHA-256 is that of everybody else", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
			assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
		}),
	);
});

test("a generated name is compared without its hash", () => {
	assert.equal(withoutHash("settings-6ct58987ht"), "settings");
	assert.equal(withoutHash("settings-production"), "settings-production");
});

test("label selectors are read as Kubernetes writes them", () => {
	const labels = new Map([
		["app", "web"],
		["tier", "2"],
	]);
	const fits = (text: string) => labelSelector(text)?.(labels);
	for (const text of [
		"",
		"app",
		"app=web",
		"app == web",
		"app!=x",
		"app in (x, web)",
		"app notin (x)",
		"!nope",
		"tier>1",
		"app=web,tier<3",
		"nope notin (a)",
	]) {
		assert.equal(fits(text), true, text);
	}
	for (const text of ["nope", "app=x", "!app", "app in (x)", "app notin (web)", "tier>2", "app=web,nope", "nope=web"]) {
		assert.equal(fits(text), false, text);
	}
	for (const text of ["app=", "a b", ",", "app in web", "app,"]) assert.notEqual(fits(text), true, text);
});

test("no kustomization makes the renderer throw", () => {
	const value = fc.letrec((tie) => ({
		any: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom("web.yaml", ".", "..", "/", "", "spec", "metadata", "name", "[a=b]", "*", "-1", "$(X)", "$patch", "delete"),
			fc.integer({ min: -2, max: 3 }),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie("any"), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...FIELDS), tie("any"), { maxKeys: 4 }),
		),
	})).any;
	const web = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 6 }), value, (spec, other) => {
			const contents = {
				"kustomization.yaml": JSON.stringify({ ...spec, resources: ["web.yaml", "other.yaml"] }),
				"web.yaml": web,
				"other.yaml": JSON.stringify(other),
			};
			const { gaps, problems } = renderKustomization(memoryFiles("/ws", contents), "/ws");
			assert.ok(problems.length >= gaps.length);
		}),
		{ numRuns: 400 },
	);
});

const FIELDS = [
	...[
		"patches",
		"patch",
		"path",
		"target",
		"kind",
		"name",
		"op",
		"value",
		"from",
		"namespace",
		"namePrefix",
		"labels",
		"pairs",
		"commonLabels",
	],
	...[
		"includeSelectors",
		"fields",
		"images",
		"newTag",
		"replicas",
		"count",
		"vars",
		"objref",
		"fieldref",
		"fieldPath",
		"replacements",
		"source",
	],
	...[
		"targets",
		"select",
		"reject",
		"fieldPaths",
		"options",
		"create",
		"delimiter",
		"index",
		"configMapGenerator",
		"literals",
		"files",
		"envs",
	],
	...[
		"behavior",
		"components",
		"transformers",
		"generators",
		"configurations",
		"crds",
		"openapi",
		"sortOptions",
		"order",
		"apiVersion",
		"metadata",
	],
	...[
		"spec",
		"ports",
		"port",
		"$patch",
		"items",
		"helmCharts",
		"patchesStrategicMerge",
		"patchesJson6902",
		"generatorOptions",
		"secretGenerator",
	],
];
