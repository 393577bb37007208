import assert from "node:assert/strict";
import { test } from "node:test";
import { withFolders } from "../../server/src/links/snapshot.ts";
import { allUnits, unitsOf } from "../../server/src/links/units.ts";
import { nameOf } from "../../server/src/model/object.ts";
import { targetPortNotDeclared } from "../../server/src/rules/target-port-not-declared.ts";
import { folderOf } from "../../server/src/units/folder.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { check } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ports: [{ port: 80 }] }
`;

const cases: { title: string; files: string; units: Record<string, readonly string[]> }[] = [
	{
		title: "a kustomization that nothing refers to is a unit, with its bases",
		files: `#- prod/kustomization.yaml\nresources: [../base]\n#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml\n${service("a")}`,
		units: { "kustomize /ws/prod": ["a"] },
	},
	{
		title: "a base is a part of each of its overlays",
		files: `#- prod/kustomization.yaml\nresources: [../base]\n#- dev/kustomization.yaml\nresources: [../base]\n#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml\n${service("a")}`,
		units: { "kustomize /ws/prod": ["a"], "kustomize /ws/dev": ["a"] },
	},
	{
		title: "files beside that no kustomization names are a unit of their own",
		files: `#- app/kustomization.yaml\nresources: [a.yaml]\n#- app/a.yaml\n${service("a")}#- app/b.yaml\n${service("b")}`,
		units: { "plain /ws/app": ["b"], "kustomize /ws/app": ["a"] },
	},
	{
		title: "a file of another folder leaves that folder's unit",
		files: `#- app/kustomization.yaml\nresources: [../other/a.yaml]\n#- other/a.yaml\n${service("a")}#- other/b.yaml\n${service("b")}`,
		units: { "plain /ws/other": ["b"], "kustomize /ws/app": ["a"] },
	},
	{
		title: "a component is nothing alone",
		files: `#- part/kustomization.yaml\nkind: Component\nresources: [a.yaml]\n#- part/a.yaml\n${service("a")}`,
		units: {},
	},
	{
		title: "of kustomizations that refer to each other one is a root",
		files: `#- a/kustomization.yaml\nresources: [../b, x.yaml]\n#- a/x.yaml\n${service("x")}#- b/kustomization.yaml\nresources: [../a]\n`,
		units: { "kustomize /ws/a": ["x"] },
	},
	{
		title: "a configured unit takes the kustomization that it names, under its own name",
		files: `#- .portolan.yaml\nunits: [{ name: shop, kustomize: prod }]\n#- prod/kustomization.yaml\nresources: [a.yaml]\n#- prod/a.yaml\n${service("a")}`,
		units: { "configured shop": ["a"] },
	},
	{
		title: "a configured unit of folders has the kustomizations in them rendered",
		files: `#- .portolan.yaml\nunits: [{ name: shop, paths: [apps] }]\n#- apps/one/kustomization.yaml\nresources: [a.yaml]\n#- apps/one/a.yaml\n${service("a")}#- apps/b.yaml\n${service("b")}`,
		units: { "configured shop": ["b", "a"] },
	},
];
for (const { title, files, units } of cases) {
	test(title, () => {
		const all = [...allUnits(snapshotOf(cutFiles(files)))].filter(({ objects }) => objects.length > 0);
		assert.deepEqual(Object.fromEntries(all.map(({ kind, name, objects }) => [`${kind} ${name}`, objects.map(nameOf)])), units);
	});
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: x, ports: [{ containerPort: 8080 }] }] }
`;

const BASE = `#- base/kustomization.yaml
resources: [service.yaml, deployment.yaml]
#- base/deployment.yaml
${DEPLOYMENT}`;

const web = (port: number, mark = "") => `#- base/service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: ${port}
${mark}`;

const patch = (port: number, mark = "") => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: ${port}
${mark}`;

const overlay = (name: string, resources = "../../base", patches = "[{ path: patch.yaml }]") => `#- overlays/${name}/kustomization.yaml
resources: [${resources}]
patches: ${patches}
`;

const NOT_8081 = "targetPort 8081 is not a port of Deployment web (its container app declares 8080)";

check(
	targetPortNotDeclared,
	"what a patch wrote is found in the patch, with the base's value",
	`${overlay("prod")}#- overlays/prod/patch.yaml\n${patch(8081, `#                 ^^^^ ${NOT_8081}`)}\n${web(8080)}${BASE}`,
	{ fix: { title: "Set targetPort to 8080", gives: `#- overlays/prod/patch.yaml\n${patch(8080).trimEnd()}` } },
);

check(
	targetPortNotDeclared,
	"what three overlays take from a base is found once, in the base",
	`${["a", "b", "c"].map((name) => overlay(name, "../../base", "[]")).join("")}${web(8081, `#                 ^^^^ ${NOT_8081}`)}\n${BASE}`,
	{ fix: { title: "Set targetPort to 8080", gives: web(8080).trimEnd() } },
);

check(
	targetPortNotDeclared,
	"what only some overlays leave as it is in the base is found there, and names them",
	`${overlay("a", "../../base", "[]")}${overlay("b")}#- overlays/b/patch.yaml\n${patch(8080)}${web(
		8081,
		`#                 ^^^^ ${NOT_8081} (only in overlays/a)`,
	)}\n${BASE}`,
);

check(
	targetPortNotDeclared,
	"a comment in the patch silences what is found there",
	`${overlay("prod")}#- overlays/prod/patch.yaml\n${patch(8081).replace("8081", `8081 # portolan-ignore: ${targetPortNotDeclared.name}`)}${web(8080)}${BASE}`,
);

check(
	targetPortNotDeclared,
	"a comment in a base is unused only where it is in every overlay",
	`${overlay("a", "../../base", "[]")}${overlay("b")}#- overlays/b/patch.yaml\n${patch(8080)}${web(8081).replace("8081", `8081 # portolan-ignore: ${targetPortNotDeclared.name}`)}${BASE}`,
);

test("files beside that a patching kustomization does not name may be its old patches", () => {
	const left = `#- app/kustomization.yaml\nresources: [a.yaml]\nnamePrefix: x-\n#- app/a.yaml\n${service("a")}#- app/b.yaml\n${service("b")}`;
	const patched = (files: string) => [...allUnits(snapshotOf(cutFiles(files)))].map(({ kind, patched: is }) => [kind, is]);
	const plain = ["kustomize", false];
	assert.deepEqual(patched(left), [["plain", false], plain]);
	assert.deepEqual(patched(left.replace("namePrefix: x-", "patches: [{ target: { kind: Service }, patch: '[]' }]")), [
		["plain", true],
		plain,
	]);
});

test("an edit in a base leaves the objects as they are that do not come from there", () => {
	const before = snapshotOf(
		cutFiles(`${overlay("prod", "../../base, own.yaml", "[]")}#- overlays/prod/own.yaml\n${service("own")}${web(8080)}${BASE}`),
	);
	const uri = "/ws/base/service.yaml";
	const path = folderOf(uri);
	const files = new Map(before.folders.get(path)?.files).set(
		uri,
		openFile(uri, "kind: Service\napiVersion: v1\nmetadata: { name: web }\n"),
	);
	const after = withFolders(before, new Map([[path, { path, files, skipped: [] }]]));
	const [old] = unitsOf(before, uri);
	const [now] = unitsOf(after, uri);
	assert.ok(old && now);
	assert.deepEqual(
		now.objects.map((object) => [nameOf(object), old.objects.includes(object)]),
		[
			["own", true],
			["web", false],
			["web", true],
		],
	);
	assert.equal(unitsOf(before, uri)[0], old);
});

test("a unit is the same for as long as nothing that it is made from changes", () => {
	const before = snapshotOf(cutFiles(`${overlay("prod", "../../base", "[]")}${web(8080)}${BASE}#- other/a.yaml\n${service("a")}`));
	const uri = "/ws/other/a.yaml";
	const after = withFolders(
		before,
		new Map([["/ws/other", { path: "/ws/other", files: new Map([[uri, openFile(uri, service("b"))]]), skipped: [] }]]),
	);
	assert.equal(unitsOf(after, "/ws/base/service.yaml")[0], unitsOf(before, "/ws/base/service.yaml")[0]);
});
