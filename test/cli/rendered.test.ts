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

const SHOP = {
	...FILES,
	"charts/common/Chart.yaml": "apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n",
	"charts/common/templates/_ports.tpl": '{{- define "port" }}{{ .Values.port }}{{ end }}\n',
	"charts/shop/Chart.yaml":
		"apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - { name: common, version: 1.x, repository: file://../common }\n",
	"charts/shop/values.yaml": "port: 8081\n",
	"charts/shop/templates/all.yaml": `${GOOD.replace("8080", '{{ include "port" . }}')}---\n${WEB}`,
};

const outside: readonly { title: string; cwd: string; paths?: readonly string[]; found: readonly string[] }[] = [
	{ title: "an overlay reads the bases that it names", cwd: "overlays/dev", found: ["../../base/service.yaml"] },
	{ title: "so it does where its file is named", cwd: "overlays/dev", paths: ["kustomization.yaml"], found: ["../../base/service.yaml"] },
	{ title: "so it does where it is named from elsewhere", cwd: "charts", paths: ["../overlays/dev"], found: ["../base/service.yaml"] },
	{ title: "a base of which a patch mends what is wrong is right", cwd: "overlays/prod", found: [] },
	{ title: "a chart reads the charts that it names", cwd: "charts/shop", found: ["values.yaml"] },
];
for (const { title, cwd, paths = [], found } of outside) {
	test(`outside a repository, ${title}, above the working directory`, (context) => {
		const root = path.join(folder(context, SHOP), cwd);
		assert.deepEqual(
			check(root, paths, 0).findings.map(({ file }) => file),
			found,
		);
		assert.equal(portolan(root, ["check", ...paths]).err, "");
	});
}

test("outside a repository, paths and render read what is named above the working directory", (context) => {
	const root = path.join(folder(context, FILES), "overlays/prod");
	const { services } = json<{ services: { file: string }[] }>(portolan(root, ["paths", "--format", "json"]), 0);
	assert.deepEqual(
		services.map(({ file }) => file),
		["../../base/service.yaml"],
	);
	assert.match(portolan(root, ["render"]).out, /kind: Service.*targetPort: 8080.*kind: Deployment/s);
});

test("outside a repository, nothing is read above the working directory but what is named", (context) => {
	const other = "resources: [../../base]\n";
	const root = folder(context, { ...FILES, "overlays/stage/kustomization.yaml": other, "base/other.yaml": "a: [\n" });
	assert.equal(check(path.join(root, "overlays/dev"), [], 0).files, 4);
});

test("what a kustomization names above the working directory and is not there is a finding, outside a repository as in one", (context) => {
	const files = { "overlay/kustomization.yaml": "resources: [../bsae]\n", "base/kustomization.yaml": "resources: [service.yaml]\n" };
	const rules = (root: string) => check(path.join(root, "overlay"), [], 1).findings.map(({ rule, message }) => [rule, message]);
	const found = [["kustomization-resource-not-found", "../bsae is not there; did you mean ../base?"]];
	assert.deepEqual(rules(folder(context, files)), found);
	assert.deepEqual(rules(folder(context, { ...files, ".git/HEAD": "" })), found);
});

test("what a kustomization names beyond its repository, or in a hidden folder outside one, is not looked at", (context) => {
	const missing = (root: string) => {
		const { code, err } = portolan(path.join(root, "shop/overlay"), ["check"]);
		return [code, err.replace(/^.*\(|\).*\n$/g, "")];
	};
	const files = { "base/kustomization.yaml": "resources: [service.yaml]\n", "base/service.yaml": QUOTED };
	const overlay = { "shop/overlay/kustomization.yaml": "resources: [../../base]\n" };
	assert.deepEqual(missing(folder(context, { ...files, ...overlay, "shop/.git/HEAD": "" })), [
		0,
		"../../base is outside of what is open, kustomization.yaml:1",
	]);
	const hidden = { ".kube/kustomization.yaml": "resources: []\n", "shop/overlay/kustomization.yaml": "resources: [../../.kube]\n" };
	assert.deepEqual(missing(folder(context, hidden)), [0, "../../.kube is outside of what is open, kustomization.yaml:1"]);
});
