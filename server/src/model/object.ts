import type { Place, Source } from "../text/source.ts";
import { entryOf, type MapNode, type Node } from "../yaml/nodes.ts";
import { type Field, isUnreadable, NOTHING, readField, text, writtenAs } from "./field.ts";
import { type LabelMap, readLabels } from "./labels.ts";

/** What every Kubernetes object has, with the places of its fields. */
export interface KubeObject {
	readonly apiVersion: string;
	readonly kind: string;
	/** The document that the object stands in; of a rendered object the one that it comes from, though its fields may stand elsewhere. */
	readonly source: Source;
	/** What it is a part of: the text of its document, or what was rendered. */
	readonly owner: Owner;
	readonly root: MapNode;
	readonly kindField: Field<string> | undefined;
	readonly metadata: Metadata;
	/** The YAML around it could not be read as a whole: what is missing may be there. */
	readonly broken: boolean;
}

/** What tells documents apart: the text of one, or an object that was rendered. */
export type Owner = Source | RenderedRoot;

/** An object that was rendered: the same for as long as nothing of it changes. Its nodes may stand in several files. */
export interface RenderedRoot {
	readonly root: MapNode;
	/** What is not known before it is deployed: JSON pointers (RFC 6901). */
	readonly unknown?: readonly string[];
	/** What is shown in the place of some of them. */
	readonly marked?: ReadonlyMap<string, string>;
	/** What the text is like in which a template of a chart printed it; absent for what is rendered otherwise. */
	readonly printed?: PrintedText;
}

/** What a printed text has beside the object that is read from it. */
export interface PrintedText {
	/** A key stands twice in one of its maps. */
	readonly hasDuplicates: boolean;
	/** The first line behind the end of the document, which is lost. */
	readonly trailing: Place | undefined;
}

export function isRendered(owner: Owner): owner is RenderedRoot {
	return "root" in owner;
}

export interface Metadata {
	readonly node: MapNode | undefined;
	readonly name: Field<string> | undefined;
	readonly generateName: Field<string> | undefined;
	readonly namespace: Field<string> | undefined;
	readonly labels: LabelMap | undefined;
	readonly annotations: LabelMap | undefined;
	/** Made by a controller (an ownerReference with `controller: true`), or a Pod or Job that Helm runs once (a hook): no workload beside the others. */
	readonly controlled: boolean;
	/** The controller that made it, by the ownerReference. */
	readonly controller: Controller | undefined;
}

export interface Controller {
	readonly kind: string;
	readonly name: string;
}

export function readObject(root: MapNode, broken: boolean, owner: Owner = root.source): KubeObject {
	const kindField = readField(root, "kind", text);
	return {
		apiVersion: readField(root, "apiVersion", text)?.value ?? "",
		kind: kindField?.value ?? "",
		source: root.source,
		owner,
		root,
		kindField,
		metadata: readMetadata(root),
		broken,
	};
}

export function readMetadata(parent: MapNode): Metadata {
	const value = entryOf(parent, "metadata")?.value;
	const node = value?.kind === "map" ? value : undefined;
	const controller = controllerOf(node);
	return {
		node,
		name: readField(node, "name", text),
		generateName: readField(node, "generateName", text),
		namespace: readField(node, "namespace", text),
		labels: readLabels(node, "labels"),
		annotations: readLabels(node, "annotations"),
		controlled: controller !== undefined || isHook(parent, node),
		controller,
	};
}

function controllerOf(metadata: MapNode | undefined): Controller | undefined {
	const owners = entryOf(metadata, "ownerReferences")?.value;
	const owner = owners?.kind === "seq" ? owners.items.find((item) => isTrue(entryOf(item, "controller")?.value)) : undefined;
	if (!owner) return undefined;
	const [kind = "", name = ""] = ["kind", "name"].map((field) => readField(owner, field, text)?.value);
	return { kind, name };
}

/** Source: https://helm.sh/docs/topics/charts_hooks/ */
function isHook(object: MapNode, metadata: MapNode | undefined): boolean {
	const kind = entryOf(object, "kind")?.value;
	return (
		kind?.kind === "scalar" &&
		/^(Pod|Job)$/.test(kind.text) &&
		entryOf(entryOf(metadata, "annotations")?.value, "helm.sh/hook") !== undefined
	);
}

function isTrue(node: Node | undefined): boolean {
	return node?.kind === "scalar" && node.value === true;
}

/** The name as it will be in the cluster; `undefined` where it is generated, a placeholder, or not readable. */
export function nameOf(object: KubeObject): string | undefined {
	return object.metadata.name?.value;
}

/** The namespace that is written, `undefined` where none is, or where it is a placeholder or not readable: see `sameNamespace`. */
export function namespaceOf(object: KubeObject): string | undefined {
	const value = object.metadata.namespace?.value;
	return value === "" ? undefined : value;
}

/** `Deployment web`, for messages. */
export function describe(object: KubeObject): string {
	return `${object.kind} ${nameOf(object) || "without a name"}`;
}

/** `default/web`: the name with the namespace that kubectl would take where none is written. */
export function qualifiedName(object: KubeObject): string {
	return `${writtenNamespace(object) ?? "default"}/${nameOf(object) ?? ""}`;
}

/** `default/web` for a title; a name that is generated or missing says so. */
export function titleOf(object: KubeObject): string {
	const { name, generateName } = object.metadata;
	const words = name?.value || (name ? writtenAs(name.node) : generateName ? `${writtenAs(generateName.node)}<generated>` : NOTHING);
	return `${writtenNamespace(object) ?? "default"}/${words}`;
}

/** What is written as the namespace, also where it cannot be read; `undefined` where nothing is. */
export function writtenNamespace(object: KubeObject): string | undefined {
	const field = object.metadata.namespace;
	const unreadable = isUnreadable(field) && field?.node.kind === "scalar" ? field.node.text : undefined;
	return namespaceOf(object) ?? unreadable;
}

/**
 * Whether two objects end up in one namespace. Two that write none do, and so do none and `default`; none against another
 * name cannot be told, for `kubectl -n` decides.
 */
export function sameNamespace(a: KubeObject, b: KubeObject): "yes" | "no" | "cannot-tell" {
	if (isUnreadable(a.metadata.namespace) || isUnreadable(b.metadata.namespace)) {
		return sameText(a, b) ? "yes" : "cannot-tell";
	}
	const one = namespaceOf(a);
	const other = namespaceOf(b);
	if (one === other || (one ?? "default") === (other ?? "default")) return "yes";
	return one === undefined || other === undefined ? "cannot-tell" : "no";
}

function sameText(a: KubeObject, b: KubeObject): boolean {
	const one = a.metadata.namespace?.node;
	const other = b.metadata.namespace?.node;
	return one?.kind === "scalar" && other?.kind === "scalar" && one.text === other.text;
}
