import type { MapNode, Node } from "../yaml/nodes.ts";
import { type Field, given, int32, intOrText, isPlaceholder, isUnreadable, list, map, readField, text } from "./field.ts";
import { type LabelSelector, readLabelSelector } from "./labelSelector.ts";
import type { KubeObject } from "./object.ts";
import { readItems } from "./service.ts";

/** Which connections Pods take and open. Pods that no policy selects for a direction are open in it. */
export interface NetworkPolicy extends KubeObject {
	readonly kind: "NetworkPolicy";
	readonly spec: MapNode | undefined;
	/** The Pods of its namespace that it selects; `undefined` for all of them. */
	readonly podSelector: LabelSelector | undefined;
	/** Whether it closes them for a direction; `undefined` where that cannot be read. */
	readonly closes: Readonly<Record<Direction, boolean | undefined>>;
	/** What it lets through all the same. */
	readonly rules: Readonly<Record<Direction, readonly PolicyRule[]>>;
	/** False where something around its rules cannot be read, so that it may select, close or let through more than is known. */
	readonly readable: boolean;
}

export type Direction = "ingress" | "egress";

export interface PolicyRule {
	/** Who is at the other end; empty for everybody. */
	readonly peers: readonly PolicyPeer[];
	/** Ports of the Pods that are dialled; empty for all. */
	readonly ports: readonly PolicyPort[];
	/** False where peers or ports may be there that are not known. */
	readonly readable: boolean;
}

export interface PolicyPeer {
	readonly podSelector: LabelSelector | undefined;
	readonly namespaceSelector: LabelSelector | undefined;
	readonly ipBlock: IpBlock | undefined;
	readonly node: Node;
	/** False for what Kubernetes refuses, and where something in it cannot be read. */
	readonly readable: boolean;
}

export interface IpBlock {
	readonly node: MapNode;
	readonly cidr: Field<string> | undefined;
	readonly except: readonly Field<string>[];
}

export interface PolicyPort {
	readonly node: MapNode;
	readonly port: Field<number | string> | undefined;
	readonly endPort: Field<number> | undefined;
	readonly protocol: Field<string> | undefined;
}

export function readNetworkPolicy(object: KubeObject): NetworkPolicy {
	const specField = readField(object.root, "spec", map);
	const spec = specField?.value;
	const selector = readField(spec, "podSelector", map);
	const fields = [specField, selector, ...["ingress", "egress", "policyTypes"].map((name) => readField(spec, name, list))];
	const { apiVersion, source, owner, root, kindField, metadata, broken } = object;
	return {
		apiVersion,
		kind: "NetworkPolicy",
		source,
		owner,
		root,
		kindField,
		metadata,
		broken,
		spec,
		podSelector: selector?.value && readLabelSelector(selector.value),
		closes: closesOf(spec),
		rules: { ingress: readRules(spec, "ingress", "from"), egress: readRules(spec, "egress", "to") },
		readable: !broken && spec !== undefined && !fields.some(isUnreadable),
	};
}

/** Without policyTypes it closes Pods for ingress, and for egress where it has rules for it (SetDefaults_NetworkPolicy). */
function closesOf(spec: MapNode | undefined): NetworkPolicy["closes"] {
	const types = readItems(spec, "policyTypes");
	if (types.some(isUnreadable)) return { ingress: undefined, egress: undefined };
	if (types.length === 0) return { ingress: true, egress: itemsOf(spec, "egress").length > 0 };
	return { ingress: types.some(({ value }) => value === "Ingress"), egress: types.some(({ value }) => value === "Egress") };
}

function readRules(spec: MapNode | undefined, name: Direction, peers: "from" | "to"): readonly PolicyRule[] {
	return itemsOf(spec, name).map((node): PolicyRule => {
		const sides = itemsOf(node, peers);
		const ports = itemsOf(node, "ports");
		const lists = [readField(node, peers, list), readField(node, "ports", list)];
		const whole = [...sides, ...ports].every((item) => item.kind === "map" && !isPlaceholder(item));
		const isEmpty = node.kind === "scalar" && node.value === null;
		return {
			peers: sides.map(readPeer),
			ports: ports.filter((item) => item.kind === "map").map(readPort),
			readable: (isEmpty || (node.kind === "map" && !isPlaceholder(node))) && whole && !lists.some(isUnreadable),
		};
	});
}

function readPeer(node: Node): PolicyPeer {
	const pods = readField(node, "podSelector", map);
	const namespaces = readField(node, "namespaceSelector", map);
	const block = readField(node, "ipBlock", map);
	const podSelector = pods?.value && readLabelSelector(pods.value);
	const namespaceSelector = namespaces?.value && readLabelSelector(namespaces.value);
	const cidr = readField(block?.value, "cidr", text);
	const except = readItems(block?.value, "except");
	const selects = podSelector !== undefined || namespaceSelector !== undefined;
	return {
		podSelector,
		namespaceSelector,
		ipBlock: block?.value && { node: block.value, cidr, except },
		node,
		readable:
			![pods, namespaces, block, cidr, readField(block?.value, "except", list), ...except].some(isUnreadable) &&
			podSelector?.complete !== false &&
			namespaceSelector?.complete !== false &&
			(block?.value ? !selects && given(cidr) !== undefined : selects),
	};
}

/** Every block of addresses that its rules name. */
export function blocksOf({ rules }: NetworkPolicy): readonly IpBlock[] {
	return peersOf(rules).flatMap(({ ipBlock }) => ipBlock ?? []);
}

/** Every selector of it: of its own Pods, and of those at the other end. */
export function selectorsOf({ podSelector, rules }: NetworkPolicy): readonly LabelSelector[] {
	return [podSelector, ...peersOf(rules).flatMap((peer) => [peer.podSelector, peer.namespaceSelector])].flatMap((one) => one ?? []);
}

function peersOf(rules: NetworkPolicy["rules"]): readonly PolicyPeer[] {
	return [...rules.ingress, ...rules.egress].flatMap(({ peers }) => peers);
}

function readPort(node: MapNode): PolicyPort {
	return {
		node,
		port: readField(node, "port", intOrText),
		endPort: readField(node, "endPort", int32),
		protocol: readField(node, "protocol", text),
	};
}

function itemsOf(parent: Node | undefined, name: string): readonly Node[] {
	return readField(parent, name, list)?.value?.items ?? [];
}
