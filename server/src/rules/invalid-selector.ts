import { isPlaceholder } from "../model/field.ts";
import { isLabelValue, isQualifiedName } from "../model/forms.ts";
import type { LabelSelector } from "../model/labelSelector.ts";
import type { LabelMap } from "../model/labels.ts";
import { isNetworkPolicy, isService, isWorkload } from "../model/manifest.ts";
import { selectorsOf } from "../model/networkPolicy.ts";
import type { KubeObject } from "../model/object.ts";
import { placeOf } from "../model/places.ts";
import { describeValue } from "../model/shape.ts";
import { misfitsOf } from "../model/shapes.ts";
import { textAt } from "../text/source.ts";
import { writtenKey } from "../yaml/nodes.ts";
import { answerFor } from "./answerFor.ts";
import { type Report, rule } from "./rule.ts";
import { misfitExpression } from "./selectorExpressions.ts";

export const invalidSelector = rule({
	name: "invalid-selector",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A selector or labels that are no map, or that hold a key or a value which no label can have.",
	why: "Kubernetes refuses the object: keys are names of up to 63 characters, perhaps with a domain and / in front; values are empty or have up to 63 letters, digits, -, _ and . with a letter or digit at both ends.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web/frontend
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
    app: frontend
  ports:
    - port: 80
`,
	*check(object) {
		for (const misfit of misfitsOf(object)) {
			const { wanted, path, node } = misfit;
			if (wanted.is !== "texts" || wanted.role !== "labels") continue;
			yield {
				at: placeOf(misfit),
				message: `${path} is ${describeValue(node, textAt(node))}, where a map of labels belongs`,
				...answerFor(object, path),
			};
		}
		for (const [labels, path] of labelMaps(object)) {
			for (const report of malformed(labels)) yield { ...report, ...answerFor(object, path) };
		}
		for (const selector of selectors(object))
			for (const report of inExpressions(selector)) yield { ...report, ...answerFor(object, "spec") };
	},
});

function labelMaps(object: KubeObject): readonly (readonly [LabelMap | undefined, string])[] {
	const own = [object.metadata.labels, "metadata"] as const;
	if (isService(object)) return [own, [object.selector, "spec"]];
	if (isNetworkPolicy(object)) return [own, ...selectorsOf(object).map(({ labels }) => [labels, "spec"] as const)];
	if (!isWorkload(object)) return [own];
	const { template, selector } = object;
	const labels = object.kind === "Pod" ? undefined : template.labels;
	return [own, [selector, "spec"], [labels, "spec"], [template.nodeSelector, "spec"]];
}

function selectors(object: KubeObject): readonly LabelSelector[] {
	if (isNetworkPolicy(object)) return selectorsOf(object);
	return isWorkload(object) && object.labelSelector ? [object.labelSelector] : [];
}

/** A value that is no text is refused for that. Source: ValidateLabels of k8s.io/apimachinery, meta/v1/validation. */
function* malformed(labels: LabelMap | undefined): Iterable<Report> {
	for (const { name, key, node, value, state } of labels?.pairs ?? []) {
		if (!isPlaceholder(key) && !isQualifiedName(name))
			yield { at: key, message: `The label key "${writtenKey({ name, key })}" ${wrongKey(name)}` };
		if (state === "set" && value !== undefined && !isLabelValue(value)) {
			yield {
				at: placeOf({ key, node }),
				message: `The value "${shown(value)}" of label ${writtenKey({ name, key })} ${wrongValue(value)}`,
			};
		}
	}
}

/** Source: ValidateLabelSelectorRequirement of the same package. */
function* inExpressions({ expressions }: LabelSelector): Iterable<Report> {
	for (const expression of expressions) {
		const { key, values = [] } = expression;
		yield* misfitExpression(expression);
		if (key?.value !== undefined && !isQualifiedName(key.value)) {
			yield { at: placeOf(key), message: `The label key "${key.value}" ${wrongKey(key.value)}` };
		}
		for (const value of values) {
			if (value.value === undefined || isLabelValue(value.value)) continue;
			yield { at: placeOf(value), message: `The value "${shown(value.value)}" of label ${key?.value ?? ""} ${wrongValue(value.value)}` };
		}
	}
}

function wrongKey(name: string): string {
	if (name === "") return "is empty";
	if (name.split("/").length > 2) return "has more than one /";
	const [domain, rest = domain ?? ""] = name.includes("/") ? name.split("/") : ["a", name];
	if (rest.length > 63) return `has ${rest.length} characters in its name, and 63 are the most`;
	return isQualifiedName(rest) ? "has no lower-case domain in front of /" : form("a name", rest);
}

function wrongValue(value: string): string {
	return value.length > 63 ? `has ${value.length} characters, and 63 are the most` : form("a value", value);
}

function form(what: string, written: string): string {
	const odd = /[^-A-Za-z0-9_.]/u.exec(written)?.[0];
	if (odd === undefined) return `does not begin and end with a letter or a digit`;
	return `has "${odd === "\n" ? "\\n" : odd}" in it, which ${what} cannot have`;
}

function shown(value: string): string {
	const line = value.replace(/\s+/g, " ");
	return line.length > 40 ? `${line.slice(0, 40)}...` : line;
}
