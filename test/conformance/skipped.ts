/** Cases that Portolan answers otherwise on purpose, and why. */
export const SKIPPED: Readonly<Record<string, string>> = {
	"svc-create-invalid-namespace": "namespaces are not looked at: kubectl and kustomize set them",
	"svc-create-too-long-generate-name": "what a generated name will be is not looked at",
	"svc-create-invalid-annotation": "keys of annotations are not looked at",
	"svc-ipinput-ip-wrong-family": "which families a cluster has only the cluster knows",
	"live-merge-override": "kubectl merges and sends JSON, in which nothing stands twice",
	"pod-probe-http-scheme-lower": "schemes are not looked at",
	"wl-deployment-restart-never": "restart policies are not looked at",
	"wl-daemonset-restart-never": "restart policies are not looked at",
	"wl-deploy-recreate-with-rolling": "the numbers of a rollout are not looked at",
	"wl-ds-surge-and-unavail": "the numbers of a rollout are not looked at",
	"wl-deploy-ephemeral": "ephemeral containers are not looked at",
};
