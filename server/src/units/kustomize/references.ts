import { entryOf, isNull, type MapNode, type Node, valueAt } from "../../yaml/nodes.ts";
import { problemOf } from "./build.ts";
import { atField, type FieldSpec } from "./fieldSpec.ts";
import { inSameContext } from "./names.ts";
import { type Problem, Refusal } from "./problem.ts";
import type { NameReference } from "./referenceTable.ts";
import { effectiveNamespace, idOf, isOfKind, type Kinds, label, originalId, type Resource, textAt } from "./resource.ts";
import { isClusterScoped } from "./scope.ts";
import { changedItems, scalarNode, textNode, withValue } from "./tree.ts";

/**
 * Lets references follow the names of what they mean. Source: the nameref filter of kustomize: what counts is the name that an
 * object had anywhere on the way, its kind, its namespace and, where several are left, the prefixes and suffixes.
 */
export function withReferences(
	resources: readonly Resource[],
	references: readonly NameReference[],
	problems: Problem[],
): readonly Resource[] {
	const changed = resources.filter(({ previous }) => previous.length > 0);
	if (changed.length === 0) return resources;
	const present = references.filter((reference) => changed.some(({ previous }) => previous.some((id) => isOfKind(id, reference))));
	const current = [...resources];
	for (const [index, resource] of current.entries()) {
		const first = originalId(resource);
		let referrer = resource;
		for (const reference of present) {
			for (const spec of reference.referrers) {
				if (!isOfKind(first, spec)) continue;
				referrer = followed(referrer, current, reference, spec, problems);
			}
		}
		current[index] = referrer;
	}
	return current;
}

function followed(referrer: Resource, resources: readonly Resource[], target: Kinds, { path }: FieldSpec, problems: Problem[]): Resource {
	const { group, version, kind } = idOf(referrer);
	const finder = { referrer, resources, target, path };
	try {
		const root = atField(referrer.root, { group, version, kind, path, create: false }, (node) => renamed(node, finder));
		return root === referrer.root ? referrer : { ...referrer, root };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		problems.push(problemOf(error, referrer.uri));
		return referrer;
	}
}

interface Finder {
	readonly referrer: Resource;
	readonly resources: readonly Resource[];
	readonly target: Kinds;
	readonly path: readonly string[];
}

function renamed(node: Node, finder: Finder): Node {
	if (isNull(node)) return node;
	if (node.kind === "seq") return changedItems(node, (item) => (item.kind === "seq" ? item : renamed(item, finder)));
	return node.kind === "map" ? renamedMap(node, finder) : renamedText(node, finder);
}

function renamedText(node: Node, finder: Finder): Node {
	const name = node.kind === "scalar" ? node.text : "";
	const found = chosen(finder, name, node, undefined);
	return found ? withName(node, found, name) : node;
}

/** The name that an object has now, where the reference is written; what gave the name comes with it. */
function withName(node: Node, target: Resource, old: string): Node {
	const name = valueAt(target.root, "metadata", "name");
	const text = idOf(target).name;
	if (text === old) return node;
	return scalarNode(node, text, text, [...(node.via ?? []), ...(name?.via ?? [])]);
}

/** A map that names an object: its namespace, where it has one, tells which, and becomes that of the object. */
function renamedMap(node: MapNode, finder: Finder): Node {
	const name = entryOf(node, "name");
	if (name?.value.kind !== "scalar") throw new Refusal("invalid", "This reference has no name", node);
	const namespace = entryOf(node, "namespace")?.value;
	const old = name.value.text;
	const found = chosen(finder, old, node, namespace?.kind === "scalar" ? namespace.text : undefined);
	if (!found) return node;
	const own = idOf(found).namespace;
	const result = withValue(node, "name", withName(name.value, found, old), name.key);
	if (own === "" || (namespace?.kind === "scalar" && namespace.text === own)) return result;
	const from = valueAt(found.root, "metadata", "namespace") ?? node;
	return withValue(result, "namespace", textNode(from, own), textNode(from, "namespace"));
}

/** The object that a name means, if kustomize knows it. */
function chosen(finder: Finder, name: string, at: Node, namespace: string | undefined): Resource | undefined {
	const { referrer } = finder;
	let found = finder.resources.filter(({ previous }) => previous.some((id) => id.name === name));
	if (found.length === 0) return undefined;
	found = inReach(found, referrer);
	if (namespace !== undefined) found = inNamespace(found, finder.resources, namespace);
	found = found.filter(({ previous }) => previous.some((id) => isOfKind(id, finder.target)));
	found = found.filter(fitsRole(finder)).filter(inNamespaceOf(referrer));
	if (found.length === 1) return found[0];
	found = found.filter((each) => inSameContext(each, referrer, true));
	if (found.length > 1) found = found.filter((each) => inSameContext(each, referrer, false));
	const [first] = found;
	if (!first || found.every((each) => sameResult(each, first, at.kind === "map"))) return first;
	throw new Refusal("invalid", `${name} may mean ${found.map((each) => label(idOf(each))).join(" or ")}`, at, { name });
}

function sameResult(a: Resource, b: Resource, withNamespace: boolean): boolean {
	const [mine, theirs] = [idOf(a), idOf(b)];
	return mine.name === theirs.name && (!withNamespace || mine.namespace === theirs.namespace);
}

/** What an object can refer to: what is in its namespace or in none, and the service accounts that a role binding names. */
function inReach(found: readonly Resource[], referrer: Resource): Resource[] {
	const own = idOf(referrer);
	if (isClusterScoped(own)) return [...found];
	const namespaces = own.kind === "RoleBinding" ? accountNamespaces(referrer) : new Set<string>();
	return found.filter((each) => {
		const id = idOf(each);
		return isClusterScoped(id) || effectiveNamespace(id) === effectiveNamespace(own) || namespaces.has(id.namespace);
	});
}

function accountNamespaces({ root }: Resource): ReadonlySet<string> {
	const subjects = entryOf(root, "subjects")?.value;
	const items = subjects?.kind === "seq" ? subjects.items : [];
	return new Set(items.filter((item) => textAt(item, "kind") === "ServiceAccount").map((item) => textAt(item, "namespace")));
}

/** Those that were in a namespace first; where none was, those that are in it now. */
function inNamespace(found: readonly Resource[], all: readonly Resource[], namespace: string): Resource[] {
	const was = (each: Resource) => effectiveNamespace(originalId(each)) === namespace;
	const is = (each: Resource) => effectiveNamespace(idOf(each)) === namespace;
	return found.filter(all.some(was) ? was : is);
}

/** A role that is referred to has the kind and the group that stand beside its name. */
function fitsRole({ referrer, path }: Finder): (resource: Resource) => boolean {
	const role = entryOf(referrer.root, "roleRef")?.value;
	const [group, kind] = [entryOf(role, "apiGroup")?.value, entryOf(role, "kind")?.value];
	if (path.slice(-2).join("/") !== "roleRef/name" || group?.kind !== "scalar" || kind?.kind !== "scalar") return () => true;
	const wanted = { group: group.text, kind: kind.text };
	return ({ previous }) => previous.some((id) => isOfKind(id, wanted));
}

function inNamespaceOf(referrer: Resource): (resource: Resource) => boolean {
	const own = idOf(referrer);
	if (isClusterScoped(own)) return () => true;
	return (each) => {
		const id = idOf(each);
		return isClusterScoped(id) || id.kind === "ServiceAccount" || effectiveNamespace(id) === effectiveNamespace(own);
	};
}
