import assert from "node:assert/strict";
import { test } from "node:test";
import { fixesOf } from "../../server/src/features/verifiedFixes.ts";
import { valueAt } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { findingsOf } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const onFault = (rule: string) => assert.fail(rule);

for (const [title, text, written, offered] of [
	["leaves the document as readable as it was", "port: 80", "8080", true],
	["would break the document it stands in", "port: 80", "{", false],
	["would break only what a comment behind it hides", "port: 80 # {", "8080 {", false],
	["stands in what is broken already", "port: 80, x: ]", "8080", true],
] as const) {
	test(`a fix is ${offered ? "" : "not "}offered where it ${title}`, () => {
		const manifest = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports: [{ ${text}\n    }]\n`;
		const snapshot = snapshotOf(new Map([["a.yaml", `${manifest}---\napiVersion: v1\nkind: Service\nmetadata: [`]]));
		const [finding] = findingsOf(snapshot);
		assert.ok(finding);
		const { source } = [...snapshot.folders.values()].flatMap(({ files }) => [...files.values()])[0]?.parts[0] ?? {};
		assert.ok(source);
		const start = source.text.indexOf("80");
		const fix = { title: "x", safe: false, edits: [{ source, start, end: start + 2, text: written }] };
		assert.equal(fixesOf(snapshot, { ...finding, fixes: [fix] }, onFault).length, offered ? 1 : 0);
		assert.ok(valueAt(parseSource(source).root, "kind"));
	});
}
