import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { render } from "./rendering.ts";

/** The output with `?` for every character that is not known, and the conditions that nobody can decide. */
function known(t: string): { readonly output: string; readonly undecided: number } {
	const { outcome } = render({ t, v: { name: "web" }, h: '{{ define "h" }}a: {{ randAlphaNum 3 }}\nb: {{ .Values.name }}{{ end }}' });
	assert.ok(outcome.output, outcome.problem?.message);
	let output = "";
	let at = 0;
	for (const { end, origin } of outcome.output.runs ?? []) {
		const part = outcome.output.value.slice(at, end);
		output += origin?.unknown ? part.replace(/[^\n]/g, "?") : part;
		at = end;
	}
	return { output, undecided: outcome.undecided.length };
}

describe("what nobody knows before it is deployed", () => {
	for (const { title, t, output } of [
		{ title: "a random text has its length", t: "x{{ randAlphaNum 4 }}y", output: "x????y" },
		{ title: "what stands beside it stays known", t: '{{ printf "%s-%s" .Values.name (randAlpha 2) | quote }}', output: '"web-??"' },
		{ title: "only the lines of a helper that hold it are unknown", t: '{{ include "h" . | nindent 2 }}', output: "\n  a: ???\n  b: web" },
		{ title: "and so it is after YAML and back", t: '{{ include "h" . | fromYaml | toYaml }}', output: "a: ???\nb: web" },
		{ title: "a map of it has known keys", t: '{{ toYaml (dict "a" (uuidv4) "b" 1) }}', output: `a: ${"?".repeat(36)}\nb: 1` },
		{ title: "a hash of it is unknown", t: "{{ randAlphaNum 4 | sha256sum | trunc 3 }}", output: "???" },
		{ title: "another notation of it is unknown", t: "{{ randAlphaNum 4 | b64enc }}", output: "???????" },
		{ title: "a certificate and its key are unknown", t: '{{ $c := genCA "ca" 1 }}{{ $c.Cert }} {{ $c.Key }}', output: "??????? ???????" },
		{
			title: "a certificate signed by it is unknown",
			t: '{{ $c := genCA "ca" 1 }}{{ (genSignedCert "x" nil (list "y") 1 $c).Cert }}',
			output: "???????",
		},
		{ title: "a date is unknown", t: '{{ now | date "2006" }} {{ now | unixEpoch }} {{ now }}', output: "??????? ??????? ???????" },
		{ title: "a moment computed from now is unknown", t: '{{ now | dateModify "-1h" | htmlDate }}', output: "???????" },
		{ title: "a hash of a password is unknown", t: '{{ htpasswd "u" "p" }}{{ bcrypt "p" }}', output: "??????????????" },
		{ title: "a number of it is unknown", t: "{{ randNumeric 3 | int | add 1 }}", output: "???????" },
		{ title: "a comparison with it is unknown", t: '{{ eq (randAlpha 1) "a" }}', output: "???????" },
		{ title: "what is never empty is not replaced by a default", t: '{{ randAlpha 2 | default "x" }}', output: "??" },
		{ title: "a choice by it is unknown", t: '{{ ternary "a" "b" (eq (randAlpha 1) "a") }}', output: "???????" },
		{
			title: "and, or and not of it are unknown",
			t: '{{ $u := eq (randAlpha 1) "a" }}{{ not $u }}{{ and $u 1 }}',
			output: "??????????????",
		},
		{ title: "what decides without it is known", t: '{{ $u := eq (randAlpha 1) "a" }}{{ and false $u }}{{ or 1 $u }}', output: "false1" },
		{ title: "a field of it is unknown", t: "{{ (now).Year }}", output: "???????" },
		{ title: "a list of it has a known length", t: "{{ len (list (randAlpha 1) 2) }}", output: "2" },
		{ title: "what is found in a list beside it is found", t: "{{ has 2 (list (randAlpha 1) 2) }}", output: "true" },
		{ title: "what is not found beside it is unknown", t: "{{ has 3 (list (randAlpha 1) 2) }}", output: "???????" },
		{ title: "TOML that would have to be read is unknown", t: '{{ (fromToml "a = 1").a }}', output: "???????" },
	]) {
		test(title, () => {
			assert.deepEqual(known(t), { output, undecided: 0 });
		});
	}

	test("what depends on a condition that nobody can decide is unknown as a whole", () => {
		assert.deepEqual(known('a: 1\n{{ if eq (randAlpha 1) "a" }}b: {{ .Values.name }}{{ else }}c{{ end }}\nd: 2'), {
			output: "a: 1\n??????\nd: 2",
			undecided: 1,
		});
		assert.deepEqual(known('{{ range splitList "" (randAlpha 1 | b64enc) }}x{{ end }}!'), { output: "?!", undecided: 1 });
	});

	test("that a random text is there is known", () => {
		assert.deepEqual(known("{{ if randAlphaNum 3 }}yes{{ end }}{{ with now }}now{{ end }}"), { output: "yesnow", undecided: 0 });
	});
});
