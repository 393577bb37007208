import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

test("the demo shows the examples, and asks nothing where nobody sits at a terminal", () => {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/demo.mjs"], { encoding: "utf8", input: "y\n" });
	assert.equal(stderr, "");
	assert.equal(status, 0);
	assert.match(stdout, /targetPort 80 is not a port of Deployment frontend/);
	assert.doesNotMatch(stdout, /\[y\/N\]|127\.0\.0\.1/);
});
