import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FUNCTIONS } from "../../../../server/src/units/helm/template/functions/table.ts";
import { render } from "./rendering.ts";

const VALUES = { s: "str", n: 8080, b: true, nil: null, l: [1, "two", null, { k: "v" }], m: { a: "x", c: { d: [1] } } };

/** Characters and words that templates are made of. */
const piece = fc.oneof(
	fc.constantFrom("{{", "}}", "{{-", "-}}", " ", "\n", '"', "`", "'", "(", ")", "|", ".", "$", ":=", "=", ",", "/*", "*/", "\\", "\ud800"),
	fc.constantFrom(
		"if",
		"else",
		"end",
		"range",
		"with",
		"define",
		"template",
		"block",
		"break",
		"continue",
		"nil",
		"true",
		"0x1F",
		"1e9",
		"-",
	),
	fc.constantFrom(".Values.s", ".Values.l", "$x", '"h"', "include", "tpl", "fromYaml", "printf", "dict"),
	fc.string({ unit: "binary", maxLength: 6 }),
);

const operand = fc.oneof(
	fc.constantFrom(".Values.s", ".Values.n", ".Values.b", ".Values.nil", ".Values.l", ".Values.m", ".Values.none", ".", "nil", "true"),
	fc.integer({ min: -1000, max: 1000 }).map(String),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
	fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => JSON.stringify(text)),
	fc.constantFrom("(randAlphaNum 3)", "(now)", '(eq (randAlpha 1) "a")', "(list)", "(dict)", '(genCA "a" 1)', '(dict "a" (randAlpha 1))'),
);

const call = fc
	.tuple(fc.constantFrom(...FUNCTIONS.keys()), fc.array(operand, { maxLength: 4 }))
	.map(([name, operands]) => [name, ...operands].join(" "));

const action = fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => `{{ ${calls.join(" | ")} }}`);

const UNDECIDED = '(eq (randAlpha 1) "a")';

/** Branches and rounds inside of each other, of which some depend on what nobody knows. */
const { nodes: branches } = fc.letrec<{ nodes: string; node: string }>((tie) => ({
	nodes: fc.array(tie("node"), { maxLength: 4 }).map((parts) => parts.join("")),
	node: fc.oneof(
		{ depthSize: "small" },
		fc.constantFrom("a", "\n", "{{ $x }}", "{{ $x = 2 }}", "{{ .Values.s }}", '{{ fail "no" }}', '{{ include "h" . }}'),
		fc.constantFrom("{{ break }}", "{{ continue }}", '{{ $_ := set $d "k" $x }}', '{{ $_ := unset $d "k" }}', "{{ $d.k }}"),
		fc
			.tuple(
				fc.constantFrom(
					`{{ if ${UNDECIDED} }}`,
					`{{ with ${UNDECIDED} }}`,
					"{{ if .Values.b }}",
					"{{ range list 1 2 }}",
					'{{ range splitList "a" (randAlpha 3 | b64enc) }}',
				),
				tie("nodes"),
				tie("nodes"),
			)
			.map(([head, body, otherwise]) => `${head}${body}{{ else }}${otherwise}{{ end }}`),
	),
}));

describe("templates that nobody would write", () => {
	test("any characters end in an output or a problem with a place", () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const { outcome } = render({ t: pieces.join(""), v: VALUES });
				assert.ok(outcome.output ?? outcome.problem.at);
			}),
			{ numRuns: 1000 },
		);
	});

	test("any branches inside of each other end in an output or a problem", () => {
		fc.assert(
			fc.property(branches, (t) => {
				const { outcome } = render({ t: `{{ $x := 1 }}{{ $d := dict }}${t}`, v: VALUES, h: '{{ define "h" }}{{ . }}{{ end }}' });
				assert.ok(outcome.output ?? outcome.problem.reason !== "");
			}),
			{ numRuns: 500 },
		);
	});

	test("any function takes any arguments", () => {
		fc.assert(
			fc.property(action, (t) => {
				const { outcome } = render({ t, v: VALUES, h: '{{ define "h" }}{{ . }}{{ end }}' });
				assert.ok(outcome.output ?? outcome.problem.reason !== "");
			}),
			{ numRuns: 2000 },
		);
	});

	test("runs cover the output without a gap, and each has an origin", () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(action, fc.string({ maxLength: 5 })), { maxLength: 4 }), (parts) => {
				const { output } = render({ t: parts.join("\n"), v: VALUES }).outcome;
				if (!output) return;
				let end = 0;
				for (const run of output.runs ?? []) {
					assert.ok(run.end > end && run.origin !== undefined);
					end = run.end;
				}
				assert.equal(end, output.value.length);
			}),
			{ numRuns: 500 },
		);
	});
});
