import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { readArchive } from "../../../../server/src/units/helm/chart/archive.ts";
import { kubeVersionOf } from "../../../../server/src/units/helm/chart/cluster.ts";
import { renderChart } from "../../../../server/src/units/helm/chart/render.ts";
import { memoryFiles } from "../../../support/unitFiles.ts";
import { recordedCharts } from "./recordedCharts.ts";
import { packedChart, tar } from "./tarballs.ts";

const CHARTS = recordedCharts().map(({ files }) => Object.fromEntries([...files].filter(([name]) => !name.startsWith("../"))));
const PIECES = [
	"{{",
	"}}",
	"{{ end }}",
	"{{ if .Values }}",
	"{{ .Values.a.b }}",
	"null",
	": ",
	"- ",
	"\n",
	"---\n",
	"[",
	"{",
	'"',
	"0",
	"\t",
	"&a ",
	"*a",
	"🐙",
];

test("a chart that is broken anywhere has a gap or is rendered, and nothing is thrown", () => {
	const limits = { steps: 20_000, output: 200_000, recursion: 100, range: 1000 };
	const edit = fc.record({ chart: fc.nat(), file: fc.nat(), at: fc.nat(), cut: fc.nat(12), piece: fc.constantFrom(...PIECES) });
	fc.assert(
		fc.property(edit, fc.array(edit, { maxLength: 3 }), (first, others) => {
			const contents = { ...(CHARTS[first.chart % CHARTS.length] ?? {}) };
			const names = Object.keys(contents);
			for (const { file, at, cut, piece } of [first, ...others]) {
				const name = names[file % names.length] ?? "";
				const text = contents[name] ?? "";
				const offset = at % (text.length + 1);
				contents[name] = text.slice(0, offset) + piece + text.slice(offset + cut);
			}
			const { objects } = renderChart(memoryFiles("/ws", contents), "/ws", { limits });
			for (const { root } of objects) assert.ok(root.start <= root.end && root.end <= root.source.text.length);
		}),
		{ numRuns: 200 },
	);
});

test("a packed chart that is damaged anywhere is read or refused, and nothing is thrown", () => {
	const files = { "Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\n", "templates/a.yaml": "a: 1\n" };
	const [packed, plain] = [packedChart("lib", files), tar(Object.entries(files).map(([name, text]) => ({ name: `lib/${name}`, text })))];
	const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(fc.boolean(), edits, fc.nat(2000), (inside, changes, length) => {
			const bytes = (inside ? plain : packed).slice();
			for (const [at, value] of changes) bytes[at % bytes.length] = value;
			const broken = inside ? gzipSync(bytes) : bytes.subarray(0, Math.max(1, Math.min(bytes.length, length)));
			const archive = readArchive(broken);
			assert.ok(typeof archive === "string" || archive.size > 0);
		}),
		{ numRuns: 200 },
	);
});

test("versions of Kubernetes are read as Helm reads them", () => {
	const read = ["1.36", "v1.28.3", "1.30.1-gke.5", " v1.2", "1", "latest", "01.2", ""].map(kubeVersionOf);
	assert.deepEqual(read, ["v1.36.0", "v1.28.3", "v1.30.1", "v1.2.0", undefined, undefined, undefined, undefined]);
});

const CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

test("a chart of too many charts is a gap", () => {
	const aliases = Array.from({ length: 1200 }, (_, index) => `- { name: sub, version: 1.0.0, alias: a${index} }\n`).join("");
	const files = memoryFiles("/ws", {
		"Chart.yaml": `${CHART}dependencies:\n${aliases}`,
		"charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
	});
	assert.deepEqual(
		renderChart(files, "/ws").gaps.map((gap) => [gap.class, gap.reason]),
		[["budget", "The chart consists of more than 1000 charts"]],
	);
});

test("values that are nested too deeply are a gap", () => {
	const deep = `a: ${"{a: ".repeat(4000)}1${"}".repeat(4000)}\n`;
	const files = { "Chart.yaml": CHART, "values.yaml": deep, "templates/a.yaml": "a: {{ toYaml .Values | len }}\n" };
	assert.equal(renderChart(memoryFiles("/ws", files), "/ws").gaps.length, 1);
});

test("what only a packed chart says stands where it is taken from", () => {
	const library = {
		"Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\n",
		"templates/_a.tpl": '{{ define "port" }}8080{{ end }}',
	};
	const files = memoryFiles("/ws", {
		"Chart.yaml": CHART,
		"charts/lib-1.0.0.tgz": packedChart("lib", library),
		"templates/a.yaml": 'port: {{ include "port" . }}\n',
	});
	const port = renderChart(files, "/ws").objects[0]?.root.entries[0]?.value;
	assert.ok(port);
	assert.deepEqual([port.source.uri, port.start, port.end], ["/ws/templates/a.yaml", 6, 28]);
	assert.deepEqual(
		port.via?.map(({ source }) => source.uri),
		["/ws/charts/lib-1.0.0.tgz!/templates/_a.tpl", "/ws/templates/a.yaml"],
	);
});
