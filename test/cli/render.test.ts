import assert from "node:assert/strict";
import { test } from "node:test";
import type { Location } from "../../server/src/cli/locate.ts";
import { QUOTED } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

interface Rendered {
	readonly version: number;
	readonly units: readonly {
		readonly name: string;
		readonly kind: string;
		readonly path: string;
		readonly complete: boolean;
		readonly gaps: readonly { readonly reason: string; readonly file: string; readonly line: number }[];
		readonly objects: readonly { readonly object: unknown; readonly places: Readonly<Record<string, readonly Location[]>> }[];
	}[];
}

const FILES = {
	"base/kustomization.yaml": "resources: [service.yaml]\n",
	"base/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80, targetPort: 8080 }] }\n",
	"prod/kustomization.yaml": "resources: [../base]\nnamespace: shop\npatches: [{ path: patch.yaml }]\n",
	"prod/patch.yaml":
		'apiVersion: v1\nkind: Service\nmetadata: { name: web, labels: { "a/b": "yes" } }\nspec: { ports: [{ port: 80, targetPort: 8081 }] }\n',
};

function render(root: string, ...args: string[]): Rendered {
	return json<Rendered>(portolan(root, ["render", "--format", "json", ...args]), 0);
}

test("an overlay is printed as it is deployed, each value with its place and what it came through", (context) => {
	const { version, units } = render(folder(context, FILES), "prod");
	const [unit] = units;
	assert.deepEqual([version, units.length, unit?.name, unit?.kind, unit?.path, unit?.complete], [1, 1, "prod", "kustomize", "prod", true]);
	const [first] = unit?.objects ?? [];
	assert.deepEqual(first?.object, {
		apiVersion: "v1",
		kind: "Service",
		metadata: { name: "web", labels: { "a/b": "yes" }, namespace: "shop" },
		spec: { ports: [{ port: 80, targetPort: 8081 }] },
	});
	const at = (pointer: string) => first?.places[pointer]?.map(({ file, line, column, endColumn }) => [file, line, column, endColumn]);
	assert.deepEqual(at("/spec/ports/0/targetPort"), [
		["prod/patch.yaml", 4, 41, 45],
		["base/service.yaml", 4, 41, 45],
	]);
	assert.deepEqual(at("/metadata/labels/a~1b"), [["prod/patch.yaml", 3, 41, 46]]);
	assert.deepEqual(at("/metadata/namespace")?.[0], ["prod/kustomization.yaml", 2, 12, 16]);
});

test("the YAML is read back as what it is", (context) => {
	const root = folder(context, FILES);
	const { out, code } = portolan(root, ["render", "prod"]);
	assert.equal(code, 0);
	assert.match(out, /^---\n# Source: base\/service\.yaml\n/);
	assert.match(out, /a\/b: "yes"/);
	assert.deepEqual(
		json<Rendered>(portolan(root, ["render", "-", "--format", "json"], out), 0).units[0]?.objects[0]?.object,
		render(root, "prod").units[0]?.objects[0]?.object,
	);
});

test("without a kustomization every unit is printed, as it is written or rendered", (context) => {
	const { units } = render(folder(context, { ...FILES, "plain/service.yaml": QUOTED }));
	assert.deepEqual(
		units.map(({ kind, path, objects }) => [kind, path, objects.length]),
		[
			["plain", "plain", 1],
			["kustomize", "prod", 1],
		],
	);
});

test("a base is printed alone where it is named", (context) => {
	const [unit] = render(folder(context, FILES), "base").units;
	assert.deepEqual([unit?.path, unit?.objects[0]?.places["/spec/ports/0/targetPort"]?.length], ["base", 1]);
});

test("what is missing is a gap with its place", (context) => {
	const [unit] = render(folder(context, { "app/kustomization.yaml": "resources:\n  - https://example.org/x.yaml\n" }), "app").units;
	assert.deepEqual([unit?.complete, unit?.gaps.map(({ file, line }) => [file, line])], [false, [["app/kustomization.yaml", 2]]]);
});

test("a values file that is not there is an error", (context) => {
	const root = folder(context, {
		"chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
		"chart/templates/service.yaml": QUOTED,
	});
	const { out, err, code } = portolan(root, ["render", "chart", "--values", "nofile.yaml"]);
	assert.deepEqual([out, err, code], ["", "portolan: nofile.yaml: there is no such file\n", 2]);
	assert.equal(portolan(root, ["render", "chart", "--values", "chart/templates"]).code, 2);
});
