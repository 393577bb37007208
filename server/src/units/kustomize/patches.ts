import { parsesAsJson } from "../../yaml/json.ts";
import { entryOf, type MapNode, type Node, type ScalarNode, type SeqNode } from "../../yaml/nodes.ts";
import { settled } from "./alike.ts";
import { attempt, type Build, type Transformer } from "./build.ts";
import { objectsIn, type Root, rootsOf } from "./documents.ts";
import { inlineRoots } from "./inline.ts";
import { isJsonPatch, jsonPatched } from "./jsonPatch.ts";
import { merge } from "./merge.ts";
import type { MergeNote } from "./mergeList.ts";
import { schemaFor } from "./openapi.ts";
import { fileAt } from "./paths.ts";
import { Refusal } from "./problem.ts";
import { allIds, idOf, label, type Resource, remembered, sameObject, textAt, withMetadata } from "./resource.ts";
import { selector } from "./selector.ts";
import { isSet, itemsAt, textIn } from "./shape.ts";
import { asTexts, changed, mapNode, textNode, without, withValue } from "./tree.ts";
import { unmetPatch, unmetTarget } from "./unmet.ts";

/** The patches below `patchesStrategicMerge`: texts or paths. */
export function mergePatchesOf(build: Build): readonly Transformer[] {
	const items = itemsAt(build.spec, "patchesStrategicMerge");
	const count = build.problems.length;
	const steps = mergePatchSteps(build, items);
	const [first] = items;
	if (!first || steps.length > 0 || build.problems.length > count) return steps;
	return attempt(build, [], () => {
		throw new Refusal("invalid", "There is nothing in these patches", first);
	});
}

export function mergePatchSteps(build: Build, items: readonly Node[]): readonly Transformer[] {
	return items.flatMap((item) => {
		if (item.kind !== "scalar") return [];
		const roots = attempt(build, [], () => textOrFile(build, item));
		return mergeSteps(build, roots, undefined, undefined, true);
	});
}

function textOrFile(build: Build, item: ScalarNode): readonly Root[] {
	const roots = inlineRoots(item);
	const isObjects = roots.every((root) => objectsIn(root).faults.length === 0);
	return isObjects ? roots : rootsOf(fileAt(build.files, build.folder, item.text, item));
}

/** The patches below `patches`. */
export function patchesOf(build: Build): readonly Transformer[] {
	return itemsAt(build.spec, "patches").flatMap((item) => attempt(build, [], () => patchSteps(build, item)));
}

/** What one of the patches does: it is a strategic merge patch or a JSON patch by what it looks like. */
export function patchSteps(build: Build, item: Node): readonly Transformer[] {
	const roots = patchRoots(build, item);
	const target = entryOf(item, "target")?.value;
	const selected = target?.kind === "map" ? target : undefined;
	const [first] = roots.filter(({ raw }) => raw);
	if (!isJsonPatch(first?.raw)) return mergeSteps(build, roots, selected, entryOf(item, "options")?.value);
	if (!selected) throw new Refusal("invalid", "A JSON patch needs a target", first.raw);
	return [jsonStep(build, first, selected, true)];
}

/** The patches below `patchesJson6902`. */
export function jsonPatchesOf(build: Build): readonly Transformer[] {
	return itemsAt(build.spec, "patchesJson6902").flatMap((item) => attempt(build, [], () => jsonPatchSteps(build, item)));
}

export function jsonPatchSteps(build: Build, item: Node): readonly Transformer[] {
	const target = entryOf(item, "target")?.value;
	if (target?.kind !== "map" || textIn(target, "name") === "")
		throw new Refusal("invalid", "A JSON patch needs the name of its target", item);
	const [first] = patchRoots(build, item).filter(({ raw }) => raw);
	if (!isJsonPatch(first?.raw)) throw new Refusal("invalid", "This is no JSON patch", first?.raw ?? item);
	return [jsonStep(build, first, target, false)];
}

/** A patch in brackets is read as JSON, not as YAML. */
function jsonStep(build: Build, { source, raw, faults }: Root, target: MapNode, remembers: boolean): Transformer {
	const [fault] = faults;
	if (fault) throw new Refusal("invalid", fault.message, fault.at);
	if (source.text.startsWith("[") && !parsesAsJson(source.text)) {
		throw new Refusal("invalid", "A JSON patch in brackets must be JSON: kustomize does not read it as YAML", raw);
	}
	return (resources) => {
		const test = selector(target);
		if (!resources.some(test)) noteUnused(build, target, resources);
		return resources.map((resource) => {
			if (!isJsonPatch(raw) || !test(resource)) return resource;
			const root = patchedAsJson(resource, raw, remembers || resource.previous.length > 0);
			return { ...(remembers ? remembered(resource) : resource), root: stillObject(root, raw), shared: [] };
		});
	};
}

/** What is left must be an object with a kind and a name; of annotations that are no map nothing stays. */
function stillObject(root: Node, patch: Node): MapNode {
	if (root.kind !== "map") throw new Refusal("invalid", "This leaves no object", patch);
	const metadata = entryOf(root, "metadata")?.value;
	const lacks = textAt(root, "kind") === "" ? "kind" : textAt(root, "metadata", "name") === "" ? "metadata.name" : undefined;
	if (lacks) throw new Refusal("invalid", `This leaves an object without ${lacks}`, patch);
	const annotations = entryOf(metadata, "annotations")?.value;
	if (annotations?.kind === "seq") throw new Refusal("invalid", "Annotations are no list", annotations);
	return changed(root, "metadata", (all) => (all.kind === "map" ? changed(all, "annotations", asTexts) : all));
}

/** kustomize keeps an object's history in its annotations, so that a patch finds them although none are written. */
function patchedAsJson({ root }: Resource, patch: SeqNode, hasHistory: boolean): Node {
	const metadata = entryOf(root, "metadata")?.value;
	if (!hasHistory || metadata?.kind !== "map" || entryOf(metadata, "annotations")) return jsonPatched(root, patch);
	const none = mapNode({ source: metadata.source, start: metadata.start, end: metadata.start });
	const result = jsonPatched(
		changed(root, "metadata", () => withValue(metadata, "annotations", none, textNode(none, "annotations"))),
		patch,
	);
	if (result.kind !== "map") return result;
	return changed(result, "metadata", (all) =>
		all.kind === "map" && entryOf(all, "annotations")?.value === none ? without(all, "annotations") : all,
	);
}

function patchRoots(build: Build, item: Node): readonly Root[] {
	const [patch, path] = [entryOf(item, "patch")?.value, entryOf(item, "path")?.value];
	const [text, file] = [textIn(item, "patch").trim(), textIn(item, "path")];
	if (text === "" && file === "") throw new Refusal("invalid", "A patch needs a path or a patch", item);
	if (text !== "" && file !== "") throw new Refusal("invalid", "A patch has a path or a patch, not both", item);
	if (text !== "" && patch?.kind === "scalar") return inlineRoots(patch, true);
	return rootsOf(fileAt(build.files, build.folder, file, path ?? item));
}

function mergeSteps(
	build: Build,
	roots: readonly Root[],
	target: MapNode | undefined,
	options: Node | undefined,
	isCopied = target !== undefined,
): readonly Transformer[] {
	const all = roots.map(objectsIn);
	const [fault] = all.flatMap(({ faults }) => faults);
	if (fault) {
		build.problems.push({ kind: "invalid", message: fault.message, uri: fault.at.source.uri, at: fault.at });
		return [];
	}
	const patches = all.flatMap(({ objects }) => objects);
	if (target && patches[1]) {
		build.problems.push({ kind: "invalid", message: "A patch with a target can have one document only", uri: build.uri, at: target });
		return [];
	}
	return patches.map((patch) => {
		const marked = isSet(options, "allowNameChange") || isSet(options, "allowKindChange");
		const own = isCopied ? asTextsIn(patch, ["labels", "annotations"]) : marked ? asTextsIn(patch, ["annotations"]) : patch;
		return target ? withTarget(build, own, target, options) : withoutTarget(build, own, options);
	});
}

/**
 * In some ways of patching kustomize copies the patch or notes something in it: then its labels or annotations become texts,
 * nulls among them, so that none is taken away. Source: ApplySmPatch() of resWrangler, SetAnnotations() of kyaml.
 */
function asTextsIn(patch: MapNode, fields: readonly string[]): MapNode {
	return changed(patch, "metadata", (metadata) =>
		metadata.kind === "map" ? fields.reduce((all, name) => changed(all, name, asTexts), metadata) : metadata,
	);
}

/** A patch for the one object that it names, by a name that it has or had. */
function withoutTarget(build: Build, patch: MapNode, options: Node | undefined): Transformer {
	return (resources) => {
		const id = idOf({ root: patch });
		const found = resources.filter((resource) => allIds(resource).some((each) => sameObject(each, id)));
		if (found.length === 0) throw unmetPatch(patch, resources);
		if (found.length > 1) {
			const at = entryOf(entryOf(patch, "metadata")?.value, "name")?.value ?? patch;
			throw new Refusal("no-target", `This patch fits ${found.length} objects called ${label(id)}`, at);
		}
		return applied(build, resources, (resource) => resource === found[0], patch, options);
	};
}

/** A patch for all objects that a selector means. */
function withTarget(build: Build, patch: MapNode, target: MapNode, options: Node | undefined): Transformer {
	return (resources) => {
		const test = selector(target);
		if (!resources.some(test)) noteUnused(build, target, resources);
		return applied(build, resources, test, patch, options);
	};
}

function noteUnused(build: Build, target: MapNode, resources: readonly Resource[]): void {
	build.problems.push({ kind: "unused-target", ...unmetTarget(target, resources), uri: target.source.uri, whole: target });
}

function applied(
	build: Build,
	resources: readonly Resource[],
	meant: (resource: Resource) => boolean,
	patch: MapNode,
	options: Node | undefined,
): readonly Resource[] {
	return resources.flatMap((resource) => (meant(resource) ? (patched(build, resource, patch, options) ?? []) : [resource]));
}

/** `undefined` where the patch deletes the object. Its name, kind and namespace stay, unless the options allow another one. */
function patched(build: Build, resource: Resource, patch: MapNode, options: Node | undefined): Resource | undefined {
	// What replaces the whole object is worked out and then not used. Source: ApplyFilter() of kustomize's Resource.
	if (textAt(patch, "$patch") === "replace") return resource;
	const notes: MergeNote[] = [];
	const { kind } = idOf(resource);
	const root = merge(resource.root, patch, schemaFor(build.schema, textAt(resource.root, "apiVersion"), kind), notes);
	if (root?.kind !== "map" || root.entries.length === 0) return undefined;
	noteLosses(build, notes);
	const [newName, newKind] = [isSet(options, "allowNameChange"), isSet(options, "allowKindChange")];
	const metadata = entryOf(resource.root, "metadata")?.value;
	const namespace = entryOf(metadata, "namespace")?.value;
	let kept = withMetadata(root, "namespace", namespace);
	const [name, type] = [entryOf(metadata, "name")?.value, entryOf(resource.root, "kind")?.value];
	if (!newName && name) kept = withMetadata(kept, "name", name);
	const version = entryOf(resource.root, "apiVersion")?.value;
	if (!newKind && type) kept = changed(kept, "kind", () => type);
	if (version) kept = changed(kept, "apiVersion", () => version);
	return settled(newName || newKind ? remembered(resource) : resource, kept);
}

function noteLosses(build: Build, notes: readonly MergeNote[]): void {
	for (const { kind, ports } of notes) {
		const { item, key } = ports;
		const port = textAt(item, key);
		const message =
			kind === "lost-port"
				? `This entry for port ${port} changes nothing, because protocol is written on one side only`
				: `This adds port ${port} beside those that are there`;
		build.problems.push({ kind, message, uri: item.source.uri, at: entryOf(item, key)?.value ?? item, ports });
	}
}
