import assert from "node:assert/strict";
import { test } from "node:test";
import { completeConfiguration } from "../../server/src/features/configurationCompletion.ts";
import { RULES } from "../../server/src/rules/list.ts";
import { SEVERITIES } from "../../server/src/settings/configuration.ts";
import { snapshotOf } from "../support/workspace.ts";

/** What is offered at the `|` of a text: what each word makes of the line. */
function complete(text: string, name = ".portolan.yaml"): readonly string[] {
	const offset = text.indexOf("|");
	const written = text.slice(0, offset) + text.slice(offset + 1);
	const snapshot = snapshotOf(new Map([[name, written]]));
	return completeConfiguration(snapshot, `/ws/${name}`, offset).map((item) => {
		const whole = written.slice(0, item.span.start) + item.text + written.slice(item.span.end);
		return whole.split("\n")[text.slice(0, offset).split("\n").length - 1] ?? "";
	});
}

const TOP = ["rules:", "cluster:", "exclude:", "units:", "workloads:", "rendering:"];
const NAMES = RULES.map(({ name }) => name);

const cases: { title: string; text: string; offers: readonly string[] }[] = [
	{ title: "keys of an empty file", text: "|", offers: TOP },
	{ title: "keys while one is written", text: "cl|", offers: TOP },
	{
		title: "a key that is there is not offered again",
		text: "rules:\n  a: off\nexclude: []\n|\nunits: []\n",
		offers: ["cluster:", "workloads:", "rendering:"],
	},
	{ title: "names of rules", text: "rules:\n  |", offers: NAMES.map((name) => `  ${name}: `) },
	{
		title: "names of rules but those that are there",
		text: `rules:\n  |\n  ${NAMES[0]}: off\n`,
		offers: NAMES.slice(1).map((name) => `  ${name}: `),
	},
	{ title: "severities", text: "rules:\n  slash-comment: |", offers: SEVERITIES.map((word) => `  slash-comment: ${word}`) },
	{
		title: "a severity takes the place of the word",
		text: "rules:\n  slash-comment: w|arn # x",
		offers: SEVERITIES.map((word) => `  slash-comment: ${word} # x`),
	},
	{ title: "severities of a rule that there is none of", text: "rules:\n  no-such: |", offers: [] },
	{
		title: "keys inside",
		text: "cluster:\n  proxy:\n    m|\n",
		offers: ["    mode: ", "    masqueradeAll: ", "    localhostNodePorts: ", "    nodePortAddresses:"],
	},
	{
		title: "words of a choice",
		text: "cluster:\n  proxy:\n    mode: |\n",
		offers: ["    mode: iptables", "    mode: nftables", "    mode: ipvs"],
	},
	{
		title: "true and false",
		text: "cluster:\n  proxy:\n    masqueradeAll: |",
		offers: ["    masqueradeAll: true", "    masqueradeAll: false"],
	},
	{ title: "keys of a list's item", text: "workloads:\n  - |", offers: ["  - kind: ", "  - podTemplate: "] },
	{ title: "keys of a list's item in the column of its list", text: "workloads:\n- kind: A\n  |", offers: ["  podTemplate: "] },
	{
		title: "keys of another item know nothing of the one above",
		text: "workloads:\n  - kind: A\n  - |",
		offers: ["  - kind: ", "  - podTemplate: "],
	},
	{
		title: "keys of what may be a text or a map",
		text: "cluster:\n  nodes:\n    - 10.0.0.1\n    - name: a\n      |",
		offers: ["      addresses:", "      labels:"],
	},
	{ title: "a key that keeps its colon", text: "cl|: {}\n", offers: TOP.filter((key) => key !== "").map((key) => `${key} {}`) },
	{ title: "nothing for a free text", text: "cluster:\n  domain: |", offers: [] },
	{ title: "nothing in a comment", text: "# r|", offers: [] },
	{ title: "nothing in the middle of a value", text: "cluster:\n  domain: a b|", offers: [] },
	{ title: "nothing below a key that there is none of", text: "sails:\n  |", offers: [] },
];
for (const { title, text, offers } of cases) test(`completion: ${title}`, () => assert.deepEqual(complete(text), offers));

test("completion: nothing in other files", () => {
	assert.deepEqual(complete("|", "values.yaml"), []);
});

test("completion: a key says what it is for", () => {
	const [first] = completeConfiguration(snapshotOf(new Map([[".portolan.yaml", "\n"]])), "/ws/.portolan.yaml", 0);
	assert.deepEqual([first?.label, first?.kind], ["rules", "key"]);
	assert.match(first?.documentation ?? "", /severity/);
});
