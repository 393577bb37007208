/** The Kubernetes that a chart is rendered for, as `helm template` pretends to see it. */
export interface Cluster {
	/** `v1.36.0`. */
	readonly version: string;
	readonly apiVersions: readonly string[];
}

/**
 * A version as a cluster of it says it: `1.36` is `v1.36.0`, `v1.36.2-gke.1` is `v1.36.2`; `undefined` for what is none.
 * Source: ParseGeneric() of k8s.io/apimachinery/pkg/util/version, which adds nothing to what is left out.
 */
export function kubeVersionOf(text: string): string | undefined {
	const match = /^\s*v?(0|[1-9]\d*)\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?(?!\d)/.exec(text);
	return match ? `v${match[1]}.${match[2]}.${match[3] ?? "0"}` : undefined;
}

/** What a released Helm 3.22 takes where no version is set. */
export const DEFAULT_KUBE_VERSION = "v1.37.0";

export const HELM_VERSION = "v3.22.0";

/**
 * Group versions that `helm template` has, whatever the version of Kubernetes: those that its client library knows, old ones that no
 * cluster serves included, and no kinds. Source: allKnownVersions() of pkg/chartutil/capabilities.go.
 */
export const API_VERSIONS: readonly string[] = [
	"v1",
	...groupVersions({
		"admissionregistration.k8s.io": "v1 v1alpha1 v1beta1",
		"internal.apiserver.k8s.io": "v1alpha1",
		apps: "v1 v1beta1 v1beta2",
		"authentication.k8s.io": "v1 v1alpha1 v1beta1",
		"authorization.k8s.io": "v1 v1beta1",
		autoscaling: "v1 v2",
		batch: "v1 v1beta1",
		"certificates.k8s.io": "v1 v1beta1 v1alpha1",
		"coordination.k8s.io": "v1alpha2 v1beta1 v1",
		"discovery.k8s.io": "v1 v1beta1",
		"events.k8s.io": "v1 v1beta1",
		extensions: "v1beta1",
		"flowcontrol.apiserver.k8s.io": "v1 v1beta1 v1beta2 v1beta3",
		"lifecycle.k8s.io": "v1alpha1",
		"networking.k8s.io": "v1 v1beta1",
		"node.k8s.io": "v1 v1alpha1 v1beta1",
		policy: "v1 v1beta1",
		"rbac.authorization.k8s.io": "v1 v1beta1 v1alpha1",
		"resource.k8s.io": "v1 v1beta2 v1beta1 v1alpha3",
		"scheduling.k8s.io": "v1alpha3 v1beta1 v1",
		"storage.k8s.io": "v1beta1 v1 v1alpha1",
		"storagemigration.k8s.io": "v1 v1beta1",
		"apiextensions.k8s.io": "v1beta1 v1",
	}),
];

function groupVersions(groups: Readonly<Record<string, string>>): readonly string[] {
	return Object.entries(groups).flatMap(([group, versions]) => versions.split(" ").map((version) => `${group}/${version}`));
}
