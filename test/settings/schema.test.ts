import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { describedRules } from "../../server/src/rules/described.ts";
import { RULES } from "../../server/src/rules/list.ts";
import { readConfigurationFile } from "../../server/src/settings/configurationFile.ts";
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_OPTIONS, readEditorSettings } from "../../server/src/settings/editorSettings.ts";
import { configurationSchema, type ExtensionSetting, extensionSettings, TOOLS } from "../../server/src/settings/schema.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { openFile } from "../../server/src/yaml/stream.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const packaged: Record<string, ExtensionSetting> = manifest.contributes.configuration.properties;
const shipped = JSON.parse(readFileSync("schemas/portolan.schema.json", "utf8"));

test("package.json has the settings, and the schema that ships is that of the configuration", () => {
	assert.deepEqual(packaged, extensionSettings(describedRules()));
	const { $schema, title, ...schema } = shipped;
	assert.deepEqual(schema, JSON.parse(JSON.stringify(configurationSchema(describedRules()))));
	assert.equal(manifest.contributes.yamlValidation[0].url, "./schemas/portolan.schema.json");
});

test("settings, schema and package.json have the same keys", () => {
	assert.deepEqual(Object.keys(shipped.properties), Object.keys(DEFAULT_SETTINGS));
	assert.deepEqual(Object.keys(shipped.properties.cluster.properties), Object.keys(DEFAULT_SETTINGS.cluster));
	assert.deepEqual(Object.keys(shipped.properties.cluster.properties.proxy.properties), Object.keys(DEFAULT_SETTINGS.cluster.proxy));
	assert.deepEqual(Object.keys(shipped.properties.rendering.properties), Object.keys(DEFAULT_SETTINGS.rendering));
	const keys = Object.keys(DEFAULT_SETTINGS).flatMap((key) =>
		key === "cluster" || key === "rendering" ? Object.keys(DEFAULT_SETTINGS[key]).map((name) => `${key}.${name}`) : [key],
	);
	assert.deepEqual(
		Object.keys(packaged),
		[...keys, ...Object.keys(DEFAULT_OPTIONS), ...TOOLS.map((tool) => `${tool}.path`)].map((key) => `portolan.${key}`),
	);
});

test("every rule can be set, in the file and in the editor", () => {
	const names = RULES.map(({ name }) => name);
	assert.deepEqual(Object.keys(shipped.properties.rules.properties), names);
	assert.deepEqual(Object.keys(packaged["portolan.rules"]?.properties ?? {}), names);
});

test("the defaults of package.json are the defaults", () => {
	const section: Record<string, Record<string, unknown>> = {};
	for (const [key, { default: usual }] of Object.entries(packaged)) {
		const [, first = "", second] = key.split(".");
		if (second === undefined) section[first] = usual as Record<string, unknown>;
		else section[first] = { ...section[first], [second]: usual };
	}
	assert.deepEqual(readEditorSettings(section), DEFAULT_EDITOR_SETTINGS);
});

test("every setting says what it is for", () => {
	for (const [key, setting] of Object.entries(packaged)) assert.match(setting.markdownDescription ?? "", /^[A-Z].*[.]$/, key);
	const undescribed: string[] = [];
	const visit = (schema: { properties?: Record<string, object>; markdownDescription?: string }, path: string): void => {
		if (path !== "" && !schema.markdownDescription) undescribed.push(path);
		for (const [name, inner] of Object.entries(schema.properties ?? {})) visit(inner, `${path}.${name}`);
	};
	visit(shipped, "");
	assert.deepEqual(undescribed, []);
});

test("the words that the schema offers are the words that are read", () => {
	const [offered, understood] = shipped.properties.rules.properties[RULES[0]?.name ?? ""].anyOf;
	for (const word of [...offered.enum, ...understood.enum]) {
		const text = `rules: { ${RULES[0]?.name}: ${word} }\n`;
		assert.deepEqual(readConfigurationFile(openFile("/ws/.portolan.yaml", text)).problems, [], text);
	}
});

test("the configuration that the README shows has a meaning throughout", () => {
	const [, block = ""] = /^## Settings$.*?^```yaml\n(.*?)^```$/ms.exec(readFileSync("README.md", "utf8")) ?? [];
	const { settings, problems, rules } = readConfigurationFile(openFile("/ws/.portolan.yaml", block));
	assert.deepEqual(problems, []);
	assert.ok(rules.length > 0 && rules.every(({ text }) => RULES.some(({ name }) => name === text)));
	for (const key of Object.keys(DEFAULT_SETTINGS)) assert.match(block, new RegExp(`^${key}:`, "m"));
	assert.notDeepEqual(settings, DEFAULT_SETTINGS);
});
