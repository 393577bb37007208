import type { CustomWorkload } from "../settings/settings.ts";
import { type MapNode, valueAt } from "../yaml/nodes.ts";
import { type Field, int32, map, readField } from "./field.ts";
import { type LabelSelector, readLabelSelector } from "./labelSelector.ts";
import { type LabelMap, readLabels } from "./labels.ts";
import type { KubeObject } from "./object.ts";
import { type PodTemplate, readPodTemplate } from "./podTemplate.ts";

/** Anything that makes Pods, or a Pod. `custom` is a kind that Kubernetes itself does not have but that holds a Pod template. */
export interface Workload extends KubeObject {
	readonly custom: boolean;
	readonly spec: MapNode | undefined;
	readonly template: PodTemplate;
	/** The map that holds `template` and `selector`: `spec`, of a CronJob its `jobTemplate.spec`; `undefined` for a Pod. */
	readonly holder: MapNode | undefined;
	/** `selector` beside the template, whatever it holds. */
	readonly selectorField: Field<MapNode> | undefined;
	/** `selector` with matchLabels and matchExpressions; a ReplicationController has none. */
	readonly labelSelector: LabelSelector | undefined;
	/** `spec.selector` as a label map (ReplicationController), or its `matchLabels`. */
	readonly selector: LabelMap | undefined;
	readonly replicas: Field<number> | undefined;
}

const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
	Pod: [],
	Deployment: ["spec", "template"],
	ReplicaSet: ["spec", "template"],
	StatefulSet: ["spec", "template"],
	DaemonSet: ["spec", "template"],
	ReplicationController: ["spec", "template"],
	Job: ["spec", "template"],
	CronJob: ["spec", "jobTemplate", "spec", "template"],
};

const USUAL = ["spec", "template"] as const;

const GROUPS = /^(v1|(apps|batch|extensions)\/\w+)$/;

/** The kinds of Kubernetes that make Pods. */
export function isWorkloadKind(apiVersion: string, kind: string): boolean {
	return Object.hasOwn(TEMPLATE_PATHS, kind) && GROUPS.test(apiVersion);
}

/**
 * Reads a workload; `undefined` for an object without a Pod template. A kind that Kubernetes does not have is one when it
 * holds a template with containers at `spec.template` (Argo Rollouts, OpenShift's DeploymentConfig, ...), or where `custom` says.
 */
export function readWorkload(object: KubeObject, custom: readonly CustomWorkload[]): Workload | undefined {
	const known = isWorkloadKind(object.apiVersion, object.kind);
	const way = known ? (TEMPLATE_PATHS[object.kind] ?? []) : (custom.find(({ kind }) => kind === object.kind)?.podTemplate ?? USUAL);
	const node = valueAt(object.root, ...way);
	if (!known && valueAt(node, "spec", "containers")?.kind !== "seq") return undefined;
	const spec = readField(object.root, "spec", map)?.value;
	const holder = object.kind === "CronJob" ? valueAt(spec, "jobTemplate", "spec") : object.kind === "Pod" && known ? undefined : spec;
	const selectorField = readField(holder, "selector", map);
	const matchLabels = object.kind === "ReplicationController" ? undefined : selectorField?.value;
	const { apiVersion, kind, source, owner, root, kindField, metadata, broken } = object;
	return {
		apiVersion,
		kind,
		source,
		owner,
		root,
		kindField,
		metadata,
		broken,
		custom: !known,
		spec,
		template: readPodTemplate(node?.kind === "map" ? node : emptyMap(object.root)),
		holder: holder?.kind === "map" ? holder : undefined,
		selectorField,
		labelSelector: matchLabels && readLabelSelector(matchLabels),
		selector: matchLabels ? readLabels(matchLabels, "matchLabels") : readLabels(spec, "selector"),
		replicas: readField(spec, "replicas", int32),
	};
}

const SERVED: Readonly<Record<string, string>> = {
	Pod: "v1",
	Deployment: "apps/v1",
	ReplicaSet: "apps/v1",
	StatefulSet: "apps/v1",
	DaemonSet: "apps/v1",
	ReplicationController: "v1",
	Job: "batch/v1",
	CronJob: "batch/v1",
};

/** The version of its API in which Kubernetes has a kind that makes Pods. */
export function servedIn(kind: string): string | undefined {
	return Object.hasOwn(SERVED, kind) ? SERVED[kind] : undefined;
}

/** Whether Kubernetes has the kind in this version of its API, so that it judges what the object says. */
export function isServed({ apiVersion, kind, custom }: Workload): boolean {
	return !custom && SERVED[kind] === apiVersion;
}

/** Whether its Pods end by themselves: they are no backends to rely on. */
export function runsToCompletion(workload: Workload): boolean {
	return workload.kind === "Job" || workload.kind === "CronJob";
}

/** Stands where no template is written, so that nothing else is taken for one. */
function emptyMap(at: MapNode): MapNode {
	return { kind: "map", source: at.source, start: at.start, end: at.start, entries: [], flow: false };
}
