import { isWithin } from "../model/fieldEdits.ts";
import type { LabelMap } from "../model/labels.ts";
import { textAt } from "../text/source.ts";
import { columnOf, linesOf, replace } from "../yaml/edit.ts";
import { entryOf, type MapNode, type Node } from "../yaml/nodes.ts";
import { type Fix, rule } from "./rule.ts";

export const selectorExpressionsInService = rule({
	name: "selector-expressions-in-service",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "A selector of a Service with matchLabels or matchExpressions in it.",
	why: "Kubernetes refuses the Service: unlike that of a workload, its selector is nothing but a map of labels.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#service-and-replicationcontroller",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
      tier: frontend
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
    tier: frontend
  ports:
    - port: 80
`,
	*check({ selector }) {
		for (const { name, key, node } of selector?.pairs ?? []) {
			if (!/^match(Labels|Expressions)$/.test(name) || node.kind === "scalar" || !selector) continue;
			yield {
				at: key,
				message: `The selector of a Service has no ${name}: it is a map of labels`,
				kubernetes: "refuses",
				fixes: name === "matchLabels" ? flatten(selector, node) : [],
			};
		}
	},
});

/** Puts the labels in the place of the key that holds them; not where something else stands beside it. */
function flatten(selector: LabelMap, labels: Node): readonly Fix[] {
	const map = selector.node;
	const entry = entryOf(map, "matchLabels");
	if (map.kind !== "map" || labels.kind !== "map" || !entry || map.entries.length > 1 || labels.entries.length === 0) return [];
	const text = isWithin(labels, map) && map.flow === labels.flow ? pairsAt(labels, columnOf(labels) - columnOf(entry.key)) : undefined;
	if (text === undefined) return [];
	const edit = replace({ source: map.source, start: entry.key.start, end: labels.end }, text);
	return [{ title: "Write the labels without matchLabels", safe: false, edits: [edit] }];
}

/** The text of the pairs, its lines moved to the left. */
function pairsAt(labels: MapNode, by: number): string | undefined {
	if (labels.flow) return textAt(labels).replace(/^\{\s*|\s*\}$/g, "");
	const [first = "", ...rest] = linesOf(textAt(labels));
	const indent = " ".repeat(Math.max(0, by));
	if (by < 0 || rest.some((line) => line.trim() !== "" && !line.startsWith(indent))) return undefined;
	return [first, ...rest.map((line) => (line.trim() === "" ? line.replace(/^[ \t]+/, "") : line.slice(by)))].join("");
}
