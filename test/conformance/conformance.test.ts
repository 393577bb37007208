import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/units.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { findingsOf, settingsWith } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";
import { type Case, readCases } from "./cases.ts";
import { placeOfField } from "./fields.ts";
import { SKIPPED } from "./skipped.ts";

const FILES = ["service", "pod", "workload", "reasoned", "networking"];

const settings = settingsWith({ cluster: { version: { from: 36, to: 36 } } });
const cases = FILES.flatMap((file) => readCases(`test/conformance/${file}.cases.yaml`));

for (const each of cases) {
	const reason = SKIPPED[each.name];
	if (reason === undefined) test(`${each.name}: ${each.verdict} ${each.field}`, () => agrees(each));
	else test(`${each.name}: ${each.verdict} ${each.field}`, { skip: reason }, () => agrees(each));
}

test("what is skipped is a case, and would disagree", () => {
	const names = Object.keys(SKIPPED).filter((name) => cases.some((each) => each.name === name));
	assert.ok(names.length < 30);
	for (const each of cases.filter(({ name }) => names.includes(name))) assert.throws(() => agrees(each), each.name);
});

function agrees({ verdict, field, warnings, manifest }: Case): void {
	const snapshot = snapshotOf(new Map([["manifest.yaml", manifest]]), settings);
	const findings = findingsOf(snapshot);
	const refused = findings.filter(({ kubernetes }) => kubernetes === "refuses");
	if (verdict === "valid") {
		assert.deepEqual(refused.map(print), []);
		const warned = findings.filter(({ kubernetes }) => kubernetes === "warns");
		assert.equal(warned.length > 0, warnings.length > 0, `${warnings.join("; ")}: ${warned.map(print).join("; ")}`);
		return;
	}
	assert.ok(refused.length > 0, "nothing is refused");
	const roots = [...allUnits(snapshot)].flatMap(({ objects }) => objects.map(({ root }) => root));
	const places = roots.map((root) => placeOfField(root, field));
	const stands = ({ at }: Finding) => places.some((place) => at.source === place.source && at.start >= place.start && at.end <= place.end);
	assert.ok(refused.some(stands), `none stands on ${field}: ${refused.map(print).join("; ")}`);
}

function print({ rule, message }: Finding): string {
	return `${rule}: ${message}`;
}
