import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/units.ts";
import { checkInSteps, checkUnit } from "../../server/src/rules/check.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";

const APPS = ["cart", "mail", "shop", "wiki"];

/** Four applications, and a Service whose selector misses one of them by a letter. */
function applications(): Workspace {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	workspace.apply([
		...APPS.map((name) => ({ uri: `/w/${name}-service.yaml`, text: service(name, name) })),
		...APPS.map((name) => ({ uri: `/w/${name}.yaml`, text: deployment(name) })),
		{ uri: "/w/other.yaml", text: service("other", "wikis") },
	]);
	checkedIn(workspace);
	return workspace;
}

/** How many documents were checked because of what changed. */
function checkedIn({ snapshot }: Workspace): number {
	const onFault = (rule: string, error: unknown) => assert.fail(`${rule}: ${error}`);
	return [...allUnits(snapshot)].flatMap((unit) => [...checkInSteps(snapshot, unit, onFault)]).length;
}

function service(name: string, app: string): string {
	return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${app} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
}

function deployment(name: string, more = ""): string {
	return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
${more}  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: main:1, ports: [{ containerPort: 8080 }] }] }
`;
}

test("a document that is broken while it is typed is checked with the Service that selects it, and nothing else is", () => {
	const workspace = applications();
	for (const more of ["  r\n", "  re\n", "  rep: 1\n", "  r\n"]) {
		workspace.apply([{ uri: "/w/cart.yaml", text: deployment("cart", more) }]);
		assert.equal(checkedIn(workspace), 2, more);
	}
});

test("what a configuration says is checked again only where it changes what is found", () => {
	const workspace = applications();
	workspace.apply([{ uri: "/w/deep/app.yaml", text: deployment("deep") }]);
	const configure = (text: string): number => {
		workspace.apply([{ uri: "/w/.portolan.yaml", text }]);
		return checkedIn(workspace);
	};
	configure("rules: {}\n");
	assert.equal(configure("rules: { service-without-pods: hint }\n"), 0);
	assert.equal(configure("rules: { service-without-pods: error }\nexclude: [archive]\n"), 0);
	assert.notEqual(configure("rules: { service-without-pods: off }\n"), 0);
});

test("a file that cannot be read makes nothing be checked again", () => {
	const workspace = applications();
	workspace.apply([{ uri: "/w/large.yaml", skipped: "larger than 10 MB" }]);
	assert.equal(checkedIn(workspace), 0);
});

/** One document with many objects, and how it is checked. */
function listed(count: number) {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	const objects = Array.from({ length: count }, (_, at) => [service(`s${at}`, `app-${at}`), deployment(`app-${at}`)]).flat();
	const items = objects.map((text) => `- ${text.trimEnd().replaceAll("\n", "\n  ")}\n`);
	const text = `apiVersion: v1\nkind: List\nitems:\n${items.join("")}`;
	workspace.apply([{ uri: "/w/list.yaml", text }]);
	const onFault = (rule: string, error: unknown) => assert.fail(`${rule}: ${error}`);
	const [unit] = [...allUnits(workspace.snapshot)];
	assert.ok(unit);
	return {
		workspace,
		text,
		steps: () => checkInSteps(workspace.snapshot, unit, onFault)[Symbol.iterator](),
		found: () => checkUnit(workspace.snapshot, unit, onFault).map(({ at, message }) => `${at.start} ${message}`),
	};
}

test("a document of many objects is checked in steps, of which each looks at one", () => {
	const { steps } = listed(50);
	const all = steps();
	let count = 0;
	while (!all.next().done) count++;
	assert.ok(count >= 100, `${count}`);
});

test("who asks for what is being worked out goes on with it", () => {
	const { steps, found } = listed(50);
	const [one, other] = [steps(), steps()];
	for (let at = 0; at < 60; at++) one.next();
	let left = 0;
	while (!other.next().done) left++;
	assert.ok(left < 60, `${left}`);
	assert.equal(one.next().done || one.next().done, true);
	assert.deepEqual(found(), listed(50).found());
});

test("what changes while a document is checked begins its check anew", () => {
	const { workspace, text, steps, found } = listed(5);
	const wrong = text.replace("selector: { app: app-3 }", "selector: { app: app-33 }");
	const running = steps();
	running.next();
	running.next();
	workspace.apply([{ uri: "/w/list.yaml", text: wrong }]);
	checkedIn(workspace);
	workspace.apply([{ uri: "/w/list.yaml", text }]);
	running.next();
	assert.deepEqual(found(), listed(5).found());
	workspace.apply([{ uri: "/w/list.yaml", text: wrong }]);
	const again = [...allUnits(workspace.snapshot)].flatMap((unit) => checkUnit(workspace.snapshot, unit, () => {}));
	assert.deepEqual(
		again.map(({ rule }) => rule),
		["service-without-pods"],
	);
});
