/**
 * Whether objects of a kind have no namespace, as far as kustomize knows; what it does not know has one.
 * Source: the scopes in kyaml's OpenAPI data of Kubernetes 1.21 and what kyaml adds to them; the versions count.
 */
export function isClusterScoped({
	group,
	version,
	kind,
}: {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
}): boolean {
	return CLUSTER_SCOPED.get(kind)?.includes(group === "" ? version : `${group}/${version}`) === true;
}

const versions = (group: string, ...names: readonly string[]) => names.map((name) => `${group}/${name}`);
const admission = versions("admissionregistration.k8s.io", "v1", "v1beta1");
const policies = versions("admissionregistration.k8s.io", "v1");
const both = (group: string) => versions(group, "v1", "v1beta1");

const CLUSTER_SCOPED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
	["APIService", both("apiregistration.k8s.io")],
	["CSIDriver", both("storage.k8s.io")],
	["CSINode", both("storage.k8s.io")],
	["CertificateSigningRequest", both("certificates.k8s.io")],
	["ClusterRole", both("rbac.authorization.k8s.io")],
	["ClusterRoleBinding", both("rbac.authorization.k8s.io")],
	["ComponentStatus", ["v1"]],
	["CustomResourceDefinition", both("apiextensions.k8s.io")],
	["FlowSchema", ["flowcontrol.apiserver.k8s.io/v1beta1"]],
	["IngressClass", both("networking.k8s.io")],
	["MutatingWebhookConfiguration", admission],
	["Namespace", ["v1"]],
	["Node", ["v1"]],
	["NodeProxyOptions", ["v1"]],
	["PersistentVolume", ["v1"]],
	["PodSecurityPolicy", ["policy/v1beta1"]],
	["PriorityClass", both("scheduling.k8s.io")],
	["PriorityLevelConfiguration", ["flowcontrol.apiserver.k8s.io/v1beta1"]],
	["RuntimeClass", both("node.k8s.io")],
	["StorageClass", both("storage.k8s.io")],
	["ValidatingAdmissionPolicy", policies],
	["ValidatingAdmissionPolicyBinding", policies],
	["ValidatingWebhookConfiguration", admission],
	["VolumeAttachment", both("storage.k8s.io")],
]);
