import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/snapshot.ts";
import { findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const SERVICE = `
kind: Service
apiVersion: v1
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 80 }] }`;

function rulesIn(files: string): readonly string[] {
	return findingsOf(snapshotOf(cutFiles(files))).map(({ rule, at }) => `${at.source.uri} ${rule}`);
}

test("a kustomization without patches leaves its resources as they are written", () => {
	assert.deepEqual(rulesIn(`#- app/kustomization.yaml\nresources: [service.yaml]\n#- app/service.yaml${SERVICE}`), [
		"/ws/app/service.yaml node-port-out-of-range",
	]);
});

test("what a kustomization patches is not judged as it is written", () => {
	const files = `#- app/kustomization.yaml\nresources: [service.yaml]\npatches: [{ path: patch.yaml }]\n#- app/patch.yaml\nkind: Service\n#- app/service.yaml${SERVICE}`;
	assert.deepEqual(rulesIn(files), []);
});

test("a base is not judged as it is written when an overlay of an overlay patches it", () => {
	const files = `#- prod/kustomization.yaml\nresources: [../stage]\npatches: [{ path: patch.yaml }]\n#- prod/patch.yaml\nkind: Service\n#- stage/kustomization.yaml\nresources: [../base]\n#- base/kustomization.yaml\nresources: [service.yaml]\n#- base/service.yaml${SERVICE}`;
	assert.deepEqual(rulesIn(files), []);
});

test("broken YAML is broken whatever patches it", () => {
	const files = `#- app/kustomization.yaml\npatches: [{ path: patch.yaml }]\n#- app/service.yaml${SERVICE.replace("}] }", "}]")}`;
	assert.deepEqual(rulesIn(files), ["/ws/app/service.yaml invalid-yaml"]);
});

test("the folder of a patched file is patched, and the others are not", () => {
	const files = `#- prod/kustomization.yaml\nresources: [../base/service.yaml]\npatches: [{ path: p.yaml }]\n#- base/service.yaml${SERVICE}\n#- other/service.yaml${SERVICE}`;
	const units = [...allUnits(snapshotOf(cutFiles(files)))].filter(({ objects }) => objects.length > 0);
	assert.deepEqual(
		units.map(({ path, patched }) => [path, patched]),
		[
			["/ws/base", true],
			["/ws/other", false],
		],
	);
});
