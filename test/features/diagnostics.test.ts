import assert from "node:assert/strict";
import { test } from "node:test";
import { shownIn, shownOf } from "../../server/src/features/diagnostics.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { snapshotOf } from "../support/workspace.ts";

const onFault = (rule: string) => assert.fail(rule);
const shown = { isOpen: () => true, settled: true };

test("a configuration in a chart's folder is spoken of alike whether its file is asked about or the whole workspace", () => {
	const snapshot = snapshotOf(
		new Map([
			[".portolan.yaml", "# portolan-ignore: service-without-pods\nrules: { everything: off }\n"],
			["Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"],
			["values.yaml", "port: 80\n"],
			["values-prod.yaml", "port: 81\n"],
			["templates/web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n"],
		]),
	);
	const wanted = ["service-without-pods finds nothing on this line", "There is no rule everything"];
	const ofFile = shownIn(snapshot, "/ws/.portolan.yaml", shown, onFault);
	const ofAll = [...allUnits(snapshot)].flatMap((unit) => shownOf(snapshot, unit, shown, onFault).get("/ws/.portolan.yaml") ?? []);
	assert.deepEqual(
		ofFile.map(({ message }) => message),
		wanted,
	);
	assert.deepEqual(
		ofAll.map(({ message }) => message),
		wanted,
	);
});
