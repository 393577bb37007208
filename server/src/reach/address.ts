import { configuredNodes, type KnownNode, knownNode, mayRunOn } from "../links/placement.ts";
import { contains, parseAddress, parseNetwork } from "../model/address.ts";
import type { ClusterNode } from "../model/clusterNode.ts";
import { type Field, isUnreadable, writtenAs } from "../model/field.ts";
import { isClusterNode } from "../model/manifest.ts";
import { describe, type KubeObject } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";

/** More known addresses than this are not listed: the word `nodeIP` stands for them. */
const MOST_ADDRESSES = 20;

/** The addresses of the cluster's nodes where they are known, else the word `nodeIP`. */
function nodeHosts(settings: Settings, unit: Unit): readonly string[] {
	return listed(machines(settings, unit).flatMap(({ addresses }) => addresses));
}

/** Addresses of the nodes that may run a workload's Pods. */
export interface PodHosts {
	readonly hosts: readonly string[];
	/** Why none of the nodes that are known may. */
	readonly doubt: string | undefined;
}

export function podNodeHosts(settings: Settings, unit: Unit, workload: Workload): PodHosts {
	const all = machines(settings, unit);
	const fitting = all.filter(({ node }) => mayRunOn(workload, node));
	const doubt = all.length > 0 && fitting.length === 0 ? `No node that is known may run ${describe(workload)}` : undefined;
	return { hosts: listed(fitting.flatMap(({ addresses }) => addresses)), doubt };
}

/** Addresses of nodes, and whether node ports answer on them. */
export interface NodePortHosts {
	readonly hosts: readonly string[];
	/** Why they do not. */
	readonly closed: string | undefined;
}

/**
 * The addresses of nodes on which node ports answer. `primary` are the first addresses of a node, one of each family; the mode
 * nftables has no others unless it is told. Source: getNodeIPs and NodePortAddresses of pkg/proxy.
 */
export function nodePortHosts(settings: Settings, unit: Unit): NodePortHosts {
	const { mode, nodePortAddresses } = settings.cluster.proxy;
	const wanted = nodePortAddresses.length > 0 ? nodePortAddresses : mode === "nftables" ? ["primary"] : [];
	const all = machines(settings, unit);
	if (wanted.length === 0 || all.length === 0) {
		const loopback = wanted.length > 0 && wanted.every((network) => /^(127\.|::1\/)/.test(network));
		return { hosts: nodeHosts(settings, unit), closed: loopback ? closedWords(wanted) : undefined };
	}
	const networks = wanted.flatMap((text) => parseNetwork(text) ?? []);
	const open = all.flatMap(({ addresses, primary }) =>
		addresses.filter((text) => {
			const address = parseAddress(text);
			return (wanted.includes("primary") && primary.includes(text)) || (address && networks.some((network) => contains(network, address)));
		}),
	);
	return open.length > 0 ? { hosts: listed(open), closed: undefined } : { hosts: nodeHosts(settings, unit), closed: closedWords(wanted) };
}

function closedWords(wanted: readonly string[]): string {
	return `kube-proxy answers node ports on ${wanted.join(", ")} only (nodePortAddresses)`;
}

interface Machine {
	readonly node: KnownNode;
	readonly addresses: readonly string[];
	readonly primary: readonly string[];
}

/** Configured nodes and Node objects of the unit, as far as their addresses are known. */
function machines(settings: Settings, unit: Unit): readonly Machine[] {
	const objects = unit.find(NODES, "");
	let known = knownMachines.get(objects);
	if (known?.settings !== settings) {
		known = { settings, machines: machinesOf(settings, objects, configuredNodes(unit, settings)) };
		knownMachines.set(objects, known);
	}
	return known.machines;
}

/** For every Service and every workload they are the same. */
const knownMachines = new WeakMap<readonly ClusterNode[], { readonly settings: Settings; readonly machines: readonly Machine[] }>();

function machinesOf(settings: Settings, objects: readonly ClusterNode[], known: readonly KnownNode[]): readonly Machine[] {
	const configured = settings.cluster.nodes.flatMap(({ addresses }, index): readonly Machine[] => {
		const node = known[index];
		return node ? [{ node, addresses, primary: firstOfEach(addresses) }] : [];
	});
	const written = objects.map((object): Machine => {
		const { addresses, internal } = object;
		return { node: knownNode(object), addresses, primary: firstOfEach(internal.length > 0 ? internal : addresses) };
	});
	return [...configured, ...written].filter(({ addresses }) => addresses.length > 0);
}

function firstOfEach(addresses: readonly string[]): readonly string[] {
	return [addresses.find((text) => !text.includes(":")), addresses.find((text) => text.includes(":"))].flatMap((text) => text ?? []);
}

function listed(addresses: readonly string[]): readonly string[] {
	const known = [...new Set(addresses)];
	return known.length > 0 && known.length <= MOST_ADDRESSES ? known : ["nodeIP"];
}

const NODES = objectIndex((object) => (isClusterNode(object) ? [["", object]] : []));

/** `10.0.0.1:80`, `[fd00::1]:80`; the host alone where there is no port to dial. */
export function withPort(host: string, port: number | string | null): string {
	const written = host.includes(":") ? `[${host}]` : host;
	return port === null ? host : `${written}:${port}`;
}

/** `web.default.svc.cluster.local`; the namespace is the one that kubectl takes where none is written. */
export function serviceDomainName(settings: Settings, service: KubeObject): string {
	const { name, namespace, generateName } = service.metadata;
	const label = writtenText(name) ?? `${writtenText(generateName) ?? ""}<generated>`;
	return `${label}.${writtenText(namespace) ?? "default"}.svc.${settings.cluster.domain}`;
}

/** A text field's value, or a placeholder as it is spelled. */
function writtenText(field: Field<string> | undefined): string | undefined {
	return field?.value || (isUnreadable(field) ? spelling(field) : undefined);
}

/** What is written in a field whose value cannot be told, for addresses that are only partly known. */
export function spelling(field: Field<unknown> | undefined): string {
	return writtenAs(field?.node);
}
