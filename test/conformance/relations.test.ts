import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Finding } from "../../server/src/rules/rule.ts";
import { findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const [, ...blocks] = readFileSync("test/conformance/relations.cases.yaml", "utf8").split(/^#- /m);

for (const block of blocks) {
	const [head = "", ...lines] = block.split("\n");
	const [, relation = "", name = "", answer = ""] = /^([\w-]+) (\S+): (.*)$/.exec(head) ?? [];
	test(`${relation} ${name}: ${answer}`, () => {
		const findings = findingsIn(lines.join("\n"));
		if (relation === "host-port") agreesOnHostPorts(findings, answer);
		else agreesOnNodePorts(findings, answer);
	});
}

test("every relation is told apart", () =>
	assert.deepEqual([...new Set(blocks.map((block) => block.split(" ")[0]))], ["host-port", "node-port"]));

function findingsIn(manifest: string): readonly Finding[] {
	return findingsOf(snapshotOf(new Map([["manifest.yaml", manifest]]), settingsWith({ cluster: { version: { from: 36, to: 36 } } })));
}

/** Two Pods that cannot share a node are named at both ends, and refused by nobody. */
function agreesOnHostPorts(findings: readonly Finding[], answer: string): void {
	assert.ok(answer === "together" || answer === "apart");
	const conflicts = findings.filter(({ rule }) => rule === "host-port-conflict");
	const objects = new Set(conflicts.map(({ object }) => object?.metadata.name?.value));
	assert.deepEqual([...objects].sort(), answer === "apart" ? ["existing", "incoming"] : []);
	assert.ok(findings.every(({ kubernetes }) => kubernetes === undefined));
}

/** What is refused is refused for a number that another holds, and that is said at each of them. */
function agreesOnNodePorts(findings: readonly Finding[], answer: string): void {
	const refused = findings.filter(({ kubernetes }) => kubernetes === "refuses");
	const results = answer.split(" ");
	assert.ok(results.every((result) => result === "created" || result === "invalid"));
	assert.equal(refused.length > 0, results.includes("invalid"));
	for (const { rule } of refused) assert.match(rule, /^(node-port-conflict|duplicate-service-port)$/);
}
