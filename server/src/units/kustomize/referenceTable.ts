import { type FieldSpec, pathOf } from "./fieldSpec.ts";
import type { Kinds } from "./resource.ts";

/** Objects of a kind, and the places that name them. */
export interface NameReference extends Kinds {
	readonly referrers: readonly FieldSpec[];
}

// The references that kustomize 5.8 knows without a configuration. Source: namereference.go of its builtinpluginconsts.

function at(kinds: Kinds, ...paths: readonly string[]): readonly FieldSpec[] {
	return paths.map((path) => ({ ...kinds, path: pathOf(path), create: false }));
}

/** Where the spec of a Pod stands, by kind. */
const PODS: readonly (readonly [Kinds, string])[] = [
	[{ version: "v1", kind: "Pod" }, "spec"],
	[{ kind: "PodTemplate" }, "template/spec"],
	...["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"].map((kind) => [{ kind }, "spec/template/spec"] as const),
	[{ kind: "CronJob" }, "spec/jobTemplate/spec/template/spec"],
];

/** As the other tables have them: without ReplicaSet and PodTemplate, with ReplicationController. */
const RUNNING: readonly (readonly [Kinds, string])[] = [
	[{ kind: "Pod" }, "spec"],
	...["StatefulSet", "Deployment", "ReplicationController", "Job", "DaemonSet"].map((kind) => [{ kind }, "spec/template/spec"] as const),
	[{ kind: "CronJob" }, "spec/jobTemplate/spec/template/spec"],
];

function inPods(pods: readonly (readonly [Kinds, string])[], ...paths: readonly string[]): readonly FieldSpec[] {
	return pods.flatMap(([kinds, spec]) => at(kinds, ...paths.map((path) => `${spec}/${path}`)));
}

const INGRESS = { kind: "Ingress" } as const;
const CONTAINERS = ["containers", "initContainers"];
const ROLES = ["Role", "ClusterRole"].flatMap((kind) => at({ kind }, "rules/resourceNames"));
const RBAC = "rbac.authorization.k8s.io";
const BINDINGS = ["RoleBinding", "ClusterRoleBinding"].map((kind) => ({ group: RBAC, kind }));
const ADMISSION = "admissionregistration.k8s.io";

const CONFIG_MAPS: readonly FieldSpec[] = [
	...inPods(
		PODS,
		"volumes/configMap/name",
		...CONTAINERS.flatMap((list) => [`${list}/env/valueFrom/configMapKeyRef/name`, `${list}/envFrom/configMapRef/name`]),
		"volumes/projected/sources/configMap/name",
	),
	...at({ kind: "Node" }, "spec/configSource/configMap"),
	...ROLES,
	...at(INGRESS, "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap"),
];

const SECRETS: readonly FieldSpec[] = [
	...inPods(
		PODS,
		"volumes/secret/secretName",
		...CONTAINERS.flatMap((list) => [`${list}/env/valueFrom/secretKeyRef/name`, `${list}/envFrom/secretRef/name`]),
		"imagePullSecrets/name",
		"volumes/projected/sources/secret/name",
	),
	...at(
		INGRESS,
		"spec/tls/secretName",
		...[
			"ingress.kubernetes.io\\/auth-secret",
			"nginx.ingress.kubernetes.io\\/auth-secret",
			"nginx.ingress.kubernetes.io\\/auth-tls-secret",
		].map((name) => `metadata/annotations/${name}`),
	),
	...at({ kind: "ServiceAccount" }, "imagePullSecrets/name"),
	...at({ kind: "StorageClass" }, ...["secretName", "adminSecretName", "userSecretName", "secretRef"].map((name) => `parameters/${name}`)),
	...ROLES,
	...at({ group: "serving.knative.dev", version: "v1", kind: "Service" }, "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
	...at({ kind: "PersistentVolume" }, "spec/azureFile/secretName"),
];

const SERVICES: readonly FieldSpec[] = [
	...at({ group: "apps", kind: "StatefulSet" }, "spec/serviceName"),
	...at(
		INGRESS,
		"spec/rules/http/paths/backend/serviceName",
		"spec/backend/serviceName",
		"spec/rules/http/paths/backend/service/name",
		"spec/defaultBackend/service/name",
	),
	...at({ group: "apiregistration.k8s.io", kind: "APIService" }, "spec/service/name"),
	...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].flatMap((kind) =>
		at({ group: ADMISSION, kind }, "webhooks/clientConfig/service"),
	),
];

const SCALED = at({ kind: "HorizontalPodAutoscaler" }, "spec/scaleTargetRef/name");

/** In the order in which they are followed. */
export const REFERENCES: readonly NameReference[] = [
	{
		version: "v1",
		kind: "ServiceAccount",
		referrers: [...BINDINGS.flatMap((kinds) => at(kinds, "subjects")), ...inPods(RUNNING, "serviceAccountName")],
	},
	{ group: RBAC, kind: "Role", referrers: at({ group: RBAC, kind: "RoleBinding" }, "roleRef/name") },
	{ group: RBAC, kind: "ClusterRole", referrers: BINDINGS.flatMap((kinds) => at(kinds, "roleRef/name")) },
	{ version: "v1", kind: "ConfigMap", referrers: CONFIG_MAPS },
	{ version: "v1", kind: "Secret", referrers: SECRETS },
	{ version: "v1", kind: "Service", referrers: SERVICES },
	{
		group: "storage.k8s.io",
		version: "v1",
		kind: "StorageClass",
		referrers: [
			...["PersistentVolume", "PersistentVolumeClaim"].flatMap((kind) => at({ kind }, "spec/storageClassName")),
			...at({ kind: "StatefulSet" }, "spec/volumeClaimTemplates/spec/storageClassName"),
		],
	},
	{ group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass", referrers: inPods(RUNNING, "priorityClassName") },
	{
		version: "v1",
		kind: "PersistentVolume",
		referrers: [...at({ kind: "PersistentVolumeClaim" }, "spec/volumeName"), ...at({ kind: "ClusterRole" }, "rules/resourceNames")],
	},
	{ version: "v1", kind: "PersistentVolumeClaim", referrers: inPods(RUNNING, "volumes/persistentVolumeClaim/claimName") },
	...["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].map((kind) => ({ kind, referrers: SCALED })),
	// What is written as its group no object has.
	{ group: "networking.k8s.io/v1", version: "v1", kind: "IngressClass", referrers: at(INGRESS, "spec/ingressClassName") },
	{
		group: ADMISSION,
		kind: "ValidatingAdmissionPolicy",
		referrers: at({ group: ADMISSION, kind: "ValidatingAdmissionPolicyBinding" }, "spec/policyName"),
	},
];
