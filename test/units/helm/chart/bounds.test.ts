import assert from "node:assert/strict";
import { test } from "node:test";
import { renderChart } from "../../../../server/src/units/helm/chart/render.ts";
import type { Files } from "../../../../server/src/units/rendered.ts";
import { filesOfTree } from "../../../support/unitFiles.ts";

const SUB = "apiVersion: v2\nname: sub\nversion: 1.0.0\n";

/** A disk that has every file that is asked for, and notes what that is. */
function asked(own: Readonly<Record<string, string>>): { readonly files: Files; readonly uris: ReadonlySet<string> } {
	const uris = new Set<string>();
	const outside = (uri: string) => (uri.endsWith("Chart.yaml") ? SUB : "secret: 1\n");
	const files = filesOfTree("/ws", {
		read: (uri) => {
			uris.add(uri);
			return new TextEncoder().encode(own[uri] ?? outside(uri));
		},
		list: (folder) => {
			uris.add(`${folder}/`);
			const below = Object.keys(own).filter((uri) => uri.startsWith(`${folder}/`));
			const rest = below.map((uri) => uri.slice(folder.length + 1));
			const folders = new Set(rest.flatMap((name) => (name.includes("/") ? [`${folder}/${name.split("/")[0]}`] : [])));
			return { files: rest.filter((name) => !name.includes("/")).map((name) => `${folder}/${name}`), folders: [...folders] };
		},
	});
	return { files, uris };
}

test("no file is read outside of the chart but charts that it names by a path, inside of what is open", () => {
	const { files, uris } = asked({
		"/ws/chart/Chart.yaml": `apiVersion: v2
name: web
version: 1.0.0
dependencies:
- { name: beside, version: 1.0.0, repository: "file://../beside" }
- { name: outside, version: 1.0.0, repository: "file://../../outside" }
- { name: rooted, version: 1.0.0, repository: "file:///etc" }
- { name: ../../../climbs, version: 1.0.0 }
- { name: climbs, version: ../../../1.0.0 }
`,
		"/ws/chart/Chart.lock": `dependencies:
- { name: ../../../climbs, version: 1.0.0 }
- { name: climbs, version: ../../../1.0.0 }
`,
		"/ws/chart/values.schema.json": '{ "$ref": "file:///etc/schema.json" }',
		"/ws/chart/.helmignore": "../x\n",
		"/ws/chart/templates/a.yaml": `kind: A
texts: [{{ .Files.Get "../../etc/passwd" | quote }}, {{ .Files.Get "/etc/passwd" | quote }}, {{ .Files.Get "../beside/Chart.yaml" | quote }}]
found: {{ len (.Files.Glob "../*") }} {{ len (.Files.Glob "/etc/*") }}
included: {{ tpl "{{ .Files.Get \\"/etc/passwd\\" }}" . | quote }}
`,
		"/ws/beside/Chart.yaml": SUB.replace("sub", "beside"),
		"/ws/beside/templates/a.yaml": 'kind: B\ntext: {{ .Files.Get "../chart/Chart.yaml" | quote }}\n',
	});
	const { documents } = renderChart(files, "/ws/chart", { values: [{ file: "/ws/chart/values.yaml" }] });
	assert.deepEqual(
		[...uris].filter((uri) => uri.includes("..") || !(uri.startsWith("/ws/chart/") || uri.startsWith("/ws/beside/"))),
		[],
	);
	assert.deepEqual(documents.map(({ text }) => text).sort(), [
		'kind: A\ntexts: ["", "", ""]\nfound: 0 0\nincluded: ""',
		'kind: B\ntext: ""',
	]);
});
