import assert from "node:assert/strict";
import { test } from "node:test";
import { type HoverOptions, hover } from "../../server/src/features/hover.ts";
import { fileOf } from "../../server/src/links/snapshot.ts";
import { unitsOf } from "../../server/src/links/units.ts";
import { CHART } from "../support/chart.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

interface Case {
	/** `file: text before|text under the cursor`; the bar stands at the cursor. */
	readonly on: string;
	readonly says: string | undefined;
	readonly files?: string;
	readonly format?: HoverOptions["format"];
	/** The values file of the variant that is chosen. */
	readonly chosen?: string;
}

function hovers(title: string, { on, says, files = CHART, format = "table", chosen }: Case): void {
	test(title, () => {
		const snapshot = snapshotOf(cutFiles(files));
		const [, name = "", before = "", after = ""] = /^(\S+): ([^|]*)\|(.*)$/.exec(on) ?? [];
		const uri = `/ws/${name}`;
		const text = fileOf(snapshot, uri)?.text ?? "";
		const start = text.indexOf(before + after);
		assert.ok(start >= 0, `${before}${after} is not in ${name}`);
		const unit = unitsOf(snapshot, uri).find(({ renderings }) => renderings.some(({ root }) => root.variant === chosen));
		const linkTo = (path: string, line: number) => `${path}#${line}`;
		const found = hover(snapshot, uri, start + before.length, { format, linkTo, findings: () => [], preferred: unit ? [unit.id] : [] });
		assert.equal(found?.contents, says?.replace(/^\n|\n$/g, ""));
	});
}

const SERVICE = "api/templates/service.yaml";

hovers("a value that is the same with all values files stands in one line, with its place and the comment behind it", {
	on: `${SERVICE}: .Values.image.|repository`,
	says: "**.Values.image.repository** = `example/api` · [`values.yaml:5`](/ws/api/values.yaml#5)\n\nwhere it comes from",
});

hovers("a value that values files change has a line for each that differs, and what helm-docs says of it", {
	on: "api/templates/deployment.yaml: .Values.|replicas",
	says: `
**.Values.replicas**

| With | Value | Written in |
|---|---|---|
| values.yaml, ci/plain-values.yaml | \`1\` | [\`values.yaml:3\`](/ws/api/values.yaml#3) |
| values-prod.yaml | \`3\` | [\`values-prod.yaml:1\`](/ws/api/values-prod.yaml#1) |

How many Pods there are
`,
});

hovers("the values file that is chosen stands first", {
	on: "api/templates/deployment.yaml: .Values.|replicas",
	chosen: "values-prod.yaml",
	format: "list",
	says: `
**.Values.replicas**

- values-prod.yaml: \`3\`, [\`values-prod.yaml:1\`](/ws/api/values-prod.yaml#1)
- values.yaml, ci/plain-values.yaml: \`1\`, [\`values.yaml:3\`](/ws/api/values.yaml#3)

How many Pods there are
`,
});

hovers("text without marks is for clients that show none", {
	on: `${SERVICE}: .Values.image.|repository`,
	format: "plain",
	says: ".Values.image.repository = example/api · values.yaml:5\n\nwhere it comes from",
});

hovers("a name on the way says what the map there holds", {
	on: `${SERVICE}: .Values.|image.repository`,
	says: "**.Values.image** = a map of `repository`, `tag` · [`values.yaml:4`](/ws/api/values.yaml#4)",
});

hovers("a value that no values file sets says so, and which name is near", {
	on: `${SERVICE}: .Values.service.|prot`,
	says: "**.Values.service.prot** is not set with any of the values files; `.Values.service.port` is",
});

hovers("inside of `with` a name is a part of that", {
	on: `${SERVICE}: targetPort: {{ |.targetPort`,
	says: "**.Values.service.targetPort** = `8080` · [`values.yaml:11`](/ws/api/values.yaml#11)",
});

const NAMES =
	"**.Values.extra\\[\\].name** = `metrics`, `admin` · [`values.yaml:13`](/ws/api/values.yaml#13), [`values.yaml:14`](/ws/api/values.yaml#14)";
hovers("inside of `range` a name stands for that of each element", { on: `${SERVICE}: name: {{ |.name`, says: NAMES });
hovers("a variable of `range` stands for each element", {
	on: `${SERVICE}: $each.|port`,
	says: NAMES.replace(".name", ".port").replace("metrics", "9090").replace("admin", "9091"),
});

hovers("a name in a definition that gets no root context is what it comes to", {
	on: 'api/templates/_helpers.tpl: define "api.port" }}{{ .|port',
	says: "**.port** = `9090`, `9091` · [`values.yaml:13`](/ws/api/values.yaml#13), [`values.yaml:14`](/ws/api/values.yaml#14)",
});

hovers("what a parent sets for a subchart is the subchart's value", {
	on: "api/charts/worker/templates/config.yaml: .Values.|size",
	says: "**.Values.size** = `3` · [`values.yaml:19`](/ws/api/values.yaml#19)",
});

hovers("what Chart.yaml holds and what a release is called are values too", {
	on: "api/templates/_helpers.tpl: .Chart.|AppVersion",
	says: "**.Chart.AppVersion** = `4.5` · [`Chart.yaml:4`](/ws/api/Chart.yaml#4)",
});

hovers("an include says what it prints, where that is defined and what stands above it", {
	on: `${SERVICE}: include "|api.name"`,
	says: "**api.name** = `release-name-api` · [`templates/_helpers.tpl:2`](/ws/api/templates/_helpers.tpl#2)\n\nThe name of everything.",
});

hovers("a template action does so too", {
	on: 'api/templates/deployment.yaml: template "|api.name"',
	says: "**api.name** = `release-name-api` · [`templates/_helpers.tpl:2`](/ws/api/templates/_helpers.tpl#2)\n\nThe name of everything.",
});

hovers("an include of several lines shows them", {
	on: `${SERVICE}: include "|api.labels"`,
	says: `
**api.labels** · [\`templates/_helpers.tpl:5\`](/ws/api/templates/_helpers.tpl#5)

\`\`\`yaml
app: release-name-api
version: 4.5
\`\`\`
`,
});

hovers("an include that prints something else each time shows some of that", {
	on: `${SERVICE}: include "|api.port"`,
	says: `
**api.port** · [\`templates/_helpers.tpl:9\`](/ws/api/templates/_helpers.tpl#9)

| Renders, from place to place |
|---|
| \`9090\` |
| \`9091\` |
`,
});

const small = (template: string, values = "a: 1", more = "") =>
	`#- Chart.yaml\napiVersion: v2\nname: x\nversion: 1.0.0\n#- values.yaml\n${values}\n#- templates/x.yaml\n${template}\n${more}`;

hovers("an include of what is defined nowhere says so", {
	files: small('a: {{ include "nowhere" . }}'),
	on: 'templates/x.yaml: "|nowhere"',
	says: "**nowhere** is not defined in the chart or what it depends on",
});

hovers("an include that is not reached says so", {
	files: small('{{ if .Values.none }}\na: {{ include "n" . }}\n{{ end }}{{ define "n" }}b{{ end }}'),
	on: 'templates/x.yaml: include "|n"',
	says: "**n** · [`templates/x.yaml:3`](/ws/templates/x.yaml#3)\n\nNot called with values.yaml.",
});

hovers("many lines are cut", {
	files: small('a:\n{{ include "n" . }}\n{{ define "n" }}{{ range until 20 }}\n  - {{ . }}{{ end }}{{ end }}'),
	on: 'templates/x.yaml: include "|n"',
	says: `**n** · [\`templates/x.yaml:3\`](/ws/templates/x.yaml#3)\n\n\`\`\`yaml\n${[...Array(12).keys()].map((n) => `- ${n}`).join("\n")}\n# … 8 more lines\n\`\`\``,
});

hovers("what is random is said to be so, not guessed", {
	files: small('a: {{ include "n" . }}\n{{ define "n" }}p-{{ randAlphaNum 5 }}{{ end }}'),
	on: 'templates/x.yaml: include "|n"',
	says: "**n** = `p-<random>` · [`templates/x.yaml:2`](/ws/templates/x.yaml#2)",
});

hovers("bitnami's @param describes a value, and what is commented out does not", {
	files: small(
		"a: {{ .Values.service.port }}",
		"## @param service.port [number] Where it listens\n##\nservice:\n  # nodePort: 1\n  port: 80",
	),
	on: "templates/x.yaml: .Values.service.|port",
	says: "**.Values.service.port** = `80` · [`values.yaml:5`](/ws/values.yaml#5)\n\nWhere it listens",
});

hovers("names with signs are read through index", {
	files: small('a: {{ index .Values "my-app" "port" }}', "my-app: { port: 1 }"),
	on: 'templates/x.yaml: "|port"',
	says: '**.Values "my-app".port** = `1` · [`values.yaml:1`](/ws/values.yaml#1)',
});

hovers("a variable that is assigned again is what it comes to where it is read", {
	files: small("{{ $v := .Values.a }}{{ $v = dict `b` 2 }}\na: {{ $v.b }}"),
	on: "templates/x.yaml: $v.|b",
	says: "**$v.b** = `2`",
});

hovers("a global value is what the top chart sets", {
	files: small(
		"",
		"global: { x: 7 }",
		"#- charts/sub/Chart.yaml\nname: sub\nversion: 1.0.0\n#- charts/sub/templates/y.yaml\na: {{ .Values.global.x }}\n",
	),
	on: "charts/sub/templates/y.yaml: global.|x",
	says: "**.Values.global.x** = `7` · [`values.yaml:1`](/ws/values.yaml#1)",
});

hovers("what stands around an action has no value", { on: `${SERVICE}: conf: |{{ .Files`, says: undefined });
