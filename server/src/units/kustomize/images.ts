import { RE2JS } from "re2js";
import { entryOf, isNull, type MapNode, type Node } from "../../yaml/nodes.ts";
import type { Build, Transformer } from "./build.ts";
import type { Config } from "./config.ts";
import { atField, type FieldSpec } from "./fieldSpec.ts";
import { idOf, type Resource } from "./resource.ts";
import { itemsAt, textIn } from "./shape.ts";
import { changed, changedEntries, changedItems, textNode, viaOf } from "./tree.ts";

export function imagesOf(build: Build, config: Config): readonly Transformer[] {
	const items = [...itemsAt(build.spec, "images"), ...itemsAt(build.spec, "imageTags")];
	return items.map(
		(item): Transformer =>
			(resources) =>
				withImage(resources, item, config.images),
	);
}

/** Another name, tag or digest for an image, in all containers wherever they stand. Source: the imagetag filters of kustomize. */
export function withImage(resources: readonly Resource[], item: Node, specs: readonly FieldSpec[]): readonly Resource[] {
	const isMeant = matching(textIn(item, "name"));
	const set = (node: Node) => (node.kind === "scalar" && isMeant(node.text) ? renamedImage(node, node.text, item) : node);
	return resources.map((resource) => {
		if (idOf(resource).kind === "CustomResourceDefinition") return resource;
		const found = inContainers(resource.root, set) as MapNode;
		const root = specs.reduce((each, spec) => atField(each, spec, set), found);
		return root === resource.root ? resource : { ...resource, root };
	});
}

const TAG_AND_DIGEST = "(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$";

/** The name is part of an expression; one that no expression can be made of means no image. */
function matching(name: string): (image: string) => boolean {
	// What is nothing but letters and dots means the same to the faster engine.
	if (/^[\w./:-]*$/.test(name)) {
		const pattern = new RegExp(`^${name.replaceAll("/", "\\/")}${TAG_AND_DIGEST}`);
		return (image) => pattern.test(image);
	}
	try {
		const pattern = RE2JS.compile(`^${name}${TAG_AND_DIGEST}`);
		return (image) => pattern.matcher(image).find();
	} catch {
		return () => false;
	}
}

function inContainers(node: Node, set: (node: Node) => Node): Node {
	if (node.kind === "seq") return changedItems(node, (item) => inContainers(item, set));
	if (node.kind === "scalar") return node;
	return changedEntries(node, ({ name, value }) => {
		const inner = inContainers(value, set);
		if ((name !== "containers" && name !== "initContainers") || inner.kind !== "seq") return inner;
		return changedItems(inner, (item) =>
			item.kind === "map" ? changed(item, "image", (image) => (isNull(image) ? image : set(image))) : item,
		);
	});
}

function renamedImage(node: Node, image: string, item: Node): Node {
	const { name, tag, digest } = split(image);
	const [newName, newTag, newDigest, suffix] = ["newName", "newTag", "digest", "tagSuffix"].map((field) => textIn(item, field));
	let [finalTag, finalDigest] = [tag, digest];
	if (newTag || newDigest) [finalTag, finalDigest] = [newTag ?? "", newDigest ?? ""];
	else if (suffix) [finalTag, finalDigest] = [tag + suffix, ""];
	const text = `${newName || name}${finalTag ? `:${finalTag}` : ""}${finalDigest ? `@${finalDigest}` : ""}`;
	if (text === image) return node;
	const from = ["newTag", "newName", "digest", "tagSuffix"].map((field) => entryOf(item, field)?.value).find((value) => value);
	return textNode(from ?? item, text, viaOf(node, "base"));
}

/** A colon before the first slash belongs to a port. */
function split(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
	const slash = Math.max(0, image.indexOf("/"));
	const [at, colon] = [image.indexOf("@", slash), image.indexOf(":", slash)];
	if (at >= 0 && (at < colon || colon < 0)) return { name: image.slice(0, at), tag: "", digest: image.slice(at + 1) };
	if (colon < 0) return { name: image, tag: "", digest: "" };
	const end = at < 0 ? image.length : at;
	return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest: image.slice(end + 1) };
}
