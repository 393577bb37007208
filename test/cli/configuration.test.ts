import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { nodePortService, QUOTED, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

interface Report {
	readonly files: number;
	readonly objects: number;
	readonly units: number;
	readonly findings: readonly {
		readonly rule: string;
		readonly severity: string;
		readonly file: string;
		readonly line: number;
		readonly column: number;
		readonly message: string;
		readonly unit: string;
		readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly file: string; readonly text: string }[] }[];
	}[];
}

function check(cwd: string, args: readonly string[], code: number, input = ""): Report {
	return json<Report>(portolan(cwd, ["check", "--format", "json", ...args], input), code);
}

/** The findings, each as `file: rule`. */
function found(cwd: string, args: readonly string[], code: number, input = ""): readonly string[] {
	return check(cwd, args, code, input).findings.map(({ rule, file }) => `${file}: ${rule}`);
}

const ONE = nodePortService("one", 30001);
const TWO = nodePortService("two", 30001);
const conflict = (...files: readonly string[]) => files.map((file) => `${file}: node-port-conflict`);
/** Severities tell which configuration holds. */
const set = (severity: string) => `rules: { node-port-conflict: ${severity}, node-port-out-of-range: ${severity} }\n`;
const severities = (report: Report) => Object.fromEntries(report.findings.map(({ file, severity }) => [file, severity]));
const FAR = nodePortService("far", 99);

test("the nearest configuration upwards from a file holds, whole", (context) => {
	const root = folder(context, {
		".portolan.yaml": set("hint"),
		"a/far.yaml": FAR,
		"b/.portolan.yaml": set("warning"),
		"b/deep/far.yaml": FAR,
		"c/.portolan.yaml": "exclude: []\n",
		"c/far.yaml": FAR,
	});
	const all = { "a/far.yaml": "hint", "b/deep/far.yaml": "warning", "c/far.yaml": "error" };
	assert.deepEqual(severities(check(root, [], 1)), all);
	assert.deepEqual(severities(check(root, ["b/deep"], 0)), { "b/deep/far.yaml": "warning" });
	assert.deepEqual(severities(check(root, ["a/far.yaml"], 0)), { "a/far.yaml": "hint" });
});

test("the search ends at the root of a repository, or at the working directory", (context) => {
	const root = folder(context, { ".portolan.yaml": set("hint"), "repo/k8s/far.yaml": FAR, "plain/far.yaml": FAR });
	mkdirSync(path.join(root, "repo/.git"));
	assert.deepEqual(severities(check(root, [], 1)), { "plain/far.yaml": "hint", "repo/k8s/far.yaml": "error" });
	assert.deepEqual(severities(check(path.join(root, "repo/k8s"), [], 1)), { "far.yaml": "error" });
	assert.deepEqual(severities(check(path.join(root, "plain"), [], 1)), { "far.yaml": "error" });
	assert.deepEqual(severities(check(root, ["plain"], 0)), { "plain/far.yaml": "hint" });
});

test("a fix that makes or changes a configuration is one of its edits", (context) => {
	const root = folder(context, { "far.yaml": FAR, "a/.portolan.yaml": "cluster: {}\n", "a/far.yaml": FAR });
	const fixes = (cwd: string, ...args: readonly string[]) =>
		check(path.join(root, cwd), args, 1).findings.flatMap((finding) =>
			finding.fixes.filter(({ title }) => title.startsWith("Set cluster")),
		);
	const edit = { file: ".portolan.yaml", line: 1, column: 1, endLine: 1, endColumn: 1, text: "cluster:\n  nodePortRange: 99-32767\n" };
	const title = "Set cluster.nodePortRange to 99-32767 in .portolan.yaml";
	assert.deepEqual(fixes("", "far.yaml"), [{ title, safe: false, edits: [edit] }]);
	const [changed] = fixes("a");
	assert.deepEqual(changed?.edits, [{ ...edit, column: 10, endColumn: 12, text: "{ nodePortRange: 99-32767 }" }]);
	const [named] = fixes("", "far.yaml", "--config", "a/.portolan.yaml");
	assert.equal(named?.edits[0]?.file, "a/.portolan.yaml");
});

test("what a configuration excludes is not looked for, but what is named is read", (context) => {
	const root = folder(context, { ".portolan.yaml": "exclude: ['**/old']\n", "far.yaml": FAR, "old/far.yaml": FAR, "a/old/far.yaml": FAR });
	assert.deepEqual(found(root, [], 1), ["far.yaml: node-port-out-of-range"]);
	assert.deepEqual(found(root, ["a"], 0), []);
	assert.deepEqual(found(root, ["a/old"], 1), ["a/old/far.yaml: node-port-out-of-range"]);
	assert.deepEqual(found(root, ["old/far.yaml"], 1), ["old/far.yaml: node-port-out-of-range"]);
});

test("what belongs to a configured unit is read with it, whichever part is named", (context) => {
	const root = folder(context, {
		".portolan.yaml": "units: [{ name: shop, paths: [apps/shop, infra/two.yaml] }]\n",
		"apps/shop/one.yaml": ONE,
		"infra/two.yaml": TWO,
		"infra/other.yaml": nodePortService("other", 30001),
	});
	const report = check(root, ["infra/two.yaml"], 1);
	assert.deepEqual(
		report.findings.map(({ rule, severity, file, unit }) => [rule, severity, file, unit]),
		[
			["node-port-conflict", "error", "apps/shop/one.yaml", "shop"],
			["node-port-conflict", "error", "infra/two.yaml", "shop"],
		],
	);
	assert.deepEqual(found(root, ["apps"], 1), conflict("apps/shop/one.yaml", "infra/two.yaml"));
	const whole = check(root, [], 1);
	assert.deepEqual([whole.files, whole.objects, whole.units, whole.findings.length], [4, 3, 2, 2]);
});

test("a file of several units is reported once", (context) => {
	const root = folder(context, {
		".portolan.yaml": "units: [{ name: a, paths: [both] }, { name: b, paths: [both] }]\n",
		"both/far.yaml": FAR,
	});
	assert.deepEqual(found(root, [], 1), ["both/far.yaml: node-port-out-of-range"]);
});

test("what a configuration names and holds no manifest, or is not rendered yet, is said on standard error", (context) => {
	const root = folder(context, {
		".portolan.yaml": "units: [{ name: shop, paths: [apps, text] }, { name: prod, kustomize: prod }, { name: api, helm: charts/api }]\n",
		"apps/one.yaml": ONE,
		"text/notes.txt": "",
		"prod/kustomization.yaml": "resources: []\n",
		"charts/api/Chart.yaml": "name: api\n",
	});
	const { code, err } = portolan(root, ["check"]);
	assert.equal(code, 0);
	assert.match(err, /^portolan: unit shop: text: there is no manifest$/m);
	assert.match(err, /^portolan: unit api: charts\/api\/Chart\.yaml: /m);
});

const CHART = { "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n", "charts/api/values.yaml": "a: 1\n" };

const named: readonly { title: string; unit: string; files?: Readonly<Record<string, string>>; found: readonly string[] }[] = [
	{ title: "a folder of manifests", unit: "paths: [apps, aps]", found: ["3:19 There is no file or folder aps; did you mean apps?"] },
	{
		title: "a manifest",
		unit: "paths: [apps/one.yaml, apps/two.yaml]",
		found: ["3:28 There is no file or folder apps/two.yaml"],
	},
	{
		title: "a kustomization",
		unit: "kustomize: overlays/prd",
		found: ["3:16 There is no folder overlays/prd; did you mean overlays/prod?"],
	},
	{ title: "a folder without kustomization", unit: "kustomize: apps", found: ["3:16 There is no kustomization in apps"] },
	{
		title: "the file of a kustomization",
		unit: "kustomize: overlays/prod/kustomization.yaml",
		found: ["3:16 overlays/prod/kustomization.yaml is a file, and the folder of a kustomization is wanted: overlays/prod"],
	},
	{ title: "a chart", unit: "helm: charts/apj", found: ["3:11 There is no folder charts/apj; did you mean charts/api?"] },
	{
		title: "a values file",
		unit: "helm: charts/api\n    values: [values.yaml, far.yaml, nope.yaml]",
		files: { "far.yaml": "a: 2\n" },
		found: ["4:37 There is no values file nope.yaml, in charts/api or beside this configuration"],
	},
	{
		title: "nothing of what is there but left out",
		unit: "paths: [ignored, excluded, text]",
		files: { ".gitignore": "ignored\n", "ignored/a.yaml": ONE, "excluded/a.yaml": ONE, "text/a.txt": "" },
		found: [],
	},
	{ title: "nothing of a packed chart", unit: "helm: charts/api.tgz", files: { "charts/api.tgz": "" }, found: [] },
];
for (const { title, unit, files, found: expected } of named) {
	test(`a unit of what is not there is found where it is named: ${title}`, (context) => {
		const root = folder(context, {
			".portolan.yaml": `units:\n  - name: x\n    ${unit}\nexclude: [excluded]\n`,
			"apps/one.yaml": ONE,
			"overlays/prod/kustomization.yaml": "resources: [../../apps/one.yaml]\n",
			...CHART,
			...files,
		});
		const { findings } = check(root, [".portolan.yaml"], 0);
		assert.deepEqual(
			findings.map(({ rule, line, column, message }) => `${rule} ${line}:${column} ${message}`),
			expected.map((said) => `invalid-configuration ${said}`),
		);
		assert.deepEqual(check(root, ["."], 0).findings.length, expected.length);
	});
}

test("a unit of what is not there is said where the configuration is not named", (context) => {
	const root = folder(context, { ".portolan.yaml": "units: [{ name: x, kustomize: gone }]\n", "apps/one.yaml": ONE });
	const { err } = portolan(root, ["check", "apps"]);
	assert.equal(err, "portolan: .portolan.yaml: 1 problem (portolan check .portolan.yaml)\n");
});

test("a custom resource is a workload where that is configured", (context) => {
	const app = WEB.replace("apps/v1", "example.org/v1").replace("kind: Deployment", "kind: MyApp").replace("  template:", "  pods:");
	const files = { "service.yaml": QUOTED.replace('"8080"', "8080"), "app.yaml": app };
	const backends = (root: string) =>
		json<{ services: { backends: { kind: string }[] }[] }>(portolan(root, ["paths", "--format", "json"]), 0).services[0]?.backends.map(
			({ kind }) => kind,
		);
	assert.deepEqual(backends(folder(context, files)), []);
	assert.deepEqual(backends(folder(context, { ...files, ".portolan.yaml": "workloads: [{ kind: MyApp, podTemplate: spec.pods }]\n" })), [
		"MyApp",
	]);
});

test("what is known of the cluster stands in the paths", (context) => {
	const cluster = "cluster: { domain: k8s.local, nodes: [172.18.0.3], nodePortRange: 30000-30010 }\n";
	const root = folder(context, { ".portolan.yaml": cluster, "web.yaml": `${nodePortService("web", 30011)}---\n${WEB}` });
	const { out } = portolan(root, ["paths"]);
	assert.match(out, /web\.default\.svc\.k8s\.local:80/);
	assert.match(out, /172\.18\.0\.3:30011/);
	assert.match(portolan(root, ["check"]).out, /outside 30000-30010, the configured range/);
});

test("what has no meaning in a configuration is found in it, and said where it is not named", (context) => {
	const root = folder(context, { ".portolan.yaml": "rulez: {}\nrules: { node-port-conflikt: off }\n", "a/one.yaml": ONE });
	assert.deepEqual(found(root, [], 0), [".portolan.yaml: invalid-configuration", ".portolan.yaml: invalid-configuration"]);
	assert.deepEqual(found(root, ["a"], 0), []);
	assert.match(portolan(root, ["check", "a"]).err, /^portolan: \.portolan\.yaml: 2 problems \(portolan check \.portolan\.yaml\)$/m);
	assert.deepEqual(found(root, [".portolan.yaml"], 0).length, 2);
});

test("a configuration that cannot be parsed is exit code 2 and named with the reason, wherever it holds", (context) => {
	const root = folder(context, {
		".portolan.yaml": "rules:\n  - a: [\n",
		"a/one.yaml": ONE,
		"b/.portolan.yaml": "- a\n",
		"b/one.yaml": ONE,
	});
	for (const args of [[], ["a"], ["a/one.yaml"]]) {
		const { code, out, err } = portolan(root, ["check", ...args]);
		assert.deepEqual([code, out], [2, ""], args.join(" "));
		assert.match(err, /^portolan: \.portolan\.yaml:\d+:\d+: \S/m);
	}
	assert.match(portolan(root, ["check", "b"]).err, /^portolan: b\/\.portolan\.yaml:1:1: A configuration is a map of settings$/m);
	assert.equal(portolan(root, ["paths", "a"]).code, 2);
});

test("a configuration that cannot be read is exit code 2", (context) => {
	const root = folder(context, { ".portolan.yaml": new Uint8Array([0x61, 0, 0x62]), "a/one.yaml": ONE });
	const { code, out, err } = portolan(root, ["check", "a"]);
	assert.deepEqual([code, out], [2, ""]);
	assert.match(err, /\.portolan\.yaml: binary/);
});

test("--config holds instead of what is found, and its paths are relative to it", (context) => {
	const root = folder(context, {
		".portolan.yaml": set("hint"),
		"far.yaml": FAR,
		"ci/portolan.yaml": `${set("warning")}exclude: [old]\nunits: [{ name: shop, paths: [one, two] }]\n`,
		"ci/one/one.yaml": ONE,
		"ci/two/two.yaml": TWO,
		"ci/old/far.yaml": FAR,
		"sub/.portolan.yaml": "rules: [\n",
		"sub/far.yaml": FAR,
	});
	const report = check(root, ["--config", "ci/portolan.yaml"], 0);
	assert.deepEqual(severities(report), {
		"ci/one/one.yaml": "warning",
		"ci/two/two.yaml": "warning",
		"far.yaml": "warning",
		"sub/far.yaml": "warning",
	});
	assert.deepEqual(
		report.findings.filter(({ rule }) => rule === "node-port-conflict").map(({ unit }) => unit),
		["shop", "shop"],
	);
});

test("--config of a file elsewhere is checked too, and one that is not there or cannot be parsed is exit code 2", (context) => {
	const root = folder(context, { "k8s/one.yaml": ONE, "ci/good.yaml": "sails: 3\n", "ci/bad.yaml": "rules: [\n" });
	assert.deepEqual(found(root, ["--config", "ci/good.yaml", "k8s"], 0), ["ci/good.yaml: invalid-configuration"]);
	for (const [file, reason] of [
		["ci/bad.yaml", /ci\/bad\.yaml:1:8: /],
		["ci/none.yaml", /ci\/none\.yaml: there is no such file/],
		["ci", /ci: /],
	] as const) {
		const { code, out, err } = portolan(root, ["check", "--config", file, "k8s"]);
		assert.deepEqual([code, out], [2, ""], file);
		assert.match(err, reason);
	}
});

test("for standard input the configuration of the working directory holds", (context) => {
	const root = folder(context, { ".portolan.yaml": set("hint"), "a/b.txt": "" });
	mkdirSync(path.join(root, ".git"));
	assert.deepEqual(severities(check(root, ["-"], 0, FAR)), { "-": "hint" });
	assert.deepEqual(severities(check(path.join(root, "a"), ["-"], 0, FAR)), { "-": "hint" });
});

test("comments silence, and what they silence is counted nowhere", (context) => {
	const silenced = FAR.replace("nodePort: 99", "nodePort: 99 # portolan-ignore: node-port-out-of-range -- our range");
	const root = folder(context, { "far.yaml": silenced });
	assert.match(portolan(root, ["check"]).out, /^1 Service, \d+ paths, 0 findings, /);
});

test("what is left to another extension in an editor is always said here", (context) => {
	const root = folder(context, {
		"web.yaml": `${WEB}kind: Deployment\n`,
		"broken.yaml": WEB.replace("replicas: 3", "replicas: [3").replace("name: web", "name: b"),
	});
	assert.deepEqual(new Set(found(root, [], 1)), new Set(["broken.yaml: invalid-yaml", "web.yaml: duplicate-key"]));
});
