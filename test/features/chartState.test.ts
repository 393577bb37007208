import assert from "node:assert/strict";
import { test } from "node:test";
import { lensesIn } from "../../server/src/features/codeLens.ts";
import { deployedIn, placesIn } from "../../server/src/features/deployed.ts";
import { hover } from "../../server/src/features/hover.ts";
import { offsetFor, renderedText } from "../../server/src/features/renderedText.ts";
import { statusOf } from "../../server/src/features/status.ts";
import { fileOf, type Snapshot, withBase } from "../../server/src/links/snapshot.ts";
import { unitsOf } from "../../server/src/links/units.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { partAt } from "../../server/src/text/file.ts";
import { dataOf } from "../../server/src/yaml/write.ts";
import { CHART } from "../support/chart.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

function opened(files: string): Snapshot {
	return withBase(snapshotOf(cutFiles(files)), { settings: DEFAULT_SETTINGS, tops: new Map([["/ws", DEFAULT_SETTINGS]]) });
}

/** The ids of the units of a file that have this values file. */
function withValues(snapshot: Snapshot, uri: string, variant: string): readonly string[] {
	return unitsOf(snapshot, uri).flatMap(({ id, renderings }) => (renderings.some(({ root }) => root.variant === variant) ? [id] : []));
}

const BARE = "#- api/Chart.yaml\napiVersion: v2\nname: api\nversion: 1.0.0\n#- api/templates/a.yaml\na: 1\n";
const LACKS = BARE.replace(
	"version: 1.0.0\n",
	"version: 1.0.0\ndependencies: [{ name: common, version: 1.x.x, repository: https://example.org }]\n",
);

const states: readonly (readonly [title: string, files: string, chosen: string, text: string, limited: boolean])[] = [
	["a chart with one set of values says its folder", BARE, "", "unit api; complete", false],
	["a chart with several sets of values says which is shown", CHART, "", "unit api (values.yaml); complete", false],
	["the values that are chosen are said", CHART, "values-prod.yaml", "unit api (values-prod.yaml); complete", false],
	["a chart without its dependencies says what to run", LACKS, "", "unit api; dependencies missing: run `helm dependency build api`", true],
	["a chart that renders to no YAML is not complete", BARE.replace("a: 1", "a: b\n c: d"), "", "unit api; not complete", true],
];
for (const [title, files, chosen, text, limited] of states) {
	test(`status: ${title}`, () => {
		const snapshot = opened(files);
		const uri = "/ws/api/Chart.yaml";
		const status = statusOf(snapshot, uri, withValues(snapshot, uri, chosen));
		assert.deepEqual([status?.text, status?.limited], [text, limited]);
	});
}

test("status: why a chart is not complete is said", () => {
	const detail = statusOf(opened(BARE.replace("a: 1", "a: b\n c: d")), "/ws/api/Chart.yaml")?.detail ?? "";
	assert.match(detail, /^what may be missing is not reported: YAML parse error on api\/templates\/a\.yaml: error converting YAML to JSON/);
});

test("lens: a chart says what it deploys and with which values, those first that are chosen", () => {
	const snapshot = opened(CHART);
	const uri = "/ws/api/Chart.yaml";
	const lenses = (variant: string) =>
		[
			...lensesIn(snapshot, uri, { shows: "services", findings: () => [], last: undefined, preferred: withValues(snapshot, uri, variant) }),
		].map(({ text, unit, chooses }) => [text, unit === undefined ? chooses : withValues(snapshot, uri, variant).includes(unit)]);
	assert.deepEqual(lenses(""), [
		["3 objects", true],
		["with values.yaml, one of 3 sets of values", true],
	]);
	assert.deepEqual(lenses("values-prod.yaml"), [
		["3 objects", true],
		["with values-prod.yaml, one of 3 sets of values", true],
	]);
});

test("a choice for one chart leaves that for another", () => {
	const snapshot = opened(CHART + CHART.replaceAll("#- api/", "#- web/"));
	const [api, web] = ["api", "web"].map((name) => withValues(snapshot, `/ws/${name}/Chart.yaml`, "values-prod.yaml"));
	const chosen = [...(web ?? []), ...(api ?? [])];
	assert.deepEqual(
		["api", "web"].map((name) => statusOf(snapshot, `/ws/${name}/Chart.yaml`, chosen)?.text),
		["unit api (values-prod.yaml); complete", "unit web (values-prod.yaml); complete"],
	);
});

const RANDOM = `${BARE.replace("a: 1\n", "")}apiVersion: v1
kind: Secret
metadata: { name: "s-{{ randAlphaNum 5 | lower }}" }
stringData:
  password: {{ randAlphaNum 10 | quote }}
  encoded: {{ randAlphaNum 10 | b64enc }}
  file: |
    known: 1
    other: {{ randAlphaNum 3 }}
  date: {{ now | date "2006" }}
  known: {{ "a:b" | quote }}
`;

test("what nobody knows before it is deployed is marked where it is shown", () => {
	const [unit] = unitsOf(opened(RANDOM), "/ws/api/Chart.yaml");
	assert.ok(unit);
	const [secret] = deployedIn(unit);
	assert.deepEqual(secret && dataOf(secret.root), {
		apiVersion: "v1",
		kind: "Secret",
		metadata: { name: "s-<random>" },
		stringData: {
			password: "<random>",
			encoded: "<random>",
			file: "known: 1\nother: <random>\n",
			date: "<date>",
			known: "a:b",
		},
	});
	assert.deepEqual(secret?.unknown, [
		"/metadata/name",
		"/stringData/password",
		"/stringData/encoded",
		"/stringData/file",
		"/stringData/date",
	]);
	assert.match(renderedText(unit, (uri) => uri).text, /^ {2}name: s-<random>$/m);
});

test("a value that is put together of several has each place once", () => {
	const files = `${BARE.replace("a: 1\n", "")}apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Values.a }}-{{ .Values.b }}" }\n#- api/values.yaml\na: x\nb: y\n`;
	const [unit] = unitsOf(opened(files), "/ws/api/Chart.yaml");
	assert.ok(unit);
	const [service] = deployedIn(unit);
	const places = service && placesIn(service.root).get("/metadata/name");
	assert.deepEqual(
		places?.map(({ source, start, end }) => `${source.uri.slice("/ws/api/".length)} ${source.text.slice(start, end)}`),
		["templates/a.yaml {{ .Values.a }}-{{ .Values.b }}", "values.yaml x", "values.yaml y"],
	);
});

test("from an action the rendered manifest opens where its value is printed", () => {
	const snapshot = opened(CHART);
	const uri = "/ws/api/templates/service.yaml";
	const [unit] = unitsOf(snapshot, uri);
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, 0);
	assert.ok(unit && part);
	const written = renderedText(unit, (name) => name);
	const at = part.source.text.indexOf(".targetPort");
	const offset = offsetFor(written, { source: part.source, start: at, end: at }) ?? 0;
	assert.equal(
		written.text.slice(written.text.lastIndexOf("\n", offset) + 1, written.text.indexOf("\n", offset)).trim(),
		"targetPort: 8080",
	);
});

const LIBRARY = `#- common/Chart.yaml
apiVersion: v2
name: common
version: 1.0.0
type: library
#- common/templates/_port.tpl
{{- define "common.port" }}{{ .Values.port }}{{ end }}
#- api/Chart.yaml
apiVersion: v2
name: api
version: 1.0.0
dependencies: [{ name: common, version: 1.x.x, repository: "file://../common" }]
#- api/values.yaml
port: 8080
#- api/templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: {{ include "common.port" . }} }] }
`;

test("a file of a library chart belongs to the charts that name it by a path, with their values", () => {
	const snapshot = opened(LIBRARY);
	const uri = "/ws/common/templates/_port.tpl";
	assert.deepEqual(
		unitsOf(snapshot, uri).map(({ path }) => path),
		["/ws/api"],
	);
	assert.equal(statusOf(snapshot, uri)?.text, "unit api; complete");
	const at = (fileOf(snapshot, uri)?.text.indexOf(".port }}") ?? 0) + 1;
	const found = hover(snapshot, uri, at, { format: "plain", findings: () => [] });
	assert.equal(found?.contents, ".Values.port = 8080 · values.yaml:1");
});

test("a library chart says in a line which charts it is a part of", () => {
	const lenses = [...lensesIn(opened(LIBRARY), "/ws/common/Chart.yaml", { shows: "services", findings: () => [], last: undefined })];
	assert.deepEqual(
		lenses.map(({ text }) => text),
		["part of api"],
	);
});
