import assert from "node:assert/strict";
import { test } from "node:test";
import { overviewOf, overviewText, skippedText } from "../../server/src/features/overview.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

test("what is read is counted, and what is skipped is named with the reason", () => {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	const said = () => overviewText(overviewOf(workspace.snapshot));
	const skipped = () => skippedText(overviewOf(workspace.snapshot));
	assert.equal(skipped(), "");
	assert.equal(said(), "0 files with 0 objects in the workspace");
	workspace.apply([{ uri: "/ws/a/one.yaml", text: SERVICE }]);
	assert.equal(said(), "1 file with 1 object in the workspace");
	workspace.apply([
		{ uri: "/ws/a/two.yaml", text: `${SERVICE}---\n${SERVICE}---\nother: true\n` },
		{ uri: "/ws/b/", skipped: "permission denied" },
		{ uri: "/ws/c/dump.json", skipped: "larger than 10 MB" },
	]);
	assert.equal(said(), "2 files with 3 objects in the workspace, 2 skipped");
	assert.equal(skipped(), "b: permission denied, and 1 more");
	workspace.apply([{ uri: "/ws/b/", gone: true }]);
	assert.equal(skipped(), "dump.json: larger than 10 MB");
});
