import assert from "node:assert/strict";
import { test } from "node:test";
import { type Place, textAt } from "../../../../server/src/text/source.ts";
import { type ChartOptions, renderChart } from "../../../../server/src/units/helm/chart/render.ts";
import type { Node } from "../../../../server/src/yaml/nodes.ts";
import { entryOf } from "../../../../server/src/yaml/nodes.ts";
import { memoryFiles } from "../../../support/unitFiles.ts";
import { cutFiles } from "../../../support/workspace.ts";

const CHART = "#- Chart.yaml\napiVersion: v2\nname: web\nversion: 1.0.0\n";

function render(block: string, options: ChartOptions = {}) {
	return renderChart(memoryFiles("/ws", Object.fromEntries(cutFiles(CHART + block))), "/ws", options);
}

/** `values.yaml 8080 < template templates/a.yaml {{ .Values.port }}`: where a node stands, and what it came through. */
function shown(node: Node | undefined): string {
	if (!node) return "nothing";
	const at = (place: Place) => `${place.source.uri.replace("/ws/", "")} ${textAt(place)}`;
	return [at(node), ...(node.via ?? []).map(({ how, ...place }) => `${how} ${at(place)}`)].join(" < ");
}

function nodeAt(root: Node | undefined, pointer: string): Node | undefined {
	return pointer
		.split("/")
		.reduce<Node | undefined>((at, part) => (at?.kind === "seq" ? at.items[Number(part)] : entryOf(at, part)?.value), root);
}

/** The values of the first object of `templates/a.yaml`, by their paths. */
const PLACES: readonly (readonly [title: string, block: string, places: Readonly<Record<string, string>>])[] = [
	[
		"literal text stands in the template",
		'#- templates/a.yaml\nport: 8080\nname: "web"\n',
		{ port: "templates/a.yaml 8080", name: 'templates/a.yaml "web"' },
	],
	[
		"a value stands in values.yaml",
		'#- values.yaml\nport: 8080\nname: web\n#- templates/a.yaml\nport: {{ .Values.port }}\nname: {{ .Values.name | quote }}\nother: "{{ .Values.name }}"\n',
		{
			port: "values.yaml 8080 < template templates/a.yaml {{ .Values.port }}",
			name: "values.yaml web < template templates/a.yaml {{ .Values.name | quote }}",
			other: "values.yaml web < template templates/a.yaml {{ .Values.name }}",
		},
	],
	["a default stands in its action", "#- templates/a.yaml\nport: {{ .Values.port | default 8080 }}\n", { port: "templates/a.yaml 8080" }],
	[
		"what several pieces make stands at all of them",
		"#- values.yaml\nname: web\n#- templates/a.yaml\nname: {{ .Values.name }}-{{ .Release.Name }}\n",
		{
			name: "templates/a.yaml {{ .Values.name }}-{{ .Release.Name }} < value values.yaml web < template templates/a.yaml {{ .Values.name }}-{{ .Release.Name }}",
		},
	],
	[
		"what a helper prints stands in the helper",
		'#- templates/_a.tpl\n{{- define "labels" -}}\napp: web\n{{- end }}\n#- templates/a.yaml\nlabels:\n  {{- include "labels" . | nindent 2 }}\n',
		{ "labels/app": 'templates/_a.tpl web < include templates/a.yaml {{- include "labels" . | nindent 2 }}' },
	],
	[
		"a part of values that is printed whole stands in values.yaml",
		"#- values.yaml\nresources:\n  limits: { cpu: 1 }\n#- templates/a.yaml\nresources:\n  {{- toYaml .Values.resources | nindent 2 }}\n",
		{ "resources/limits/cpu": "values.yaml 1 < template templates/a.yaml {{- toYaml .Values.resources | nindent 2 }}" },
	],
	["a place behind a separator counts from its document", "#- templates/a.yaml\n---\nport: 80\n---\n", { port: "templates/a.yaml 80" }],
];
for (const [title, block, places] of PLACES) {
	test(`places: ${title}`, () => {
		const { objects, gaps } = render(block);
		assert.deepEqual(gaps, []);
		const found = Object.fromEntries(Object.keys(places).map((path) => [path, shown(nodeAt(objects[0]?.root, path))]));
		assert.deepEqual(found, places);
	});
}

const GAPS: readonly (readonly [title: string, block: string, gap: string])[] = [
	["a syntax error", "#- templates/a.yaml\na: 1\nb: {{ if }}\n", "template syntax: templates/a.yaml"],
	["a required value", '#- templates/a.yaml\na: {{ required "wanted" .Values.a }}\n', "required or fail: templates/a.yaml"],
	[
		"a helper that fails wherever it is included",
		'#- templates/_a.tpl\n{{ define "a" }}{{ fail "no" }}{{ end }}\n#- templates/a.yaml\na: {{ include "a" . }}\n#- templates/b.yaml\na: {{ include "a" . }}\n',
		"required or fail: templates/_a.tpl",
	],
	["output that is no YAML", "#- values.yaml\na: '}'\n#- templates/a.yaml\na: {{ .Values.a }}\n", "rendered YAML invalid: values.yaml"],
	[
		"a missing chart",
		"#- Chart.yaml\nname: web\nversion: 1.0.0\napiVersion: v2\ndependencies: [{ name: a, version: 1.0.0 }]\n",
		"missing dependency: Chart.yaml",
	],
];
for (const [title, block, gap] of GAPS) {
	test(`the gap of ${title} names its place`, () => {
		assert.deepEqual(
			render(block).gaps.map((each) => `${each.class}: ${each.at?.source.uri.replace("/ws/", "")}`),
			[gap],
		);
	});
}

test("what is random is unknown, and nothing else", () => {
	const [object] = render(
		"#- templates/a.yaml\nkind: Secret\ndata:\n  key: {{ randAlphaNum 8 | b64enc }}\n  known: a\nname: web-{{ randAlpha 3 | lower }}\n",
	).objects;
	assert.deepEqual(object?.unknown, ["/data/key", "/name"]);
});
