import { chartDoesNotRender } from "./chart-does-not-render.ts";
import { clusterIpConflict } from "./cluster-ip-conflict.ts";
import { containerPortNotExposed } from "./container-port-not-exposed.ts";
import { deprecatedServiceField } from "./deprecated-service-field.ts";
import { duplicateContainerPort } from "./duplicate-container-port.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { duplicateObject } from "./duplicate-object.ts";
import { duplicatePortName } from "./duplicate-port-name.ts";
import { duplicateServicePort } from "./duplicate-service-port.ts";
import { endpointsNameMismatch } from "./endpoints-name-mismatch.ts";
import { envUrlPortMismatch } from "./env-url-port-mismatch.ts";
import { externalNameIsIpAddress } from "./external-name-is-ip-address.ts";
import { forbiddenServiceField } from "./forbidden-service-field.ts";
import { headlessMissingPort } from "./headless-missing-port.ts";
import { headlessPortTranslation } from "./headless-port-translation.ts";
import { hostIpWithoutHostPort } from "./host-ip-without-host-port.ts";
import { hostNetworkPortMismatch } from "./host-network-port-mismatch.ts";
import { hostNetworkWithoutClusterDns } from "./host-network-without-cluster-dns.ts";
import { hostPortBlocksRollout } from "./host-port-blocks-rollout.ts";
import { hostPortConflict } from "./host-port-conflict.ts";
import { hostPortInsteadOfService } from "./host-port-instead-of-service.ts";
import { hostPortReserved } from "./host-port-reserved.ts";
import { ignoredServiceField } from "./ignored-service-field.ts";
import { ingressPortNotFound } from "./ingress-port-not-found.ts";
import { ingressServiceNotFound } from "./ingress-service-not-found.ts";
import { invalidConfiguration } from "./invalid-configuration.ts";
import { invalidEndpoints } from "./invalid-endpoints.ts";
import { invalidExternalName } from "./invalid-external-name.ts";
import { invalidHostIp } from "./invalid-host-ip.ts";
import { invalidIngress } from "./invalid-ingress.ts";
import { invalidIpAddress } from "./invalid-ip-address.ts";
import { invalidIpFamily } from "./invalid-ip-family.ts";
import { invalidKustomization } from "./invalid-kustomization.ts";
import { invalidNetworkPolicy } from "./invalid-network-policy.ts";
import { invalidPortName } from "./invalid-port-name.ts";
import { invalidPortNumber } from "./invalid-port-number.ts";
import { invalidProbe } from "./invalid-probe.ts";
import { invalidProtocol } from "./invalid-protocol.ts";
import { invalidQualifiedName } from "./invalid-qualified-name.ts";
import { invalidSelector } from "./invalid-selector.ts";
import { invalidServiceName } from "./invalid-service-name.ts";
import { invalidServiceType } from "./invalid-service-type.ts";
import { invalidSessionAffinity } from "./invalid-session-affinity.ts";
import { invalidTrafficPolicy } from "./invalid-traffic-policy.ts";
import { invalidWorkloadName } from "./invalid-workload-name.ts";
import { invalidYaml } from "./invalid-yaml.ts";
import { kustomizationResourceNotFound } from "./kustomization-resource-not-found.ts";
import { labelValueNotString } from "./label-value-not-string.ts";
import { listensOnLoopback } from "./listens-on-loopback.ts";
import { localTrafficWithoutPods } from "./local-traffic-without-pods.ts";
import { nodePortConflict } from "./node-port-conflict.ts";
import { nodePortInDynamicBand } from "./node-port-in-dynamic-band.ts";
import { nodePortIsHostPort } from "./node-port-is-host-port.ts";
import { nodePortOnInternalService } from "./node-port-on-internal-service.ts";
import { nodePortOutOfRange } from "./node-port-out-of-range.ts";
import { nonCanonicalIp } from "./non-canonical-ip.ts";
import { nullLabelValue } from "./null-label-value.ts";
import { octalPortNumber } from "./octal-port-number.ts";
import { patchWithoutTarget } from "./patch-without-target.ts";
import { portPatchAdds } from "./port-patch-adds.ts";
import { portPatchLost } from "./port-patch-lost.ts";
import { probePortNotDeclared } from "./probe-port-not-declared.ts";
import { probePortNotFound } from "./probe-port-not-found.ts";
import { quotedTargetPort } from "./quoted-target-port.ts";
import { removedApiVersion } from "./removed-api-version.ts";
import type { Rule } from "./rule.ts";
import { selectorExpressionsInService } from "./selector-expressions-in-service.ts";
import { selectorTemplateMismatch } from "./selector-template-mismatch.ts";
import { serviceSelectsJobPods } from "./service-selects-job-pods.ts";
import { serviceSelectsSeveralWorkloads } from "./service-selects-several-workloads.ts";
import { serviceWithoutPods } from "./service-without-pods.ts";
import { serviceWithoutPorts } from "./service-without-ports.ts";
import { slashComment } from "./slash-comment.ts";
import { targetPortNameNotFound } from "./target-port-name-not-found.ts";
import { targetPortNotDeclared } from "./target-port-not-declared.ts";
import { targetPortNotExposed } from "./target-port-not-exposed.ts";
import { trailingContent } from "./trailing-content.ts";
import { unknownField } from "./unknown-field.ts";
import { unnamedServicePort } from "./unnamed-service-port.ts";
import { unusedIgnore } from "./unused-ignore.ts";
import { workloadWithoutSelector } from "./workload-without-selector.ts";
import { wrongType } from "./wrong-type.ts";

/** Every rule, in the order in which they may speak about the same characters: the first one does. */
export const RULES: readonly Rule[] = [
	invalidYaml,
	slashComment,
	selectorExpressionsInService,
	labelValueNotString,
	wrongType,
	invalidPortNumber,
	quotedTargetPort,
	invalidPortName,
	invalidProtocol,
	invalidServiceType,
	invalidServiceName,
	invalidWorkloadName,
	invalidTrafficPolicy,
	invalidSessionAffinity,
	invalidSelector,
	invalidExternalName,
	invalidIpAddress,
	invalidIpFamily,
	invalidQualifiedName,
	invalidEndpoints,
	invalidIngress,
	invalidNetworkPolicy,
	octalPortNumber,
	duplicateServicePort,
	unnamedServicePort,
	serviceWithoutPorts,
	forbiddenServiceField,
	nodePortOnInternalService,
	nodePortOutOfRange,
	unknownField,
	nodePortConflict,
	clusterIpConflict,
	nodePortInDynamicBand,
	nodePortIsHostPort,
	targetPortNameNotFound,
	targetPortNotDeclared,
	targetPortNotExposed,
	serviceWithoutPods,
	nullLabelValue,
	serviceSelectsJobPods,
	listensOnLoopback,
	externalNameIsIpAddress,
	headlessPortTranslation,
	headlessMissingPort,
	ignoredServiceField,
	nonCanonicalIp,
	invalidHostIp,
	deprecatedServiceField,
	localTrafficWithoutPods,
	serviceSelectsSeveralWorkloads,
	duplicateObject,
	selectorTemplateMismatch,
	workloadWithoutSelector,
	hostPortConflict,
	hostPortInsteadOfService,
	hostPortBlocksRollout,
	hostPortReserved,
	hostNetworkPortMismatch,
	hostNetworkWithoutClusterDns,
	hostIpWithoutHostPort,
	duplicateContainerPort,
	duplicatePortName,
	probePortNotFound,
	probePortNotDeclared,
	invalidProbe,
	removedApiVersion,
	envUrlPortMismatch,
	ingressServiceNotFound,
	ingressPortNotFound,
	endpointsNameMismatch,
	containerPortNotExposed,
	kustomizationResourceNotFound,
	invalidKustomization,
	patchWithoutTarget,
	portPatchLost,
	portPatchAdds,
	chartDoesNotRender,
	duplicateKey,
	trailingContent,
	unusedIgnore,
	invalidConfiguration,
];
