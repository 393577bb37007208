import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/units.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

/** Whether the renderers are asked for once everything in some files is known. */
function loads(files: Readonly<Record<string, string>>): boolean {
	let loaded = false;
	const workspace = new Workspace(DEFAULT_SETTINGS, () => {
		loaded = true;
		return RENDERERS;
	});
	workspace.apply(Object.entries(files).map(([name, text]) => ({ uri: `/ws/${name}`, text })));
	for (const unit of allUnits(workspace.snapshot)) unit.objects.length;
	return loaded;
}

for (const [title, files, loaded] of [
	["manifests and a Dockerfile that no file builds", { "service.yaml": SERVICE, Dockerfile: "FROM scratch\n" }, false],
	["files of values without a chart", { "values.yaml": "port: 80\n", "service.yaml": SERVICE }, false],
	["a kustomization", { "service.yaml": SERVICE, "kustomization.yaml": "resources: [service.yaml]\n" }, true],
	["a chart", { "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "templates/service.yaml": SERVICE }, true],
	[
		"a Dockerfile that a Compose file builds",
		{ "compose.yaml": "services: { web: { image: web, build: . } }\n", Dockerfile: "FROM scratch\n" },
		true,
	],
] as const) {
	test(`${title}: renderers are ${loaded ? "loaded" : "not loaded"}`, () => {
		assert.equal(loads(files), loaded);
	});
}
