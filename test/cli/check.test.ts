import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { nodePortService, QUOTED, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

interface Location {
	file: string;
	line: number;
	column: number;
	endLine: number;
	endColumn: number;
}

interface Finding extends Location {
	rule: string;
	severity: string;
	unit: string;
	message: string;
	related: (Location & { message: string })[];
}

interface Report {
	version: number;
	files: number;
	objects: number;
	units: number;
	skipped: { file: string; reason: string }[];
	findings: Finding[];
}

function check(cwd: string, args: readonly string[], code: number, input: string | Uint8Array = ""): Report {
	return json<Report>(portolan(cwd, ["check", "--format", "json", ...args], input), code);
}

test("a refused targetPort is one line as compilers write it, a summary, and exit code 1", (context) => {
	const root = folder(context, { "service.yaml": QUOTED, "deployment.yaml": WEB });
	const run = portolan(root, ["check"]);
	assert.equal(run.code, 1);
	const [finding, summary, ...rest] = run.out.split("\n");
	assert.match(finding ?? "", /^service\.yaml:10:19: error: targetPort "8080" .* \[quoted-target-port\]$/);
	assert.match(summary ?? "", /^1 Service, \d+ paths, 1 finding, \d+ cannot tell$/);
	assert.deepEqual(rest, [""]);
	assert.equal(run.err, "");
});

test("the JSON has every documented field, in the documented order", (context) => {
	const root = folder(context, { "shop/service.yaml": QUOTED, "shop/deployment.yaml": WEB });
	const run = portolan(root, ["check", "--format", "json", "shop"]);
	const report = json<Record<string, unknown> & { findings: Record<string, unknown>[] }>(run, 1);
	assert.deepEqual(Object.keys(report), ["version", "files", "objects", "units", "skipped", "findings"]);
	assert.deepEqual({ ...report, findings: [] }, { version: 1, files: 2, objects: 2, units: 1, skipped: [], findings: [] });
	const [finding = {}] = report.findings;
	const at = { file: "shop/service.yaml", line: 10, column: 19, endLine: 10, endColumn: 25 };
	assert.deepEqual(Object.entries({ ...finding, message: "" }), [
		["rule", "quoted-target-port"],
		["severity", "error"],
		["kubernetes", "refuses"],
		...Object.entries(at),
		["message", ""],
		["unit", "shop"],
		["object", { kind: "Service", namespace: null, name: "web" }],
		["related", []],
		["fixes", [{ title: "Remove the quotes", safe: true, edits: [{ ...at, text: "8080" }] }]],
	]);
	assert.deepEqual(Object.keys((finding.fixes as [{ edits: [object] }])[0].edits[0]), [...Object.keys(at), "text"]);
});

test("columns count UTF-16 units, lines end with CRLF, and a byte order mark is no column", (context) => {
	const lines = [
		"apiVersion: v1",
		"kind: Service",
		"metadata: { name: web }",
		"spec:",
		"  ports:",
		"    - { name: '🐟', port: 80, targetPort: \"80\" }",
		"",
	];
	const root = folder(context, {
		"a.yaml": `\ufeff${lines.join("\r\n")}`,
		"b.yaml": `\ufeff{ "kind": "Service", "apiVersion": "v1", "spec": { "ports": [{ "targetPort": "80" }] } }`,
	});
	const found = check(root, [], 1).findings.filter(({ rule }) => rule === "quoted-target-port");
	assert.deepEqual(
		found.map(({ line, column, endLine, endColumn }) => [line, column, endLine, endColumn]),
		[
			[6, 43, 6, 47],
			[1, 78, 1, 82],
		],
	);
});

test("paths are relative to the working directory, also of what lies outside it", (context) => {
	const root = folder(context, { "apps/web/service.yaml": QUOTED, "other/x.yaml": "a: 1\n" });
	assert.deepEqual(
		check(root, ["apps/web"], 1).findings.map(({ file, unit }) => [file, unit]),
		[["apps/web/service.yaml", "apps/web"]],
	);
	assert.deepEqual(
		check(path.join(root, "apps/web"), [], 1).findings.map(({ file, unit }) => [file, unit]),
		[["service.yaml", "."]],
	);
	assert.deepEqual(
		check(path.join(root, "other"), ["../apps"], 1).findings.map(({ file, unit }) => [file, unit]),
		[["../apps/web/service.yaml", "../apps/web"]],
	);
});

test("findings are ordered by file, then place", (context) => {
	const two = QUOTED.replace("    - port: 80", '    - { name: a, port: 1, targetPort: "1" }\n    - name: b\n      port: 80');
	const root = folder(context, { "b/b.yaml": two, "a.yaml": QUOTED, "B.yaml": QUOTED.replaceAll("web", "other") });
	const found = check(root, [], 1).findings.filter(({ rule }) => rule === "quoted-target-port");
	assert.deepEqual(
		found.map(({ file, line }) => `${file}:${line}`),
		["B.yaml:10", "a.yaml:10", "b/b.yaml:9", "b/b.yaml:12"],
	);
});

test("a named file is judged with the other files of its folder, and only findings that touch it are reported", (context) => {
	const files = { "one.yaml": nodePortService("one", 30001), "two.yaml": nodePortService("two", 30001), "three.yaml": QUOTED };
	const root = folder(context, files);
	const report = check(root, ["two.yaml", "--fail-on", "warning"], 1);
	const conflicts = report.findings.map(({ rule, file, related }) => [rule, file, related[0]?.file]);
	assert.deepEqual(conflicts, [
		["node-port-conflict", "one.yaml", "two.yaml"],
		["node-port-conflict", "two.yaml", "one.yaml"],
	]);
	assert.equal(report.files, 3);
});

test("--fail-on sets the bar, --quiet prints what reaches it and no summary", (context) => {
	const root = folder(context, { "one.yaml": nodePortService("one", 30001), "two.yaml": nodePortService("two", 30001) });
	const cases = [
		[[], 0, 3],
		[["--fail-on", "warning"], 1, 3],
		[["--fail-on", "information"], 1, 3],
		[["--fail-on", "never"], 0, 3],
		[["--quiet"], 0, 0],
		[["--quiet", "--fail-on", "warning"], 1, 2],
	] as const;
	for (const [args, code, lines] of cases) {
		const run = portolan(root, ["check", ...args]);
		assert.deepEqual([run.code, run.out.split("\n").length - 1], [code, lines], args.join(" "));
	}
});

test("a folder without a manifest is silence and exit code 0", (context) => {
	const root = folder(context, { "values.yaml": "port: 80\n", "notes.txt": "kind: Service" });
	assert.deepEqual(check(root, [], 0), { version: 1, files: 1, objects: 0, units: 0, skipped: [], findings: [] });
	assert.equal(portolan(root, ["check"]).out, "0 Services, 0 paths, 0 findings, 0 cannot tell\n");
});

test("bad usage is exit code 2, with what is wrong on standard error and nothing on standard output", (context) => {
	const root = folder(context, { "a.yaml": QUOTED });
	const cases: readonly [readonly string[], RegExp][] = [
		[["check", "--nonsense"], /--nonsense/],
		[["check", "--format", "xml"], /--format .*xml/],
		[["check", "--fail-on", "hint"], /--fail-on .*hint/],
		[["check", "--format"], /--format/],
		[["check", "nowhere.yaml"], /nowhere\.yaml/],
		[["check", "a.yaml", "gone/"], /gone/],
		[["sail"], /sail/],
		[[], /Usage/],
		[["rules", "extra"], /extra/],
		[["explain"], /explain/],
		[["explain", "service-without-pod"], /did you mean service-without-pods/],
		[["chek", "."], /there is no command chek; did you mean check\?/],
	];
	for (const [args, message] of cases) {
		const run = portolan(root, args);
		assert.deepEqual([run.code, run.out], [2, ""], args.join(" "));
		assert.match(run.err, message);
	}
});

test("what cannot be read on the way is skipped and said; the rest is checked", (context) => {
	const root = folder(context, {
		"a.yaml": QUOTED,
		"binary.yaml": new Uint8Array([0x6b, 0x69, 0x6e, 0x64, 0, 1, 2]),
		"latin.yaml": new Uint8Array([0x6e, 0x3a, 0x20, 0xe9, 0x0a]),
		"empty.yaml": "",
	});
	symlinkSync("nowhere", path.join(root, "dangling.yaml"));
	const report = check(root, [], 1);
	assert.deepEqual(
		report.skipped.map(({ file }) => file),
		["binary.yaml", "dangling.yaml", "latin.yaml"],
	);
	assert.deepEqual([report.files, report.findings.length], [2, 1]);
	const { err } = portolan(root, ["check"]);
	assert.match(err, /skipped binary\.yaml: binary/);
	assert.match(err, /skipped latin\.yaml: not valid UTF-8/);
});

test("a named file that cannot be read is exit code 2", (context) => {
	const root = folder(context, { "binary.yaml": new Uint8Array([0x61, 0, 0x62]), "a.yaml": QUOTED });
	const run = portolan(root, ["check", "binary.yaml"]);
	assert.deepEqual([run.code, run.out], [2, ""]);
	assert.match(run.err, /binary\.yaml: binary/);
});

test("a FIFO and a link that leads to itself hold nothing up", { skip: process.platform === "win32" }, (context) => {
	const root = folder(context, { "a.yaml": QUOTED, "sub/b.yaml": "a: 1\n" });
	execFileSync("mkfifo", [path.join(root, "pipe.yaml")]);
	symlinkSync("loop.yaml", path.join(root, "loop.yaml"));
	symlinkSync("..", path.join(root, "sub", "up"));
	const report = check(root, [], 1);
	assert.deepEqual(
		report.findings.map(({ file }) => file),
		["a.yaml"],
	);
	assert.equal(portolan(root, ["check", "pipe.yaml"]).code, 2);
});

test("walking honours .gitignore, but a named file is read all the same", (context) => {
	const root = folder(context, { ".gitignore": "generated/\n", "generated/a.yaml": QUOTED, "node_modules/b.yaml": QUOTED });
	mkdirSync(path.join(root, ".git"));
	assert.equal(check(root, [], 0).files, 0);
	assert.equal(check(root, ["generated/a.yaml"], 1).findings.length, 1);
	assert.equal(check(root, ["generated"], 1).findings.length, 1);
});

test("charts and kustomizations are recognised from below, and what is not checked is said on standard error", (context) => {
	const root = folder(context, {
		"chart/Chart.yaml": "name: web\nversion: 1.0.0\ndependencies: [{ name: common, version: 1.x.x }]\n",
		"chart/values.yaml": "a: 1\n",
		"chart/templates/service.yaml": `${QUOTED}{{ include "common.rest" . }}\n`,
		"base/kustomization.yaml": "resources: [service.yaml, https://example.org/x.yaml]\npatches: [{ path: patches/ports.yaml }]\n",
		"base/service.yaml": nodePortService("web", 30001),
		"base/patches/ports.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: wbe } }\n",
	});
	for (const args of [[], ["chart/templates"], ["chart/templates/service.yaml"], ["base/patches"], ["base/patches/ports.yaml"]]) {
		assert.deepEqual(check(root, args, 0).findings, [], args.join(" "));
	}
	const { err } = portolan(root, ["check"]);
	const [chart, base, ...others] = err.split("\n").filter((line) => line.includes("not complete"));
	assert.match(
		chart ?? "",
		/^portolan: chart chart: not complete \(.* missing in charts\/ directory: common; `helm dependency build` fetches it, chart\/.*\), so what may be missing in it is not said$/,
	);
	assert.equal(
		base,
		"portolan: kustomization base: not complete (https://example.org/x.yaml is remote and not fetched, base/kustomization.yaml:1), so what may be missing in it is not said",
	);
	assert.deepEqual(others, []);
});

test("overlays that lack the same are said in one line, with the reason that comes first and how many there are", (context) => {
	const overlay = "resources: [../base]\n";
	const root = folder(context, {
		"base/kustomization.yaml": "resources:\n  - service.yaml\n  - https://example.org/x.yaml\n  - https://example.org/y.yaml\n",
		"base/service.yaml": nodePortService("web", 30001),
		...Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}/kustomization.yaml`, overlay])),
		"e/kustomization.yaml": "resources: [../e-not]\n",
	});
	for (const command of ["check", "paths"]) {
		const { err } = portolan(root, [command]);
		assert.deepEqual(err.split("\n"), [
			"portolan: 4 kustomizations: not complete (https://example.org/x.yaml is remote and not fetched, base/kustomization.yaml:3 and 1 more), so what may be missing in it is not said (a, b, c and 1 more)",
			"portolan: kustomization e: not complete (../e-not is not there, e/kustomization.yaml:1), so what may be missing in it is not said",
			"",
		]);
	}
});

test("standard input is one unit, and its findings have the template's name with the lines of the stream", (context) => {
	const root = folder(context, { "a.yaml": QUOTED });
	const stream = `---\n# Source: web/templates/service.yaml\n${QUOTED}---\n# Source: web/templates/deployment.yaml\n${WEB}`;
	const [finding, ...others] = check(root, ["-"], 1, stream).findings;
	assert.deepEqual([finding?.file, finding?.line, finding?.unit, others.length], ["web/templates/service.yaml", 12, "stdin", 0]);
	assert.deepEqual(
		check(root, ["-"], 1, QUOTED).findings.map(({ file, line }) => [file, line]),
		[["-", 10]],
	);
	const dashboard = "---\napiVersion: v1\nkind: ConfigMap\ndata:\n  legend: |\n    {{ instance }}\n";
	assert.equal(check(root, ["-"], 1, stream + dashboard).findings.length, 1, "a dashboard makes no template of the stream");
	assert.equal(portolan(root, ["check", "-"], new Uint8Array([0xff, 0x00])).code, 2);
});

test("everything is written before the process ends, also into a slow pipe", (context) => {
	const ports = Array.from({ length: 1000 }, (_, index) => `    - { name: p${index}, port: ${index + 1}, targetPort: "${index + 1}" }\n`);
	const root = folder(context, { "a.yaml": `${QUOTED.slice(0, QUOTED.indexOf("    - port"))}${ports.join("")}` });
	const run = portolan(root, ["check", "--format", "json"]);
	assert.equal((JSON.parse(run.out) as Report).findings.filter(({ rule }) => rule === "quoted-target-port").length, 1000);
});

test("a reader that closes the pipe early gets no complaint", { skip: process.platform === "win32" }, (context) => {
	const root = folder(context, { "a.yaml": QUOTED });
	for (let index = 0; index < 2000; index++) writeFileSync(path.join(root, `${index}.yaml`), QUOTED.replace("web", `web${index}`));
	const run = spawnSync("sh", ["-c", `"$0" "$1" check | head -n 1`, process.execPath, path.resolve("dist/cli.js")], {
		cwd: root,
		encoding: "utf8",
	});
	assert.equal(run.stderr, "");
	assert.equal(run.stdout.split("\n").length, 2);
});

test("no colour and no control character in a pipe", (context) => {
	const root = folder(context, { "a.yaml": QUOTED });
	assert.ok(!portolan(root, ["check"]).out.includes("\u001b"));
	assert.ok(!portolan(root, ["--help"]).out.includes("\u001b"));
});

test("Dockerfiles are read for what their images expose, and are no manifests", (context) => {
	const root = folder(context, {
		"service.yaml": QUOTED.replace('"8080"', "8080"),
		"deployment.yaml": WEB.replace("registry.example.com/web:1", "example/web").replace("containerPort: 8080", "containerPort: 9090"),
		"compose.yaml": "services: { web: { image: example/web, build: app } }",
		"app/Dockerfile": "FROM scratch\nEXPOSE 8080\n",
	});
	const report = check(root, [], 0);
	assert.equal(report.files, 3);
	assert.deepEqual(
		report.findings.map(({ rule, severity }) => [rule, severity]),
		[["target-port-not-declared", "information"]],
	);
});

test("an empty PATH is a fault", (context) => {
	const root = folder(context, {});
	assert.equal(portolan(root, ["check", ""]).code, 2);
});

test("very many paths are not counted, and the summary says so", (context) => {
	const ports = Array.from({ length: 400 }, (_, at) => `    - { name: p${at}, port: ${at + 1} }\n`).join("");
	const addresses = Array.from({ length: 200 }, (_, at) => `198.51.100.${at}`).join(", ");
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  externalIPs: [${addresses}]\n  ports:\n${ports}`;
	const root = folder(context, { "all.yaml": service });
	assert.match(portolan(root, ["check"]).out, /\n1 Service, more than 200000 paths, 1 finding\n$/);
});
