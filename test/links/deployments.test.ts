import assert from "node:assert/strict";
import { test } from "node:test";
import { withFolders } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { snapshotOf } from "../support/workspace.ts";

const SKAFFOLD = "apiVersion: skaffold/v4beta4\nkind: Config\nmanifests:\n  rawYaml:\n    - ./k8s/*\n";
const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n";
const POLICY = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec: { podSelector: {} }\n";

test("a file that comes into a folder that a tool deploys is deployed with the others", () => {
	const before = snapshotOf(
		new Map([
			["skaffold.yaml", SKAFFOLD],
			["k8s/web.yaml", SERVICE],
		]),
	);
	const kinds = (snapshot: typeof before) => [...allUnits(snapshot)].flatMap(({ objects }) => objects.map(({ kind }) => kind));
	assert.deepEqual(kinds(before), ["Service"]);
	const folder = before.folders.get("/ws/k8s");
	assert.ok(folder);
	const files = new Map([...folder.files, ["/ws/k8s/policy.yaml", openFile("/ws/k8s/policy.yaml", POLICY)] as const]);
	const after = withFolders(before, new Map([["/ws/k8s", { ...folder, files }]]));
	assert.deepEqual(kinds(after).sort(), ["NetworkPolicy", "Service"]);
});
