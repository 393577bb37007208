import type { Place } from "../../text/source.ts";
import { entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { attempt, type Build, type Transformer } from "./build.ts";
import { objectsIn, type Root, rootOf } from "./documents.ts";
import { inlineRoots } from "./inline.ts";
import { merge } from "./merge.ts";
import { schemaOf } from "./mergeKeys.ts";
import type { MergeNote } from "./mergeList.ts";
import { fileAt } from "./paths.ts";
import { Refusal } from "./problem.ts";
import { allIds, idOf, label, type Resource, remembered, sameObject, textAt, withMetadata } from "./resource.ts";
import { selector } from "./selector.ts";
import { isSet, itemsAt, textIn } from "./shape.ts";
import { changed } from "./tree.ts";

/** The patches below `patchesStrategicMerge`: texts or paths. */
export function mergePatchesOf(build: Build): readonly Transformer[] {
	return itemsAt(build.spec, "patchesStrategicMerge").flatMap((item) => {
		if (item.kind !== "scalar") return [];
		const roots = attempt(build, [], () => textOrFile(build, item));
		return mergeSteps(build, roots, undefined, undefined);
	});
}

function textOrFile(build: Build, item: ScalarNode): readonly Root[] {
	const roots = inlineRoots(item);
	const isObjects = roots.every((root) => objectsIn(root).faults.length === 0);
	return isObjects ? roots : fileAt(build.files, build.folder, item.text, item).parts.map(({ source }) => rootOf(source));
}

/** The patches below `patches`. */
export function patchesOf(build: Build): readonly Transformer[] {
	return itemsAt(build.spec, "patches").flatMap((item) => attempt(build, [], () => patchSteps(build, item)));
}

function patchSteps(build: Build, item: Node): readonly Transformer[] {
	const target = entryOf(item, "target")?.value;
	return mergeSteps(build, rootsOf(build, item), target?.kind === "map" ? target : undefined, entryOf(item, "options")?.value);
}

function rootsOf(build: Build, item: Node): readonly Root[] {
	const [patch, path] = [entryOf(item, "patch")?.value, entryOf(item, "path")?.value];
	const [text, file] = [textIn(item, "patch").trim(), textIn(item, "path")];
	if (text === "" && file === "") throw new Refusal("invalid", "A patch needs a path or a patch", item);
	if (text !== "" && file !== "") throw new Refusal("invalid", "A patch has a path or a patch, not both", item);
	if (text !== "" && patch?.kind === "scalar") return inlineRoots(patch);
	return fileAt(build.files, build.folder, file, path ?? item).parts.map(({ source }) => rootOf(source));
}

function mergeSteps(build: Build, roots: readonly Root[], target: MapNode | undefined, options: Node | undefined): readonly Transformer[] {
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
	return patches.map((patch) => (target ? withTarget(build, patch, target, options) : withoutTarget(build, patch, options)));
}

/** A patch for the one object that it names, by a name that it has or had. */
function withoutTarget(build: Build, patch: MapNode, options: Node | undefined): Transformer {
	return (resources) => {
		const id = idOf({ root: patch });
		const found = resources.filter((resource) => allIds(resource).some((each) => sameObject(each, id)));
		const at = entryOf(entryOf(patch, "metadata")?.value, "name")?.value ?? patch;
		if (found.length !== 1) {
			const message = found[0] ? `This patch fits ${found.length} objects called ${label(id)}` : `There is no ${label(id)} to patch`;
			throw new Refusal("no-target", message, at, { name: id.name, known: namesOf(resources, id.kind) });
		}
		return applied(build, resources, (resource) => resource === found[0], patch, options);
	};
}

export function namesOf(resources: readonly Resource[], kind: string): readonly string[] {
	return resources
		.map(idOf)
		.filter((id) => id.kind === kind)
		.map(({ name }) => name);
}

/** A patch for all objects that a selector means. */
function withTarget(build: Build, patch: MapNode, target: MapNode, options: Node | undefined): Transformer {
	return (resources) => {
		const test = selector(target);
		if (typeof test !== "function") throw new Refusal("invalid", test.message, target);
		if (!resources.some(test)) noteUnused(build, target);
		return applied(build, resources, test, patch, options);
	};
}

export function noteUnused(build: Build, target: Place): void {
	build.problems.push({ kind: "unused-target", message: "This target matches no object", uri: target.source.uri, at: target });
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
	const notes: MergeNote[] = [];
	const { kind } = idOf(resource);
	const root = merge(resource.root, patch, schemaOf(textAt(resource.root, "apiVersion"), kind), notes);
	if (root?.kind !== "map" || root.entries.length === 0) return undefined;
	noteLosses(build, notes);
	const [newName, newKind] = [isSet(options, "allowNameChange"), isSet(options, "allowKindChange")];
	const metadata = entryOf(resource.root, "metadata")?.value;
	const namespace = entryOf(metadata, "namespace")?.value;
	let kept = withMetadata(root, "namespace", namespace);
	const [name, type] = [entryOf(metadata, "name")?.value, entryOf(resource.root, "kind")?.value];
	if (!newName && name) kept = withMetadata(kept, "name", name);
	if (!newKind && type) kept = changed(kept, "kind", () => type);
	return { ...(newName || newKind ? remembered(resource) : resource), root: kept };
}

function noteLosses(build: Build, notes: readonly MergeNote[]): void {
	for (const { kind, item, list, keys } of notes) {
		const port = textAt(item, keys[0] ?? "");
		const message =
			kind === "lost-port"
				? `This entry for port ${port} changes nothing, because protocol is written on one side only`
				: `This adds port ${port} beside those that are there`;
		build.problems.push({ kind, message, uri: item.source.uri, at: item, related: [{ at: list, message: "What is there" }] });
	}
}
