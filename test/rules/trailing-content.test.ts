import assert from "node:assert/strict";
import { test } from "node:test";
import { trailingContent } from "../../server/src/rules/trailing-content.ts";
import { textAt } from "../../server/src/text/source.ts";
import { applyEdits, check, findingsOf } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const WEB = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";
const API = WEB.replace("web", "api");

const cases: { title: string; text: string; marks: readonly string[] }[] = [
	{ title: "the first line of what is lost is marked", text: `${WEB}...\n${API}`, marks: ["apiVersion: v1"] },
	{ title: "comments and empty lines are nothing to lose", text: `${WEB}...\n\n# over\n`, marks: [] },
	{ title: "behind comments it is found", text: `${WEB}...\n# more\n\n${API}`, marks: ["apiVersion: v1"] },
	{ title: "a separator begins another document", text: `${WEB}...\n---\n${API}`, marks: [] },
	{ title: "each document has its own end", text: `${WEB}...\nx: 1\n---\n${API}...\ny: 2\n`, marks: ["x: 1", "y: 2"] },
	{
		title: "a flow map is complete at its brace",
		text: "{apiVersion: v1, kind: Service, metadata: {name: web}}\nlost: true\n",
		marks: ["lost: true"],
	},
	{ title: "three dots inside a text are no end", text: `${WEB}data: |\n  ...\n  more\n`, marks: [] },
	{ title: "nothing is said of what is no manifest", text: "containers: []\nkind: Shop\n...\nmore: 1\n", marks: [] },
];
const JSON_WEB = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}';
cases.push(
	{ title: "behind a JSON object at the front a YAML document may follow", text: `${JSON_WEB}\n${API}`, marks: [] },
	{ title: "what Kubernetes refuses behind a JSON object is not lost without a message", text: `${JSON_WEB}\nlost\n`, marks: [] },
	{ title: "behind a separator JSON is YAML", text: `---\n${JSON_WEB}\nlost\n`, marks: ["lost"] },
);
for (const { title, text, marks } of cases) {
	for (const newline of ["\n", "\r\n"]) {
		test(`trailing-content: ${title}, line breaks ${JSON.stringify(newline)}`, () => {
			const snapshot = snapshotOf(new Map([["a.yaml", text.replaceAll("\n", newline)]]));
			const found = findingsOf(snapshot).filter(({ rule }) => rule === trailingContent.name);
			assert.deepEqual(
				found.map(({ at }) => textAt(at)),
				marks,
			);
		});
	}
}

test("trailing-content: the dots become dashes, and what stands around them stays", () => {
	const files = new Map([["a.yaml", `${WEB}...  \n# api\n${API}`]]);
	const snapshot = snapshotOf(files);
	const [fix] = findingsOf(snapshot).flatMap(({ rule, fixes }) => (rule === trailingContent.name ? fixes : []));
	assert(fix);
	assert.equal(applyEdits(snapshot, files, fix.edits).get("a.yaml"), `${WEB}---  \n# api\n${API}`);
});

for (const [title, lost] of [
	["that begins no document", "- lost\n"],
	["that cannot be read", "metadata: ~\n  name: api\n"],
] as const) {
	test(`trailing-content: text ${title} is not made one`, () => {
		const snapshot = snapshotOf(new Map([["a.yaml", `${WEB}...\n${lost}`]]));
		assert.deepEqual(
			findingsOf(snapshot).flatMap(({ rule, fixes }) => (rule === trailingContent.name ? [fixes] : [])),
			[[]],
		);
	});
}

check(
	trailingContent,
	"in what a template of a chart prints, at the template's characters",
	`
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }} }
spec:
  ports: [{ port: 80 }]
...
  kind: {{ "Service" }}
# ^^^^^^^^^^^^^^^^^ The document ends above, and Kubernetes loses what stands behind it
metadata: { name: lost }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
...
`,
	{ only: true },
);
