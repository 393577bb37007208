import { isRendered } from "../model/object.ts";
import { place, type Source } from "../text/source.ts";
import { parseSource } from "../yaml/parse.ts";
import { rule } from "./rule.ts";

export const trailingContent = rule({
	name: "trailing-content",
	levels: ["warning"],
	on: "Document",
	summary: "Text behind the end of a document, which Kubernetes loses without a message.",
	why: "A line of three dots ends a document, but only a line of three dashes begins another one, so kubectl creates nothing of what stands in between.",
	source: "https://pkg.go.dev/k8s.io/apimachinery/pkg/util/yaml#NewYAMLReader",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
...
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
`,
	*check({ owner, parsed, objects, written, source }) {
		if (isRendered(owner)) {
			const object = objects.find(({ apiVersion }) => apiVersion !== "");
			if (owner.printed?.trailing && object) yield { at: owner.printed.trailing, message: LOST, object };
			return;
		}
		const { trailing } = parsed ?? {};
		if (!trailing || parsed?.refusesTrailing || !written.some(({ apiVersion }) => apiVersion !== "")) return;
		const { text } = source;
		const line = /^[^\r\n]*/.exec(text.slice(trailing.start, trailing.end))?.[0] ?? "";
		const dots = /(?:^|\n)(\.\.\.[ \t]*)\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*$/.exec(text.slice(0, trailing.start));
		const begins = /^[\w"'{]/.test(line) && dots !== null && canBeRead({ ...source, text: text.slice(trailing.start) });
		const end = dots ? dots.index + dots[0].indexOf("...") : 0;
		yield {
			at: place(source, trailing.start, trailing.start + line.trimEnd().length),
			message: LOST,
			fixes: begins
				? [{ title: "Begin a new document with ---", safe: false, edits: [{ ...place(source, end, end + 3), text: "---" }] }]
				: [],
		};
	},
});

const LOST = "The document ends above, and Kubernetes loses what stands behind it";

function canBeRead(source: Source): boolean {
	return parseSource(source).problems.length === 0;
}
