import assert from "node:assert/strict";
import { test } from "node:test";
import { isInRange, isVersion } from "../../../../server/src/units/helm/chart/versions.ts";

test("versions are read loosely", () => {
	for (const version of ["1", "v1.2", "1.02.3", "1.2.3-rc.1+build.5", "1.36.0-gke.1", "0"]) assert.ok(isVersion(version), version);
	for (const none of ["", "latest", "1.2.3.4", "1.2-", "v", " 1", "1.2.3-01", "1.2.3_4", "99999999999999999999"])
		assert.ok(!isVersion(none), none);
});

const RANGES: readonly (readonly [range: string, within: readonly string[], outside: readonly string[]])[] = [
	["1.2.3", ["1.2.3", "1.2.3+x"], ["1.2.4"]],
	["=1.2", ["1.2.0", "1.2.9"], ["1.3.0", "1.2.0-rc1"]],
	["!=1.2.3", ["1.2.4"], ["1.2.3"]],
	["!=1.2", ["1.3.0", "2.2.0"], ["1.2.3"]],
	["!=1.x", ["2.0.0"], ["1.9.9"]],
	[">1.2", ["1.3.0", "2.0.0"], ["1.2.5"]],
	[">11", ["12.0.0"], ["11.1.0"]],
	[">=1.22", ["1.22.0", "1.36.0"], ["1.36.0-gke.1", "1.21.9"]],
	[">=1.22-0", ["1.36.0-gke.1", "1.22.0", "1.22.0-rc.1"], ["1.21.0"]],
	["<=11", ["11.9.0"], ["12.0.0"]],
	["<=1.2", ["1.2.9"], ["1.3.0"]],
	["*", ["1.2.3", "0.0.1"], ["1.2.3-rc1"]],
	["~1.2.3", ["1.2.9"], ["1.3.0", "1.2.2"]],
	["~>1", ["1.9.0"], ["2.0.0"]],
	["^1.2", ["1.9.0"], ["2.0.0", "1.1.0"]],
	["^0.2.3", ["0.2.9"], ["0.3.0"]],
	["^0.0.3", ["0.0.3"], ["0.0.4"]],
	["^0.0", ["0.0.9"], ["0.1.0"]],
	["^0", ["0.9.0"], ["1.0.0"]],
	[">= 1.2, < 2 || 5.x", ["1.9.0", "5.1.0"], ["2.0.0"]],
	[">=1.2 <1.4", ["1.3.0"], ["1.4.0"]],
	["1.2 - 2", ["1.2.0", "2.9.0"], ["3.0.0"]],
	["1.x.x", ["1.9.0"], ["2.0.0"]],
];
for (const [range, within, outside] of RANGES) {
	test(`the range ${range}`, () => {
		assert.deepEqual(
			[...within, ...outside].filter((version) => isInRange(range, version)),
			within,
		);
	});
}

test("what is no range has nothing in it", () => {
	for (const none of ["", " ", "latest", "1.2,", "1.2 ||", ">", "1.2.3.4", `${"1  ".repeat(100)}!`])
		assert.ok(!isInRange(none, "1.2.3"), none);
	assert.ok(!isInRange("1.2.3", "latest"));
});
