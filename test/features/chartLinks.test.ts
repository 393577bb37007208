import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionAt } from "../../server/src/features/definition.ts";
import { referencesTo } from "../../server/src/features/references.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { positionAt, spanInFile } from "../../server/src/text/file.ts";
import type { Place } from "../../server/src/text/source.ts";
import { CHART } from "../support/chart.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** The offset of the bar in `before|after`. */
function offsetOf(snapshot: Snapshot, name: string, marked: string): number {
	const at = fileOf(snapshot, `/ws/${name}`)?.text.indexOf(marked.replace("|", "")) ?? -1;
	assert.ok(at >= 0, `${marked} is not in ${name}`);
	return at + marked.indexOf("|");
}

/** `values.yaml:3 replicas`: line from 1, and the text there. */
function shown(snapshot: Snapshot, at: Place): string {
	const file = fileOf(snapshot, at.source.uri);
	const span = file && spanInFile(file, at);
	assert.ok(span);
	return `${at.source.uri.slice("/ws/api/".length)}:${positionAt(file, span.start).line + 1} ${file.text.slice(span.start, span.end)}`;
}

const definitions: readonly (readonly [title: string, file: string, on: string, leads: readonly string[]])[] = [
	[
		"a value to each values file that sets it",
		"templates/deployment.yaml",
		".Values.re|plicas",
		["values.yaml:3 replicas", "values-prod.yaml:1 replicas"],
	],
	["a map to its key", "templates/service.yaml", ".Values.ima|ge.repository", ["values.yaml:4 image"]],
	["a value inside of `with`", "templates/service.yaml", "port: {{ .po|rt }}", ["values.yaml:10 port", "values-prod.yaml:3 port"]],
	["an element's value to each element", "templates/service.yaml", "$each.po|rt", ["values.yaml:13 port", "values.yaml:14 port"]],
	[
		"a subchart's value to the parent's and its own file",
		"charts/worker/templates/config.yaml",
		".Values.si|ze",
		["values.yaml:19 size", "charts/worker/values.yaml:1 size"],
	],
	["an include to its definition", "templates/service.yaml", 'include "api.la|bels"', ["templates/_helpers.tpl:5 api.labels"]],
	["a template action to its definition", "templates/deployment.yaml", 'template "api.na|me"', ["templates/_helpers.tpl:2 api.name"]],
	["a file of the chart", "templates/service.yaml", '"config/ap|p.conf"', ["config/app.conf"]],
	["what Chart.yaml holds", "templates/_helpers.tpl", ".Chart.AppV|ersion", ['Chart.yaml:4 "4.5"']],
	["a value that is not set to nothing", "templates/service.yaml", ".Values.service.pr|ot", []],
	["the name of a release to nothing", "templates/_helpers.tpl", ".Release.Na|me", []],
];
for (const [title, file, on, leads] of definitions) {
	test(`definition: ${title}`, () => {
		const snapshot = snapshotOf(cutFiles(CHART));
		const found = definitionAt(snapshot, `/ws/api/${file}`, offsetOf(snapshot, `api/${file}`, on));
		assert.deepEqual(
			(found?.targets ?? []).map(({ uri, at }) => (at ? shown(snapshot, at) : uri.slice("/ws/api/".length))),
			leads,
		);
	});
}

const references: readonly (readonly [title: string, file: string, on: string, used: readonly string[]])[] = [
	["a key of values.yaml", "values.yaml", "rep|licas: 1", ["templates/deployment.yaml:6 .Values.replicas"]],
	[
		"a key below one that is taken as a whole",
		"values.yaml",
		"targ|etPort: 8080",
		["templates/service.yaml:16 .Values.service", "templates/service.yaml:18 .targetPort"],
	],
	["a key of another values file", "values-prod.yaml", "replica|s: 3", ["templates/deployment.yaml:6 .Values.replicas"]],
	["a key for a subchart", "values.yaml", "size|: 3", ["charts/worker/templates/config.yaml:6 .Values.size"]],
	["a key of a subchart", "charts/worker/values.yaml", "si|ze: 1", ["charts/worker/templates/config.yaml:6 .Values.size"]],
	["a value in a template", "templates/service.yaml", "Values.image.t|ag", ["templates/service.yaml:11 $.Values.image.tag"]],
	[
		"a definition",
		"templates/_helpers.tpl",
		'define "api.la|bels"',
		['templates/service.yaml:6 "api.labels"', 'templates/deployment.yaml:13 "api.labels"'],
	],
	["a key that nothing uses", "values.yaml", "te|am: shop", []],
];
for (const [title, file, on, used] of references) {
	test(`references: ${title}`, () => {
		const snapshot = snapshotOf(cutFiles(CHART));
		const found = referencesTo(snapshot, `/ws/api/${file}`, offsetOf(snapshot, `api/${file}`, on));
		assert.deepEqual(
			found.map((at) => shown(snapshot, at)),
			used,
		);
	});
}
