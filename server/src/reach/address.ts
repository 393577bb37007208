import { type Field, isUnreadable } from "../model/field.ts";
import { isClusterNode } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import type { Settings } from "../settings/settings.ts";
import { objectIndex } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";

/** More known addresses than this are not listed: the word `nodeIP` stands for them. */
const MOST_ADDRESSES = 20;

/** The addresses of the cluster's nodes where they are known, else the word `nodeIP`. */
export function nodeHosts(settings: Settings, unit: Unit): readonly string[] {
	const configured = settings.cluster.nodes.flatMap(({ addresses }) => addresses);
	const known = [...new Set([...configured, ...unit.find(ADDRESSES, "")])];
	return known.length > 0 && known.length <= MOST_ADDRESSES ? known : ["nodeIP"];
}

/** Addresses of the unit's own Node objects. */
const ADDRESSES = objectIndex((object) => (isClusterNode(object) ? object.addresses.map((address) => ["", address] as const) : []));

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
	const node = field?.node;
	return node?.kind === "scalar" && node.text !== "" ? node.text : "?";
}
