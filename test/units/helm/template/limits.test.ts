import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../../../server/src/settings/settings.ts";
import type { Limits } from "../../../../server/src/units/helm/template/problem.ts";
import { render } from "./rendering.ts";

function problem(t: string, limits: Partial<Limits> = {}) {
	return render({ t, h: '{{ define "again" }}{{ include "again" . }}{{ end }}', limits: { ...DEFAULT_SETTINGS.rendering, ...limits } })
		.outcome.problem;
}

describe("what a template may compute", () => {
	for (const { title, t, reason, limits } of [
		{
			title: "steps",
			t: "{{ range until 1000 }}{{ . }}{{ end }}",
			limits: { steps: 500 },
			reason: "more than 500 steps, and the setting rendering.steps allows no more",
		},
		{
			title: "characters",
			t: '{{ repeat 1000 "abc" }}',
			limits: { output: 2000 },
			reason: "more than 2000 characters, and the setting rendering.output allows no more",
		},
		{
			title: "characters of a text that doubles",
			t: '{{ $x := "a" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}',
			limits: { output: 1_000_000 },
			reason: "more than 1000000 characters, and the setting rendering.output allows no more",
		},
		{
			title: "elements",
			t: "{{ until 1000000000 }}",
			reason: "a list or range of more than 100000, and the setting rendering.range allows no more",
		},
		{
			title: "elements of a sequence",
			t: "{{ seq 1 1000000000 }}",
			reason: "a list or range of more than 100000, and the setting rendering.range allows no more",
		},
		{
			title: "rounds",
			t: "{{ range 1000000000 }}{{ end }}",
			reason: "a list or range of more than 100000, and the setting rendering.range allows no more",
		},
		{
			title: "random characters",
			t: "{{ randAlphaNum 1000000000 }}",
			reason: "more than 100000000 characters, and the setting rendering.output allows no more",
		},
		{
			title: "indentation",
			t: '{{ indent 1000000000 "a" }}',
			reason: "more than 100000000 characters, and the setting rendering.output allows no more",
		},
		{
			title: "a list in itself, printed",
			t: '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $d }}',
			limits: { output: 100_000 },
			reason: /more than 100000 characters|nested too deeply/,
		},
		{ title: "a map in itself, as YAML", t: '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toYaml $d }}', reason: "nested too deeply" },
		{ title: "a map in itself, as JSON", t: '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toJson $d }}', reason: "nested too deeply" },
		{
			title: "a map in itself, copied",
			t: '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $_ := deepCopy $d }}',
			reason: "nested too deeply",
		},
		{
			title: "a map that grows into all its parts",
			t: '{{ $d := dict "x" 1 }}{{ range until 50 }}{{ $d = dict "a" $d "b" $d }}{{ end }}{{ toYaml $d }}',
			limits: { steps: 100_000 },
			reason: "more than 100000 steps, and the setting rendering.steps allows no more",
		},
	]) {
		test(`${title}: more than the limit ends with a problem that says so`, () => {
			const found = problem(t, limits);
			assert.equal(found?.kind, "budget");
			if (typeof reason === "string") assert.equal(found.reason, reason);
			else assert.match(found.reason, reason);
		});
	}

	test("the budget is one for all templates of a chart", () => {
		const { outcome } = render({
			t: '{{ include "x" . }}{{ include "x" . }}',
			h: '{{ define "x" }}{{ repeat 60 "a" }}{{ end }}',
			limits: { ...DEFAULT_SETTINGS.rendering, output: 250 },
		});
		assert.equal(outcome.problem?.kind, "budget");
	});

	test("a template that includes itself is refused, as Helm refuses it", () => {
		const t = 'a: {{ include "again" . }}';
		const found = problem(t);
		assert.equal(found?.kind, "execute");
		assert.match(found.reason, /nested reference name: again/);
		assert.deepEqual([found.at.source.uri, t.slice(found.at.start, found.at.end)], ["t.yaml", '{{ include "again" . }}']);
	});

	for (const [t, wrong] of [
		["a: {{ .Values.a | qoute }} b", "qoute"],
		["a: {{ $other }} b", "$other"],
	] as const) {
		test(`what is not defined is the place of the problem: ${wrong}`, () => {
			const at = problem(t)?.at;
			assert.equal(t.slice(at?.start, at?.end), wrong);
		});
	}

	test("a template that runs itself ends with a problem", () => {
		assert.equal(render({ t: '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}' }).outcome.problem?.kind, "budget");
	});

	test("a template that is nested too deeply is refused", () => {
		assert.equal(problem(`{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`)?.kind, "parse");
		assert.equal(problem("{{ if 1 }}".repeat(5000))?.kind, "parse");
	});

	test("a pattern that other engines take ages for is matched at once", () => {
		const { outcome } = render({ t: `{{ regexMatch "^(a+)+$" "${"a".repeat(5000)}!" }}` });
		assert.equal(outcome.output?.value, "false");
	});
});
