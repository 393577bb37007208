import assert from "node:assert/strict";
import { test } from "node:test";
import { allUnits } from "../../server/src/links/units.ts";
import { DEFAULT_SETTINGS, type Rendering } from "../../server/src/settings/settings.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const HEAD = "#- Chart.yaml\napiVersion: v2\nname: web\nversion: 1.0.0\n";

function gaps(template: string, rendering: Partial<Rendering> = {}): readonly string[] {
	const settings = { ...DEFAULT_SETTINGS, rendering: { ...DEFAULT_SETTINGS.rendering, ...rendering } };
	const units = [...allUnits(snapshotOf(cutFiles(`${HEAD}#- templates/a.yaml\n${template}\n`), settings))];
	return units.flatMap((unit) => unit.gaps.map(({ reason }) => reason));
}

for (const [setting, least, template, reason] of [
	["steps", 100, "a: {{ range until 90 }}{{ . }}{{ end }}", "more than 100 steps"],
	["output", 100, 'a: {{ repeat 200 "x" }}', "more than 100 characters"],
	["recursion", 2, 'a: {{ tpl "{{ tpl .a . }}" (dict "a" "{{ tpl .b . }}" "b" "{{ 1 }}") }}', "templates are nested more than 2 deep"],
	["range", 10, "a: {{ until 11 | len }}", "a list or range of more than 10"],
] as const) {
	test(`a chart that needs more ${setting} than is set is incomplete, and says which setting it is`, () => {
		assert.deepEqual(gaps(template), []);
		assert.deepEqual(gaps(template, { [setting]: least }), [`${reason}, and the setting rendering.${setting} allows no more`]);
	});
}
