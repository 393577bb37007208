import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Snapshot } from "../server/src/links/snapshot.ts";
import { allUnits } from "../server/src/links/units.ts";
import { RULES } from "../server/src/rules/list.ts";
import type { Finding, Rule } from "../server/src/rules/rule.ts";
import type { Settings } from "../server/src/settings/settings.ts";
import { parseSource } from "../server/src/yaml/parse.ts";
import { applyEdits, findingsOf, settingsWith } from "./support/carets.ts";
import { cutFiles, snapshotOf } from "./support/workspace.ts";

const FOLDER = "server/src/rules";

test("every file that makes a rule is in the list once, under the rule's name", () => {
	const files = readdirSync(FOLDER).filter((file) => /= rule\(\{/.test(readFileSync(`${FOLDER}/${file}`, "utf8")));
	assert.deepEqual(RULES.map(({ name }) => `${name}.ts`).sort(), files.sort());
});

for (const rule of RULES) {
	test(`${rule.name}: the name is kebab-case and its export the same in camelCase`, () => {
		assert.match(rule.name, /^[a-z]+(-[a-z]+)+$/);
		const camel = rule.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
		assert.match(readFileSync(`${FOLDER}/${rule.name}.ts`, "utf8"), new RegExp(`^export const ${camel} = rule\\(`, "m"));
	});

	test(`${rule.name}: its texts are sentences, its levels distinct, its source a link`, () => {
		for (const text of [rule.summary, rule.why]) assert.match(text, /^[A-Z][^\n]*[.]$/);
		assert.equal(new Set(rule.levels).size, rule.levels.length);
		assert.match(rule.source, /^https:\/\/\S+$/);
	});

	test(`${rule.name}: the bad example gives its finding and no other, a conflict one at each end`, () => {
		const findings = findingsOf(opened(rule, rule.bad));
		const wanted = rule.name.endsWith("-conflict") ? 2 : 1;
		assert.deepEqual(
			findings.map((finding) => finding.rule),
			new Array(wanted).fill(rule.name),
		);
		for (const finding of findings) {
			assert.ok(rule.levels.includes(finding.severity), `${finding.severity} is none of its levels`);
			assert.match(finding.message, /^\S.*[^.\s]$/, "a message has no full stop");
			assert.ok(finding.at.end > finding.at.start, "a finding has characters to stand on");
			for (const { message } of finding.related) assert.match(message, /^\S.*[^.\s]$/);
			for (const { title } of finding.fixes) assert.match(title, /^[A-Z][a-z]+ .*[^.\s]$/, "a fix is an imperative");
		}
	});

	test(`${rule.name}: the good example gives no finding of any rule`, () => {
		assert.deepEqual(
			findingsOf(opened(rule, rule.good)).map((finding) => `${finding.rule}: ${finding.message}`),
			[],
		);
	});

	for (const newline of ["\n", "\r\n"]) {
		test(`${rule.name}: the first fix makes the good example of the bad one, line breaks ${JSON.stringify(newline)}`, () => {
			const snapshot = opened(rule, rule.bad, newline);
			const fix = findingsOf(snapshot)[0]?.fixes[0];
			if (!fix) return;
			const after = applyEdits(snapshot, textsOf(rule.bad, newline), fix.edits);
			assert.deepEqual(after, textsOf(rule.good, newline));
		});
	}

	test(`${rule.name}: each fix of the bad example leaves YAML without the finding`, () => {
		const snapshot = opened(rule, rule.bad);
		for (const finding of findingsOf(snapshot)) {
			for (const fix of finding.fixes.filter(({ setting }) => !setting)) {
				const after = snapshotOf(applyEdits(snapshot, textsOf(rule.bad), fix.edits), settingsFor(rule));
				assert.deepEqual(problemsOf(after), [], fix.title);
				assert.ok(!findingsOf(after).some((left) => isSame(left, finding)), `${fix.title} leaves the finding`);
			}
		}
	});

	test(`${rule.name}: it has a page`, () => {
		assert.ok(existsSync(`docs/rules/${rule.name}.md`), "run npm run docs");
	});
}

test("the examples differ from each other", () => {
	const texts = RULES.flatMap((rule: Rule) => [rule.bad]);
	assert.equal(new Set(texts).size, texts.length);
});

function textsOf(block: string, newline = "\n"): ReadonlyMap<string, string> {
	return new Map([...cutFiles(block)].map(([name, text]) => [name, text.replaceAll("\n", newline)]));
}

function opened(rule: Rule, block: string, newline = "\n"): Snapshot {
	return snapshotOf(textsOf(block, newline), settingsFor(rule));
}

/** The defaults, with the rule switched on. */
function settingsFor(rule: Rule): Settings {
	return settingsWith(rule.off ? { rules: { [rule.name]: rule.levels[0] } } : {});
}

function problemsOf(snapshot: Snapshot): readonly string[] {
	return [...allUnits(snapshot)].flatMap(({ manifests }) =>
		manifests.flatMap(({ source }) => parseSource(source).problems.map(({ message }) => message)),
	);
}

function isSame(a: Finding, b: Finding): boolean {
	return a.rule === b.rule && a.message === b.message && a.at.source.uri === b.at.source.uri;
}
