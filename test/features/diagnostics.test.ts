import assert from "node:assert/strict";
import { test } from "node:test";
import { shownIn, shownOf } from "../../server/src/features/diagnostics.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { furnishedSnapshot } from "../fuzz/laws.ts";
import { ROOT } from "../fuzz/workspaces.ts";
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

test("what is wrong in a text that is deployed as it is and by several overlays is not said of some of them only", () => {
	const service = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80, targetPort: 70000 }] }\n";
	const patch = "patches: [{ target: { kind: Service }, patch: '[{ op: replace, path: /spec/ports/0/targetPort, value: 80 }]' }]\n";
	const overlays = [0, 1, 2].map((index) => [`o${index}/kustomization.yaml`, `resources: [../base]\n${index === 0 ? "" : patch}`] as const);
	const files = new Map([
		[".portolan.yaml", "units: [{ name: all, paths: [base] }]\n"],
		["base/kustomization.yaml", "resources: [service.yaml]\n"],
		["base/service.yaml", service],
		...overlays,
	]);
	const snapshot = furnishedSnapshot(new Map([...files].map(([name, text]) => [`${ROOT}/${name}`, text])));
	const messages = shownIn(snapshot, "/ws/base/service.yaml", shown, onFault).map(({ message }) => message);
	assert.ok(messages.length > 0);
	for (const message of messages) assert.doesNotMatch(message, /only in/);
});
