import { placeOf } from "../model/places.ts";
import { describeValue, type Misfit } from "../model/shape.ts";
import { misfitsOf } from "../model/shapes.ts";
import { textAt } from "../text/source.ts";
import { answerFor } from "./answerFor.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";

export const labelValueNotString = rule({
	name: "label-value-not-string",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A label, selector, annotation or name that is read as a boolean or a number.",
	why: "Kubernetes refuses the object: these are texts, and words like on, y and no, and what looks like a number, are texts only in quotes.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
    canary: on
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
    canary: "on"
  ports:
    - port: 80
`,
	*check(object) {
		for (const misfit of misfitsOf(object)) {
			if (!isUnquotedText(misfit)) continue;
			const { path, node } = misfit;
			yield {
				at: placeOf(misfit),
				message: `${path} is ${describeValue(node, textAt(node))}, where a text belongs`,
				...answerFor(object, path),
				fixes: quote(object, node),
			};
		}
	},
});

/** A name, or a value of a map of texts. */
function isUnquotedText({ node, wanted, within }: Misfit): boolean {
	return node.kind === "scalar" && wanted.is === "text" && (within !== undefined || wanted.role === "label");
}
