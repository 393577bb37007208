import assert from "node:assert/strict";
import { test } from "node:test";
import { lensesIn } from "../../server/src/features/codeLens.ts";
import { definitionAt } from "../../server/src/features/definition.ts";
import { findingsOf } from "../../server/src/features/findings.ts";
import { hover } from "../../server/src/features/hover.ts";
import { referencesTo } from "../../server/src/features/references.ts";
import { offsetFor, originAt, renderedText } from "../../server/src/features/renderedText.ts";
import { statusOf } from "../../server/src/features/status.ts";
import { fileOf, type Snapshot, withBase } from "../../server/src/links/snapshot.ts";
import { unitsOf } from "../../server/src/links/units.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { partAt, spanInFile } from "../../server/src/text/file.ts";
import { textAt } from "../../server/src/text/source.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const FILES = `#- overlays/prod/kustomization.yaml
resources: [../../base]
namespace: shop
patches: [{ path: ports.yaml }]
labels: [{ pairs: { tier: front }, includeSelectors: true }]
#- overlays/prod/ports.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, targetPort: 8081 }] }
#- overlays/dev/kustomization.yaml
resources: [../../base]
#- base/kustomization.yaml
resources: [service.yaml, ./deployment.yaml]
configMapGenerator: [{ name: c, files: [key=data.yaml] }]
#- base/data.yaml
a: 1
#- base/service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
#- base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: x, ports: [{ containerPort: 8080 }, { containerPort: 8081 }] }] }
`;

function opened(): Snapshot {
	const snapshot = snapshotOf(cutFiles(FILES));
	return withBase(snapshot, { settings: DEFAULT_SETTINGS, tops: new Map([["/ws", DEFAULT_SETTINGS]]) });
}

/** The offset of the bar in `before|after`. */
function offsetOf(snapshot: Snapshot, name: string, marked: string): number {
	const at = fileOf(snapshot, `/ws/${name}`)?.text.indexOf(marked.replace("|", "")) ?? -1;
	assert.ok(at >= 0, `${marked} is not in ${name}`);
	return at + marked.indexOf("|");
}

const hovers: readonly (readonly [title: string, file: string, on: string, shows: RegExp])[] = [
	["in the base it is the first unit's", "base/service.yaml", "targetPort: |8080", /As deployed by overlays\/dev, one of 2 units\.$/],
	["a value of a patch leads where the patch says", "overlays/prod/ports.yaml", "targetPort: 80|81", /Pod port 8081/],
	["the name of a patch stands for the object that is patched", "overlays/prod/ports.yaml", "name: w|eb", /\*\*Service\*\* shop\/web/],
	[
		"a label of a kustomization stands for what it selects",
		"overlays/prod/kustomization.yaml",
		"tier: fr|ont",
		/\*\*Service\*\* shop\/web/,
	],
];
for (const [title, file, on, shows] of hovers) {
	test(`hover: ${title}`, () => {
		const snapshot = opened();
		const findings = (unit: Parameters<typeof findingsOf>[1]) => findingsOf(snapshot, unit, () => {});
		const found = hover(snapshot, `/ws/${file}`, offsetOf(snapshot, file, on), { format: "table", findings });
		assert.match(found?.contents ?? "", shows);
	});
}

test("hover: of a file of several units the one that is preferred is shown", () => {
	const snapshot = opened();
	const options = { format: "table", findings: () => [], preferred: ["kustomize:/ws/overlays/prod"] } as const;
	const found = hover(snapshot, "/ws/base/service.yaml", offsetOf(snapshot, "base/service.yaml", "name: w|eb"), options);
	assert.match(found?.contents ?? "", /^\*\*Service\*\* shop\/web/);
	assert.match(found?.contents ?? "", /As deployed by overlays\/prod, one of 2 units\.$/);
});

test("status: a file says which units it is a part of, and whether they are whole", () => {
	const snapshot = opened();
	const texts = ["base/service.yaml", "overlays/prod/kustomization.yaml", "overlays/prod/ports.yaml"].map(
		(name) => statusOf(snapshot, `/ws/${name}`, ["kustomize:/ws/overlays/prod"])?.text,
	);
	assert.deepEqual(texts, [
		"unit overlays/prod; base of 2 units; complete",
		"unit overlays/prod; complete",
		"unit overlays/prod; complete",
	]);
	const broken = snapshotOf(cutFiles(FILES.replace("resources: [../../base]", "resources: [../../base, https://example.org/x.yaml]")));
	assert.deepEqual(
		[statusOf(broken, "/ws/overlays/prod/ports.yaml")?.text, statusOf(broken, "/ws/overlays/prod/ports.yaml")?.limited],
		["unit /ws/overlays/prod; not complete", true],
	);
});

const definitions: readonly (readonly [file: string, on: string, leads: string | undefined])[] = [
	["overlays/prod/kustomization.yaml", "[../../b|ase]", "base/kustomization.yaml"],
	["overlays/prod/kustomization.yaml", "path: por|ts.yaml", "overlays/prod/ports.yaml"],
	["base/kustomization.yaml", "./deploy|ment.yaml", "base/deployment.yaml"],
	["base/kustomization.yaml", "key=da|ta.yaml", "base/data.yaml"],
	["overlays/prod/kustomization.yaml", "namespace: sh|op", undefined],
	["base/service.yaml", "name: w|eb", undefined],
	["overlays/prod/ports.yaml", "name: w|eb", "base/service.yaml"],
	["overlays/prod/ports.yaml", "kind: Ser|vice", "base/service.yaml"],
	["overlays/prod/ports.yaml", "targetPort: 80|81", undefined],
];
for (const [file, on, leads] of definitions) {
	test(`definition: ${on} leads to ${leads ?? "nothing"}`, () => {
		const snapshot = opened();
		assert.equal(definitionAt(snapshot, `/ws/${file}`, offsetOf(snapshot, file, on))?.targets[0]?.uri, leads && `/ws/${leads}`);
	});
}

test("definition: every field of a kustomization that holds paths leads to them, and no other does", () => {
	const fields = [
		...["resources", "bases", "components", "crds", "configurations", "generators", "transformers", "validators"].map(
			(name) => `${name}: [a.yaml]`,
		),
		...["patches", "patchesJson6902", "replacements"].map((name) => `${name}: [{ path: a.yaml }]`),
		"patchesStrategicMerge: [a.yaml]",
		"openapi: { path: a.yaml }",
		"configMapGenerator: [{ name: x, files: [a.yaml] }]",
		"secretGenerator: [{ name: x, envs: [a.yaml] }]",
		"secretGenerator: [{ name: x, env: a.yaml }]",
		"helmCharts: [{ name: x, valuesFile: a.yaml }]",
		"helmCharts: [{ name: x, additionalValuesFiles: [a.yaml] }]",
	];
	const others = ["namePrefix: a.yaml", "configMapGenerator: [{ name: a.yaml }]", "patches: [{ target: { name: a.yaml } }]"];
	for (const field of [...fields, ...others]) {
		const snapshot = snapshotOf(cutFiles(`#- kustomization.yaml\n${field}\n#- a.yaml\na: 1\n`));
		const found = definitionAt(snapshot, "/ws/kustomization.yaml", field.indexOf("a.yaml") + 1);
		assert.equal(found?.targets[0]?.uri, fields.includes(field) ? "/ws/a.yaml" : undefined, field);
	}
});

test("references: a base, a manifest and a patch lead to the kustomizations that name them", () => {
	const snapshot = opened();
	const uses = (file: string, on: string) =>
		referencesTo(snapshot, `/ws/${file}`, offsetOf(snapshot, file, on)).map((at) => `${at.source.uri.slice(4)} ${textAt(at)}`);
	assert.deepEqual(uses("base/kustomization.yaml", "resour|ces"), [
		"overlays/dev/kustomization.yaml ../../base",
		"overlays/prod/kustomization.yaml ../../base",
	]);
	assert.deepEqual(uses("base/deployment.yaml", "kind: Deploy|ment"), ["base/kustomization.yaml ./deployment.yaml"]);
	assert.deepEqual(uses("overlays/prod/ports.yaml", "name: w|eb"), ["overlays/prod/kustomization.yaml ports.yaml"]);
	assert.deepEqual(uses("base/deployment.yaml", "image: |x"), []);
});

test("lens: a kustomization says what it deploys, a base what it is a part of", () => {
	const snapshot = opened();
	const lenses = (name: string) =>
		[...lensesIn(snapshot, `/ws/${name}`, { shows: "services", findings: () => [], last: undefined })].map(({ text, unit }) => [
			text,
			unit,
		]);
	assert.deepEqual(lenses("overlays/prod/kustomization.yaml"), [["3 objects", "kustomize:/ws/overlays/prod"]]);
	assert.deepEqual(lenses("base/kustomization.yaml"), [["part of overlays/dev, overlays/prod", undefined]]);
});

test("what is rendered leads back to where it comes from, and what is written to where it is rendered", () => {
	const snapshot = opened();
	const [unit] = unitsOf(snapshot, "/ws/overlays/prod/ports.yaml");
	assert.ok(unit);
	const written = renderedText(unit, (uri) => uri.slice("/ws/".length));
	const from = (text: string) => {
		const place = originAt(written, written.text.indexOf(text) + text.length);
		const file = place && fileOf(snapshot, place.source.uri);
		const span = place && file && spanInFile(file, place);
		return [place?.source.uri, span && file?.text.slice(span.start, span.end)];
	};
	assert.deepEqual(from("targetPort: 80"), ["/ws/overlays/prod/ports.yaml", "8081"]);
	assert.deepEqual(from("namespace: sh"), ["/ws/overlays/prod/kustomization.yaml", "shop"]);
	assert.deepEqual(from("image"), ["/ws/base/deployment.yaml", "image"]);
	const file = fileOf(snapshot, "/ws/base/deployment.yaml");
	const part = file && partAt(file, 0);
	assert.ok(part);
	const offset = offsetOf(snapshot, "base/deployment.yaml", "image: |x");
	const line = written.text
		.slice(0, offsetFor(written, { source: part.source, start: offset, end: offset }))
		.split("\n")
		.at(-1);
	assert.match(line ?? "", /image: $/);
});
