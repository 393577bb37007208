import assert from "node:assert/strict";
import { test } from "node:test";
import { invalidYaml } from "../../server/src/rules/invalid-yaml.ts";
import { textAt } from "../../server/src/text/source.ts";
import { firstProblem } from "../../server/src/yaml/explain.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { check, findingsOf } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const JSON_WEB = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}';
const HEAD = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

/** What is said first of a Service with such lines below `spec:`, and the characters that it is said of. */
const BROKEN: readonly (readonly [title: string, lines: string, at: string, message: string])[] = [
	["a tab as indentation", "  ports:\n\t- port: 80\n", "\t", "A tab indents this line; YAML takes only spaces"],
	[
		"a line that is indented deeper for nothing",
		"  type: NodePort\n   ports:\n    - port: 80\n",
		"ports",
		"This line is indented deeper than the key above it, which already has a value",
	],
	[
		"a key between the columns of two lists",
		"  ports:\n    - port: 80\n     targetPort: 80\n",
		"targetPort",
		"The indentation fits neither the list item above nor a new one",
	],
	[
		"a key in no column",
		"  ports:\n    - port: 80\n   selector:\n    app: web\n",
		"selector",
		"The indentation of this line fits no line above it",
	],
	[
		"a list in the column of the keys beside it",
		"  type: NodePort\n  - port: 80\n",
		"- port: 80",
		"A list item stands in the same column as a key",
	],
	[
		"two keys on a line",
		"  selector: app: web\n  ports:\n  - port: 80\n",
		"app: web",
		'A second ": " on one line: quote the value, or begin a new line',
	],
	["no colon", "  type NodePort\n  ports:\n  - port: 80\n", "type NodePort", '"type NodePort" has no colon behind its key'],
	[
		"no colon on the last line",
		"  ports:\n  - port: 80\n  type NodePort\n",
		"type NodePort",
		'"type NodePort" has no colon behind its key',
	],
	[
		"no space behind the colon",
		"  type:NodePort\n  ports:\n  - port: 80\n",
		"type:NodePort",
		'"type:NodePort" needs a space after its colon',
	],
	["a double quote that is never closed", '  type: "NodePort\n  ports:\n  - port: 80\n', '"NodePort', 'This " has no closing "'],
	["a single quote that is never closed", "  type: 'NodePort\n  ports:\n  - port: 80\n", "'NodePort", "This ' has no closing '"],
	[
		"a quote that is closed by the next text's",
		'  type: "NodePort\n  ports:\n  - port: 80\n    name: "http"\n',
		'"NodePort',
		'This " has no closing "',
	],
	[
		"a quote that is closed by that of a text indented deeper",
		'  clusterIP: "None\n    type: "ClusterIP"\n',
		'"None',
		'This " is closed by a quote on another line',
	],
	[
		"a long text behind a quoted one",
		`  type: "Node" ${"Port".repeat(20)}\n`,
		"Port".repeat(20),
		`"${"Port".repeat(10)}..." follows a value that has ended; quote the whole value`,
	],
	["a text behind a quoted one", '  type: "Node" Port\n', "Port", '"Port" follows a value that has ended; quote the whole value'],
	["a map that is never closed", "  selector: { app: web\n  ports:\n  - port: 80\n", "{ app: web", "This { has no closing }"],
	["a list that is never closed", "  ports: [{ port: 80 }\n  type: NodePort\n", "[{ port: 80 }", "This [ has no closing ]"],
	["a closing brace too many", "  type: NodePort\n}\n", "}", '"}" closes nothing'],
	["no comma", "  ports: [{ port: 80 targetPort: 80 }]\n", "80 targetPort: 80 }]", "A comma or a closing bracket is missing here"],
	[
		"a host name that begins with an asterisk",
		"  externalName: *.example.com\n",
		"*.example.com",
		"*.example.com refers to an anchor that does not stand above it; quote a text that begins with *",
	],
	["a sign that only quotes make a text", "  type: @NodePort\n", "@NodePort", "A text cannot begin with @ unless it is quoted"],
	[
		"a comment of another language on a line of its own",
		"  type: NodePort\n  // inside\n  ports:\n  - port: 80\n",
		"// inside",
		"A comment begins with # in YAML, not with //",
	],
	[
		"a comment of another language with a colon",
		"  type: NodePort // see: docs\n  ports:\n  - port: 80\n",
		"// see: docs",
		"A comment begins with # in YAML, not with //",
	],
	[
		"a comment of another language behind a key",
		"  ports: // all\n  - port: 80\n    targetPort: 80\n",
		"// all",
		"A comment begins with # in YAML, not with //",
	],
	[
		"a merge that was not finished",
		"<<<<<<< HEAD\n  type: NodePort\n=======\n  type: ClusterIP\n>>>>>>> x\n",
		"<<<<<<< HEAD",
		"A merge conflict is not resolved here",
	],
	[
		"a list item between the columns of two lists",
		"  ports:\n  - port: 80\n   - port: 81\n",
		"- port: 81",
		"This list item stands in another column than the items above it",
	],
	["no comma between two maps", "  ports: [{ port: 80 } { port: 81 }]\n", "{ port: 81 }]", "A comma is missing between these two"],
	["a comma too many", "  ports: [{ port: 80 },, { port: 81 }]\n", ",", "This comma separates nothing"],
	["no colon in brackets", '  selector: { "app" "web" }\n', '"web" }', "A colon or a comma is missing before this"],
	["an escape that is none", '  externalName: "a\\d"\n', "\\d", "\\d is no escape that YAML knows; write \\\\ for a backslash"],
	[
		"a quote within single quotes",
		"  externalName: 'it's'\n",
		"s'",
		"The text has ended at the quote before; within single quotes, a quote is written twice",
	],
	["a tab before a block text", "  externalName: |\n\t# x\n    web\n", "\t", "A tab stands where spaces must indent the block text"],
	[
		"an empty line before a block text, deeper than it",
		"  externalName: |\n        \n    web\n",
		"web",
		"This block text begins with an empty line that is indented deeper than the text",
	],
	["a separator of two dashes", "  ports: [{ port: 80 }]\n--\n# x\n", "--", "A separator of documents is --- at the beginning of its line"],
	["an indented separator", "  ports: [{ port: 80 }]\n ---\n# x\n", "---", "A separator of documents is --- at the beginning of its line"],
	["the end of a block of Markdown", "  ports: [{ port: 80 }]\n```\n# x\n", "```", "This line is Markdown, not YAML"],
];

for (const [title, lines, at, message] of BROKEN) {
	for (const newline of ["\n", "\r\n"]) {
		test(`invalid-yaml: ${title}, line breaks ${JSON.stringify(newline)}`, () => {
			const text = `${HEAD}${lines}`.replaceAll("\n", newline);
			const findings = findingsOf(snapshotOf(new Map([["a.yaml", text]])));
			assert.deepEqual(
				findings.map((finding) => [finding.rule, textAt(finding.at), finding.message]),
				[["invalid-yaml", at, message]],
			);
		});
	}
}

/** Manifests that say what they are, but not where YAML would find it. */
const TOLD_BY_THE_EYE: readonly (readonly [title: string, text: string, at: string, message: string])[] = [
	[
		"a JSON object on one line without a comma",
		'{"apiVersion": "v1", "kind": "Service" "metadata": {"name": "web"}}',
		'"metadata": {"name": "web"}}',
		"A comma or a closing bracket is missing here",
	],
	[
		"a JSON object with a quote that is not closed",
		'{\n  "apiVersion": "v1",\n  "kind": "Service,\n  "metadata": {"name": "web"}\n}\n',
		'"Service,',
		'This " is closed by a quote on another line',
	],
	[
		"a JSON object with a comment",
		'{\n  "apiVersion": "v1", // new\n  "kind": "Service",\n  "metadata": {"name": "web"}\n}\n',
		"// new",
		"A comment begins with # in YAML, not with //",
	],
	[
		"a kind that is indented by mistake",
		"apiVersion: v1\n kind: Service\nmetadata: { name: web }\n",
		"kind",
		"This line is indented deeper than the key above it, which already has a value",
	],
	[
		"a separator with the first key behind it",
		"kind: Shop\n---apiVersion: v1\nkind: Service\nmetadata: { name: web }\n",
		"---apiVersion: v1",
		"Kubernetes takes this line for a document separator and refuses what follows ---",
	],
];

for (const [title, text, at, message] of TOLD_BY_THE_EYE) {
	test(`invalid-yaml: ${title}`, () => {
		assert.deepEqual(
			findingsOf(snapshotOf(new Map([["a.yaml", text]]))).map((finding) => [finding.rule, textAt(finding.at), finding.message]),
			[["invalid-yaml", at, message]],
		);
	});
}

test("invalid-yaml: what is for a template, where it is no template's", () => {
	const problem = firstProblem(parseSource({ uri: "-", text: `${HEAD}  externalName: {{ .Values.name }}\n` }));
	assert.equal(problem?.message, "{{ .Values.name }} is for a template; a text that begins with { needs quotes");
});

test("invalid-yaml: what only holds a manifest says nothing", () => {
	assert.deepEqual(findingsOf(snapshotOf(new Map([["a.yaml", "extra:\n  apiVersion: v1\n  kind: Service\n a: [\n"]]))), []);
});

test("invalid-yaml: a line that only looks like a separator breaks the document that it begins, not the one before", () => {
	const text = `${HEAD}  ports: [{ port: 80, targetPort: "80" }]\n--- b\n${HEAD}  type: NodePort\n  ports: [{ port: 80 }]\n`;
	const findings = findingsOf(snapshotOf(new Map([["a.yaml", text]])));
	assert.deepEqual(findings.map(({ rule, at }) => `${rule} ${textAt(at)}`).sort(), ["invalid-yaml --- b", 'quoted-target-port "80"']);
});

test("invalid-yaml: the kind may stand where only the eye can read it", () => {
	const findings = findingsOf(snapshotOf(new Map([["a.yaml", `// the shop\n${HEAD}  ports: [{ port: 80 }]\n`]])));
	assert.deepEqual(
		findings.map(({ rule, at, message }) => [rule, textAt(at), message]),
		[["invalid-yaml", "// the shop", "A comment begins with # in YAML, not with //"]],
	);
});

check(
	invalidYaml,
	"an alias without an anchor",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: *type
#       ^^^^^ *type refers to an anchor that does not stand above it; quote a text that begins with *
`,
);

check(
	invalidYaml,
	"what is no manifest is not ours to judge, and neither is a template",
	`
#- values.yaml
name: "a
#- crontab.yaml
apiVersion: stable.example.com/v1
kind: CronTab
spec: [
#- filled-in.yaml
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  clusterIP: {PREFIX}.16
#- environment.yaml
apiVersion: v1
kind: Service
metadata: { name: b }
spec: { ports: [{ port: \${PORT} }] }
#- template.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  ports: [
`,
);

test("invalid-yaml: a document gives one finding, however much of it is broken, and every document its own", () => {
	const broken = `${HEAD}  type NodePort\n\tports: [\n  "x\n`;
	const findings = findingsOf(snapshotOf(new Map([["a.yaml", `${broken}---\n${broken}`]])));
	assert.deepEqual(
		findings.map(({ rule, kubernetes, object }) => [rule, kubernetes, object?.kind]),
		[
			["invalid-yaml", undefined, "Service"],
			["invalid-yaml", undefined, "Service"],
		],
	);
});

check(
	invalidYaml,
	"what stands before the error is checked, what stands behind it may be read wrongly",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  externalTrafficPolicy: local
#                        ^^^^^ externalTrafficPolicy "local" is none of Cluster, Local
  internalTrafficPolicy: "Local
#                        ^^^^^^ This " has no closing "
  trafficDistribution: preferClose
  ports: [{ port: 80, nodePort: 80 }]
`,
);

check(
	invalidYaml,
	"an alias without its anchor keeps nothing else from being read",
	`
apiVersion: v1
kind: Service
metadata: { name: a, labels: *nope }
#                            ^^^^^ *nope refers to an anchor that does not stand above it; quote a text that begins with *
spec: { ports: [{ port: 80, targetPort: "8080" }], selector: { app: a } }
#                                       ^^^^^^ targetPort "8080" is a name because of its quotes, and no container port can have it
`,
);

for (const [title, spec, carets] of [
	[
		"a list that a map inside it hides",
		"{ ports: [{ port: 80 }, selector: { a: b }",
		"               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This [ has no closing ]",
	],
	["a map that a text inside it hides", '{ clusterIP: "None"', "      ^^^^^^^^^^^^^^^^^^^ This { has no closing }"],
] as const) {
	test(`invalid-yaml: at the end of a file without a line break, what is not closed is ${title}`, () => {
		const text = `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: ${spec}`;
		const found = findingsOf(snapshotOf(new Map([["a.yaml", text]]))).map(({ at, message }) => [
			at.start - text.lastIndexOf("\n") - 1,
			message,
		]);
		assert.deepEqual(found, [[carets.indexOf("^"), carets.replace(/^[ ^]+/, "")]]);
	});
}

for (const [title, text, marks] of [
	["a word", `${JSON_WEB}\nlost\n`, ["lost"]],
	["a brace too many", `${JSON_WEB}}\n`, ["}"]],
	["a comma", `${JSON_WEB},\n${JSON_WEB}\n`, [","]],
	["a YAML document, where two objects make a stream of JSON", `${JSON_WEB}\n${JSON_WEB}\na: b\n`, ["a: b"]],
	["a YAML document, where one object stands in front", `${JSON_WEB}\na: b\n`, []],
	["a comment, and another document", `${JSON_WEB}\n# more\n---\n${JSON_WEB}\n`, []],
] as const) {
	test(`invalid-yaml: behind a JSON object stands ${title}`, () => {
		const found = findingsOf(snapshotOf(new Map([["a.json", text]]))).filter(({ rule }) => rule === invalidYaml.name);
		assert.deepEqual(
			found.map(({ at, message }) => [textAt(at), message]),
			marks.map((mark) => [mark, "Kubernetes reads no more behind the JSON object that ends above"]),
		);
	});
}
