import { isOwn, spelled } from "../model/fieldEdits.ts";
import { isWorkload } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { servedIn } from "../model/workload.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { replace } from "../yaml/edit.ts";
import { entryOf, isNull, type Node, valueAt } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const removedApiVersion = rule({
	name: "removed-api-version",
	levels: ["error", "warning"],
	on: "Object",
	summary: "An object in a version of its API that the cluster's Kubernetes does not serve.",
	why: "Kubernetes refuses it: there is no such kind in that version. Where only some of the configured versions dropped it, it is a warning.",
	source: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
	bad: `
apiVersion: extensions/v1beta1
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
	*check(object, { settings, unit }) {
		const removal = REMOVALS.find(({ kinds, from }) => kinds.includes(object.kind) && from.includes(object.apiVersion));
		const entry = entryOf(object.root, "apiVersion");
		const { from, to } = settings.cluster.version;
		if (!entry || asksTheCluster(entry.value, unit)) return;
		if (!removal) {
			yield* neverServed(object, entry.value);
			return;
		}
		if (to < removal.since) return;
		const gone = from >= removal.since;
		yield {
			at: entry.value,
			message: `${object.kind} ${object.apiVersion} is refused since Kubernetes 1.${removal.since}, its version is ${removal.to}`,
			...(gone ? { kubernetes: "refuses" } : { level: "warning" }),
			fixes: successor(object, removal, entry.value),
		};
	},
});

/** A kind that makes Pods in a version of an API of Kubernetes that has never had it, as far as its versions go back here. */
function* neverServed(object: KubeObject, at: Node): Iterable<Report> {
	const served = isWorkload(object) && !object.custom ? servedIn(object.kind) : undefined;
	if (served === undefined || served === object.apiVersion) return;
	const fix = at.kind === "scalar" && isOwn(at, object.root) && !object.broken;
	yield {
		at,
		message: `Kubernetes has no ${object.kind} in ${object.apiVersion}, its version is ${served}`,
		kubernetes: "refuses",
		fixes: fix ? [{ title: `Set apiVersion to ${served}`, safe: false, edits: [replace(at, spelled(at, served))] }] : [],
	};
}

/**
 * Whether the version stands in a chart's file that looks at what the cluster serves: \`helm template\` knows versions that no cluster has
 * had for years, and the branch that it takes is another one when the chart is installed.
 */
function asksTheCluster({ source }: Place, { renderings }: Unit): boolean {
	return renderings.some(({ root, files }) => root.kind === "chart" && files.get(source.uri)?.text.includes(".Capabilities") === true);
}

interface Removal {
	readonly kinds: readonly string[];
	readonly from: readonly string[];
	readonly to: string;
	/** The minor version of Kubernetes that serves it no more. */
	readonly since: number;
	/** Paths that the successor spells in another way or does not have. */
	readonly changed: readonly (readonly string[])[];
	/** Paths that the successor demands. */
	readonly demanded: readonly (readonly string[])[];
}

const SELECTED = { demanded: [["spec", "selector"]], changed: [] };
const ROUTED = [
	["spec", "backend"],
	["spec", "rules"],
];

/** Source: the deprecation guide, and zz_generated.prerelease-lifecycle.go of k8s.io/api. */
const REMOVALS: readonly Removal[] = [
	{
		kinds: ["Deployment"],
		from: ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"],
		to: "apps/v1",
		since: 16,
		...SELECTED,
		changed: [["spec", "rollbackTo"]],
	},
	{
		kinds: ["DaemonSet"],
		from: ["extensions/v1beta1", "apps/v1beta2"],
		to: "apps/v1",
		since: 16,
		...SELECTED,
		changed: [["spec", "templateGeneration"]],
	},
	{ kinds: ["ReplicaSet"], from: ["extensions/v1beta1", "apps/v1beta2"], to: "apps/v1", since: 16, ...SELECTED },
	{ kinds: ["StatefulSet"], from: ["apps/v1beta1", "apps/v1beta2"], to: "apps/v1", since: 16, ...SELECTED },
	{ kinds: ["CronJob"], from: ["batch/v2alpha1"], to: "batch/v1", since: 21, changed: [], demanded: [] },
	{ kinds: ["CronJob"], from: ["batch/v1beta1"], to: "batch/v1", since: 25, changed: [], demanded: [] },
	{ kinds: ["NetworkPolicy"], from: ["extensions/v1beta1"], to: "networking.k8s.io/v1", since: 16, changed: [], demanded: [] },
	{
		kinds: ["Ingress"],
		from: ["extensions/v1beta1", "networking.k8s.io/v1beta1"],
		to: "networking.k8s.io/v1",
		since: 22,
		changed: ROUTED,
		demanded: [],
	},
	{
		kinds: ["EndpointSlice"],
		from: ["discovery.k8s.io/v1beta1"],
		to: "discovery.k8s.io/v1",
		since: 25,
		changed: [["endpoints", "topology"]],
		demanded: [],
	},
];

/** Only the version changes: what works in the old one works in the new one as it is written. */
function successor({ root, broken }: KubeObject, { to, changed, demanded }: Removal, at: Node): readonly Fix[] {
	if (broken || at.kind !== "scalar" || at.source !== root.source || at.start < root.start) return [];
	const same = !changed.some((path) => isWritten(root, path)) && demanded.every((path) => isWritten(root, path));
	return same ? [{ title: `Set apiVersion to ${to}`, safe: true, edits: [replace(at, spelled(at, to))] }] : [];
}

/** Whether something is written below a path; of a list in any of its items. */
function isWritten(node: Node | undefined, path: readonly string[]): boolean {
	if (node?.kind === "seq") return node.items.some((item) => isWritten(item, path));
	const [name, ...rest] = path;
	return name === undefined ? !isNull(node) : isWritten(valueAt(node, name), rest);
}
