import { entryOf, type MapNode, type Node, type SeqNode } from "../yaml/nodes.ts";
import { bool, type Field, fieldOf, given, int32, intOrText, isUnreadable, list, map, readField, text } from "./field.ts";
import { type LabelMap, readLabels } from "./labels.ts";
import type { KubeObject } from "./object.ts";

export interface Service extends KubeObject {
	readonly kind: "Service";
	readonly spec: MapNode | undefined;
	readonly type: Field<string> | undefined;
	readonly selector: LabelMap | undefined;
	readonly portList: Field<SeqNode> | undefined;
	readonly ports: readonly ServicePort[];
	readonly clusterIP: Field<string> | undefined;
	readonly clusterIPs: Field<SeqNode> | undefined;
	readonly clusterIPItems: readonly Field<string>[];
	readonly ipFamilies: readonly Field<string>[];
	readonly ipFamilyPolicy: Field<string> | undefined;
	readonly externalName: Field<string> | undefined;
	readonly externalIPs: readonly Field<string>[];
	readonly externalTrafficPolicy: Field<string> | undefined;
	readonly internalTrafficPolicy: Field<string> | undefined;
	readonly trafficDistribution: Field<string> | undefined;
	readonly sessionAffinity: Field<string> | undefined;
	readonly sessionAffinityConfig: Field<MapNode> | undefined;
	/** `sessionAffinityConfig.clientIP.timeoutSeconds`. */
	readonly affinityTimeout: Field<number> | undefined;
	readonly healthCheckNodePort: Field<number> | undefined;
	readonly allocateLoadBalancerNodePorts: Field<boolean> | undefined;
	readonly loadBalancerIP: Field<string> | undefined;
	readonly loadBalancerClass: Field<string> | undefined;
	readonly loadBalancerSourceRanges: readonly Field<string>[];
	readonly publishNotReadyAddresses: Field<boolean> | undefined;
}

export interface ServicePort {
	readonly node: MapNode;
	readonly name: Field<string> | undefined;
	readonly protocol: Field<string> | undefined;
	readonly port: Field<number> | undefined;
	readonly targetPort: Field<number | string> | undefined;
	readonly nodePort: Field<number> | undefined;
	readonly appProtocol: Field<string> | undefined;
}

export function readService({ apiVersion, source, owner, root, kindField, metadata, broken }: KubeObject): Service {
	const spec = readField(root, "spec", map)?.value;
	const portList = readField(spec, "ports", list);
	const sessionAffinityConfig = readField(spec, "sessionAffinityConfig", map);
	// Written out: an object that begins as a copy of another becomes a slow one.
	return {
		apiVersion,
		kind: "Service",
		source,
		owner,
		root,
		kindField,
		metadata,
		broken,
		spec,
		type: readField(spec, "type", text),
		selector: readLabels(spec, "selector"),
		portList,
		ports: (portList?.value?.items ?? []).filter((item) => item.kind === "map").map(readServicePort),
		clusterIP: readField(spec, "clusterIP", text),
		clusterIPs: readField(spec, "clusterIPs", list),
		clusterIPItems: readItems(spec, "clusterIPs"),
		ipFamilies: readItems(spec, "ipFamilies"),
		ipFamilyPolicy: readField(spec, "ipFamilyPolicy", text),
		externalName: readField(spec, "externalName", text),
		externalIPs: readItems(spec, "externalIPs"),
		externalTrafficPolicy: readField(spec, "externalTrafficPolicy", text),
		internalTrafficPolicy: readField(spec, "internalTrafficPolicy", text),
		trafficDistribution: readField(spec, "trafficDistribution", text),
		sessionAffinity: readField(spec, "sessionAffinity", text),
		sessionAffinityConfig,
		affinityTimeout: readField(entryOf(sessionAffinityConfig?.value, "clientIP")?.value, "timeoutSeconds", int32),
		healthCheckNodePort: readField(spec, "healthCheckNodePort", int32),
		allocateLoadBalancerNodePorts: readField(spec, "allocateLoadBalancerNodePorts", bool),
		loadBalancerIP: readField(spec, "loadBalancerIP", text),
		loadBalancerClass: readField(spec, "loadBalancerClass", text),
		loadBalancerSourceRanges: readItems(spec, "loadBalancerSourceRanges"),
		publishNotReadyAddresses: readField(spec, "publishNotReadyAddresses", bool),
	};
}

function readServicePort(node: MapNode): ServicePort {
	return {
		node,
		name: readField(node, "name", text),
		protocol: readField(node, "protocol", text),
		port: readField(node, "port", int32),
		targetPort: readField(node, "targetPort", intOrText),
		nodePort: readField(node, "nodePort", int32),
		appProtocol: readField(node, "appProtocol", text),
	};
}

/** The items of a list of texts, each as a field under the list's key. */
export function readItems(parent: Node | undefined, name: string): readonly Field<string>[] {
	const entry = entryOf(parent, name);
	if (entry?.value.kind !== "seq") return [];
	return entry.value.items.map((value) => fieldOf({ name, key: entry.key, value, merged: false }, text));
}

/** The type after defaulting, as written (Kubernetes may refuse it); `undefined` when it cannot be told. */
export function serviceType(service: Service): string | undefined {
	if (service.type?.state === "placeholder" || service.type?.state === "wrong-type") return undefined;
	return given(service.type) ?? "ClusterIP";
}

export const SERVICE_TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;

/** The annotation that is read where `loadBalancerSourceRanges` is empty: networks, with commas between them. */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

export type ServiceType = (typeof SERVICE_TYPES)[number];

/** The type after defaulting where it is one that Kubernetes has; what depends on another one cannot be told. */
export function knownType(service: Service): ServiceType | undefined {
	const type = serviceType(service);
	return SERVICE_TYPES.find((known) => known === type);
}

/** Whether a list may hold something that is not read here: it is a placeholder, or no list. */
export function isOpenList(service: Service, name: string): boolean {
	return service.broken || isUnreadable(readField(service.spec, name, list));
}

/**
 * The cluster IPs that Kubernetes sees: `clusterIPs` where it is written, else `clusterIP`, which is copied into it. Empty for
 * none. Source: normalizeClusterIPs of pkg/registry/core/service/strategy.go.
 */
export function clusterIPsOf(service: Service): readonly Field<string>[] {
	const { clusterIP, clusterIPItems } = service;
	if (clusterIPItems.length > 0) return clusterIPItems;
	return clusterIP && (isUnreadable(clusterIP) || given(clusterIP) !== undefined) ? [clusterIP] : [];
}

/** Headless means exactly `clusterIP: None` on a type that has a cluster IP; `none` in lower case is an invalid address. */
export function isHeadless(service: Service): boolean {
	return serviceType(service) !== "ExternalName" && service.clusterIP?.value === "None";
}

/** TCP where none is written, else what is written; `undefined` when it cannot be told. */
export function protocolOf(port: { readonly protocol: Field<string> | undefined }): string | undefined {
	const field = port.protocol;
	if (field?.state === "placeholder" || field?.state === "wrong-type") return undefined;
	return given(field) ?? "TCP";
}

const PROTOCOLS: readonly string[] = ["TCP", "UDP", "SCTP"];

/** The protocol where it is one that Kubernetes has (in upper case); what depends on another one cannot be told. */
export function knownProtocol(port: { readonly protocol: Field<string> | undefined }): string | undefined {
	const protocol = protocolOf(port);
	return protocol !== undefined && PROTOCOLS.includes(protocol) ? protocol : undefined;
}

/**
 * Where connections are sent: a number, the name of a container port, or `undefined` when it cannot be told. An absent, zero or
 * empty targetPort is the number in `port` (SetDefaults_Service).
 */
export function targetPortOf(port: ServicePort): number | string | undefined {
	const field = port.targetPort;
	if (field?.state === "placeholder" || field?.state === "wrong-type") return undefined;
	return given(field) ?? port.port?.value;
}

/** Whether another entry of the Service has this one's number with that protocol, so that this one cannot have it too. */
export function isTaken(service: Service, port: ServicePort, protocol: string): boolean {
	return service.ports.some((other) => other !== port && other.port?.value === port.port?.value && protocolOf(other) === protocol);
}

/** Whether node ports belong to the type: NodePort and LoadBalancer. */
export function hasNodePorts(service: Service): boolean {
	const type = serviceType(service);
	return type === "NodePort" || type === "LoadBalancer";
}

/** VAL `ExternallyAccessible` (pkg/api/service/util.go); `undefined` when the type cannot be told. */
export function isExternallyAccessible(service: Service): boolean | undefined {
	const type = serviceType(service);
	if (type === undefined) return undefined;
	return type === "NodePort" || type === "LoadBalancer" || (type === "ClusterIP" && service.externalIPs.length > 0);
}
