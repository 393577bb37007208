import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDocument } from "../../../../server/src/units/helm/chart/chartFile.ts";
import type { GivenValues } from "../../../../server/src/units/helm/chart/given.ts";
import { renderChart } from "../../../../server/src/units/helm/chart/render.ts";
import { variantsOf } from "../../../../server/src/units/helm/chart/variants.ts";
import { openFile } from "../../../../server/src/yaml/stream.ts";
import { memoryFiles } from "../../../support/unitFiles.ts";
import { packedChart, tarball } from "./tarballs.ts";

const CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

test("values files beside values.yaml and below ci/ are variants", () => {
	const names = [
		"values.yaml",
		"values-prod.yaml",
		"values.dev.yml",
		"ci/a-values.yaml",
		"ci/values.yaml",
		"templates/values-a.yaml",
		"my-values.yaml",
	];
	const files = memoryFiles("/ws", Object.fromEntries(names.map((name) => [name, ""])));
	assert.deepEqual(
		variantsOf(files, "/ws").map(({ name }) => name),
		["", "values-prod.yaml", "values.dev.yml", "ci/a-values.yaml"],
	);
});

function printed(files: Readonly<Record<string, string | Uint8Array>>, values: readonly GivenValues[] = []): string {
	const { documents, gaps } = renderChart(memoryFiles("/ws", files), "/ws", { values });
	return [...documents.map(({ text }) => text), ...gaps.map((gap) => `${gap.class}: ${gap.reason}`)].join("\n");
}

function nodeOf(text: string) {
	const { root } = firstDocument(openFile("/other.yaml", text));
	assert.ok(root);
	return root;
}

test("values are laid over each other in their order, from files, nodes and single ones", () => {
	const files = {
		"Chart.yaml": CHART,
		"values.yaml": "a: 1\nb: { c: 1, d: 1 }\nlist: [{ x: 1 }]\n",
		"more.yaml": "b: { c: 2 }\n",
		"templates/a.yaml": "{{ toYaml .Values }}\n",
	};
	const set = (name: string, text: string, asText = false): GivenValues => {
		const value = nodeOf(text);
		assert.ok(value.kind === "scalar");
		return { set: { name, value, asText } };
	};
	const values = [
		{ file: "/ws/more.yaml" },
		{ node: nodeOf("b: { d: 3 }") },
		set("b.e\\.f", "4"),
		set("a", "8080"),
		set("s", "8080", true),
		set("list[1].y", "true"),
	];
	assert.equal(printed(files, values), 'a: 8080\nb:\n  c: 2\n  d: 3\n  e.f: 4\nlist:\n- null\n- "y": true\ns: "8080"');
	assert.equal(
		printed(files, [set("a.b", "1"), set("a.b.c", "1")]),
		"invalid values: failed parsing --set data: unable to parse key: a.b.c",
	);
	assert.equal(printed({ "Chart.yaml": CHART, "templates/a.yaml": "{{ toYaml .Values }}\n" }, [set("l[1].k", "''")]), "l: []");
	assert.equal(printed(files, [{ file: "/ws/none.yaml" }]), "invalid values: The values file none.yaml is not there or cannot be read");
});

const PARENT = `${CHART}dependencies:\n- { name: sub, version: 1.0.0, repository: "https://example.com" }\n`;
const SUB = {
	"Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
	"values.yaml": "port: 80\n",
	"templates/a.yaml": "port: {{ .Values.port }}\n",
};

test("a packed chart is a dependency", () => {
	const files = { "Chart.yaml": PARENT, "values.yaml": "sub: { port: 81 }\n", "charts/sub-1.0.0.tgz": packedChart("sub", SUB) };
	assert.equal(printed(files), "port: 81");
});

test("a packed chart that nobody may unpack refuses the chart", () => {
	const archive = tarball([{ name: "sub/../../x", text: "" }]);
	const reason = "error unpacking subchart sub-1.0.0.tgz in web: chart illegally references parent directory";
	assert.equal(printed({ "Chart.yaml": PARENT, "charts/sub-1.0.0.tgz": archive }), `invalid chart: ${reason}`);
});

test("a missing chart that is switched off does no harm", () => {
	const chart = `${CHART}dependencies:\n- { name: sub, version: 1.0.0, condition: sub.enabled }\n`;
	const gaps = (values: string) => renderChart(memoryFiles("/ws", { "Chart.yaml": chart, "values.yaml": values }), "/ws").gaps;
	assert.deepEqual(
		gaps("sub: { enabled: false }\n").map(({ harmless }) => harmless),
		[true],
	);
	assert.deepEqual(
		gaps("sub: { enabled: true }\n").map(({ harmless }) => harmless),
		[false],
	);
});

test("a chart beside is no dependency where it may not be looked at", () => {
	const files = memoryFiles("/ws", {
		"Chart.yaml": `${CHART}dependencies:\n- { name: sub, version: 1.0.0, repository: "file://../sub" }\n`,
	});
	assert.deepEqual(
		renderChart(files, "/ws").gaps.map((gap) => gap.class),
		["missing dependency"],
	);
});

test("budgets end what would not end", () => {
	const files = memoryFiles("/ws", {
		"Chart.yaml": CHART,
		"templates/a.yaml": "{{ range until 90000 }}{{ range until 90000 }}a{{ end }}{{ end }}",
	});
	const limits = { steps: 10_000, output: 10_000, recursion: 100, range: 100_000 };
	assert.deepEqual(
		renderChart(files, "/ws", { limits }).gaps.map((gap) => gap.class),
		["budget"],
	);
});
