import type { CustomWorkload } from "../settings/settings.ts";
import type { Source } from "../text/source.ts";
import { entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import { type Parsed, parseSource } from "../yaml/parse.ts";
import { type ClusterNode, readClusterNode } from "./clusterNode.ts";
import { type Ingress, readIngress } from "./ingress.ts";
import { type NetworkPolicy, readNetworkPolicy } from "./networkPolicy.ts";
import { isRendered, type KubeObject, type Owner, type RenderedRoot, readObject } from "./object.ts";
import { readService, type Service } from "./service.ts";
import { isWorkloadKind, readWorkload, type Workload } from "./workload.ts";

/** What one document of a file says, or what one was rendered to: the objects in it, and whether it could be read as a whole. */
export interface Manifest {
	readonly owner: Owner;
	/** The text of the document; of a rendered one the text that it comes from. */
	readonly source: Source;
	/** `undefined` where the text cannot hold an object that Portolan knows, so it was not parsed. */
	readonly parsed: Parsed | undefined;
	/** The objects, those inside a List included, in the order of the text; none of a text that is deployed only as it is rendered. */
	readonly objects: readonly KubeObject[];
	/** The objects that the text holds, deployed so or not; none of what was rendered. */
	readonly written: readonly KubeObject[];
	/** It is deployed only as it is rendered. */
	readonly onlyText: boolean;
}

/** Every kind that something is said about, or that changes what is said about another. */
export type ModelledObject = Service | Workload | ClusterNode | NetworkPolicy | Ingress | KubeObject;

type Cache = WeakMap<Source, Manifest>;

const cache: Cache = new WeakMap();
const withCustom = new WeakMap<readonly CustomWorkload[], Cache>();

const NONE: readonly CustomWorkload[] = [];

/** Reads a document's objects, once for each text and list of custom workloads. Never throws. */
export function readManifest(source: Source, custom: readonly CustomWorkload[] = NONE): Manifest {
	const concerned = custom.some(({ kind }) => source.text.includes(kind));
	const known = concerned ? cacheFor(custom) : cache;
	let manifest = known.get(source);
	if (!manifest) {
		manifest = read(source, concerned ? custom : NONE);
		known.set(source, manifest);
	}
	return manifest;
}

function cacheFor(custom: readonly CustomWorkload[]): Cache {
	let found = withCustom.get(custom);
	if (!found) {
		found = new WeakMap();
		withCustom.set(custom, found);
	}
	return found;
}

/** Words of which one stands in every document that holds a modelled object, or something that holds a Pod template. */
const WANTED =
	/\b(?:(?:Service|Pod|Deployment|ReplicaSet|StatefulSet|DaemonSet|ReplicationController|Job|CronJob|Node|Endpoints|EndpointSlice|Ingress|NetworkPolicy|Namespace)(?:List)?|List|containers)\b/;

/** A cheap test on the text that says "no" only when parsing could not find an object. */
export function mayHoldObjects(text: string): boolean {
	return text.includes("kind") && WANTED.test(text);
}

function read(source: Source, custom: readonly CustomWorkload[]): Manifest {
	if (!mayHoldObjects(source.text))
		return { owner: source, source, parsed: undefined, objects: NOTHING, written: NOTHING, onlyText: false };
	const parsed = parseSource(source);
	const objects = parsed.root ? objectsIn(parsed.root, parsed.problems.length > 0, custom, source) : NOTHING;
	return { owner: source, source, parsed, objects, written: objects, onlyText: false };
}

const NOTHING: readonly KubeObject[] = [];

const texts = new WeakMap<Manifest, Manifest>();

/** A document as a text that is deployed only as it is rendered. */
export function asText(manifest: Manifest): Manifest {
	let text = texts.get(manifest);
	if (!text) {
		text = { ...manifest, objects: NOTHING, onlyText: true };
		texts.set(manifest, text);
	}
	return text;
}

const rendered = new WeakMap<readonly CustomWorkload[], WeakMap<RenderedRoot, Manifest>>();

/** Reads what was rendered, once for each list of custom workloads. */
export function readRendered(owner: RenderedRoot, custom: readonly CustomWorkload[] = NONE): Manifest {
	let known = rendered.get(custom);
	if (!known) {
		known = new WeakMap();
		rendered.set(custom, known);
	}
	let manifest = known.get(owner);
	if (!manifest) {
		const { source } = owner.root;
		const objects = objectsIn(withUnknown(owner.root, owner.unknown ?? []), false, custom, owner);
		manifest = { owner, source, parsed: undefined, objects, written: NOTHING, onlyText: false };
		known.set(owner, manifest);
	}
	return manifest;
}

/** The same with placeholders for what is not known before it is deployed. */
function withUnknown(root: MapNode, pointers: readonly string[]): MapNode {
	return withTexts(root, new Map(pointers.map((pointer) => [pointer, UNKNOWN])));
}

const UNKNOWN = "$(UNKNOWN)";

/** The same with other texts at some JSON pointers. */
export function withTexts(root: MapNode, texts: ReadonlyMap<string, string>): MapNode {
	let changed: MapNode = root;
	for (const [pointer, text] of texts) {
		const node = withText(changed, pointer.split("/").slice(1), text);
		if (node.kind === "map") changed = node;
	}
	return changed;
}

function withText(node: Node, [name, ...rest]: readonly string[], text: string): Node {
	if (name === undefined) {
		const { source, start, end, via } = node;
		return { kind: "scalar", source, start, end, value: text, text, style: "plain", ...(via && { via }) };
	}
	if (node.kind === "seq")
		return { ...node, items: node.items.map((item, at) => (String(at) === name ? withText(item, rest, text) : item)) };
	if (node.kind === "scalar") return node;
	const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
	const entries = node.entries.map((entry) => (entry.name === key ? { ...entry, value: withText(entry.value, rest, text) } : entry));
	return { ...node, entries };
}

/** What a document that is deployed holds, of whatever kind, where one of some words stands in it (of what was rendered: as its kind). */
export function rootWith({ owner, source, parsed, onlyText }: Manifest, word: RegExp): Node | undefined {
	if (isRendered(owner)) {
		const kind = valueAt(owner.root, "kind");
		return kind?.kind === "scalar" && word.test(kind.text) ? owner.root : undefined;
	}
	return !onlyText && word.test(source.text) ? (parsed ?? parseSource(source)).root : undefined;
}

function objectsIn(root: Node, broken: boolean, custom: readonly CustomWorkload[], owner: Owner): readonly KubeObject[] {
	if (root.kind !== "map") return [];
	const items = entryOf(root, "items")?.value;
	const object = readObject(root, broken, owner);
	if (object.kind.endsWith("List") && items?.kind === "seq") {
		return items.items.flatMap((item) => (item.kind === "map" ? objectsIn(typed(item, object), broken, custom, owner) : []));
	}
	const modelled = readModelled(object, custom);
	return modelled ? [modelled] : [];
}

/** Items of a ServiceList and its like may leave out their kind, which the list's own tells. */
function typed(item: MapNode, list: KubeObject): MapNode {
	const kind = list.kind.slice(0, -"List".length);
	if (kind === "" || entryOf(item, "kind")) return item;
	const entries = ["apiVersion", "kind"].flatMap((name) => {
		const entry = entryOf(list.root, name);
		if (entry?.value.kind !== "scalar") return [];
		const text = name === "kind" ? kind : entry.value.text;
		return [{ ...entry, value: { ...entry.value, value: text, text }, merged: true }];
	});
	return { ...item, entries: [...entries, ...item.entries] };
}

/** Whether Kubernetes has the kind in that version of its API, and something is said about it here. */
export function isModelledKind(apiVersion: string, kind: string): boolean {
	if (isWorkloadKind(apiVersion, kind)) return true;
	return apiVersion === "v1"
		? /^(Service|Node|Endpoints|Namespace|List)$/.test(kind)
		: (kind === "EndpointSlice" && apiVersion.startsWith("discovery.k8s.io/")) ||
				(Object.hasOwn(NETWORKING, kind) && NETWORKING[kind]?.test(apiVersion) === true);
}

/** The groups and versions that the kinds of networking have had. */
const NETWORKING: Readonly<Record<string, RegExp | undefined>> = {
	NetworkPolicy: /^(networking\.k8s\.io\/v1|extensions\/v1beta1)$/,
	Ingress: /^(networking\.k8s\.io\/v1(beta1)?|extensions\/v1beta1)$/,
};

const OTHER_KINDS: ReadonlySet<string> = new Set(["Endpoints", "EndpointSlice"]);

function readModelled(object: KubeObject, custom: readonly CustomWorkload[]): ModelledObject | undefined {
	if (object.kind === "Service" && object.apiVersion === "v1") return readService(object);
	if (object.kind === "Node" && object.apiVersion === "v1") return readClusterNode(object);
	if (Object.hasOwn(NETWORKING, object.kind) && NETWORKING[object.kind]?.test(object.apiVersion)) {
		return object.kind === "Ingress" ? readIngress(object) : readNetworkPolicy(object);
	}
	if (object.kind === "Namespace" && object.apiVersion === "v1") return object;
	return readWorkload(object, custom) ?? (OTHER_KINDS.has(object.kind) ? object : undefined);
}

export function isService(object: KubeObject): object is Service {
	return object.kind === "Service" && "ports" in object;
}

export function isWorkload(object: KubeObject): object is Workload {
	return "template" in object;
}

export function isClusterNode(object: KubeObject): object is ClusterNode {
	return object.kind === "Node" && "addresses" in object;
}

export function isNetworkPolicy(object: KubeObject): object is NetworkPolicy {
	return object.kind === "NetworkPolicy" && "closes" in object;
}

export function isIngress(object: KubeObject): object is Ingress {
	return object.kind === "Ingress" && "routes" in object;
}
