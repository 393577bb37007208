import { entryOf, type MapNode, type Node, type SeqNode } from "../yaml/nodes.ts";
import { bool, type Field, fieldOf, given, int32, intOrText, list, map, readField, text } from "./field.ts";
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
	readonly externalName: Field<string> | undefined;
	readonly externalIPs: readonly Field<string>[];
	readonly externalTrafficPolicy: Field<string> | undefined;
	readonly internalTrafficPolicy: Field<string> | undefined;
	readonly trafficDistribution: Field<string> | undefined;
	readonly sessionAffinity: Field<string> | undefined;
	readonly healthCheckNodePort: Field<number> | undefined;
	readonly allocateLoadBalancerNodePorts: Field<boolean> | undefined;
	readonly loadBalancerIP: Field<string> | undefined;
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

export function readService(object: KubeObject): Service {
	const spec = readField(object.root, "spec", map)?.value;
	const portList = readField(spec, "ports", list);
	return {
		...object,
		kind: "Service",
		spec,
		type: readField(spec, "type", text),
		selector: readLabels(spec, "selector"),
		portList,
		ports: (portList?.value?.items ?? []).filter((item) => item.kind === "map").map(readServicePort),
		clusterIP: readField(spec, "clusterIP", text),
		clusterIPs: readField(spec, "clusterIPs", list),
		externalName: readField(spec, "externalName", text),
		externalIPs: readItems(spec, "externalIPs"),
		externalTrafficPolicy: readField(spec, "externalTrafficPolicy", text),
		internalTrafficPolicy: readField(spec, "internalTrafficPolicy", text),
		trafficDistribution: readField(spec, "trafficDistribution", text),
		sessionAffinity: readField(spec, "sessionAffinity", text),
		healthCheckNodePort: readField(spec, "healthCheckNodePort", int32),
		allocateLoadBalancerNodePorts: readField(spec, "allocateLoadBalancerNodePorts", bool),
		loadBalancerIP: readField(spec, "loadBalancerIP", text),
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

/**
 * Where connections are sent: a number, the name of a container port, or `undefined` when it cannot be told. An absent, zero or
 * empty targetPort is the number in `port` (SetDefaults_Service).
 */
export function targetPortOf(port: ServicePort): number | string | undefined {
	const field = port.targetPort;
	if (field?.state === "placeholder" || field?.state === "wrong-type") return undefined;
	return given(field) ?? port.port?.value;
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
