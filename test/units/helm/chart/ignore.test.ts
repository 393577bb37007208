import assert from "node:assert/strict";
import { test } from "node:test";
import { readIgnores } from "../../../../server/src/units/helm/chart/ignore.ts";

/** A path that ends with a slash is a folder. */
function ignored(rules: string, ...paths: readonly string[]): readonly string[] {
	const ignores = readIgnores(rules);
	assert.ok(typeof ignores !== "string", String(ignores));
	return paths.filter((path) => ignores(path.replace(/\/$/, ""), path.endsWith("/")));
}

const CASES: readonly (readonly [title: string, rules: string, ignored: readonly string[], kept: readonly string[]])[] = [
	["nothing but comments", "# a\n\n  # b\n", [], ["a", "# a"]],
	["a name without a slash, wherever it stands", "*.txt", ["a.txt", "b/a.txt"], ["a.txt.yaml", "txt"]],
	["blanks around a rule", "  a.txt  ", ["a.txt"], ["b"]],
	["a rule with a slash, from the top", "b/*.txt", ["b/a.txt"], ["a.txt", "c/b/a.txt", "b/c/a.txt"]],
	["a rule that begins with a slash, at the top", "/a.txt", ["a.txt"], ["b/a.txt"]],
	["folders alone", "ci/", ["ci/", "b/ci/"], ["ci"]],
	["classes and single characters", "a[b-d]?.txt", ["abx.txt", "adz.txt"], ["aax.txt", "ab.txt"]],
	["classes of all others", "[^ab]x", ["cx"], ["ax", "bx"]],
	["an escaped sign", "a\\*", ["a*"], ["ab"]],
	["a dash, a dot and brackets as they are", "a-b.(c)", ["a-b.(c)"], ["a-bx(c)"]],
	["everything that a rule with an exclamation mark does not match", "!*.yaml", ["templates/", "a.txt"], ["Chart.yaml", "b/a.yaml"]],
	["hidden templates without any rule", "", ["templates/.swp"], ["templates/a", ".git/", "charts/a/templates/.swp"]],
];
for (const [title, rules, gone, kept] of CASES) {
	test(`.helmignore: ${title}`, () => assert.deepEqual(ignored(rules, ...gone, ...kept), gone));
}

test("a rule that Helm cannot read refuses the chart", () => {
	assert.equal(readIgnores("a/**/b"), "double-star (**) syntax is not supported");
	assert.equal(readIgnores("a[b"), "syntax error in pattern");
	assert.equal(readIgnores("a[]b]"), "syntax error in pattern");
	assert.equal(readIgnores("a\\"), "syntax error in pattern");
});
