import { entryOf, type Node } from "../../yaml/nodes.ts";
import { Refusal } from "./problem.ts";
import { type Id, idOf, type Kinds, type Resource } from "./resource.ts";
import { itemsAt, textIn } from "./shape.ts";

/** Refuses an order that kustomize does not know. */
export function checkOrder(options: Node): void {
	const order = textIn(options, "order");
	if (order !== "fifo" && order !== "legacy") throw new Refusal("invalid", "The order is fifo or legacy", options);
	if (order === "fifo" && entryOf(options, "legacySortOptions")) {
		throw new Refusal("invalid", "Where the order is fifo there are no legacySortOptions", options);
	}
}

/** The order in which objects are printed: by kind where the kustomization says nothing else. Source: SortOrderTransformer of kustomize. */
export function inOrder(resources: readonly Resource[], options: Node | undefined): readonly Resource[] {
	if (options && textIn(options, "order") !== "legacy") return resources;
	const legacy = entryOf(options, "legacySortOptions")?.value;
	const names = (field: string) => itemsAt(legacy, field).flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
	const [first, last] = legacy ? [names("orderFirst"), names("orderLast")] : [FIRST, LAST];
	const ranks = legacy ? ranksOf(first, last) : RANKS;
	const keyed = resources.map((resource) => {
		const id = idOf(resource);
		return { resource, rank: ranks.get(id.kind) ?? 0, kind: kindKey(id), object: `${id.namespace || "~X"}|${id.name || "~N"}` };
	});
	keyed.sort((a, b) => a.rank - b.rank || compareKinds(a, b) || compare(a.object, b.object));
	return keyed.map(({ resource }) => resource);
}

/** Kubernetes' own Namespaces come before others of that name. */
function compareKinds(a: { readonly kind: string; readonly rank: number }, b: { readonly kind: string; readonly rank: number }): number {
	const isNamespace = a.kind.endsWith("_Namespace") && b.kind.endsWith("_Namespace");
	const isCore = a.kind.startsWith("~G_") || b.kind.startsWith("~G_");
	return isNamespace && isCore ? compare(b.kind, a.kind) : compare(a.kind, b.kind);
}

const FIRST = [
	...["Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy"],
	...["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange"],
	...["PriorityClass", "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget"],
];
const LAST = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const RANKS = ranksOf(FIRST, LAST);

/** In the order of their kinds: what kustomize makes of the places that configurations bring. Source: Gvk.IsLessThan() of kyaml. */
export function byKind<T extends Kinds>(all: readonly T[]): readonly T[] {
	const keyed = all.map((each) => {
		const { group = "", version = "", kind = "" } = each;
		return { each, rank: RANKS.get(kind) ?? 0, key: kindKey({ group, version, kind }) };
	});
	return keyed.sort((a, b) => a.rank - b.rank || compare(a.key, b.key)).map(({ each }) => each);
}

function ranksOf(first: readonly string[], last: readonly string[]): ReadonlyMap<string, number> {
	return new Map([
		...first.map((kind, index) => [kind, index - first.length] as const),
		...last.map((kind, index) => [kind, index + 1] as const),
	]);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** What is absent comes behind all letters. */
function kindKey({ group, version, kind }: Pick<Id, "group" | "version" | "kind">): string {
	return [group || "~G", version || "~V", kind || "~K"].join("_");
}
