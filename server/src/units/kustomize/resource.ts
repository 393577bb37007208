import { entryOf, type MapNode, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { isClusterScoped } from "./scope.ts";
import { changed, textNode, withValue } from "./tree.ts";

/** What tells objects apart for kustomize. */
export interface Id {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly name: string;
	readonly namespace: string;
}

/** An object on its way through kustomizations. */
export interface Resource {
	readonly root: MapNode;
	/** The manifest that it comes from. */
	readonly uri: string;
	/** What it was called before, the oldest first. */
	readonly previous: readonly Id[];
	readonly prefixes: readonly string[];
	readonly suffixes: readonly string[];
	/** How a generator made it. */
	readonly generated: Generated | undefined;
	/** Variables that take their value from it. */
	readonly variables: readonly string[];
	/** A chart set its namespace, so that no kustomization does. */
	readonly fromHelm: boolean;
	readonly unknown: readonly string[];
	/** Values that kustomize holds once for several places, so that a change of one changes all. */
	readonly shared: readonly Shared[];
}

export interface Shared {
	readonly value: ScalarNode;
	/** The places: keys, and indexes in lists. */
	readonly paths: readonly (readonly string[])[];
}

export interface Generated {
	readonly behavior: "create" | "merge" | "replace";
	/** Its name ends with a hash of its content. */
	readonly hashed: boolean;
	/** The content is not known as a whole, so the hash is not. */
	readonly inexact: boolean;
}

export function resourceOf(root: MapNode, uri: string): Resource {
	return {
		root,
		uri,
		previous: [],
		prefixes: [],
		suffixes: [],
		generated: undefined,
		variables: [],
		fromHelm: false,
		unknown: [],
		shared: [],
	};
}

const ids = new WeakMap<MapNode, Id>();

export function idOf({ root }: { readonly root: MapNode }): Id {
	let id = ids.get(root);
	if (!id) {
		const apiVersion = textAt(root, "apiVersion");
		const slash = apiVersion.indexOf("/");
		const metadata = entryOf(root, "metadata")?.value;
		id = {
			group: slash < 0 ? "" : apiVersion.slice(0, slash),
			version: apiVersion.slice(slash + 1),
			kind: textAt(root, "kind"),
			name: metadata ? textAt(metadata, "name") : "",
			namespace: metadata ? textAt(metadata, "namespace") : "",
		};
		ids.set(root, id);
	}
	return id;
}

/** The id that it had first. */
export function originalId(resource: Resource): Id {
	return resource.previous[0] ?? idOf(resource);
}

/** The ids that it had, the oldest first, and the one that it has. */
export function allIds(resource: Resource): readonly Id[] {
	return resource.previous.length === 0 ? [idOf(resource)] : [...resource.previous, idOf(resource)];
}

/** Remembers what it is called before that changes. The version is always the present one. */
export function remembered(resource: Resource): Resource {
	const id = idOf(resource);
	return { ...resource, previous: [...resource.previous, { ...id, namespace: effectiveNamespace(id) }] };
}

const NO_NAMESPACE = "_non_namespaceable_";

/** The namespace that counts: `default` where none is written, one of its own for what has none. */
export function effectiveNamespace(id: Id): string {
	if (id.namespace === NO_NAMESPACE || isClusterScoped(id)) return NO_NAMESPACE;
	return id.namespace === "" ? "default" : id.namespace;
}

/** A text that no other object's id has. */
export function keyOf(id: Id): string {
	return [id.group, id.version, id.kind, id.name, effectiveNamespace(id)].join("\n");
}

export function sameObject(a: Id, b: Id): boolean {
	return sameName(a, b) && effectiveNamespace(a) === effectiveNamespace(b);
}

/** The same but for the namespace. */
export function sameName(a: Id, b: Id): boolean {
	return a.name === b.name && a.kind === b.kind && a.version === b.version && a.group === b.group;
}

/** What is not named matches anything. */
export interface Kinds {
	readonly group?: string;
	readonly version?: string;
	readonly kind?: string;
}

export function isOfKind(id: Kinds, { group, version, kind }: Kinds): boolean {
	return (!group || group === id.group) && (!version || version === id.version) && (!kind || kind === id.kind);
}

/** As people write it: `Deployment shop/web`. */
export function label({ kind, name, namespace }: Id): string {
	return `${kind} ${namespace === "" || namespace === NO_NAMESPACE ? "" : `${namespace}/`}${name}`;
}

/** The characters of a scalar; "" where there is none or it is null. */
export function textAt(node: Node, ...path: readonly string[]): string {
	const found = path.length === 1 ? entryOf(node, path[0] ?? "")?.value : valueAt(node, ...path);
	return found?.kind === "scalar" && found.value !== null ? found.text : "";
}

/** With another name, kind or namespace; `undefined` takes the namespace away. */
export function withMetadata(root: MapNode, name: "name" | "namespace", value: Node | undefined): MapNode {
	return changed(root, "metadata", (metadata) => {
		if (metadata.kind !== "map") return metadata;
		if (value === undefined) return changed(metadata, name, () => undefined);
		return withValue(metadata, name, value, entryOf(metadata, name)?.key ?? textNode(value, name));
	});
}
