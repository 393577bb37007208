import { type Pair, replacePairs } from "../model/labelEdits.ts";
import { type Label, type LabelMap, labelOf, printLabels } from "../model/labels.ts";
import { describe } from "../model/object.ts";
import { isServed, type Workload } from "../model/workload.ts";
import { labelSpan } from "./labelSpan.ts";
import { generatedLabels, printUnmet, selectsByHand, unmetBy } from "./ownSelector.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const selectorTemplateMismatch = rule({
	name: "selector-template-mismatch",
	levels: ["error"],
	on: "Workload",
	whole: true,
	summary: "A workload whose selector does not match the labels of its own Pod template.",
	why: "Kubernetes refuses the workload: it would never find the Pods that it makes.",
	source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
	bad: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: wbe
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
`,
	good: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
`,
	*check(workload) {
		const { labels } = workload.template;
		if (isServed(workload)) yield* ofKubernetes(workload);
		const unmet = isServed(workload) && labels && labels.pairs.length > 0 ? unmetBy(workload) : undefined;
		if (!labels || !unmet) return;
		const { pairs, expressions, selector } = unmet;
		const keys = [...pairs.map(({ name }) => name), ...expressions.flatMap(({ key }) => key?.value ?? [])];
		const theirs = labels.pairs.filter(({ name }) => keys.includes(name));
		const has = theirs.length === keys.length ? printLabels(theirs) : printLabels(labels.pairs.slice(0, MANY));
		yield {
			at: labelSpan(theirs) ?? labels.key,
			message: `The selector of ${describe(workload)} wants ${printUnmet(unmet)}, but its Pod template has ${has}`,
			kubernetes: "refuses",
			related: [{ at: unmet.at, message: `The selector of ${describe(workload)}` }],
			fixes: expressions.length > 0 || !selector ? [] : [...followSelector(labels, pairs), ...followTemplate(selector, pairs, labels)],
		};
	},
});

/** Kubernetes labels the Pods of a Job itself and selects them by that, so what is written must not contradict it. */
function* ofKubernetes(workload: Workload): Iterable<Report> {
	const generated = selectsByHand(workload) ? undefined : generatedLabels(workload);
	for (const { name, value } of generated?.pairs ?? []) {
		const written = labelOf(workload.template.labels, name);
		if (written?.value === undefined || value === undefined || written.value === value) continue;
		yield {
			at: labelSpan([written]) ?? written.key,
			message: `Label ${name}=${written.value} of ${describe(workload)} is another one than Kubernetes gives its Pods`,
			kubernetes: "refuses",
		};
	}
}

/** As many labels as a message shows. */
const MANY = 4;

function followSelector(labels: LabelMap, pairs: readonly Label[]): readonly Fix[] {
	const wanted = pairs.flatMap(asPair);
	const edits = wanted.length === pairs.length ? replacePairs(labels, namesakes(labels, pairs), wanted) : undefined;
	return edits ? [{ title: `Put ${printLabels(pairs)} on the Pod template`, safe: false, edits }] : [];
}

function followTemplate(selector: LabelMap, pairs: readonly Label[], labels: LabelMap): readonly Fix[] {
	const wanted = namesakes(labels, pairs);
	const written = wanted.flatMap(asPair);
	const edits = written.length === pairs.length ? replacePairs(selector, pairs, written) : undefined;
	return edits ? [{ title: `Select ${printLabels(wanted)}`, safe: false, edits }] : [];
}

function namesakes(labels: LabelMap, pairs: readonly Label[]): readonly Label[] {
	return pairs.flatMap(({ name }) => labelOf(labels, name) ?? []);
}

function asPair({ name, value }: Label): readonly Pair[] {
	return value === undefined ? [] : [{ name, value }];
}
