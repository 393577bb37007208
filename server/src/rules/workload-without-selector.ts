import { nearness } from "../links/nearness.ts";
import { isPlaceholder, isUnreadable } from "../model/field.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { isEmptySelector } from "../model/labelSelector.ts";
import { describe } from "../model/object.ts";
import { placeOfPath } from "../model/places.ts";
import { isServed, type Workload } from "../model/workload.ts";
import { type Place, place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { removeEntry, replace } from "../yaml/edit.ts";
import { type Entry, effectiveEntries, entryOf, type MapNode, writtenKey } from "../yaml/nodes.ts";
import { generatedLabels, printUnmet, selectsByHand, unmetBy, unmetWith } from "./ownSelector.ts";
import { type Fix, type Report, rule } from "./rule.ts";
import { nestPairs, writeLabels, writeSelector } from "./selectorEdits.ts";
import { isWrittenOut } from "./writtenOut.ts";

export const workloadWithoutSelector = rule({
	name: "workload-without-selector",
	levels: ["error"],
	on: "Workload",
	whole: true,
	summary: "A workload without a selector, with an empty one, without labels to select, or a Job that brings its own.",
	why: "Kubernetes refuses it: a workload must say which Pods are its own, and a Job must leave that to Kubernetes unless manualSelector is set.",
	source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
	bad: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
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
	*check(workload, { unit }) {
		if (!isServed(workload) || workload.kind === "Pod") return;
		if (workload.kind === "CronJob" || workload.kind === "Job") yield* ofJob(workload);
		else if (!unit.addedTo) yield* ofLasting(workload, isWrittenOut(workload, unit) && !isBare(workload, unit));
	},
});

/** Says nothing but its name and what its Pods run: a patch for an object that is written elsewhere. */
function isBare({ metadata, holder, template, source }: Workload, unit: Unit): boolean {
	const alone = (map: MapNode | undefined) => map !== undefined && effectiveEntries(map).length === 1;
	const beside = /patch[^/]*$/i.test(source.uri) && unit.kind === "kustomize";
	return alone(holder) && (alone(metadata.node) || beside) && template.metadata === undefined;
}

/** Source: ValidateDeploymentSpec and its like of pkg/apis/apps/validation, ValidateReplicationControllerSpec of pkg/apis/core/validation. */
function* ofLasting(workload: Workload, whole: boolean): Iterable<Report> {
	const { selectorField, labelSelector, root, kind } = workload;
	if (isUnreadable(selectorField)) return;
	const labelled = isLabelled(workload);
	const selecting = kind === "ReplicationController" ? selectsOrDefaults(workload) : labelSelector !== undefined;
	if (!selecting) {
		// Kubernetes names the labels of a DaemonSet, which nothing selects.
		const path = kind === "DaemonSet" ? ["spec", "template", "metadata", "labels"] : ["spec", "selector"];
		const lacks = labelled ? "no selector" : "no selector, and its Pod template no labels";
		if (whole) yield refused(placeOfPath(root, ...path), `${describe(workload)} has ${lacks}`, writeSelector(workload));
		return;
	}
	const stray = labelSelector ? strayEntries(labelSelector.node) : [];
	if (labelSelector && stray.length > 0) yield outside(workload, labelSelector.node, stray);
	else if (labelSelector && isEmptySelector(labelSelector)) {
		yield refused(placeOfPath(root, "spec", "selector"), `The selector of ${describe(workload)} is empty`, writeSelector(workload));
	} else if (whole && !labelled) yield* withoutLabels(workload);
}

/** A ReplicationController without a selector takes the labels of its template. */
function selectsOrDefaults(workload: Workload): boolean {
	return (workload.selector?.pairs.length ?? 0) > 0 || isLabelled(workload);
}

function isLabelled({ template }: Workload): boolean {
	return template.labels !== undefined && (template.labels.pairs.length > 0 || !template.labels.complete);
}

function* withoutLabels(workload: Workload): Iterable<Report> {
	const unmet = unmetBy(workload);
	if (!unmet) return;
	const at = placeOfPath(workload.root, "spec", "template", "metadata", "labels");
	const message = `The Pod template of ${describe(workload)} has no labels, but its selector wants ${printUnmet(unmet)}`;
	yield refused(at, message, unmet.expressions.length > 0 ? [] : writeLabels(workload, unmet.pairs));
}

function refused(at: Place, message: string, fixes: readonly Fix[]): Report {
	return { at, message, kubernetes: "refuses", fixes };
}

function strayEntries(selector: MapNode): readonly Entry[] {
	return effectiveEntries(selector).filter(({ name, key }) => name !== "matchLabels" && name !== "matchExpressions" && !isPlaceholder(key));
}

/** Keys that a selector does not have are refused by the strict validation that kubectl asks for, and dropped without it. */
function outside(workload: Workload, selector: MapNode, stray: readonly Entry[]): Report {
	const whose = `The selector of ${describe(workload)}`;
	const misspelt = stray.find(({ name, value }) => value.kind === "map" && nearness(name, "matchLabels") !== undefined);
	if (misspelt) {
		const rename = { title: "Write matchLabels", safe: false, edits: [replace(misspelt.key, "matchLabels")] };
		const fixes = entryOf(selector, "matchLabels") ? [] : [rename];
		return refused(misspelt.key, `${whose} has ${misspelt.name} instead of matchLabels`, fixes);
	}
	const names = stray.map(writtenKey).join(" and ");
	const nested = stray.every((entry) => isPlainPair(entry, selector)) ? nestPairs(selector, stray) : [];
	return refused(spanOf(stray, selector), `${whose} has ${names} directly in it, where matchLabels belongs`, nested);
}

function spanOf([first, ...more]: readonly Entry[], around: Place): Place {
	if (!first) return around;
	const ends = [first, ...more].map(({ key, value }) => Math.max(key.end, value.end));
	return place(first.key.source, first.key.start, Math.max(...ends));
}

function isPlainPair({ key, value, merged }: Entry, selector: MapNode): boolean {
	return !merged && value.kind === "scalar" && isWithin(key, selector) && isWithin(value, selector);
}

/** Source: validateGeneratedSelector and ValidateJobTemplateSpec of pkg/apis/batch/validation. */
function* ofJob(workload: Workload): Iterable<Report> {
	const { selectorField, holder, kind } = workload;
	if (!holder || isUnreadable(selectorField)) return;
	const written = selectorField !== undefined && selectorField.state !== "unset";
	const manual = selectsByHand(workload);
	const who = describe(workload);
	if (kind === "CronJob") {
		const name = written ? "selector" : "manualSelector";
		if (written || manual) yield* extra(workload, holder, name, `The Jobs of ${who} cannot have a ${name}: Kubernetes selects their Pods`);
	} else if (!manual) yield* ofGenerating(workload, holder);
	else if (!written) {
		const at = placeOfPath(workload.root, "spec", "selector");
		yield refused(at, `${who} has manualSelector and no selector`, leaveOut(holder, "manualSelector"));
	} else if (selectorField.value && strayEntries(selectorField.value).length > 0) {
		yield outside(workload, selectorField.value, strayEntries(selectorField.value));
	} else if (!isLabelled(workload)) yield* withoutLabels(workload);
}

function* ofGenerating(workload: Workload, holder: MapNode): Iterable<Report> {
	const generated = generatedLabels(workload);
	const beyond = generated && unmetWith(workload, generated);
	const stray = workload.labelSelector ? strayEntries(workload.labelSelector.node) : [];
	const wanted = beyond ? printUnmet(beyond) : stray.map(({ name }) => name).join(" and ");
	const message = `${describe(workload)} selects ${wanted}, but without manualSelector Kubernetes makes the selector of a Job`;
	if (beyond) yield* extra(workload, holder, "selector", message);
	else if (stray.length > 0) yield refused(spanOf(stray, holder), message, leaveOut(holder, "selector"));
}

function* extra({ root, kind }: Workload, holder: MapNode, name: string, message: string): Iterable<Report> {
	const path = kind === "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"];
	yield refused(placeOfPath(root, ...path, name), message, leaveOut(holder, name));
}

function leaveOut(holder: MapNode, name: string): readonly Fix[] {
	const entry = entryOf(holder, name);
	const edit = entry && !entry.merged ? removeEntry(holder, entry) : undefined;
	return edit ? [{ title: `Leave ${name} out`, safe: false, edits: [edit] }] : [];
}
