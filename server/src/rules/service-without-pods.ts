import { isHost, means, mentionsBy } from "../evidence/serviceNames.ts";
import { mayMatchIn } from "../links/absence.ts";
import { putPodLabels, usePodLabels } from "../links/labelRepair.ts";
import { carrying, effectiveSelector, selects } from "../links/links.ts";
import { type NearWorkload, nearestWorkload, sameFile } from "../links/nearestWorkload.ts";
import { isNameTaken } from "../links/versions.ts";
import { isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Label } from "../model/forms.ts";
import { type Label, type LabelMap, labelOf, printLabels } from "../model/labels.ts";
import { describe, type KubeObject, nameOf, namespaceOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { type Edit, type Place, place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { entryOf, writtenKey } from "../yaml/nodes.ts";
import { type Context, type Fix, type Report, rule } from "./rule.ts";

export const serviceWithoutPods = rule({
	name: "service-without-pods",
	levels: ["warning", "information"],
	on: "Service",
	summary: "A Service whose selector matches no Pod, although a workload beside it very likely makes the ones that it means.",
	why: "Connections to the Service have no endpoint to go to, and Kubernetes says nothing about it.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: wbe
  ports:
    - port: 80
---
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
          ports:
            - containerPort: 80
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
          ports:
            - containerPort: 80
`,
	*check(service, context) {
		const selector = effectiveSelector(service);
		if (!selector?.complete || service.broken || selector.pairs.some(({ state }) => state === "wrong-type")) return;
		const { workloads, uncertain } = context.links.selection(service);
		if (workloads.length > 0) return;
		if (uncertain.length > 0) {
			yield* oneSidedNamespace(service, selector, uncertain, context.unit);
			return;
		}
		const near = nearestWorkload(context.unit, service);
		if (!near || isClient(near, service) || mayMatchIn(context.near(), service)) return;
		yield near.because === "namespace"
			? otherNamespace(service, selector, near.workload, context.unit)
			: otherLabels(service, selector, near, context);
	},
});

/** A workload that stands beside the Service because it calls it, by a name that is not its own. */
function isClient({ workload, because }: NearWorkload, service: Service): boolean {
	if ((because !== "alone" && because !== "other-values") || nameOf(workload) === nameOf(service)) return false;
	return mentionsBy(workload).some((mention) => isHost(mention) && mention.name === nameOf(service) && means(mention, service));
}

/** Labels match inside one file, and only one of the two names a namespace: `kubectl -n` decides whether they meet. */
function* oneSidedNamespace(service: Service, selector: LabelMap, uncertain: readonly Workload[], unit: Unit): Iterable<Report> {
	const written = namespaceOf(service);
	const oneSided = uncertain.every(
		(workload) => selects(selector, workload) === "yes" && (namespaceOf(workload) === undefined) !== (written === undefined),
	);
	const beside = uncertain.filter((workload) => sameFile(workload, service) && !runsToCompletion(workload));
	const [workload] = beside;
	const namespace = written ?? (workload && namespaceOf(workload));
	if (!workload || !oneSided || namespace === undefined || isUnreadable(service.metadata.namespace)) return;
	const [named, nameless] = written === undefined ? [workload, [service]] : [service, beside];
	const key = entryOf(service.root, "metadata")?.key ?? service.root;
	const edits = nameless.map((object) => moveTo(namespace, object, unit));
	yield {
		lacking: "workload",
		at: service.metadata.namespace?.node ?? key,
		level: "information",
		message: `Only ${describe(named)} names a namespace (${printed(namespace)}), so kubectl -n decides whether the Service finds ${describe(workload)}`,
		related: [related(workload)],
		fixes: edits.every((edit) => edit !== undefined) ? [{ title: `Write namespace ${namespace}`, safe: false, edits }] : [],
	};
}

function moveTo(namespace: string, object: KubeObject, unit: Unit): Edit | undefined {
	const { metadata } = object;
	if (!metadata.node || !isDns1123Label(namespace) || isNameTaken(unit, object, namespace)) return undefined;
	return setField(metadata.node, "namespace", metadata.namespace, namespace);
}

/** What can be no name of a namespace stands in quotes, so that a space or a line break in it is seen. */
function printed(namespace: string): string {
	return isDns1123Label(namespace) ? namespace : JSON.stringify(namespace);
}

function otherNamespace(service: Service, selector: LabelMap, workload: Workload, unit: Unit): Report {
	const field = service.metadata.namespace;
	const [own, other] = [namespaceOf(service) ?? "default", namespaceOf(workload) ?? "default"];
	const edit = moveTo(other, service, unit);
	return {
		lacking: "workload",
		at: field?.node ?? entryOf(service.root, "metadata")?.key ?? selector.node,
		message: `Selector ${printLabels(selector.pairs)} matches no Pod in namespace ${printed(own)}; ${describe(workload)} has these labels in namespace ${printed(other)}`,
		related: [related(workload)],
		fixes: edit ? [{ title: `Set namespace to ${other}`, safe: false, edits: [edit] }] : [],
	};
}

function otherLabels(service: Service, selector: LabelMap, near: NearWorkload, { unit }: Context): Report {
	const { workload, pairs } = near;
	const isOther = (other: Workload) => nameOf(other) !== nameOf(workload) && sameNamespace(service, other) !== "no";
	const use = usePodLabels(selector, pairs, workload, (wanted) => carrying(unit, wanted, isOther).length > 0);
	const put = putPodLabels(workload, pairs);
	const target = workload.kind === "Pod" ? describe(workload) : `the Pod template of ${describe(workload)}`;
	const fixes: readonly Fix[] = [
		...(use ? [{ title: `Use the labels of ${describe(workload)}`, safe: false, edits: use }] : []),
		...(put ? [{ title: `Put ${printLabels(pairs)} on ${target}`, safe: false, edits: [put] }] : []),
	];
	return {
		lacking: "workload",
		at: spanOf(pairs),
		message: `Selector ${printLabels(selector.pairs)} matches no Pod; ${difference(near)}`,
		related: [related(workload, near.because === "own-labels" ? ownLabels(workload, pairs) : counterparts(workload, pairs))],
		fixes: near.because === "own-labels" ? fixes.toReversed() : fixes,
	};
}

/** From the key of the first pair to the value of the last. */
function spanOf(pairs: readonly Label[]): Place {
	const [first] = pairs as [Label, ...Label[]];
	const ends = pairs.map(({ key, node }) => Math.max(key.end, node.end));
	return place(first.key.source, Math.min(...pairs.map(({ key }) => key.start)), Math.max(...ends));
}

function related(workload: Workload, theirs: readonly Label[] = []): { at: Place; message: string } {
	const labels = theirs.length > 0 ? theirs : (workload.template.labels?.pairs ?? []);
	const at = labels.length > 0 ? spanOf(labels) : (workload.metadata.name?.node ?? workload.kindField?.node ?? workload.root);
	return { at, message: workload.kind === "Pod" ? describe(workload) : `Pods of ${describe(workload)}` };
}

/** `Deployment web has app=web`, and what it lacks. */
function difference({ workload, because, pairs }: NearWorkload): string {
	const who = describe(workload);
	const labels = workload.template.labels?.pairs ?? [];
	if (because === "own-labels") return `${printLabels(pairs)} is on ${who} itself and not on its Pod template`;
	if (labels.length === 0) return `the Pods of ${who} have no labels`;
	const theirs = counterparts(workload, pairs);
	if (because === "alone" && theirs.length === 0) return `${who} has ${printLabels(labels.slice(0, 4))}`;
	const lacks = pairs.filter(({ name }) => !labelOf(workload.template.labels, name)).map(writtenKey);
	const parts = [theirs.length > 0 ? printLabels(theirs) : "", lacks.length > 0 ? `no label ${lacks.join(", ")}` : ""];
	return `${who} has ${parts.filter((part) => part !== "").join(" and ")}`;
}

function ownLabels({ metadata }: Workload, pairs: readonly Label[]): readonly Label[] {
	return pairs.flatMap(({ name }) => labelOf(metadata.labels, name) ?? []);
}

function counterparts({ template }: Workload, pairs: readonly Label[]): readonly Label[] {
	return (template.labels?.pairs ?? []).filter(({ name }) => pairs.some((pair) => pair.name === name));
}
