import { entryOf, type MapNode, type Node, type ScalarNode } from "../yaml/nodes.ts";
import { type Field, given, int32, intOrText, isUnreadable, list, map, NOTHING, readField, text } from "./field.ts";
import type { KubeObject } from "./object.ts";
import { readItems } from "./service.ts";

/** What a controller forwards from the outside, by host and path, to Services of the Ingress' own namespace. */
export interface Ingress extends KubeObject {
	readonly kind: "Ingress";
	readonly spec: MapNode | undefined;
	readonly className: Field<string> | undefined;
	/** Every backend with what leads to it, in the order of the text; a default backend stands last. */
	readonly routes: readonly IngressRoute[];
	readonly tls: readonly { readonly hosts: readonly Field<string>[] }[];
}

export interface IngressRoute {
	/** Absent for every host. */
	readonly host: Field<string> | undefined;
	readonly path: Field<string> | undefined;
	readonly pathType: Field<string> | undefined;
	/** It takes what no rule takes. */
	readonly isDefault: boolean;
	readonly backend: IngressBackend;
}

export interface IngressBackend {
	readonly key: ScalarNode;
	readonly node: MapNode;
	readonly service: Field<string> | undefined;
	/** The Service's `port` or the name of one of its ports; `undefined` where none is written, or both. */
	readonly port: Field<number | string> | undefined;
	/** An object of another kind takes the requests. */
	readonly resource: { readonly kind: string; readonly name: string } | undefined;
}

export function readIngress(object: KubeObject): Ingress {
	const spec = readField(object.root, "spec", map)?.value;
	const rules = itemsOf(spec, "rules").flatMap((rule) => {
		const host = readField(rule, "host", text);
		return itemsOf(readField(rule, "http", map)?.value, "paths").flatMap((path) => readRoute(host, path, "backend", false));
	});
	const [first] = readRoute(undefined, spec, "defaultBackend", true);
	// Before networking.k8s.io/v1 the default backend was called `backend`.
	const fallback = first ? [first] : readRoute(undefined, spec, "backend", true);
	const { apiVersion, source, owner, root, kindField, metadata, broken } = object;
	return {
		apiVersion,
		kind: "Ingress",
		source,
		owner,
		root,
		kindField,
		metadata,
		broken,
		spec,
		className: readField(spec, "ingressClassName", text),
		routes: [...rules, ...fallback],
		tls: itemsOf(spec, "tls").map((item) => ({ hosts: readItems(item, "hosts") })),
	};
}

function readRoute(host: Field<string> | undefined, parent: Node | undefined, name: string, isDefault: boolean): readonly IngressRoute[] {
	const entry = entryOf(parent, name);
	if (entry?.value.kind !== "map") return [];
	const at = isDefault ? undefined : parent;
	return [
		{
			host,
			path: readField(at, "path", text),
			pathType: readField(at, "pathType", text),
			isDefault,
			backend: readBackend(entry.key, entry.value),
		},
	];
}

function readBackend(key: ScalarNode, node: MapNode): IngressBackend {
	const service = readField(node, "service", map)?.value;
	const port = readField(service, "port", map)?.value;
	const number: Field<number | string> | undefined = readField(port, "number", int32);
	const name: Field<number | string> | undefined = readField(port, "name", text);
	const [only, second] = [number, name].filter((field) => given(field) !== undefined || isUnreadable(field));
	const resource = readField(node, "resource", map)?.value;
	return {
		key,
		node,
		service: readField(service, "name", text) ?? readField(node, "serviceName", text),
		port: second ? undefined : (only ?? readField(node, "servicePort", intOrText)),
		resource: resource && {
			kind: readField(resource, "kind", text)?.value ?? NOTHING,
			name: readField(resource, "name", text)?.value ?? NOTHING,
		},
	};
}

/** Whether requests for a host come over TLS; entries without hosts are for all. */
export function isSecured({ tls }: Ingress, host: string | undefined): boolean {
	return tls.some(({ hosts }) => hosts.length === 0 || hosts.some(({ value }) => value !== undefined && covers(value, host)));
}

/** A `*` stands for exactly one label. */
function covers(pattern: string, host: string | undefined): boolean {
	if (host === undefined) return false;
	return pattern === host || (pattern.startsWith("*.") && host.replace(/^[^.]+/, "*") === pattern);
}

function itemsOf(parent: Node | undefined, name: string): readonly Node[] {
	return readField(parent, name, list)?.value?.items ?? [];
}
