import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findingsIn, findingsInFileInSteps, findingsInSteps, findingsOf } from "../../server/src/features/findings.ts";
import type { Snapshot } from "../../server/src/links/snapshot.ts";
import { allUnits } from "../../server/src/links/units.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { deployment, service } from "../lsp/manifests.ts";

const APPS = 300;

/** More documents than are looked at in passing, in one folder or beside each other; every tenth selector misses. */
function files(isFlat: boolean): ReadonlyMap<string, string> {
	const folder = (app: number) => (isFlat ? "/ws/all" : `/ws/${app % 60}`);
	const name = (app: number) => (app % 10 === 0 ? `wbe-${app}` : `web-${app}`);
	return new Map(
		Array.from({ length: APPS }, (_, app) => app).flatMap((app) => [
			[`${folder(app)}/${app}-service.yaml`, `${service("http", `web-${app}`)}      nodePort: ${30000 + (app % 250)}\n`],
			[`${folder(app)}/${app}.yaml`, deployment(app % 7 === 0 ? "https" : "http", name(app))],
		]),
	);
}

function workspaceOf(texts: ReadonlyMap<string, string>): Workspace {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	workspace.apply([...texts].map(([uri, text]) => ({ uri, text })));
	return workspace;
}

const onFault = (rule: string, error: unknown): never => assert.fail(`${rule}: ${error}`);
const printed = ({ rule, message, at, related }: Finding) => [rule, message, at.source.uri, at.start, related?.length];

function found(snapshot: Snapshot): readonly unknown[] {
	return [...allUnits(snapshot)].flatMap((unit) => findingsOf(snapshot, unit, onFault).map(printed));
}

for (const isFlat of [true, false]) {
	const where = isFlat ? "in one folder" : "in many folders";

	test(`many manifests ${where}: what is found in steps is what is found at one go`, () => {
		const { snapshot } = workspaceOf(files(isFlat));
		const steps = [...findingsInSteps(snapshot, onFault)].length;
		assert.ok(steps > 2 * APPS, "there are steps for the tables, too");
		const all = found(snapshot);
		assert.ok(all.length > APPS / 10);
		assert.deepEqual(all, found(workspaceOf(files(isFlat)).snapshot));
	});

	test(`many manifests ${where}: what is found in one file in steps is what is found in it at one go`, () => {
		const uri = isFlat ? "/ws/all/20-service.yaml" : "/ws/20/20-service.yaml";
		const { snapshot } = workspaceOf(files(isFlat));
		assert.ok([...findingsInFileInSteps(snapshot, uri, onFault)].length > 2);
		const fresh = workspaceOf(files(isFlat)).snapshot;
		assert.deepEqual(findingsIn(snapshot, uri, onFault).map(printed), findingsIn(fresh, uri, onFault).map(printed));
	});
}

test("edits between the steps, and steps that are given up, leave nothing wrong behind", () => {
	const edit = fc.record({ app: fc.nat(APPS - 1), to: fc.constantFrom("http", "none", "9090"), steps: fc.nat(900) });
	fc.assert(
		fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.boolean(), (edits, isFlat) => {
			const texts = new Map(files(isFlat));
			const workspace = workspaceOf(texts);
			for (const { app, to, steps } of edits) {
				const running = findingsInSteps(workspace.snapshot, onFault)[Symbol.iterator]();
				for (let step = 0; step < steps; step++) if (running.next().done) break;
				const uri = `${isFlat ? "/ws/all" : `/ws/${app % 60}`}/${app}-service.yaml`;
				texts.set(uri, service(to, `web-${app}`));
				workspace.apply([{ uri, text: service(to, `web-${app}`) }]);
			}
			for (const _ of findingsInSteps(workspace.snapshot, onFault));
			assert.deepEqual(found(workspace.snapshot), found(workspaceOf(texts).snapshot));
		}),
		{ numRuns: 8 },
	);
});
