import assert from "node:assert/strict";
import { test } from "node:test";
import type { Settings } from "../../server/src/settings/settings.ts";
import { textAt } from "../../server/src/text/source.ts";
import { applyEdits, findingsOf, settingsWith } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

/** A Service whose targetPort Kubernetes refuses, with something on the line above it and behind it. */
function quoted(above: string, behind = ""): string {
	return `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
${above}      targetPort: "8080"${behind}
`;
}

const HEARD = ["quoted-target-port", "slash-comment", "invalid-configuration", "unused-ignore"];
const REFUSED = 'quoted-target-port "8080"';

interface Case {
	readonly title: string;
	readonly text: string;
	/** What is found of the rules in `HEARD`: the rule and the characters, or the message of this one. */
	readonly found: readonly string[];
	readonly settings?: Settings;
}

const silencing: readonly Case[] = [
	{ title: "on the line above", text: quoted("      # portolan-ignore: quoted-target-port\n"), found: [] },
	{
		title: "on the line itself, with a reason",
		text: quoted("", " # portolan-ignore: quoted-target-port -- the operator unquotes"),
		found: [],
	},
	{ title: "whatever the blanks", text: quoted("#  portolan-ignore:quoted-target-port --\n"), found: [] },
	{
		title: "with other comments between",
		text: quoted("      # portolan-ignore: quoted-target-port\n      # unquoted later\n"),
		found: [],
	},
	{
		title: "for the whole file, below other comments",
		text: `# a licence\n# portolan-ignore-file: quoted-target-port\n${quoted("")}`,
		found: [],
	},
	{
		title: "for all documents of a file, from one of comments",
		text: `# portolan-ignore-file: quoted-target-port\n---\n# more\n---\n${quoted("")}---\n${quoted("").replace("web", "api")}`,
		found: [],
	},
	{
		title: "another file is not concerned",
		text: `# portolan-ignore-file: quoted-target-port\n${quoted("")}#- b.yaml\n${quoted("").replace("web", "b")}`,
		found: [REFUSED],
	},
	{
		title: "a comment behind a value speaks of its own line only",
		text: quoted("").replace("port: 80\n", "port: 80 # portolan-ignore: quoted-target-port\n"),
		found: ["quoted-target-port finds nothing on this line", REFUSED],
	},
	{
		title: "without its colon it silences nothing",
		text: quoted("      # portolan-ignore quoted-target-port\n"),
		found: ["Without a colon behind portolan-ignore this comment silences nothing", REFUSED],
	},
	{ title: "a sentence about such comments is none", text: quoted("      # portolan-ignore comments are seldom\n"), found: [REFUSED] },
	{
		title: "a reason without dashes before it",
		text: quoted("      # portolan-ignore: quoted-target-port for now\n"),
		found: ["The reason behind quoted-target-port needs -- before it", REFUSED],
	},
	{
		title: "an empty line ends what a comment speaks of",
		text: quoted("      # portolan-ignore: quoted-target-port\n\n"),
		found: ["quoted-target-port finds nothing on this line", REFUSED],
	},
	{
		title: "a comment for the file that does not stand at its top silences nothing",
		text: quoted("      # portolan-ignore-file: quoted-target-port\n"),
		found: ["A comment for the whole file stands at its top, before everything else", REFUSED],
	},
	{
		title: "the text of an annotation is no comment",
		text: quoted("      name: |\n        # portolan-ignore: quoted-target-port\n"),
		found: [REFUSED],
	},
	{
		title: "a comment lets nothing else up",
		text: quoted("").replace('"8080"', "8080 // was 80 # portolan-ignore: slash-comment"),
		found: [],
	},
];

const unused: readonly Case[] = [
	{
		title: "a name beside one that silences",
		text: quoted("", " # portolan-ignore: quoted-target-port, slash-comment"),
		found: ["slash-comment finds nothing on this line"],
	},
	{
		title: "in the whole file",
		text: `# portolan-ignore-file: slash-comment\n${quoted("").replaceAll('"', "")}`,
		found: ["slash-comment finds nothing in this file"],
	},
	{
		title: "a rule that there is none of",
		text: `# portolan-ignore: quoted-targetport\n# portolan-ignore: everything\n${quoted("").replaceAll('"', "")}`,
		found: ["There is no rule quoted-targetport; did you mean quoted-target-port?", "There is no rule everything"],
	},
	{
		title: "a comment without a name",
		text: `# portolan-ignore: -- no reason\n${quoted("").replaceAll('"', "")}`,
		found: ["This comment names no rule"],
	},
	{
		title: "of a rule that is off nothing is known",
		text: quoted("", " # portolan-ignore: slash-comment"),
		found: [REFUSED],
		settings: settingsWith({ rules: { "slash-comment": "off" } }),
	},
	{
		title: "in a unit that is not read as a whole a finding may be withheld",
		text: `${quoted("", " # portolan-ignore: slash-comment")}#- b.yaml\napiVersion: v1\nkind: Service\nmetadata: { name: [ }\n`,
		found: [REFUSED],
	},
	{ title: "where there is no manifest nothing is said", text: "# portolan-ignore: slash-comment\ncontainers: 80\nkind: x\n", found: [] },
	{
		title: "a file may allow it",
		text: `# portolan-ignore-file: unused-ignore\n${quoted("", " # portolan-ignore: slash-comment, quoted-target-port")}`,
		found: [],
	},
	{
		title: "a comment in a further document of a configuration is read, although nothing else is",
		text: "#- .portolan.yaml\nexclude: []\n---\n# portolan-ignore: invalid-configuration, slash-comment\nrules: {}\n",
		found: ["slash-comment finds nothing on this line"],
	},
	{
		title: "a comment for the whole file has its place at the top of a configuration's first document",
		text: "#- .portolan.yaml\nexclude: []\n---\n# portolan-ignore-file: invalid-configuration\nrules: {}\n",
		found: ["invalid-configuration rules: {}", "A comment for the whole file stands at its top, before everything else"],
	},
	{
		title: "it can be switched off",
		text: quoted("", " # portolan-ignore: slash-comment"),
		found: [REFUSED],
		settings: settingsWith({ rules: { "unused-ignore": "off" } }),
	},
];

for (const { title, text, found, settings } of [...silencing, ...unused]) {
	for (const newline of ["\n", "\r\n"]) {
		test(`portolan-ignore: ${title}, line breaks ${JSON.stringify(newline)}`, () => {
			const files = [...cutFiles(text)].map(([name, content]) => [name, content.replaceAll("\n", newline)] as const);
			const findings = findingsOf(snapshotOf(new Map(files), settings)).filter(({ rule }) => HEARD.includes(rule));
			const printed = findings.map(({ rule, at, message }) => (rule === "unused-ignore" ? message : `${rule} ${textAt(at)}`));
			assert.deepEqual(printed.sort(), [...found].sort());
		});
	}
}

test("an unused name is marked as unnecessary, and counts only when the folders around are read", () => {
	const [finding] = findingsOf(
		snapshotOf(new Map([["a.yaml", quoted("", " # portolan-ignore: quoted-target-port, slash-comment")]])),
	).filter(({ rule }) => rule === "unused-ignore");
	assert(finding);
	assert.deepEqual([textAt(finding.at), finding.tag, finding.severity, finding.lookedNear], ["slash-comment", "unnecessary", "hint", true]);
});

const fixes: { title: string; before: string; after: string }[] = [
	{ title: "Remove the comment", before: quoted("      # portolan-ignore: slash-comment -- no\n"), after: quoted("") },
	{ title: "Remove the comment", before: quoted("", "  # portolan-ignore: slash-comment"), after: quoted("") },
	{
		title: "Remove slash-comment from the comment",
		before: quoted("", " # portolan-ignore: slash-comment, quoted-target-port -- yes"),
		after: quoted("", " # portolan-ignore: quoted-target-port -- yes"),
	},
];
for (const { title, before, after } of fixes) {
	test(`portolan-ignore: ${title}`, () => {
		const files = new Map([["a.yaml", before]]);
		const snapshot = snapshotOf(files);
		const fix = findingsOf(snapshot)
			.flatMap((finding) => finding.fixes)
			.find((offered) => offered.title === title);
		assert(fix);
		assert.equal(applyEdits(snapshot, files, fix.edits).get("a.yaml"), after);
	});
}

test("portolan-ignore: a comment that keeps a file from being read as JSON objects, of which the second is none, is not taken away", () => {
	const object = '{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "ports": [{ "port": 80 }] } }';
	const comment = "# portolan-ignore: slash-comment\n";
	const within = object.replace("{ ", `{\n${comment}`);
	const offered = [`${comment}${object}\n{`, `${within}\n{`, `${comment}${object}\n`, within].map((text) =>
		findingsOf(snapshotOf(new Map([["a.yaml", text]])))
			.filter(({ rule }) => rule === "unused-ignore")
			.map(({ fixes }) => fixes.map((fix) => fix.title)),
	);
	assert.deepEqual(offered, [[[]], [[]], [["Remove the comment"]], [["Remove the comment"]]]);
});

test("portolan-ignore: a comment that keeps apart what would be read as one is not taken away", () => {
	const service = (note: string) =>
		`apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    note: ${note}\n      text\n# portolan-ignore: slash-comment\n\n\n`;
	const offered = [`// # portolan-ignore: slash-comment\nkind: Service\n---\n${quoted("")}`, service("|+"), service("|")].map((text) =>
		findingsOf(snapshotOf(new Map([["a.yaml", text]])))
			.filter(({ rule }) => rule === "unused-ignore")
			.map(({ fixes }) => fixes.map((fix) => fix.title)),
	);
	assert.deepEqual(offered, [[[]], [[]], [["Remove the comment"]]]);
});
