import { type MapNode, valueAt } from "../yaml/nodes.ts";
import { type Field, int32, map, readField } from "./field.ts";
import { type LabelMap, readLabels } from "./labels.ts";
import type { KubeObject } from "./object.ts";
import { type PodTemplate, readPodTemplate } from "./podTemplate.ts";

/** Anything that makes Pods, or a Pod. `custom` is a kind that Kubernetes itself does not have but that holds a Pod template. */
export interface Workload extends KubeObject {
	readonly custom: boolean;
	readonly spec: MapNode | undefined;
	readonly template: PodTemplate;
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

const GROUPS = /^(v1|(apps|batch|extensions)\/\w+)$/;

/** The kinds of Kubernetes that make Pods. */
export function isWorkloadKind(apiVersion: string, kind: string): boolean {
	return Object.hasOwn(TEMPLATE_PATHS, kind) && GROUPS.test(apiVersion);
}

/**
 * Reads a workload; `undefined` for an object without a Pod template. A kind that Kubernetes does not have is one when it
 * holds a template with containers at `spec.template` (Argo Rollouts, OpenShift's DeploymentConfig, ...).
 */
export function readWorkload(object: KubeObject): Workload | undefined {
	const known = isWorkloadKind(object.apiVersion, object.kind);
	const node = valueAt(object.root, ...(known ? (TEMPLATE_PATHS[object.kind] ?? []) : ["spec", "template"]));
	if (!known && valueAt(node, "spec", "containers")?.kind !== "seq") return undefined;
	const spec = readField(object.root, "spec", map)?.value;
	const matchLabels = object.kind === "ReplicationController" ? undefined : readField(spec, "selector", map)?.value;
	return {
		...object,
		custom: !known,
		spec,
		template: readPodTemplate(node?.kind === "map" ? node : emptyMap(object.root)),
		selector: matchLabels ? readLabels(matchLabels, "matchLabels") : readLabels(spec, "selector"),
		replicas: readField(spec, "replicas", int32),
	};
}

/** Whether its Pods end by themselves: they are no backends to rely on. */
export function runsToCompletion(workload: Workload): boolean {
	return workload.kind === "Job" || workload.kind === "CronJob";
}

/** Stands where no template is written, so that nothing else is taken for one. */
function emptyMap(at: MapNode): MapNode {
	return { kind: "map", source: at.source, start: at.start, end: at.start, entries: [], flow: false };
}
