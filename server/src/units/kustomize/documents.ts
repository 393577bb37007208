import type { SourceFile } from "../../text/file.ts";
import type { Place, Source } from "../../text/source.ts";
import { firstProblem } from "../../yaml/explain.ts";
import { entryOf, isNull, type MapNode, type Node } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { inKustomizeDialect, oddKeyIn } from "./dialect.ts";
import { textAt } from "./resource.ts";

/** The objects of a file or of a text inside of one, or why kustomize reads none of it. */
export interface Documents {
	readonly objects: readonly MapNode[];
	readonly faults: readonly Fault[];
}

export interface Fault {
	readonly message: string;
	readonly at: Place;
}

const cache = new WeakMap<SourceFile, Documents>();

/** The objects of a file: lists are unfolded, empty documents left out. */
export function objectsOf(file: SourceFile): Documents {
	let found = cache.get(file);
	if (!found) {
		const all = rootsOf(file);
		const documents = all.map(objectsIn);
		const [lists, plain] = [true, false].map((wanted) => documents.filter((_, index) => isList(all[index]?.node) === wanted));
		// What lists hold comes behind all else of the file.
		const objects = [...(plain ?? []), ...(lists ?? [])].flatMap((each) => each.objects);
		found = { objects, faults: documents.flatMap(({ faults }) => faults) };
		cache.set(file, found);
	}
	return found;
}

/** A document as kustomize reads it. */
export interface Root {
	readonly source: Source;
	readonly node: Node | undefined;
	/** As Kubernetes reads it. */
	readonly raw: Node | undefined;
	readonly faults: readonly Fault[];
	/** Keys that are there twice, which kustomize refuses in objects and takes in kustomizations. */
	readonly repeats: readonly Fault[];
}

/** The documents of a file. */
export function rootsOf(file: SourceFile): readonly Root[] {
	return file.parts.map(({ source }) => rootOf(source));
}

const roots = new WeakMap<Source, Root>();

export function rootOf(source: Source): Root {
	let found = roots.get(source);
	if (!found) {
		const parsed = parseSource(source);
		const { root, problems, duplicates } = parsed;
		const faults = [firstProblem(parsed) ?? [], problems.slice(1)]
			.flat()
			.map(({ start, end, message }) => ({ message, at: { source, start, end } }));
		const repeats = duplicates.map(({ key, name }) => ({ message: `The key ${name} is there twice`, at: key }));
		found = { source, node: root && inKustomizeDialect(root), raw: root, faults, repeats };
		roots.set(source, found);
	}
	return found;
}

/** The objects of one document. */
export function objectsIn({ node, faults: own, repeats }: Pick<Root, "node" | "faults" | "repeats">): Documents {
	const faults = [...own, ...repeats];
	if (!node || isEmpty(node)) return { objects: [], faults };
	if (node.kind !== "map") return { objects: [], faults: [...faults, { message: "This is no Kubernetes object", at: node }] };
	const kind = textAt(node, "kind");
	const items = entryOf(node, "items")?.value;
	if (kind.endsWith("List") && items) {
		if (isNull(items)) return { objects: [], faults };
		if (items.kind !== "seq") return { objects: [], faults: [...faults, { message: `The items of ${kind} are no list`, at: items }] };
		const all = items.items.map((item) => objectsIn({ node: item, faults: [], repeats: [] }));
		return { objects: all.flatMap(({ objects }) => objects), faults: [...faults, ...all.flatMap((each) => each.faults)] };
	}
	const odd = oddKeyIn(node);
	if (odd)
		return { objects: [], faults: [...faults, { message: `The key ${odd.text} is no text: kustomize needs it in quotes`, at: odd }] };
	const missing = kind === "" ? "kind" : kind.endsWith("List") || textAt(node, "metadata", "name") !== "" ? undefined : "metadata.name";
	if (!missing) return { objects: [node], faults };
	const message = missing === "kind" ? "This object has no kind" : `This ${kind} has no metadata.name, which kustomize needs`;
	return { objects: [], faults: [...faults, { message, at: node }] };
}

function isList(node: Node | undefined): boolean {
	return node?.kind === "map" && textAt(node, "kind").endsWith("List") && entryOf(node, "items") !== undefined;
}

function isEmpty(node: Node): boolean {
	return node.kind === "map" ? node.entries.length === 0 : node.kind === "seq" ? node.items.length === 0 : node.value === null;
}
