import { entryOf, isNull, type MapNode, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { problemOf } from "./build.ts";
import { inSameContext } from "./names.ts";
import { type Problem, Refusal } from "./problem.ts";
import type { NameReference } from "./referenceTable.ts";
import { type Branch, branchFor, type Target } from "./referenceTree.ts";
import { effectiveNamespace, idOf, isOfKind, label, originalId, type Resource, textAt } from "./resource.ts";
import { isClusterScoped } from "./scope.ts";
import { changedEntries, changedItems, scalarNode, textNode, viaAt, withValue } from "./tree.ts";

/**
 * Lets references follow the names of what they mean. Source: the nameref filter of kustomize: what counts is the name that an
 * object had anywhere on the way, its kind, its namespace and, where several are left, the prefixes and suffixes.
 */
export function withReferences(
	resources: readonly Resource[],
	references: readonly NameReference[],
	problems: Problem[],
): readonly Resource[] {
	const byName = new Map<string, number[]>();
	for (const [index, { previous }] of resources.entries()) {
		for (const name of new Set(previous.map((id) => id.name))) {
			const known = byName.get(name);
			if (known) known.push(index);
			else byName.set(name, [index]);
		}
	}
	const current = [...resources];
	for (const [index, referrer] of resources.entries()) {
		const branch = branchFor(references, originalId(referrer));
		if (!branch) continue;
		const root = visit(referrer.root, branch, { referrer, resources: current, byName, problems }) as MapNode;
		if (root !== referrer.root) current[index] = { ...referrer, root };
	}
	return current;
}

interface Following {
	readonly referrer: Resource;
	readonly resources: readonly Resource[];
	/** The positions of the objects that had a name. */
	readonly byName: ReadonlyMap<string, readonly number[]>;
	readonly problems: Problem[];
}

interface Finder extends Following {
	readonly target: Target;
}

function visit(node: Node, branch: Branch, following: Following): Node {
	const own = branch.targets.reduce<Node>((each, target) => attempted(each, { ...following, target }), node);
	return branch.children.size === 0 ? own : descend(own, branch, following);
}

/** Lists on the way mean all of their items. */
function descend(node: Node, branch: Branch, following: Following): Node {
	if (node.kind === "seq") return changedItems(node, (item) => descend(item, branch, following));
	if (node.kind === "scalar") {
		if (!isNull(node)) noteScalar(node, branch, following);
		return node;
	}
	return changedEntries(node, ({ name, value }) => {
		const child = branch.children.get(name);
		return child ? visit(value, child, following) : value;
	});
}

function noteScalar(node: ScalarNode, branch: Branch, { referrer, problems }: Following): void {
	const [name = ""] = branch.children.keys();
	problems.push(problemOf(new Refusal("invalid", `${node.text} stands where ${name} is looked for`, node), referrer.uri));
}

function attempted(node: Node, finder: Finder): Node {
	try {
		return renamed(node, finder);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		finder.problems.push(problemOf(error, finder.referrer.uri));
		return node;
	}
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
	// What a generator makes is called by what the kustomization says.
	const made = target.generated && name ? [viaAt(name, "kustomization")] : [];
	return scalarNode(node, text, text, [...(node.via ?? []), ...made, ...(name?.via ?? [])]);
}

/** A map that names an object: its namespace, where it has one, tells which, and becomes that of the object. */
function renamedMap(node: MapNode, finder: Finder): Node {
	const name = entryOf(node, "name");
	if (!name) throw new Refusal("invalid", "This reference has no name", node);
	if (name.value.kind !== "scalar") return node;
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
	const positions = finder.byName.get(name);
	if (!positions) return undefined;
	let found = inReach(
		positions.flatMap((position) => finder.resources[position] ?? []),
		referrer,
	);
	if (namespace !== undefined) found = inNamespace(found, finder.resources, namespace);
	found = found.filter(({ previous }) => previous.some((id) => isOfKind(id, finder.target.kinds)));
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
function fitsRole({ referrer, target }: Finder): (resource: Resource) => boolean {
	const role = entryOf(referrer.root, "roleRef")?.value;
	const [group, kind] = [entryOf(role, "apiGroup")?.value, entryOf(role, "kind")?.value];
	if (!target.isRole || group?.kind !== "scalar" || kind?.kind !== "scalar") return () => true;
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
