import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Place, textAt } from "../../../../server/src/text/source.ts";
import { viaOf } from "../../../../server/src/units/helm/template/origin.ts";
import { placeIn, runsIn, text } from "../../../../server/src/units/helm/template/text.ts";
import { type Chart, render } from "./rendering.ts";

const VALUES = `# the values
name: web
port: 8080
quoted: "a b"
image:
  repository: docker.io/nginx # kept
labels:
  app: shop
  tier: front
list: [one, two]
template: "x-{{ .Values.name }}-y"
multi: |
  first
  second
`;

const HELPERS = `{{- define "labels" -}}
app: {{ .Values.name }}
kind: fixed
{{- end -}}
{{- define "outer" }}{{ include "labels" . | upper }}{{ end }}
`;

/** The first characters of the output that are \`part\`: where they stand, what is written there, and what they came through. */
function origin(t: string, part: string, more: Partial<Chart> = {}) {
	const { outcome } = render({ t, h: HELPERS, yaml: { uri: "values.yaml", text: VALUES }, ...more });
	assert.ok(outcome.output, outcome.problem?.message);
	const at = outcome.output.value.indexOf(part);
	assert.ok(at >= 0, outcome.output.value);
	const [run] = runsIn(outcome.output, at, at + part.length);
	const place = placeIn(outcome.output, at, at + part.length);
	assert.ok(run?.origin && place);
	return { at: show(place), from: run.origin.from, via: viaOf(run.origin).map((step) => `${step.how} ${show(step)}`) };
}

function show(place: Place): string {
	const line = place.source.text.slice(0, place.start).split("\n").length;
	return `${place.source.uri}:${line} ${textAt(place)}`;
}

describe("where the characters of a rendered template come from", () => {
	test("text outside of actions stands where it is written", () => {
		assert.deepEqual(origin("a: 1\nport: 80\n", "80"), { at: "t.yaml:2 80", from: "text", via: [] });
	});

	test("a value stands in the values file, and came through the action that prints it", () => {
		assert.deepEqual(origin("port: {{ .Values.port }}", "8080"), {
			at: "values.yaml:3 8080",
			from: "value",
			via: ["template t.yaml:1 {{ .Values.port }}"],
		});
	});

	for (const { name, t, part, at } of [
		{ name: "quote", t: "{{ .Values.name | quote }}", part: "web", at: "values.yaml:2 web" },
		{ name: "squote", t: "{{ squote .Values.name }}", part: "web", at: "values.yaml:2 web" },
		{ name: "toYaml", t: "{{ toYaml .Values.image }}", part: "docker.io/nginx", at: "values.yaml:6 docker.io/nginx" },
		{ name: "toJson", t: "{{ toJson .Values.image }}", part: "docker.io/nginx", at: "values.yaml:6 docker.io/nginx" },
		{ name: "indent", t: "{{ toYaml .Values.labels | nindent 4 }}", part: "front", at: "values.yaml:9 front" },
		{ name: "trunc", t: "{{ trunc 6 .Values.image.repository }}", part: "docker", at: "values.yaml:6 docker" },
		{ name: "trimPrefix", t: '{{ trimPrefix "docker.io/" .Values.image.repository }}', part: "nginx", at: "values.yaml:6 nginx" },
		{ name: "replace", t: '{{ replace "/" "-" .Values.image.repository }}', part: "nginx", at: "values.yaml:6 nginx" },
		{
			name: "regexReplaceAll",
			t: '{{ regexReplaceAll "^.*/(.*)$" .Values.image.repository "${1}" }}',
			part: "nginx",
			at: "values.yaml:6 nginx",
		},
		{ name: "upper", t: "{{ upper .Values.name }}", part: "WEB", at: "values.yaml:2 web" },
		{ name: "printf", t: '{{ printf "%s:%v" .Values.name .Values.port }}', part: "8080", at: "values.yaml:3 8080" },
		{ name: "int", t: "{{ int .Values.port }}", part: "8080", at: "values.yaml:3 8080" },
		{ name: "default", t: '{{ .Values.name | default "x" }}', part: "web", at: "values.yaml:2 web" },
		{ name: "ternary", t: '{{ ternary .Values.name "x" true }}', part: "web", at: "values.yaml:2 web" },
		{ name: "join", t: '{{ join "," .Values.list }}', part: "two", at: "values.yaml:10 two" },
		{ name: "splitList", t: '{{ splitList "/" .Values.image.repository | last }}', part: "nginx", at: "values.yaml:6 nginx" },
		{ name: "dict and get", t: '{{ get (dict "a" .Values.name) "a" }}', part: "web", at: "values.yaml:2 web" },
		{ name: "merge", t: '{{ toYaml (merge (dict "a" 1) .Values.labels) }}', part: "shop", at: "values.yaml:8 shop" },
		{ name: "deepCopy", t: "{{ (deepCopy .Values.labels).app }}", part: "shop", at: "values.yaml:8 shop" },
		{ name: "fromYaml", t: "{{ (toYaml .Values.labels | fromYaml).app }}", part: "shop", at: "values.yaml:8 shop" },
		{ name: "a quoted scalar", t: "{{ .Values.quoted }}", part: "b", at: "values.yaml:4 b" },
		{ name: "a variable", t: "{{ $x := .Values.name }}{{ $x }}", part: "web", at: "values.yaml:2 web" },
		{ name: "range", t: "{{ range .Values.list }}{{ . }};{{ end }}", part: "two", at: "values.yaml:10 two" },
	]) {
		test(`${name} keeps the characters' places`, () => {
			assert.equal(origin(t, part).at, at);
		});
	}

	test("keys of a map stand where they are written in the values file", () => {
		assert.equal(origin("{{ toYaml .Values.labels }}", "tier").at, "values.yaml:9 tier");
		assert.equal(origin("{{ range $k, $v := .Values.labels }}{{ $k }};{{ end }}", "tier").at, "values.yaml:9 tier");
	});

	test("a constant stands in its action", () => {
		assert.deepEqual(origin("port: {{ .Values.none | default 9090 }}", "9090"), { at: "t.yaml:1 9090", from: "literal", via: [] });
		assert.deepEqual(origin('{{ printf "x-%s" .Values.name }}', "x-").at, "t.yaml:1 x-");
	});

	test("what a function adds stands at its action", () => {
		assert.deepEqual(origin("{{ quote .Values.name }}", '"'), { at: "t.yaml:1 {{ quote .Values.name }}", from: "action", via: [] });
	});

	test("what a text is computed to stands at the whole value that it is made of", () => {
		assert.equal(origin("{{ b64enc .Values.name }}", "d2Vi").at, "values.yaml:2 web");
	});

	test("a helper's text came through the include, and its values through the helper's action too", () => {
		assert.deepEqual(origin('a:\n{{ include "labels" . | nindent 2 }}', "fixed"), {
			at: "_h.tpl:3 fixed",
			from: "text",
			via: ['include t.yaml:2 {{ include "labels" . | nindent 2 }}'],
		});
		assert.deepEqual(origin('a:\n{{ include "labels" . | nindent 2 }}', "web"), {
			at: "values.yaml:2 web",
			from: "value",
			via: ["template _h.tpl:2 {{ .Values.name }}", 'include t.yaml:2 {{ include "labels" . | nindent 2 }}'],
		});
	});

	test("includes inside of each other are all named, the nearest first", () => {
		assert.deepEqual(origin('{{ include "outer" . }}', "FIXED").via, [
			'include _h.tpl:5 {{ include "labels" . | upper }}',
			'include t.yaml:1 {{ include "outer" . }}',
		]);
		assert.deepEqual(origin('{{ template "labels" . }}', "fixed").via, ['include t.yaml:1 {{ template "labels" . }}']);
	});

	test("what tpl gets keeps the places of its own characters and of its actions", () => {
		assert.equal(origin("{{ tpl .Values.template . }}", "x-").at, "values.yaml:11 x-");
		assert.deepEqual(origin("{{ tpl .Values.template . }}", "web"), {
			at: "values.yaml:2 web",
			from: "value",
			via: ["template values.yaml:11 {{ .Values.name }}", "include t.yaml:1 {{ tpl .Values.template . }}"],
		});
	});

	test("what a file holds stands in the file, and came through the action that prints it", () => {
		const file = { uri: "a.conf", text: "one\ntwo\n" };
		const content = text(file.text, { at: { source: file, start: 0, end: 8 }, from: "text" }, 0);
		assert.deepEqual(origin('{{ .Files.Get "a.conf" | indent 2 }}', "two", { f: { "a.conf": content } }), {
			at: "a.conf:2 two",
			from: "text",
			via: ['template t.yaml:1 {{ .Files.Get "a.conf" | indent 2 }}'],
		});
		assert.equal(origin('{{ range .Files.Lines "a.conf" }}<{{ . }}>{{ end }}', "two", { f: { "a.conf": content } }).at, "a.conf:2 two");
	});

	test("lines of a block text have its place", () => {
		assert.match(origin("{{ .Values.multi | indent 2 }}", "second").at, /^values\.yaml:\d+ \|\n/);
	});

	test("text that is trimmed or split over actions stays exact", () => {
		const t = "a:\n  {{- if .Values.name }}\n  b: cc\n  {{- end }}\nd: e";
		assert.equal(origin(t, "cc").at, "t.yaml:3 cc");
		assert.equal(origin(t, "e").at, "t.yaml:5 e");
	});

	test("the removal of <no value> moves nothing", () => {
		const t = "a: {{ .Values.none }}\nb: here";
		assert.equal(origin(t, "here").at, "t.yaml:2 here");
	});
});

describe("where a template fails", () => {
	test("the expression that fails, and the includes that led there", () => {
		const { outcome } = render({ t: '{{ include "bad" . }}', h: '{{ define "bad" }}{{ .Values.a.b }}{{ end }}' });
		assert.ok(outcome.problem);
		assert.equal(outcome.problem.reason, "nil pointer evaluating interface {}.b");
		assert.equal(outcome.problem.at.source.uri, "_h.tpl");
		assert.equal(outcome.problem.through && textAt(outcome.problem.through.at), '{{ include "bad" . }}');
	});

	test("a template that says nothing when it fails is said to say nothing", () => {
		const reasons = ["{{ cat | fail }}", '{{ required " " nil }}'].map((t) => render({ t }).outcome.problem?.reason);
		assert.deepEqual(reasons, ["fail gives no reason", "required gives no reason"]);
	});

	test("what the template says itself is told apart", () => {
		const kinds = ['{{ fail "so" }}', '{{ required "so" nil }}', "{{ upper 1 }}", "{{ nope }}"].map((t) => {
			const { problem } = render({ t }).outcome;
			return problem && [problem.kind, problem.reason];
		});
		assert.deepEqual(kinds, [
			["fail", "so"],
			["required", "so"],
			["execute", "expected string; found 1"],
			["parse", 'function "nope" not defined'],
		]);
	});

	test("what does not parse stands where the parser gave up", () => {
		const { problem } = render({ t: "a: b\nc: {{ .Values.x ) }}\nd" }).outcome;
		assert.equal(problem && textAt(problem.at), ") }}");
	});
});
