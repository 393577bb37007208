import { type FieldSpec, pathOf } from "./fieldSpec.ts";
import type { Kinds } from "./resource.ts";

// The places that kustomize 5.8 knows without a configuration. Source: its builtinpluginconsts.

function make(kinds: Kinds, create: boolean, ...paths: readonly string[]): readonly FieldSpec[] {
	return paths.map((path) => ({ ...kinds, path: pathOf(path), create }));
}

/** Kinds with a Pod template at `spec.template`. Those of `apps` that are not said to be so count in any group. */
const TEMPLATED: readonly Kinds[] = [
	{ version: "v1", kind: "ReplicationController" },
	{ kind: "Deployment" },
	{ kind: "ReplicaSet" },
	{ kind: "DaemonSet" },
	{ group: "apps", kind: "StatefulSet" },
	{ group: "batch", kind: "Job" },
];
const CRON_JOB = { group: "batch", kind: "CronJob" } as const;

export const NAMES = make({}, false, "metadata/name");

export const NAMESPACES: readonly FieldSpec[] = [
	...make({ kind: "Namespace" }, true, "metadata/name"),
	...make({ group: "apiregistration.k8s.io", kind: "APIService" }, true, "spec/service/namespace"),
	...make(
		{ group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
		false,
		"spec/conversion/webhook/clientConfig/service/namespace",
	),
];

/** Labels of objects and of what they make. */
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
	...make({}, true, "metadata/labels"),
	...TEMPLATED.flatMap((kinds) => make(kinds, true, "spec/template/metadata/labels")),
	...make(CRON_JOB, true, "spec/jobTemplate/metadata/labels", "spec/jobTemplate/spec/template/metadata/labels"),
];

export const VOLUME_CLAIM_LABELS = make({ group: "apps", kind: "StatefulSet" }, true, "spec/volumeClaimTemplates[]/metadata/labels");

const AFFINITIES = ["podAffinity", "podAntiAffinity"].flatMap((affinity) => [
	`spec/template/spec/affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
	`spec/template/spec/affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);
const NETWORK_POLICY = { group: "networking.k8s.io", kind: "NetworkPolicy" } as const;

/** Labels and selectors. */
export const LABELS: readonly FieldSpec[] = [
	...make({ version: "v1", kind: "Service" }, true, "spec/selector"),
	...make({ version: "v1", kind: "ReplicationController" }, true, "spec/selector"),
	...[{ kind: "Deployment" }, { kind: "ReplicaSet" }, { kind: "DaemonSet" }, { group: "apps", kind: "StatefulSet" }].flatMap((kinds) =>
		make(kinds, true, "spec/selector/matchLabels"),
	),
	...["Deployment", "StatefulSet"].flatMap((kind) =>
		make({ group: "apps", kind }, false, ...AFFINITIES, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"),
	),
	...make({ group: "batch", kind: "Job" }, false, "spec/selector/matchLabels"),
	...make(CRON_JOB, false, "spec/jobTemplate/spec/selector/matchLabels"),
	...make({ group: "policy", kind: "PodDisruptionBudget" }, false, "spec/selector/matchLabels"),
	...make(
		NETWORK_POLICY,
		false,
		"spec/podSelector/matchLabels",
		"spec/ingress/from/podSelector/matchLabels",
		"spec/egress/to/podSelector/matchLabels",
	),
	...TEMPLATE_LABELS,
	...VOLUME_CLAIM_LABELS,
];

export const ANNOTATIONS: readonly FieldSpec[] = [
	...make({}, true, "metadata/annotations"),
	...TEMPLATED.map((kinds) => (kinds.kind === "StatefulSet" ? { kind: "StatefulSet" } : kinds)).flatMap((kinds) =>
		make(kinds, true, "spec/template/metadata/annotations"),
	),
	...make(CRON_JOB, true, "spec/jobTemplate/metadata/annotations", "spec/jobTemplate/spec/template/metadata/annotations"),
];

/** Those of a CronJob's volumes are known, those of its containers are found by name. */
export const IMAGES: readonly FieldSpec[] = [
	...["spec", "spec/template/spec"].flatMap((pod) =>
		make({}, true, `${pod}/containers[]/image`, `${pod}/initContainers[]/image`, `${pod}/volumes[]/image/reference`),
	),
	...make({}, true, "spec/jobTemplate/spec/template/spec/volumes[]/image/reference"),
];

export const REPLICAS: readonly FieldSpec[] = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].flatMap((kind) =>
	make({ kind }, true, "spec/replicas"),
);

const IN_CONTAINER = ["args", "command", "env/value", "volumeMounts/mountPath"];

function inPod(kind: string, pod: string, nfs: string = `${pod}/volumes/nfs/server`): readonly FieldSpec[] {
	const containers = ["containers", "initContainers"].flatMap((list) => IN_CONTAINER.map((path) => `${pod}/${list}/${path}`));
	return make({ kind }, false, ...containers, nfs);
}

/** Where `$(NAME)` means a variable. */
export const VARIABLES: readonly FieldSpec[] = [
	...inPod("CronJob", "spec/jobTemplate/spec/template/spec", "spec/jobTemplate/spec/template/volumes/nfs/server"),
	...["DaemonSet", "Deployment", "Job", "ReplicaSet"].flatMap((kind) => inPod(kind, "spec/template/spec")),
	...inPod("Pod", "spec"),
	...inPod("StatefulSet", "spec/template/spec", "spec/volumeClaimTemplates/spec/nfs/server"),
	...make({ kind: "Deployment" }, false, "spec/template/metadata/annotations"),
	...make({ kind: "Ingress" }, false, "spec/rules/host", "spec/tls/hosts", "spec/tls/secretName"),
	...make({ kind: "Service" }, false, "spec/ports/port", "spec/ports/targetPort"),
	...make({ kind: "PersistentVolume" }, false, "spec/nfs/server"),
	...make({}, false, "metadata/labels", "metadata/annotations"),
];
