import assert from "node:assert/strict";
import { test } from "node:test";
import { splitOutput } from "../../../../server/src/units/helm/chart/documents.ts";
import { areHooks, compareKinds } from "../../../../server/src/units/helm/chart/order.ts";

const OUTPUTS: readonly (readonly [title: string, output: string, documents: readonly string[]])[] = [
	["nothing but blanks", " \n\n", []],
	["one document, with a separator before it", "\n---\na: 1\n", ["a: 1"]],
	["several documents", "a: 1\n---\nb: 2\n\n---\nc: 3", ["a: 1", "b: 2", "c: 3"]],
	["a separator with text behind it", "a: 1\n--- # two\nb: 2", ["a: 1", "# two\nb: 2"]],
	["a separator without a break behind it", "---a: 1", ["a: 1"]],
	["empty documents", "---\n\n---\n", ["---"]],
	["dashes inside of a line", "a: ---\nb: 1", ["a: ---\nb: 1"]],
	["a separator in a block of text, which cuts it", "a: |\n  x\n---\n  y", ["a: |\n  x", "y"]],
];
for (const [title, output, documents] of OUTPUTS) {
	test(`the output of a template is split: ${title}`, () => {
		assert.deepEqual(
			splitOutput(output).map(({ start, end }) => output.slice(start, end)),
			documents,
		);
	});
}

test("kinds come in the order in which Helm installs them, unknown ones behind, by name", () => {
	const kinds = ["Zeta", "Ingress", "Deployment", "Service", "Alpha", "Namespace", "ConfigMap"];
	assert.deepEqual([...kinds].sort(compareKinds), ["Namespace", "ConfigMap", "Service", "Deployment", "Ingress", "Alpha", "Zeta"]);
});

test("one unknown hook makes all of them unknown", () => {
	assert.ok(areHooks("pre-install, Post-Install"));
	assert.ok(areHooks("test-success"));
	assert.ok(!areHooks("pre-install,crd-install"));
	assert.ok(!areHooks(""));
});
