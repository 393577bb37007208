import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MYSTERIES } from "../../../../server/src/units/helm/template/functions/mysteries.ts";
import { render } from "./rendering.ts";

/** The output with `?` for every character that is not known. */
function known(t: string): string {
	const { outcome } = render({ t, v: { name: "web" }, h: HELPERS });
	assert.ok(outcome.output, outcome.problem?.message);
	let output = "";
	let at = 0;
	for (const { end, origin } of outcome.output.runs ?? []) {
		const part = outcome.output.value.slice(at, end);
		output += origin?.unknown ? part.replace(/[^\n]/g, "?") : part;
		at = end;
	}
	return output;
}

const HELPERS = `{{ define "h" }}a: {{ randAlphaNum 3 }}
b: {{ .Values.name }}{{ end }}{{ define "maybe" }}{{ if eq (randAlpha 1) "a" }}yes{{ end }}{{ end }}`;

/** A condition that nobody can decide. */
const U = '(eq (randAlpha 1) "a")';

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
		{ title: "what is wrong in TOML is said in unknown words", t: '{{ (fromToml "a").Error }}', output: "???????" },
		{ title: "TOML is read, but not its dates", t: '{{ (fromToml "a = 1").a }} {{ (fromToml "a = 2024-01-02").a }}', output: "1 ???????" },
		{ title: "its kind is known", t: '{{ kindIs "string" (randAlpha 1) }} {{ typeOf now }}', output: "true time.Time" },
		{
			title: "the kind of what is read from it is unknown",
			t: '{{ kindIs "map" (fromJson (randAscii 2)).a }} {{ typeOf (fromJson (randAscii 2)).a }}',
			output: "??????? ???????",
		},
	]) {
		test(title, () => {
			assert.equal(known(t), output);
		});
	}

	test("that a random text is there is known", () => {
		assert.equal(known("{{ if randAlphaNum 3 }}yes{{ end }}{{ with now }}now{{ end }}"), "yesnow");
	});
});

/** A call of each function that gives what nobody knows. */
const CALLS: Readonly<Record<string, string>> = {
	randAlphaNum: "4",
	randAlpha: "4",
	randAscii: "4",
	randNumeric: "4",
	randBytes: "4",
	randInt: "1 9",
	uuidv4: "",
	shuffle: '"abc"',
	bcrypt: '"p"',
	htpasswd: '"u" "p"',
	derivePassword: '1 "long" "p" "u" "s"',
	encryptAES: '"k" "v"',
	decryptAES: '"k" "v"',
	genPrivateKey: '"rsa"',
	buildCustomCert: '"a" "b"',
	genCA: '"a" 1',
	genCAWithKey: '"a" 1 "k"',
	genSelfSignedCert: '"a" nil nil 1',
	genSelfSignedCertWithKey: '"a" nil nil 1 "k"',
	genSignedCert: '"a" nil nil 1 (genCA "a" 1)',
	genSignedCertWithKey: '"a" nil nil 1 (genCA "a" 1) "k"',
	now: "",
	toDate: '"2006" "2024"',
	mustToDate: '"2006" "2024"',
	dateModify: '"1h" now',
	date_modify: '"1h" now',
	mustDateModify: '"1h" now',
	must_date_modify: '"1h" now',
	date: '"2006" now',
	dateInZone: '"2006" now "UTC"',
	date_in_zone: '"2006" now "UTC"',
	htmlDate: "now",
	htmlDateInZone: 'now "UTC"',
	ago: "now",
	unixEpoch: "now",
};

describe("functions that give what nobody knows", () => {
	test("there are no others", () => {
		const computed = ["duration", "durationRound"];
		assert.deepEqual(
			Object.keys(MYSTERIES).filter((name) => !(name in CALLS)),
			computed,
		);
	});

	for (const [name, operands] of Object.entries(CALLS)) {
		test(`${name}: all that is printed of it is unknown, and nothing beside it`, () => {
			assert.match(
				known(`a{{ with ${name} ${operands} }}{{ if kindIs "struct" . }}{{ .Cert }}{{ else }}{{ . }}{{ end }}{{ end }}b`),
				/^a\?+b$/,
			);
		});
	}
});

describe("conditions that nobody can decide", () => {
	for (const { title, t, output } of [
		{ title: "what they govern is unknown as a whole", t: `a: 1\n{{ if ${U} }}b: 2{{ else }}c{{ end }}\nd: 3`, output: "a: 1\n????\nd: 3" },
		{ title: "and so is what comes otherwise", t: `{{ if ${U} }}{{ else }}c: 1{{ end }}\nd: 2`, output: "????\nd: 2" },
		{ title: "comments are nothing", t: `{{ if ${U} }}# a{{ else }}c: 1{{ end }}\nd: 2`, output: "????\nd: 2" },
		{ title: "a list of unknown length", t: '{{ range splitList "" (randAlpha 1 | b64enc) }}x{{ end }}!', output: "?!" },
		{ title: "one within another", t: `{{ if ${U} }}{{ if false }}{{ else }}x{{ end }}{{ end }}y`, output: "?y" },
		{ title: "a helper that prints or does not", t: '{{ if include "maybe" . }}a{{ else }}b{{ end }}', output: "?" },
		{ title: "a default of such a helper", t: '{{ include "maybe" . | default "no" }}', output: "???????" },
		{
			title: "a variable that is set",
			t: `{{ $x := 1 }}{{ if ${U} }}{{ $x = 2 }}{{ end }}{{ $x }} {{ if $x }}a{{ end }}`,
			output: "??????? ?",
		},
		{
			title: "a variable that is set otherwise",
			t: `{{ $x := 1 }}{{ if ${U} }}{{ else }}{{ $x = 2 }}{{ end }}{{ $x }}`,
			output: "???????",
		},
		{
			title: "a key that is set",
			t: `{{ $d := dict "a" 1 "b" 2 }}{{ if ${U} }}{{ $_ := set $d "a" 3 }}{{ end }}{{ $d.a }}{{ $d.b }}`,
			output: "???????2",
		},
		{
			title: "a key that is taken away",
			t: `{{ $d := dict "a" 1 }}{{ if ${U} }}{{ $_ := unset $d "a" }}{{ end }}{{ $d.a }}`,
			output: "???????",
		},
		{
			title: "keys that are merged",
			t: `{{ $d := dict "a" (dict "b" 1 "c" 2) }}{{ with ${U} }}{{ $_ := mergeOverwrite $d (dict "a" (dict "b" 3)) }}{{ end }}{{ $d.a.b }}`,
			output: "???????",
		},
		{ title: "a range that may be left", t: `{{ range list 1 2 }}{{ . }}{{ if ${U} }}{{ break }}{{ end }}-{{ end }}!`, output: "1???!" },
		{ title: "a failure on one way", t: `{{ if ${U} }}{{ fail "no" }}{{ else }}a{{ end }}b`, output: "?b" },
		{ title: "a failure where the other way says nothing", t: `{{ if ${U} }}{{ include "none" . }}{{ end }}b`, output: "b" },
	]) {
		test(title, () => assert.equal(known(t), output));
	}

	test("what fails on both ways fails", () => {
		const { outcome } = render({ t: `{{ if ${U} }}{{ fail "one" }}{{ else }}{{ fail "other" }}{{ end }}` });
		assert.equal(outcome.problem?.reason, "one");
	});
});
