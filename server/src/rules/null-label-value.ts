import { isOwn } from "../model/fieldEdits.ts";
import type { LabelMap } from "../model/labels.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { placeOf } from "../model/places.ts";
import { isNull, writtenKey } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";

export const nullLabelValue = rule({
	name: "null-label-value",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "A selector with a label that has no value.",
	why: "It selects Pods whose label is empty, not Pods that have the label: very likely none.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
    tier:
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
	*check(object) {
		if (isService(object) || isWorkload(object)) yield* nulls(object.selector);
	},
});

function* nulls(selector: LabelMap | undefined): Iterable<Report> {
	for (const { name, key, node } of selector?.pairs ?? []) {
		if (!isNull(node)) continue;
		const at = selector && isOwn(key, selector.node) ? placeOf({ key, node }) : key;
		yield { at, message: `The label ${writtenKey({ name, key })} has no value, which selects Pods whose label ${name} is empty` };
	}
}
