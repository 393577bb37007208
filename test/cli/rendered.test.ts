import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Report } from "../../server/src/cli/report.ts";
import { QUOTED, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

const GOOD = QUOTED.replace('"8080"', "8080");

const FILES = {
	"base/kustomization.yaml": "resources: [service.yaml, deployment.yaml]\n",
	"base/service.yaml": GOOD.replace("8080", "8081"),
	"base/deployment.yaml": WEB,
	"overlays/dev/kustomization.yaml": "resources: [../../base]\n",
	"overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{ path: ports.yaml }]\n",
	"overlays/prod/ports.yaml": `${GOOD.slice(0, GOOD.indexOf("spec:"))}spec:\n  ports:\n    - port: 80\n      targetPort: 8080\n`,
};

function check(root: string, args: readonly string[], code: number) {
	return json<Report>(portolan(root, ["check", "--format", "json", ...args]), code);
}

test("what is wrong in a base is one finding, with the overlays that have it", (context) => {
	const { findings, units } = check(folder(context, FILES), [], 0);
	assert.deepEqual(
		findings.map(({ file, rule, unit, message }) => [file, rule, unit, message.replace(/^.* (?=\()/, "")]),
		[["base/service.yaml", "target-port-not-declared", "overlays/dev", "(only in overlays/dev)"]],
	);
	assert.equal(units, 2);
});

test("a named file of a base is checked as its overlays deploy it, wherever these are", (context) => {
	const root = folder(context, { ...FILES, ".git/HEAD": "" });
	assert.deepEqual(
		check(root, ["base/service.yaml"], 0).findings.map(({ unit }) => unit),
		["overlays/dev"],
	);
	assert.deepEqual(check(root, ["overlays/prod"], 0).findings, []);
});

test("an overlay is read with its bases, even where these are ignored", (context) => {
	const root = folder(context, { ...FILES, ".gitignore": "base\n" });
	assert.deepEqual(check(root, ["overlays/prod"], 0).objects, 2);
	assert.deepEqual(
		check(root, ["overlays/dev"], 0).findings.map(({ file }) => file),
		["base/service.yaml"],
	);
});

test("a target of a component that fits nothing in one overlay is no finding where another uses it too, named or not", (context) => {
	const uses = "resources: [../../base]\ncomponents: [../../part]\n";
	const part = "kind: Component\npatches:\n  - target: { kind: Service, name: api }\n    path: patch.yaml\n";
	const files = {
		...FILES,
		".git/HEAD": "",
		"base/service.yaml": GOOD,
		"part/kustomization.yaml": part,
		"part/patch.yaml": "- { op: add, path: /metadata/labels, value: { a: b } }\n",
		"overlays/dev/kustomization.yaml": uses,
		"overlays/prod/kustomization.yaml": uses.replace("[../../base]", "[../../base, api.yaml]"),
		"overlays/prod/api.yaml": GOOD.replace("name: web", "name: api"),
	};
	const useless = (root: string, args: readonly string[]) => check(root, args, 0).findings.map(({ file, rule }) => [file, rule]);
	const root = folder(context, files);
	for (const args of [[], ["overlays/dev"], ["overlays/prod"], ["part"]]) assert.deepEqual(useless(root, args), [], args.join(" "));
	const alone = folder(context, { ...files, "overlays/prod/kustomization.yaml": "resources: [../../base]\n" });
	assert.deepEqual(useless(alone, ["overlays/dev"]), [["part/kustomization.yaml", "patch-without-target"]]);
});

test("a fix in a base is offered and applied where it holds in every overlay", (context) => {
	const root = folder(context, { ...FILES, "base/service.yaml": QUOTED, "overlays/prod/kustomization.yaml": "resources: [../../base]\n" });
	const [finding] = check(root, [], 1).findings;
	assert.deepEqual(
		finding?.fixes.map(({ safe, edits }) => [safe, edits.map(({ file, text }) => [file, text])]),
		[[true, [["base/service.yaml", "8080"]]]],
	);
	assert.equal(portolan(root, ["check", "--fix"]).code, 0);
	assert.equal(readFileSync(path.join(root, "base/service.yaml"), "utf8"), GOOD);
});

test("a finding in a patch points at what it replaces", (context) => {
	const root = folder(context, {
		...FILES,
		"base/service.yaml": GOOD,
		"overlays/prod/ports.yaml": FILES["overlays/prod/ports.yaml"].replace("8080", '"8080"'),
	});
	const [finding, ...others] = check(root, [], 1).findings;
	assert.deepEqual([finding?.file, finding?.line, others.length], ["overlays/prod/ports.yaml", 8, 0]);
	assert.deepEqual(
		finding?.related.map(({ file, line, message }) => [file, line, message]),
		[["base/service.yaml", 10, "This is what it replaces"]],
	);
});

test("the paths of an overlay are those of what it deploys", (context) => {
	const root = folder(context, { ...FILES, ".git/HEAD": "" });
	const { services } = json<{ services: { unit: string; file: string; paths: { to: { podPort: number }[] }[] }[] }>(
		portolan(root, ["paths", "--format", "json", "overlays/prod"]),
		0,
	);
	assert.deepEqual(
		services.map(({ unit, file, paths }) => [unit, file, paths[0]?.to[0]?.podPort]),
		[["overlays/prod", "base/service.yaml", 8080]],
	);
});

test("a fix of what keeps an overlay from being built is offered, whatever comes to light behind it", (context) => {
	const root = folder(context, {
		"base/kustomization.yaml": "resources: [service.yaml, deployment.yaml]\n",
		"base/service.yaml": GOOD.replace("8080", "htpp"),
		"base/deployment.yaml": WEB,
		"overlay/kustomization.yaml": "resources: [../base]\npatches: [{ path: patch.yaml }]\n",
		"overlay/patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: webb }\nspec: { sessionAffinity: None }\n",
	});
	const [finding] = check(root, [], 1).findings;
	assert.deepEqual([finding?.rule, finding?.fixes.map(({ title }) => title)], ["patch-without-target", ["Write web"]]);
});
