import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../../../server/src/features/findings.ts";
import { withBase } from "../../../server/src/links/snapshot.ts";
import { unitsOf } from "../../../server/src/links/units.ts";
import { DEFAULT_SETTINGS } from "../../../server/src/settings/settings.ts";
import { textAt } from "../../../server/src/text/source.ts";
import { renderKustomization } from "../../../server/src/units/kustomize/render.ts";
import { memoryFiles } from "../../support/unitFiles.ts";
import { cutFiles, snapshotOf } from "../../support/workspace.ts";

// Whatever a kustomization says, the rest of it is read, and what is wrong is told once, with its reason.

const WEB = `#- base/kustomization.yaml
resources: [web.yaml]
#- base/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, targetPort: "8080" }] }
`;

interface Row {
	readonly over: string;
	/** Of what is missing: the reasons, as the status and the command line say them. */
	readonly gaps: readonly string[];
	/** What rules say of it: the rule, the characters, the message. */
	readonly told: readonly string[];
	/** What a patch may have changed is judged no further. */
	readonly judged?: false;
}

const ROWS: Readonly<Record<string, Row>> = {
	"bases in a circle": {
		over: "resources: [../base, ../a]\n#- a/kustomization.yaml\nresources: [../b]\n#- b/kustomization.yaml\nresources: [../a]\n",
		gaps: ["This leads back to where it comes from: a -> b -> a"],
		told: ["invalid-kustomization on ../a: This leads back to where it comes from: a -> b -> a"],
	},
	"a base of itself": {
		over: "resources: [../base, .]\n",
		gaps: ["This leads back to where it comes from: over -> over"],
		told: ["invalid-kustomization on .: This leads back to where it comes from: over -> over"],
	},
	"a base outside of the workspace, of which nobody knows": {
		over: "resources: [../base, ../../elsewhere/base, /etc/manifests]\n",
		gaps: ["../../elsewhere/base is outside of what is open", "/etc/manifests is outside of what is open"],
		told: [],
	},
	"a patch for nothing": {
		over: "resources: [../base]\npatches: [{ patch: '{apiVersion: v1, kind: Service, metadata: {name: wbe}}' }]\n",
		gaps: ["There is no Service wbe to patch"],
		told: ["patch-without-target on wbe: There is no Service wbe to patch; did you mean web?"],
		judged: false,
	},
	"a patch that is no patch": {
		over: "resources: [../base]\npatches: [{ target: { kind: Service }, patch: 'just words' }]\n",
		gaps: ["This is no Kubernetes object"],
		told: ["invalid-kustomization on just words: This is no Kubernetes object"],
		judged: false,
	},
	"a JSON pointer to nothing": {
		over: `resources: [../base]\npatches: [{ target: { kind: Service }, patch: '[{"op": "remove", "path": "/spec/type"}]' }]\n`,
		gaps: ["The path /spec/type leads nowhere: spec has no type"],
		told: ['patch-without-target on "/spec/type": The path /spec/type leads nowhere: spec has no type'],
		judged: false,
	},
	"a JSON pointer that is none": {
		over: `resources: [../base]\npatches: [{ target: { kind: Service }, patch: '[{"op": "replace", "path": "spec.type", "value": 1}]' }]\n`,
		gaps: ["The path spec.type leads nowhere"],
		told: ['patch-without-target on "spec.type": The path spec.type leads nowhere'],
		judged: false,
	},
	"a JSON patch without a path, and one with an operation that is none": {
		over: `resources: [../base]\npatches:\n  - { target: { kind: Service }, patch: '[{"op": "remove"}]' }\n  - { target: { kind: Service }, patch: '[{"op": "rename", "path": "/spec"}]' }\n`,
		gaps: ["This operation has no path", "A JSON patch has no operation rename"],
		told: [
			'invalid-kustomization on {"op": "remove"}: This operation has no path',
			'invalid-kustomization on {"op": "rename", "path": "/spec"}: A JSON patch has no operation rename',
		],
		judged: false,
	},
	"10,000 generated files": {
		over: `resources: [../base]\nconfigMapGenerator: [{ name: many, files: [${Array.from({ length: 10_000 }, (_, index) => `f${index}`).join(", ")}] }]\n`,
		gaps: ["This generator has 10000 values, more than are read here"],
		told: [],
	},
};

for (const [title, { over, gaps, told, judged = true }] of Object.entries(ROWS)) {
	test(`bad input: ${title}`, () => {
		const files = snapshotOf(cutFiles(`${WEB}#- over/kustomization.yaml\n${over}`));
		const snapshot = withBase(files, { settings: DEFAULT_SETTINGS, tops: new Map([["/ws", DEFAULT_SETTINGS]]) });
		const [unit] = unitsOf(snapshot, "/ws/over/kustomization.yaml");
		assert.ok(unit);
		assert.deepEqual(
			unit.gaps.map(({ reason }) => reason),
			gaps,
		);
		const findings = findingsOf(snapshot, unit, (rule, error) => assert.fail(`${rule}: ${String(error)}`));
		const here = findings.filter(({ at }) => !at.source.uri.endsWith("web.yaml"));
		assert.deepEqual(
			here.map(({ rule, at, message }) => `${rule} on ${textAt(at)}: ${message}`),
			told,
		);
		assert.ok(unit.objects.some(({ kind }) => kind === "Service"));
		assert.equal(
			findings.some(({ rule, at }) => rule === "quoted-target-port" && at.source.uri === "/ws/base/web.yaml"),
			judged,
		);
	});
}

test("10,000 resources, each a file of its own, are all there", () => {
	const names = Array.from({ length: 10_000 }, (_, index) => `s${index}`);
	const files = Object.fromEntries(
		names.map((name) => [`${name}.yaml`, `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: 80 }] }\n`]),
	);
	const kustomization = `namePrefix: x-\nresources:\n${names.map((name) => `  - ${name}.yaml\n`).join("")}`;
	const { objects, gaps } = renderKustomization(memoryFiles("/ws", { ...files, "kustomization.yaml": kustomization }), "/ws");
	assert.deepEqual(gaps, []);
	assert.equal(objects.length, 10_000);
});
