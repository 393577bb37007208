const KINDS = [
	...["PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget"],
	...["ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim"],
	...["CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList"],
	...["Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet"],
	...["Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService"],
];
const RANKS: ReadonlyMap<string, number> = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** The order in which Helm installs kinds: those that it knows, then all others by name. Source: pkg/releaseutil/kind_sorter.go. */
export function compareKinds(a: string, b: string): number {
	const [first, second] = [RANKS.get(a) ?? KINDS.length, RANKS.get(b) ?? KINDS.length];
	return first - second || (first < KINDS.length || a === b ? 0 : a < b ? -1 : 1);
}

const HOOKS = new Set([
	...["pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade", "post-upgrade"],
	...["pre-rollback", "post-rollback", "test", "test-success"],
]);

/** Whether the value of `helm.sh/hook` names hooks of Helm 3. With any other one among them the object vanishes without an error. */
export function areHooks(annotation: string): boolean {
	return annotation.split(",").every((name) => HOOKS.has(name.trim().toLowerCase()));
}
