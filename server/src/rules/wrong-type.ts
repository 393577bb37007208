import { isService } from "../model/manifest.ts";
import { placeOf } from "../model/places.ts";
import { describeValue, type Misfit, type Shape } from "../model/shape.ts";
import { misfitsOf } from "../model/shapes.ts";
import { textAt } from "../text/source.ts";
import type { Node } from "../yaml/nodes.ts";
import { answerFor } from "./answerFor.ts";
import { garbled } from "./garbledKey.ts";
import { quote } from "./quote.ts";
import { rule } from "./rule.ts";

export const wrongType = rule({
	name: "wrong-type",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A value of another type than its field has: a map, a list, a text, a number or a boolean where one of the others belongs.",
	why: "Kubernetes refuses the object, for it cannot be decoded.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: PORT
          value: 8080
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: PORT
          value: "8080"
`,
	*check(object) {
		for (const misfit of misfitsOf(object)) {
			if (isOfAnotherRule(misfit, isService(object)) || isBlank(misfit)) continue;
			const { path, node, wanted } = misfit;
			const free = wanted.is === "text" && wanted.role === "free";
			yield {
				at: placeOf(misfit),
				message: `${path} is ${describeValue(node, textAt(node))}, where ${nameOf(wanted)} belongs${dashes(node)}`,
				...answerFor(object, path),
				fixes: free ? quote(object, node) : [],
			};
		}
	},
});

/** `[IMAGE_URL]` of an example, which is YAML's list, is filled in before it is used. */
function isBlank({ node, wanted }: Misfit): boolean {
	return wanted.is === "text" && node.kind === "seq" && /^\[[A-Z][A-Z0-9_ ]+\]$/.test(textAt(node));
}

/** A list whose items are none, since no space follows their dashes. */
function dashes(node: Node): string {
	const item = node.kind === "map" ? node.entries.map(garbled).find((found) => found?.isItem) : undefined;
	return item ? `: ${item.message[0]?.toLowerCase()}${item.message.slice(1)}` : "";
}

/** Ports, names and label maps have rules that know more of them. */
function isOfAnotherRule({ node, wanted, within, path }: Misfit, inService: boolean): boolean {
	if (wanted.is === "texts") return wanted.role === "labels";
	if (within) return node.kind === "scalar" || (inService && /^spec\.selector\.match(Labels|Expressions)$/.test(path));
	if (wanted.is === "text") return wanted.role === "label" && node.kind === "scalar";
	return (wanted.is === "int32" || wanted.is === "int-or-text") && wanted.role === "port";
}

function nameOf(shape: Shape): string {
	if (shape.is === "int32") return "a whole number of 32 bits";
	if (shape.is === "bool") return "true or false";
	if (shape.is === "text") return "a text";
	return shape.is === "list" ? "a list" : "a map";
}
