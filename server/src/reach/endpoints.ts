import { isUnreadable, readField, text } from "../model/field.ts";
import { labelOf } from "../model/labels.ts";
import { type KubeObject, nameOf, namespaceOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { entryOf, type Node, valueAt } from "../yaml/nodes.ts";

/** Addresses and ports that belong together: a subset of an Endpoints object, or an EndpointSlice. */
export interface WrittenEndpoints {
	readonly object: KubeObject;
	/** How many addresses take connections; draining ones only where no other is left anywhere. */
	readonly ready: number;
	readonly draining: number;
	readonly ports: readonly WrittenPort[];
	/** Who stands behind the addresses: the ready ones, or the draining ones where there are no others. */
	readonly members: readonly WrittenMember[];
}

export interface WrittenMember {
	readonly addresses: readonly string[];
	/** The Pod that the entry names, as `NS/NAME`. */
	readonly pod: string | undefined;
}

export interface WrittenPort {
	readonly node: Node;
	/** "" for an unnamed port. */
	readonly name: string;
	readonly port: number | undefined;
	readonly protocol: string;
	/** Both name and protocol are what they say, and no text that a template fills in. */
	readonly isReadable: boolean;
}

/**
 * What Endpoints and EndpointSlice objects of the unit list for a Service: Endpoints by its name, slices by their label.
 * Those in a namespace that may be another one are left out.
 */
export function writtenEndpoints(unit: Unit, service: Service): readonly WrittenEndpoints[] {
	const name = nameOf(service);
	if (name === undefined) return [];
	return unit
		.find(HOLDERS, name, (object) => sameNamespace(service, object) === "yes")
		.filter((object) => sees(unit, service, object))
		.flatMap((object) => (object.kind === "Endpoints" ? subsetsOf(object) : [sliceOf(object)]));
}

/** Endpoints and EndpointSlices by the name of the Service that they belong to. */
const HOLDERS = objectIndex((object) => {
	const name = object.kind === "Endpoints" || object.kind === "EndpointSlice" ? serviceNameOf(object) : undefined;
	return name === undefined ? [] : [[name, object]];
});

/** The name of the Service that an Endpoints or EndpointSlice object belongs to. */
export function serviceNameOf(object: KubeObject): string | undefined {
	return object.kind === "Endpoints" ? nameOf(object) : labelOf(object.metadata.labels, "kubernetes.io/service-name")?.value;
}

/** An object without subsets is one empty one: it says that nobody answers. */
function subsetsOf(object: KubeObject): readonly WrittenEndpoints[] {
	const subsets = itemsOf(valueAt(object.root, "subsets"));
	if (subsets.length === 0) return [{ object, ready: 0, draining: 0, ports: [], members: [] }];
	return subsets.map((subset) => {
		const listed = itemsOf(valueAt(subset, "addresses"));
		const members = listed.map((item) => memberOf(object, item, textsOf([valueAt(item, "ip")])));
		return { object, ready: listed.length, draining: 0, ports: portsOf(subset), members };
	});
}

/**
 * Absent conditions count as ready (discovery.k8s.io/v1 EndpointConditions). kube-proxy reads addresses only, no names (endpointschangetracker.go
 * of pkg/proxy).
 */
function sliceOf(object: KubeObject): WrittenEndpoints {
	if (textsOf([valueAt(object.root, "addressType")])[0] === "FQDN")
		return { object, ready: 0, draining: 0, ports: portsOf(object.root), members: [] };
	const endpoints = itemsOf(valueAt(object.root, "endpoints"));
	const is = (endpoint: Node, name: string, absent: boolean): boolean => {
		const value = valueAt(endpoint, "conditions", name);
		return value?.kind === "scalar" && value.value !== null ? value.value === true : absent;
	};
	const ready = endpoints.filter((endpoint) => is(endpoint, "ready", true));
	const draining = endpoints.filter((endpoint) => is(endpoint, "serving", false) && is(endpoint, "terminating", false));
	const members = (ready.length > 0 ? ready : draining).map((endpoint) =>
		memberOf(object, endpoint, textsOf(itemsOf(valueAt(endpoint, "addresses")))),
	);
	return { object, ready: ready.length, draining: draining.length, ports: portsOf(object.root), members };
}

function memberOf(object: KubeObject, endpoint: Node, addresses: readonly string[]): WrittenMember {
	const target = valueAt(endpoint, "targetRef");
	const [kind, name, namespace] = ["kind", "name", "namespace"].map((field) => textsOf([valueAt(target, field)])[0]);
	const where = namespace ?? namespaceOf(object) ?? "default";
	return { addresses, pod: kind === "Pod" && name !== undefined ? `${where}/${name}` : undefined };
}

function textsOf(nodes: readonly (Node | undefined)[]): readonly string[] {
	return nodes.flatMap((node) => (node?.kind === "scalar" && node.text !== "" ? [node.text] : []));
}

function portsOf(parent: Node): readonly WrittenPort[] {
	return itemsOf(valueAt(parent, "ports")).map((item) => {
		const number = scalarAt(item, "port");
		return {
			node: item,
			name: String(scalarAt(item, "name") ?? ""),
			port: typeof number === "number" ? number : undefined,
			protocol: String(scalarAt(item, "protocol") || "TCP"),
			isReadable: !["name", "protocol"].some((field) => isUnreadable(readField(item, field, text))),
		};
	});
}

function scalarAt(node: Node, name: string): string | number | boolean | null | undefined {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" ? value.value : undefined;
}

function itemsOf(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}
