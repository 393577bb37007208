import assert from "node:assert/strict";
import { test } from "node:test";
import { completeInTemplate } from "../../server/src/features/chartCompletion.ts";
import { CHART } from "../support/chart.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const cases: readonly (readonly [title: string, typed: string, offers: readonly string[]])[] = [
	["names below .Values, with what they are", "{{ .Values.image.", ["repository example/api", "tag 1.0"]],
	["names of any values file", "{{ $.Values.o", ["other 1"]],
	["names of templates", '{{ include "', ["api.labels", "api.name", "api.port"]],
	["nothing outside of actions", "{{ .Release.Name }} .Values.", []],
	["nothing below a value that is no map", "{{ .Values.replicas.", []],
];
for (const [title, typed, offers] of cases) {
	test(`completion: ${title}`, () => {
		const text = `a: ${typed}`;
		const snapshot = snapshotOf(cutFiles(`${CHART}#- api/templates/new.yaml\n${text}\n`));
		const found = completeInTemplate(snapshot, "/ws/api/templates/new.yaml", text.length);
		const shown = found.map(({ label, detail }) => `${label} ${detail}`.trim());
		const wanted = typed.endsWith("o") ? shown.filter((each) => each.startsWith("o")) : shown;
		assert.deepEqual(wanted, offers);
		const last = /\w*$/.exec(typed)?.[0] ?? "";
		for (const { span } of found) assert.deepEqual(span, { start: text.length - last.length, end: text.length });
	});
}
